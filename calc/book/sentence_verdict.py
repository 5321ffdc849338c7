"""A claim of a sentence, held against the book: the figure and its band, a verdict, and what would have to be true.

The verdicts are the ledger's (`calc.book.claims.VERDICTS`), and follow from the numbers by the same rules. What has a
band is held against the band; what can only be the most, against everything below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.analysis.bands import percentiles
from calc.analysis.budget import budget
from calc.analysis.results import show_input
from calc.analysis.solution import Solution
from calc.analysis.solve import solve_for
from calc.analysis.standing import standing
from calc.base.errors import CalcError, DataError
from calc.base.quantities import Quantity, quantity
from calc.book.lookup import Reference, refer
from calc.book.sentences import Claimed
from calc.model.as_of import as_of
from calc.model.chain import derive
from calc.model.choose import choose
from calc.model.input import Input
from calc.model.registry import formula_by_id, formula_for
from calc.model.scenario import Scenario
from calc.model.scenario_file import scenario
from calc.model.series import series, series_names
from calc.model.step import Given, Step

__all__ = ["AGREE", "Judged", "Needed", "judge", "overall"]

NONE_OF_IT = "the book has no inputs of what the sentence names"
AGREE = ("reproduced", "rounded")
_MOST_NEEDED, _FEWEST_NEEDED = 5, 3
_MOST_LEAVES = 30  # a longer chain is not solved for its inputs: that takes seconds


@dataclass(frozen=True)
class Needed:
    """What one input would have to be for a claim to hold.

    Attributes
    ----------
    quantity : the input.
    value : what it would have to be, in the own unit.
    now : what it is: an input or a value that the sentence gives.
    is_inside : whether that lies within its range.
    """

    quantity: Quantity
    value: Fraction
    now: Input | Given
    is_inside: bool


@dataclass(frozen=True)
class Judged:
    """A claim beside what the book has.

    Attributes
    ----------
    claimed : the claim.
    step : the book's result; None where it is held against an input, or nothing.
    input : the book's input; None otherwise.
    low, value, high : the book's figure and the ends of its band, in the own unit; None where it has none.
    verdict : one of `calc.book.claims.VERDICTS`.
    within : whether the claim lies in the band without being the figure.
    missing : why the book has no figure; empty where it has one.
    earlier : what the book holds of an earlier time, or of another count, and that the claim fits.
    needed : what would have to be true, for each of the main inputs; nothing where the claim holds.
    """

    claimed: Claimed
    step: Step | None
    input: Input | None
    low: Fraction | None
    value: Fraction | None
    high: Fraction | None
    verdict: str
    within: bool
    missing: str
    earlier: tuple[tuple[str, Reference], ...]
    needed: tuple[Needed, ...]

    @property
    def factor(self) -> float | None:
        """The claim over the book's figure; of a range its middle."""
        return float(self.middle / self.value) if self.value else None

    @property
    def middle(self) -> Fraction:
        """The value that is claimed; of a range the middle."""
        return (self.claimed.stated.low + self.claimed.stated.high) / 2


def judge(claimed: Claimed, solve: bool = True) -> Judged:
    """Hold a claim against the book.

    Parameters
    ----------
    claimed : what a sentence claims.
    solve : whether to work out what the inputs would have to be.

    Examples
    --------
    >>> from calc.book.sentences import read_sentence
    >>> found = judge(read_sentence("100,000 H100 draw 250 MW at the site").claims[0])
    >>> found.verdict, round(found.factor, 2), [one.quantity.name for one in found.needed][:2]
    ('contradicted', 1.71, ['pue', 'gpus'])
    """
    try:
        if not claimed.scenario:
            raise DataError(NONE_OF_IT)
        step, given = _found(claimed)
        low, value, high = _ends(step, given)
    except CalcError as error:
        return Judged(claimed, None, None, None, None, None, "unsourced", False, str(error), (), ())
    stated = claimed.stated
    exact = stated.agrees(value, value)
    agrees = exact or stated.agrees(low, high) or stated.agrees(value, value, roughly=True)
    earlier = () if agrees else tuple(_earlier(claimed))
    verdict = "contradicted"
    if agrees:
        verdict = "reproduced" if exact or stated.agrees(low, high) else "rounded"
    elif earlier:
        verdict = "outdated"
    needed = tuple(_needed(claimed, step)) if step is not None and not agrees and solve else ()
    return Judged(claimed, step, given, low, value, high, verdict, agrees and not exact, "", earlier, needed)


