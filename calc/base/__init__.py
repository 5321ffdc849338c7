"""What everything stands on: units, quantities, values and numbers as written. Knows no formula."""
