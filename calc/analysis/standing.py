"""What a value is: the book's estimate, somebody's statement, or the most or least that it can be."""

from __future__ import annotations

from dataclasses import dataclass

from calc.analysis.results import percentiles
from calc.base.errors import ChainError, DomainError
from calc.base.memo import kept
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.scenario_file import scenario
from calc.model.step import Step
from calc.symbolic.bounds import direction

__all__ = ["Standing", "standing"]


@dataclass(frozen=True)
class Standing:
    """What is to be said of a value beside it.

    Attributes
    ----------
    bound : ``upper`` or ``lower`` where the value is the most or the least it can be; else empty.
    stated : who states it, where it follows from somebody's statements alone; else empty.
    estimate : the same result by the book's own estimates, where it has them and this is not one.
    inside : whether the value lies inside its own nine-in-ten band; True where it has none.
    """

    bound: str
    stated: str
    estimate: Step | None
    inside: bool

    @property
    def is_plain(self) -> bool:
        """Whether the value may stand by itself, without a word on what it is."""
        return not self.bound and not self.stated


def standing(step: Step) -> Standing:
    """What a step's value is.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = standing(training_energy.derive("gpt-4"))
    >>> found.bound, found.stated
    ('upper', 'the article')
    >>> found.estimate
    <derivation training-energy in gpt-4-estimate: 30.4 GWh>
    """
    return kept(step, Standing, lambda: Standing(_bound(step), _stated(step), _estimate(step), _inside(step)))


def _bound(step: Step) -> str:
    """Which bound the result is: every input that is one must push it the same way."""
    found = set()
    box = {leaf.quantity.symbol: (leaf.low, leaf.high) for leaf in step.leaves}
    for leaf in step.leaves:
        if isinstance(leaf, Input) and leaf.bound:
            way = direction(step.expression, leaf.quantity.symbol, box)
            if not way:
                return ""
            found.add(leaf.bound if way > 0 else {"upper": "lower", "lower": "upper"}[leaf.bound])
    return found.pop() if len(found) == 1 else ""


def _stated(step: Step) -> str:
    return "" if step.yours else step.scenario.stated


def _estimate(step: Step) -> Step | None:
    """The same formula in the first scenario of estimates that has its inputs; none for a what-if."""
    if step.yours:
        return None
    for name in step.scenario.estimates:
        try:
            return derive(step.formula, scenario(name), {})
        except ChainError:
            continue
    return None


def _inside(step: Step) -> bool:
    try:
        points = percentiles(step)
    except DomainError:
        return True
    return points is None or points[0] <= float(step.exact) <= points[-1]
