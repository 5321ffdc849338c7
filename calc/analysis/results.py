"""A result in words: the one place where a step's value, range, band and printed line are written.

Everything that shows a result takes its text from here, in as many digits as are known of it, so that it reads alike in
a card, a list, a citation, a chart, a record and on the command line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import TypeVar

from calc.analysis.bands import ends as least_and_greatest
from calc.analysis.bands import in_band, percentiles
from calc.analysis.budget import budget
from calc.analysis.sweep import Sweep
from calc.base.decimals import DIGITS, Shown
from calc.base.errors import DomainError
from calc.base.memo import kept
from calc.base.numbers import (
    EXACT_DIGITS,
    STEP_DIGITS,
    between,
    digits_known,
    show,
    show_at,
    show_given,
    show_range,
    show_spread,
    show_step,
    show_uncertainty,
)
from calc.base.quantities import Quantity
from calc.base.unit_words import singular
from calc.base.units import convert, parse_unit
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.step import Given, Step, Used
from calc.symbolic.evaluate import evaluate

__all__ = [
    "PrintedLine", "asked_unit", "at_text", "band", "band_text", "digits", "in_unit", "input_range",
    "printed_line", "range_latex", "range_text", "show_input", "show_result", "show_swept", "show_used",
    "uncertainty_text", "used_range",
]  # fmt: skip

_MOST_STEPS = 5_000
_Step = TypeVar("_Step", bound=Step)


def digits(step: Step) -> int:
    """How many significant digits of a step's value are shown; `calc.base.numbers.digits_known` has the rule.

    Examples
    --------
    >>> from calc import training_energy
    >>> digits(training_energy.derive("gpt-4"))
    3
    """
    return kept(step, "digits", lambda: _digits(step))


def _digits(step: Step) -> int:
    found = budget(step)
    return DIGITS if found is None else digits_known(float(step.exact), found.uncertainty)


def in_unit(step: _Step, unit: str) -> _Step:
    r"""The same step, shown in a unit of somebody's choice wherever its result is shown.

    Raises
    ------
    UnitError : the unit is unknown, or of another dimension.

    Examples
    --------
    >>> from calc import training_energy
    >>> show_result(in_unit(training_energy.derive("gpt-4"), "MWh")).text
    '43,900\xa0MWh'
    """
    step.to(unit)
    copy = replace(step)
    kept(copy, "unit", lambda: unit)
    return copy


def asked_unit(step: Step, unit: str | None = None) -> str | None:
    """The unit that is asked for here, or for the step as a whole; None is the one that reads best."""
    return unit or kept(step, "unit", lambda: None)


def show_result(step: Step, unit: str | None = None) -> Shown:
    r"""A step's value for print, with as many digits as are known of it.

    Parameters
    ----------
    unit : the unit to show it in; the one that reads best when left out.

    Examples
    --------
    >>> from calc import training_energy
    >>> show_result(training_energy.derive("gpt-4")).text
    '43.9\xa0GWh'
    """
    return show(step.exact, step.formula.result, asked_unit(step, unit), digits(step))


def show_swept(made: Sweep, unit: str | None = None) -> Iterator[Shown]:
    """The results of a sweep for print, all in one unit: in that in which the middle one of them reads best.

    Each has the digits that the step of the same inputs has. Of more than some thousand, each has the digits of the
    first: a step takes a millisecond, and nobody reads so many.
    """
    names = [q.name for q in made.axes]
    fixed = {q.name: value for q, value in made.fixed.items()}
    known: int | None = None
    middle = Fraction(f"{sorted(made.values.flat)[made.values.size // 2]:.12g}")
    unit = unit or singular(show(middle, made.formula.result).unit) or None
    for at, (given, value) in enumerate(zip(product(*made.axes.values()), made.values.flat, strict=True)):
        if not at or made.values.size <= _MOST_STEPS:
            step = derive(made.formula, made.scenario, {**fixed, **dict(zip(names, map(float, given), strict=True))})
            known = known or digits(step)
            yield show_result(step, unit)
        else:
            yield show(Fraction(f"{value:.12g}"), made.formula.result, unit, known or DIGITS)


def at_text(step: Step, value: float, unit: str | None = None) -> str:
    """Another value of a step's result, such as an end of a bar, in the unit that the result is shown in."""
    return show_at(value, step.formula.result, step.exact, asked_unit(step, unit)).text


def uncertainty_text(step: Step, value: float) -> str:
    """A standard uncertainty of a step's result, or a part of it, in the unit that the result is shown in."""
    return show_uncertainty(value, step.formula.result, step.exact, asked_unit(step, None)).text


def range_text(step: Step, unit: str | None = None, ends: tuple[Fraction, Fraction] | None = None) -> str:
    """The least and the greatest value as text, or nothing where the step has no range.

    Parameters
    ----------
    unit : the unit to show them in; that of the step's value when left out, so that a line has one unit.
    ends : other values, in the own unit, such as those that one input alone makes.
    """
    if ends is None:
        ends = least_and_greatest(step)
        if ends is None or ends[0] == ends[1]:
            return ""
    return show_range(*ends, step.formula.result, unit or singular(show_result(step).unit) or None)