def overall(judged: Sequence[Judged]) -> str:
    """One verdict: *incomplete* where a sentence holds counted in one way, and not in another that it leaves open.

    Examples
    --------
    >>> from calc.book.sentences import read_sentence
    >>> found = read_sentence("100,000 H100 draw 150 MW")
    >>> overall([judge(one, solve=False) for one in found.claims])
    'incomplete'
    """
    verdicts = list(dict.fromkeys(one.verdict for one in judged if one.verdict != "unsourced")) or ["unsourced"]
    if len(verdicts) == 1:
        return verdicts[0]
    if any(one in AGREE for one in verdicts):
        return "reproduced" if all(one in AGREE for one in verdicts) else "incomplete"
    return "contradicted" if "contradicted" in verdicts else verdicts[0]


def _base(claimed: Claimed) -> Scenario:
    return as_of(scenario(claimed.scenario), claimed.as_of or None)


def _found(claimed: Claimed) -> tuple[Step | None, Input | None]:
    q = claimed.reading.quantity
    if claimed.scenario in series_names():
        return None, series(claimed.scenario).as_of(claimed.as_of or None).input
    base = _base(claimed)
    if not claimed.reading.formula:
        laid = choose(base, claimed.choices)
        formula = formula_for(q)
        if laid.get(q) is not None or formula is None:
            return None, laid[q.name]
        return derive(formula, laid, claimed.given), None
    return derive(formula_by_id(claimed.reading.formula), base, _values(claimed, base)), None


def _values(claimed: Claimed, base: Scenario) -> dict[str, Any]:
    """What a claim's formula is given: by the sentence, by its choices, and through another formula with its band."""
    values: dict[str, Any] = {**claimed.given, **claimed.choices}
    for name, formula in claimed.reading.through.items():
        if name not in values:
            step = derive(formula_by_id(formula), base, {})
            low, value, high = _ends(step, None)
            values[name] = Given(quantity(name), value, (low, high))
    return values


def _ends(step: Step | None, given: Input | None) -> tuple[Fraction, Fraction, Fraction]:
    """What a claim is held against: the band of a result, or the range of an input; open where it is a bound."""
    if given is not None:
        low, value, high, bound = given.low, given.value, given.high, given.bound
    else:
        assert step is not None
        value, bound = step.exact, standing(step).bound
        points = percentiles(step)
        low, high = (Fraction(points[0]), Fraction(points[-1])) if points else step.range or (value, value)
    low, high = min(low, value), max(high, value)
    if bound == "upper":
        low = Fraction(0)
    return low, value, high


def _earlier(claimed: Claimed) -> Iterator[tuple[str, Reference]]:
    """What the book has of an earlier time or another count, where the claim agrees with that."""
    if claimed.scenario in series_names() and not claimed.as_of:
        for one in series(claimed.scenario).values:
            if claimed.stated.agrees(one.input.low, one.input.high):
                yield f"{claimed.scenario} as of {one.date}", _reference(one.input)
    for text in claimed.reading.earlier:
        series_id = text.removeprefix("series ")
        found = _reference(series(series_id).as_of().input) if series_id != text else refer(text)
        if found.quantity.parsed_unit.dimensions == claimed.stated.quantity.parsed_unit.dimensions:
            scale = found.quantity.parsed_unit.factor / claimed.stated.quantity.parsed_unit.factor
            if claimed.stated.agrees(found.low * scale, found.high * scale):
                yield text, found


def _reference(given: Input) -> Reference:
    return Reference(show_input(given).text, "", given.value, given.quantity, given.low, given.high)


def _needed(claimed: Claimed, step: Step) -> Iterator[Needed]:
    """For each of the main inputs, what it would have to be: those with the most of the variance first."""
    leaves = {leaf.quantity.name: leaf for leaf in step.leaves}
    if len(leaves) > _MOST_LEAVES:
        return
    made = budget(step)
    order = [line.name for line in made.lines] if made else []
    order += [name for name in claimed.given if name not in order]
    if len(order) < _FEWEST_NEEDED:
        order += [name for name in leaves if name not in order]
    result, target, base = claimed.reading.quantity.name, _target(claimed), _base(claimed)
    values = _values(claimed, base)
    for name in [one for one in order if one in leaves][:_MOST_NEEDED]:
        known = {other: value for other, value in values.items() if other != name}
        try:
            found = solve_for(step.formula, name, base, {**known, result: target})
        except CalcError:
            continue
        if (value := _value(found)) is not None:
            now = leaves[name]
            yield Needed(quantity(name), value, now, now.low <= value <= now.high)


def _value(found: Solution) -> Fraction | None:
    """The one value that solves it; of several the least, and where only whole numbers make sense the nearest."""
    if found.unrounded is not None:
        return Fraction(found.unrounded)
    sets = [found.values, *(values for values, _ in found.nearest)]
    least = next((one.inf for one in sets if not one.is_empty), None)
    return None if least is None or not least.is_finite else Fraction(float(least))


def _target(claimed: Claimed) -> Fraction:
    """The value that is to be had: the nearest end of what is claimed would do, and its middle stands for it."""
    return (claimed.stated.low + claimed.stated.high) / 2
