"""``python -m calc.unit_table`` writes data/units.json anew; `make units` runs it after a change of units."""

from pathlib import Path

from calc import all_formulas, all_quantities, scenario, scenario_names
from calc.errors import ChainError
from calc.units import parse_unit, scaled, store


def main() -> None:
    """Parse every unit that the book's own quantities are stated or shown in, and store them."""
    for quantity in all_quantities():
        for text in scaled(quantity.unit):
            parse_unit(text)
    for name in scenario_names():
        for formula in all_formulas():
            try:
                str(formula.derive(scenario(name)))
            except ChainError:
                continue
    store(Path(__file__).parent / "data" / "units.json")


if __name__ == "__main__":
    main()
