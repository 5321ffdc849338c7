"""Two ends of a chain fixed, and the rest solved for: forwards, backwards, and at a confidence, on the draws.

A plan asks for enough of something or for no more than something: people whom a site can serve should be at least so
many, carbon at most so much. Where a chain rounds to whole servers, few results can be had exactly; the answer is then
the value nearest to the edge with which the wish is met.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from numbers import Real
from typing import Any

from calc.analysis.band_table import kept_points
from calc.analysis.sampling import SHARES, drawn, draws, quantiles
from calc.base.domains import Domain
from calc.base.errors import CalcError, DomainError, SolveError
from calc.base.quantities import Quantity, quantity
from calc.base.values import own_unit_value
from calc.base.visible import said
from calc.model.chain import as_scenario, chosen, derive
from calc.model.registry import formula_for
from calc.model.scenario import Scenario
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["Planned", "backwards", "drawn_spread", "forwards", "spread"]

_DIGITS = 12  # of an answer: the next doubles would be neither better nor worse
_FURTHER = 200  # doublings of what the scenario has, in which an edge is looked for
_HALVINGS = 60


@dataclass(frozen=True)
class Planned:
    """What was asked for.

    Attributes
    ----------
    quantity : what was sought.
    value : of it, in its own unit: met in the share `sure` of all draws, where that is given.
    sure : the share, or None for the value by the inputs' own values.
    step : the result at the other end, with the value put in.
    """

    quantity: Quantity
    value: float
    sure: float | None
    step: Step


def forwards(
    formula: Equation, given: Scenario | str | None, known: Mapping[str, Any], sure: float | None, least: bool
) -> Planned:
    """A result of what is known.

    Parameters
    ----------
    formula : yields what is sought.
    given, known : as for `calc.model.chain.derive`.
    sure : in which share of the draws it must hold; None for the value itself.
    least : whether what is sought is a number of which there are at least so many, or else at most.

    Raises
    ------
    CalcError : as `calc.model.chain.derive`; `sure` is no share.

    Examples
    --------
    >>> from calc import people_served
    >>> found = forwards(people_served, "planner-site", {"campus_power": "100 MW"}, 0.9, least=True)
    >>> found.value < found.step.value
    True
    """
    step = derive(formula, given, known)
    if sure is None:
        return Planned(formula.result, float(step.exact), None, step)
    (value,) = spread(step, (_share(sure, least),))
    return Planned(formula.result, value, sure, step)


def spread(step: Step, shares: tuple[float, ...] = SHARES) -> tuple[float, ...]:
    """The values below which these shares of a result's draws lie, worked out formula by formula.

    Raises
    ------
    DomainError : a draw of it is impossible.

    Examples
    --------
    >>> from calc import service_energy
    >>> low, middle, high = spread(service_energy.derive("planner-site"))
    >>> low < middle < high
    True
    """
    return (kept_points(step, planned=True) if shares == SHARES else None) or drawn_spread(step, shares)


def drawn_spread(step: Step, shares: tuple[float, ...] = SHARES) -> tuple[float, ...]:
    """The same, drawn whether they are kept or not."""
    import numpy as np

    table = draws(step.scenario)
    values: dict[Quantity, Any] = {leaf.quantity: float(leaf.value) for leaf in step.leaves}
    found = np.asarray(_worked(step, values | dict(drawn(step, table))))
    return quantiles(np.broadcast_to(found, (table.count,)), shares)


def _worked(step: Step, values: dict[Quantity, Any]) -> Any:
    """Formula by formula: each is compiled once for the whole book, and their chains are many."""
    for one in step.chain:
        inputs = (values[q] for q in one.formula.inputs)
        values[one.formula.result] = one.formula.kernel.array(*inputs, checked="result")
    return values[step.formula.result]


def _share(sure: float, least: bool) -> float:
    if isinstance(sure, bool) or not isinstance(sure, Real) or not 0 < sure < 1:
        raise CalcError(f"sure takes a share above 0 and below 1, such as 0.9, not {said(sure)}")
    return float(1 - sure if least else sure)  # of a fraction too, which NumPy would take for an object


def backwards(
    formula: Equation, given: Scenario | str | None, known: Mapping[str, Any], unknown: str, sure: float | None,
    least: bool,
) -> Planned:  # fmt: skip
    """The value of an input with which a result is met.

    Parameters
    ----------
    formula : yields the result, which `known` has by its name.
    given, known : as for `calc.model.chain.derive`.
    unknown : the name of the input, anywhere in the chain.
    sure, least : as for `forwards`, of the result.

    Raises
    ------
    SolveError : no value of it does; or as `forwards`.

    Examples
    --------
    >>> from calc import campus_servers, people_served
    >>> wanted = {"campus_servers": 100, "campus_it_power": None}
    >>> known = {"campus_servers": 100, "pue": 1.2, "server_power": "120 kW/server"}
    >>> float(f"{backwards(campus_servers, 'campus-gb200', known, 'campus_power', None, least=True).value:.6g}")
    0.0144
    """
    rest = dict(known)
    if formula.result.name not in rest:
        raise SolveError(f"{formula.id} is planned for a given {formula.result.name}; give it")
    target = float(own_unit_value(formula.result, rest.pop(formula.result.name)))
    sought = quantity(unknown)
    rest.pop(sought.name, None)
    chain = _Chain(formula, given, rest, sought)
    share = None if sure is None else _share(sure, least)

    def met(value: float) -> bool:
        found = chain.value(value) if share is None else chain.quantile(value, share)
        return found >= target if least else found <= target

    value = _edge(met, chain.start, sought, formula, target)
    exact = Fraction(repr(value)) if not sought.domain.whole else Fraction(int(value))
    return Planned(sought, value, sure, derive(formula, given, {**rest, sought.name: exact}))


class _Chain:
    """A chain as a function of one of its inputs: by the values of all others, and by their draws."""

    def __init__(self, formula: Equation, given: Scenario | str | None, rest: Mapping[str, Any], sought: Quantity):
        self.sought, self.result = sought, formula.result
        self.start = self._start(formula, given, rest)
        first = Fraction(repr(self.start)) if not sought.domain.whole else Fraction(int(self.start))
        self.step = derive(formula, given, {**rest, sought.name: first})
        self._numbers = {leaf.quantity: float(leaf.value) for leaf in self.step.leaves}
        self._columns: dict[Quantity, Any] | None = None

    def _start(self, formula: Equation, given: Scenario | str | None, rest: Mapping[str, Any]) -> float:
        """Where to begin: what the scenario has, or what follows from it, or a number of the domain."""
        base, _ = chosen(formula, as_scenario(given), {**rest, self.sought.name: None})
        own, maker = base.get(self.sought), formula_for(self.sought)
        if own is not None:
            return float(own.value)
        if maker is not None:
            try:
                return float(derive(maker, given, {}).exact)
            except CalcError:
                pass
        domain = self.sought.domain
        return max(domain.low, 1.0) if domain.high > 1 else 0.5

    def _result(self, known: Mapping[Quantity, Any]) -> Any:
        return _worked(self.step, dict(known))

    def value(self, at: float) -> float:
        """The result there; not a number where it has none."""
        try:
            return float(self._result({**self._numbers, self.sought: at}))
        except DomainError:
            return math.nan

    def quantile(self, at: float, share: float) -> float:
        """Below what this share of the draws lies there; not a number where a draw has no result."""
        import numpy as np

        if self._columns is None:
            self._columns = dict(drawn(self.step, draws(self.step.scenario)))
        try:
            found = np.asarray(self._result({**self._numbers, **self._columns, self.sought: at}))
        except DomainError:
            return math.nan
        return quantiles(np.broadcast_to(found, (draws(self.step.scenario).count,)), (share,))[0]


def _edge(
    met: Callable[[float], bool], start: float, sought: Quantity, formula: Equation, target: float
) -> float:  # fmt: skip
    """The number nearest to the edge between where something is met and where not, on the side where it is."""
    domain, first = sought.domain, met(start)
    other = next((x for x in _further(start, domain) if met(x) != first), None)
    if other is None:
        raise SolveError(
            f"no {sought.name} is found with which {formula.result.name} is {target:.6g} {formula.result.unit}"
        )
    good, bad = (start, other) if first else (other, start)
    for _ in range(_HALVINGS):
        middle = _between(good, bad, domain)
        if middle in (good, bad):
            break
        good, bad = (middle, bad) if met(middle) else (good, middle)
    return _shortest(good, bad, met, domain)


def _further(start: float, domain: Domain) -> Any:
    """Numbers of a domain, further and further from one of it on both sides."""
    gap = (start - domain.low) or max(abs(domain.low), 1.0)
    for power in range(1, _FURTHER):
        for factor in (2.0**power, 2.0**-power):
            x = domain.low + gap * factor
            if domain.whole:
                x = float(round(x))
            if domain.high <= 1 and x > domain.high:
                x = domain.high
            if x in domain:
                yield x


def _between(one: float, other: float, domain: Domain) -> float:
    """Half-way by ratios where both ends are above the domain's, so that small numbers are found as soon as large."""
    low, high = sorted((one - domain.low, other - domain.low))
    middle = domain.low + (math.sqrt(low * high) if low > 0 else high / 2)
    return float(round(middle)) if domain.whole else middle


def _shortest(good: float, bad: float, met: Callable[[float], bool], domain: Domain) -> float:
    """The good end in twelve digits, away from the bad one where it would not do."""
    if domain.whole:
        return good
    short = float(f"{good:.{_DIGITS}g}")
    if met(short):
        return short
    unit = 10.0 ** (math.floor(math.log10(abs(good))) - _DIGITS + 1) if good else 0.0
    away = float(f"{good + math.copysign(unit, good - bad):.{_DIGITS}g}")
    return away if away in domain and met(away) else good
