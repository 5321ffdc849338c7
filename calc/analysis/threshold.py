"""What would change an answer: how likely a result passes a limit, and at which value of each input it does."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.analysis import sampling
from calc.analysis.results import at_text
from calc.analysis.solution import Solution
from calc.analysis.solve import solve_step
from calc.base.display import Displayed
from calc.base.errors import CalcError
from calc.base.values import own_unit_value
from calc.model.input import Input
from calc.model.step import Given, Step
from calc.symbolic.evaluate import evaluate

__all__ = ["THROUGH", "WITHIN", "Flip", "Threshold", "probability", "threshold"]

WITHIN = "in its whole range it makes {low} to {high}"
THROUGH = "all through its range it makes {low}"
_TRIED = 64  # numbers of an input's range
_HALVED = 40  # times a stretch between two of them


@dataclass(frozen=True)
class Flip:
    """Where one input, the others as they are, takes a result to a limit.

    Attributes
    ----------
    input : the scenario's input.
    value : its value there, in its own unit; None where no value does.
    reason : why none does.
    inside : whether the value lies in the input's range.
    """

    input: Input | Given
    value: Fraction | None
    reason: str
    inside: bool


@dataclass(frozen=True)
class Threshold(Displayed):
    """A limit on a result.

    Attributes
    ----------
    derivation : whose result.
    limit : in the result's own unit.
    above : whether it is about results above the limit, or below.
    probability : the share of the draws that are.
    flips : for each input with a range, where it alone takes the result to the limit.
    """

    derivation: Step
    limit: Fraction
    above: bool
    probability: float
    flips: tuple[Flip, ...]

    @property
    def holds(self) -> bool:
        """Whether the value itself is beyond the limit."""
        exact = self.derivation.exact
        return exact > self.limit if self.above else exact < self.limit

    def __repr__(self) -> str:
        limit = f"{'above' if self.above else 'below'} {float(self.limit):g} {self.derivation.unit}"
        return f"<{self.derivation.formula.id} {limit}: {self.probability:.2g}>"


def probability(derivation: Step, *, above: Any = None, below: Any = None) -> float:
    """The share of the draws in which a result is above, or below, a limit.

    Parameters
    ----------
    above, below : one of them: a number in the result's own unit, or text with a unit.

    Raises
    ------
    CalcError : neither or both are given, or the limit is not a value of the result.

    Examples
    --------
    >>> from calc import training_energy
    >>> round(probability(training_energy.derive("gpt-4-estimate"), above="32 GWh"), 1)
    0.2
    """
    limit, up = _limit(derivation, above, below)
    values = sampling.of(derivation)
    passed = values > float(limit) if up else values < float(limit)
    return float(passed.mean())


def _limit(derivation: Step, above: Any, below: Any) -> tuple[Fraction, bool]:
    if (above is None) == (below is None):
        raise CalcError(f"a limit on {derivation.formula.id} is given either as above or as below")
    up = above is not None
    return own_unit_value(derivation.formula.result, above if up else below), up


def threshold(derivation: Step, *, above: Any = None, below: Any = None) -> Threshold:
    """A limit on a result: how likely it is passed, and what each input would have to be for that.

    Parameters, Raises
    ------------------
    As `probability`.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = threshold(training_energy.derive("gpt-4-estimate"), above="32 GWh")
    >>> found.holds, [(one.input.quantity.name, one.inside) for one in found.flips]
    (False, [('gpus', False), ('active_parameters', False), ('flop_utilisation', True), ('server_power', True)])
    """
    limit, up = _limit(derivation, above, below)
    flips = tuple(_flip(derivation, one, limit, up) for one in sampling.uncertain(derivation))
    return Threshold(derivation, limit, up, probability(derivation, above=above, below=below), flips)


def _flip(derivation: Step, one: Input | Given, limit: Fraction, up: bool) -> Flip:
    try:
        solution = solve_step(derivation, one.quantity.name, {derivation.formula.result.name: limit})
    except CalcError:  # it cannot be turned round, as where a rounding is in it
        return _tried(derivation, one, limit, up)
    value = _crossing(solution, one.value, derivation.exact, limit, up)
    if value is None:
        return Flip(one, None, solution.reason, False)
    return Flip(one, value, "", one.low <= value <= one.high)


def _tried(step: Step, one: Input | Given, limit: Fraction, up: bool) -> Flip:
    """The same by trying numbers of the input's range, the nearest to its value first, and halving towards it."""
    known = {leaf.quantity.symbol: leaf.value for leaf in step.leaves}

    def result(at: Fraction) -> Fraction | None:
        return evaluate(step.expression, known | {one.quantity.symbol: at})

    def turned(at: Fraction) -> bool:
        found = result(at)
        return found is not None and ((found > limit) if up else (found < limit)) != holds

    holds = step.exact > limit if up else step.exact < limit
    tried = [one.low + (one.high - one.low) * at / _TRIED for at in range(_TRIED + 1)]
    tried = sorted({_whole(at, one) for at in tried}, key=lambda at: abs(at - one.value))
    crossed = next((at for at in tried if turned(at)), None)
    if crossed is None:
        made = sorted(value for at in tried if (value := result(at)) is not None)
        low, high = (at_text(step, float(end)) for end in (made[0], made[-1]))
        return Flip(one, None, (THROUGH if low == high else WITHIN).format(low=low, high=high), False)
    near, far = one.value, crossed
    for _ in range(_HALVED):
        middle = _whole((near + far) / 2, one)
        if middle in (near, far):
            break
        near, far = (near, middle) if turned(middle) else (middle, far)
    return Flip(one, far, "", True)


def _whole(value: Fraction, one: Input | Given) -> Fraction:
    return Fraction(round(value)) if one.quantity.domain.whole else value


def _crossing(solution: Solution, now: Fraction, result: Fraction, limit: Fraction, up: bool) -> Fraction | None:
    """The value at which the answer turns over: where several do, the nearest to the present one."""
    if not solution.values.is_empty:
        return _nearest([solution.values], now)
    holds = result > limit if up else result < limit
    turned = [values for values, other in solution.nearest if (other > limit if up else other < limit) != holds]
    return _nearest(turned, now)


def _nearest(sets: list[Any], now: Fraction) -> Fraction | None:
    ends = [Fraction(str(end)) for one in sets for end in (one.inf, one.sup) if end.is_finite]
    return min(ends, key=lambda end: abs(end - now)) if ends else None
