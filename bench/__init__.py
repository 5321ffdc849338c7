"""How fast the calculators are, as ratios to what they replace."""
