"""``python -m calc.band_table`` draws the bands of the book's results anew, into data/bands.json: `make bands`."""

from collections.abc import Iterator

from calc import all_formulas, scenario, scenario_names
from calc.analysis.band_table import bands_of, store
from calc.base.errors import CalcError
from calc.model.step import Step


def book_steps() -> Iterator[Step]:
    """Every result that a scenario of the book has."""
    for name in scenario_names():
        for formula in all_formulas():
            try:
                step = formula.derive(scenario(name))
                _ = step.exact
            except CalcError:
                continue
            yield step


def main() -> None:
    """Write them."""
    store(bands_of(book_steps()))


if __name__ == "__main__":
    main()