def range_latex(step: Step) -> str:
    """The same as LaTeX."""
    ends = least_and_greatest(step)
    if ends is None:
        return ""
    unit = singular(show_result(step).unit) or None
    low, high = (show(end, step.formula.result, unit).latex for end in ends)
    return rf"{low} \text{{ to }} {high}"


def show_input(given: Input | Given) -> Shown:
    """An input's value for print: in the unit in which a file states it, with all of its digits."""
    return show_given(given.value, given.quantity, given.unit.text)


def input_range(given: Input | Given) -> str:
    """The range of an input's value, in the same unit, or nothing."""
    if given.low == given.high:
        return ""
    unit = given.unit.text
    value = show_input(given) if given.low <= given.value <= given.high else None
    return show_range(given.low, given.high, given.quantity, unit if unit != "1" else None, value)


def show_used(used: Used, digits: int = STEP_DIGITS) -> Shown:
    """One input of a formula for print: as it is given, or so many digits of what is derived."""
    if isinstance(used.origin, Step):
        return show_step(used.origin.exact, used.quantity, digits)
    return show_given(used.origin.value, used.quantity, used.unit)


def used_range(used: Used) -> str:
    """The range of one input of a formula, of what is derived its nine-in-ten band; or nothing."""
    if isinstance(used.origin, Step):
        # A value at the end of its range, as a statement may be, stands beside the range that has it in it.
        return band_text(used.origin) if in_band(used.origin) else range_text(used.origin)
    return input_range(used.origin)


@dataclass(frozen=True)
class PrintedLine:
    """A formula with its numbers put in, and its result, as they stand in print.

    Attributes
    ----------
    values : each input by its quantity's name.
    result : the value that they make.
    holds : whether the printed numbers make the printed result.
    """

    values: Mapping[str, Shown]
    result: Shown
    holds: bool

    @property
    def sign(self) -> str:
        """What stands between the two: ``=``, or ``≈`` where the result has fewer digits than its line would give."""
        return "=" if self.holds else "≈"


def printed_line(step: Step) -> PrintedLine:
    r"""The line of a step as it is printed.

    It holds where the printed inputs make a value that is rounded, at the last place that is printed of the result, to
    the printed result. Derived inputs have five digits, or up to seven where that makes it hold. Where none does, since
    fewer digits of the result are known than its inputs would give, the line says ≈: somebody who checks it with the
    printed numbers is not to find it wrong.

    Examples
    --------
    >>> from calc import fleet_power, training_energy
    >>> printed_line(training_energy.derive("gpt-4")).sign
    '='
    >>> line = printed_line(fleet_power.derive("chat-fleet"))
    >>> line.sign, line.result.text
    ('≈', '210\xa0MW')
    """
    return kept(step, PrintedLine, lambda: _printed_line(step))


def _printed_line(step: Step) -> PrintedLine:
    result = show_result(step)
    lines = (
        {used.quantity.name: show_used(used, count) for used in step.used}
        for count in range(STEP_DIGITS, EXACT_DIGITS + 1)
    )
    first = next(lines)
    for values in (first, *lines):
        if _holds(step, values, result):
            return PrintedLine(values, result, holds=True)
    return PrintedLine(first, result, holds=False)


def _holds(step: Step, values: Mapping[str, Shown], result: Shown) -> bool:
    printed = {used.quantity.symbol: _own_unit(values[used.quantity.name], used.quantity) for used in step.used}
    made = evaluate(step.formula.numeric, printed)
    if made is None:
        return False
    quantity = step.formula.result
    made = convert(made, quantity.parsed_unit, parse_unit(singular(result.unit) or "1"), quantity.name)
    return abs(made - result.value) <= result.place / 2


def _own_unit(shown: Shown, quantity: Quantity) -> Fraction:
    """What a printed number says, in its quantity's own unit."""
    return convert(shown.value, parse_unit(singular(shown.unit) or "1"), quantity.parsed_unit, quantity.name)


def band(step: Step, unit: str | None = None) -> tuple[Shown, ...] | None:
    """The 5, 50 and 95 % points for print; None where no input has a range, or where a draw is impossible."""
    try:
        found = percentiles(step)
    except DomainError:
        return None
    if found is None or found[0] == found[-1]:
        return None
    # The last bits are rounding, which the pages' scripts leave out too: 0.0875 is no less.
    printed = tuple(float(f"{point:.14g}") for point in found)
    return show_spread(printed, step.formula.result, step.exact, asked_unit(step, unit))


def band_text(step: Step, unit: str | None = None) -> str:
    r"""The 5 and 95 % points as text, or nothing.

    Examples
    --------
    >>> from calc import training_energy
    >>> band_text(training_energy.derive("gpt-4-estimate"))
    '27 to 34\xa0GWh'
    """
    found = band(step, unit)
    return between(found[0], found[-1]) if found else ""
