"""``python -m calc.unit_table`` writes data/units.json anew; `make units` runs it after a change of units."""

from pathlib import Path

from calc import all_formulas, all_quantities, scenario, scenario_names
from calc.base.errors import ChainError
from calc.base.unit_store import store
from calc.base.units import alternatives, parse_unit, parse_with_pint, parsed_units, scaled
from calc.book.checks import all_checks
from calc.book.claims import all_claims


def main() -> None:
    """Parse every unit that the book's quantities, claims and checks are stated or shown in, and store them."""
    all_claims()
    all_checks()
    for quantity in all_quantities():
        for text in (*scaled(quantity.unit), *alternatives(quantity.unit, quantity.domain)):
            parse_unit(text)
    for name in scenario_names():
        for formula in all_formulas():
            try:
                str(formula.derive(scenario(name)))
            except ChainError:
                continue
    parsed = {text: parse_with_pint(text) for text in parsed_units()}
    store(Path(__file__).parent / "data" / "units.json", parsed)


if __name__ == "__main__":
    main()
