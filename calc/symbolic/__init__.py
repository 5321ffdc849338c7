"""A formula as an expression: traced, printed, evaluated, compiled, inverted. Knows no scenario."""
