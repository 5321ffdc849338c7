"""``python -m calc.band_table`` draws the bands of the book's results anew, into data/bands.json: `make bands`.

It also weighs the inputs by the budgets of the results, into data/weights.json.
"""

from collections.abc import Iterator

from calc import all_formulas, scenario, scenario_names
from calc.analysis.band_table import bands_of, store
from calc.base.errors import CalcError
from calc.book.due import store_weights, weigh
from calc.book.home import book_derivations
from calc.book.top_down import top_down
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
    for one in top_down():  # as of days gone by
        yield one.factor


def main() -> None:
    """Write them."""
    store(bands_of(book_steps()))
    store_weights(weigh(book_derivations()))


if __name__ == "__main__":
    main()
