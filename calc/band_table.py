"""``python -m calc.band_table`` draws the bands of the book's results anew, into data/bands.json: `make bands`.

It also works out their least and greatest values, into data/ranges.json, draws the shares of the inputs in the variance
of each result that a card shows, into data/shares.json, weighs the inputs by the budgets of the results, into
data/weights.json, and has SciPy make the points that all of it is drawn from, into data/points.json.
"""

from collections.abc import Iterator
from contextlib import suppress

from calc import all_formulas, scenario, scenario_names
from calc.analysis import sampling
from calc.analysis.band_table import BANDS, RANGES, SHARES, band_key, bands_of, ranges_of, store
from calc.analysis.budget import drawn_shares
from calc.analysis.plan import drawn_spread
from calc.analysis.sobol_points import store_points
from calc.analysis.standing import standing
from calc.base.errors import CalcError, DomainError
from calc.book.due import store_weights, weigh
from calc.book.home import book_derivations
from calc.book.top_down import top_down
from calc.model.step import Step
from calc.render.pages.planner import planned_steps


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


def planned_bands() -> dict[str, list[float]]:
    """The points of what is on the planner's page, whose long chains are drawn formula by formula, by their keys."""
    found: dict[str, list[float]] = {}
    for step in planned_steps():
        with suppress(DomainError):
            if sampling.uncertain(step):
                found[band_key(step)] = list(drawn_spread(step))
    return found


def on_cards() -> Iterator[Step]:
    """The results that have a card, and the estimates that are shown with those that are an article's."""
    for step in book_derivations():
        yield step
        if estimate := standing(step).estimate:
            yield estimate


def book_shares() -> dict[str, dict[str, list[float]]]:
    """The shares of the results that a card shows, drawn anew, by their keys; one alone has all of the variance."""
    found: dict[str, dict[str, list[float]]] = {}
    for step in on_cards():
        try:
            made = drawn_shares(step)
        except DomainError:
            continue
        if made and len(made.main) > 1:
            found[band_key(step)] = {name: [main, made.total[name]] for name, main in made.main.items()}
    return dict(sorted(found.items()))


def main() -> None:
    """Write them: first the points, from which the others are drawn."""
    store_points(sampling.DRAWS)
    steps = list(book_steps())
    store(BANDS, dict(sorted((planned_bands() | bands_of(steps)).items())))
    store(RANGES, ranges_of(steps))
    store(SHARES, book_shares())
    store_weights(weigh(book_derivations()))


if __name__ == "__main__":
    main()
