"""What a step can be asked: solved, drawn, budgeted, swept."""
