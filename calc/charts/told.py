"""Numbers and words of a chart that know what they were worked out from, so that a page can do it again for a case."""

from __future__ import annotations

import contextlib
import contextvars
import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.analysis.bands import percentiles
from calc.analysis.results import show_result
from calc.base.quantities import quantity
from calc.base.units import convert, parse_unit
from calc.base.values import exact, own_unit_value
from calc.book.lookup import refer, settings, valued
from calc.charts.tracked import Told
from calc.charts.values import Values

if TYPE_CHECKING:
    from calc.model.step import Step

__all__ = ["Told", "along", "band", "number", "of_step", "plain", "recorded", "said", "step_words", "swept", "words"]

_RECORD: contextvars.ContextVar[Values | None] = contextvars.ContextVar("record", default=None)
_MARKS = re.compile("\ue000(\\d+)\ue001(.*?)\ue002", re.DOTALL)
_POINTS = {"p5": 0, "median": 1, "p95": 2}


@contextlib.contextmanager
def recorded(record: Values | None = None) -> Iterator[Values]:
    """Keep what numbers and words of a chart were worked out from, in a record that its drawings may share."""
    kept = record or Values()
    token = _RECORD.set(kept)
    try:
        yield kept
    finally:
        _RECORD.reset(token)


@contextlib.contextmanager
def unrecorded() -> Iterator[None]:
    """Let numbers be no more than that for a while."""
    token = _RECORD.set(None)
    try:
        yield
    finally:
        _RECORD.reset(token)


def along(values: Sequence[float]) -> list[float]:
    """Places along an axis, which a page may move as it needs room, and what is worked out of them with them."""
    return [Told(value, ["x"]) for value in values] if _RECORD.get() is not None else list(values)


def _place(reference: str, point: int | None = None) -> Any:
    """How a page works a reference out, in the own unit; None where it does not follow."""
    record = _RECORD.get()
    if record is None:
        return None
    found, asked = valued(reference), settings(reference)
    if found.step is None:
        if asked.form not in ("value", "number", "low", "high"):
            return None
        return record.given(asked.scenario, found.quantity.name, asked.form, float(found.value))
    if asked.form in ("low", "high", "range"):
        return None
    set_by = {name: _place(text) for name, text in asked.inner.items()}
    step = found.step
    if asked.form in ("spread", *_POINTS):
        step = valued(re.sub(rf";\s*{asked.form}\s*(?=;|$)", "", reference)).step or step
        point = _POINTS.get(asked.form, point)
    wanted = None
    if asked.unknown:
        result = step.formula.result
        given: Any = asked.values.get(result.name)
        stated = getattr(given, "magnitude", None)
        wanted = set_by.get(result.name) or float(own_unit_value(result, given) if stated is None else stated)
    return record.of(step, {name: how for name, how in set_by.items() if how is not None}, point, asked.unknown, wanted)


def _factor(name: str, unit: str | None) -> float:
    own = quantity(name).parsed_unit
    return float(convert(Fraction(1), own, parse_unit(unit), name)) if unit else 1.0


def _told(value: float, how: Any, factor: float) -> float:
    if how is None:
        return value
    return Told(value, how if factor == 1 else ["*", how, factor])


def number(reference: str, unit: str | None = None) -> float:
    """The value that a reference names, as a plain number in a unit.

    Parameters
    ----------
    reference : as prose has it: ``training-energy; server_power=(server_power; low)``.
    unit : the unit to take it in; the quantity's own if there is none.

    Examples
    --------
    >>> number("training-energy", "MWh")
    43875.0
    """
    found = valued(reference)
    own = found.quantity.parsed_unit
    value = float(convert(found.value, own, parse_unit(unit), found.quantity.name) if unit else found.value)
    return _told(value, _place(reference), _factor(found.quantity.name, unit))


def band(reference: str, unit: str | None = None) -> tuple[float, float]:
    """Between what nine of ten draws of a reference lie, as plain numbers in a unit.

    Examples
    --------
    >>> low, high = band("training-energy; scenario gpt-4-estimate", "GWh")
    >>> low < number("training-energy; scenario gpt-4-estimate", "GWh") < high < number("training-energy", "GWh")
    True
    """
    found = refer(f"{reference}; spread")
    own, wanted = found.quantity.parsed_unit, parse_unit(unit or found.quantity.unit)
    low, high = (float(convert(end, own, wanted, found.quantity.name)) for end in (found.low, found.high))
    factor = _factor(found.quantity.name, unit)
    return _told(low, _place(reference, 0), factor), _told(high, _place(reference, 2), factor)


def swept(reference: str, name: str, along: Sequence[float], unit: str | None = None, per: float = 1) -> list[float]:
    """A reference's values in a unit, as one input takes others.

    Parameters
    ----------
    reference, unit : as for `number`.
    name : the input.
    along : its values as the chart's axis counts them.
    per : what one of these is, in the input's own unit.

    Examples
    --------
    >>> swept("training-energy", "gpus", [12_000, 25_000], "GWh")
    [21.06, 43.875]
    """
    own = quantity(name).domain
    numbers = [round(one * per) if own.whole else float(f"{one * per:.12g}") for one in along]
    first = f"{reference}; {name}={numbers[0]}"
    factor, how = _factor(valued(first).quantity.name, unit), None
    record = _RECORD.get()
    with unrecorded():
        found = [number(f"{reference}; {name}={one}", unit) for one in numbers]
    if record is not None and (base := _place(first)) is not None:
        how = record.along(base, name, per)
    return [_told(value, how, factor) for value in found]


def of_step(step: Step, unit: str | None = None, point: int | None = None) -> float:
    """The value of a derivation in a unit, or one of the percentiles of its draws.

    Examples
    --------
    >>> of_step(refer("training-energy").step, "MWh")
    43875.0
    """
    name = step.formula.result.name
    value = float(step.exact) if point is None else (percentiles(step) or ())[point]
    factor, record = _factor(name, unit), _RECORD.get()
    return _told(value * factor, record.of(step, {}, point) if record is not None else None, factor)


def words(reference: str) -> str:
    """The value that a reference names, as prose shows it: for labels and for what a chart says in words.

    Examples
    --------
    >>> words("training-energy").replace("\N{NO-BREAK SPACE}", " ")
    '43.9 GWh'
    """
    found, record = refer(reference), _RECORD.get()
    if record is None or settings(reference).words or (how := _place(reference)) is None:
        return found.text
    asked = settings(reference)
    if asked.unit:
        record.units.setdefault(found.quantity.name, set()).add(asked.unit)
    kind = "spread" if asked.form == "spread" else "number" if asked.number else "text"
    return _marked(record, [how, kind, asked.unit, asked.digits], found.text)


def step_words(step: Step) -> str:
    """The value of a derivation as its card shows it."""
    text, record = show_result(step).text, _RECORD.get()
    return text if record is None else _marked(record, [record.of(step, {}), "text", None, None], text)


def said(kind: Callable[..., str], value: float, *digits: int) -> str:
    """A number as one of `calc.base.decimals` writes it: ``whole``, ``bare``, ``percentage`` or ``times``.

    Examples
    --------
    >>> from calc.base.decimals import percentage
    >>> said(percentage, 0.25).replace("\N{NO-BREAK SPACE}", " ")
    '25 %'
    """
    text, record = kind(exact(float(value)) if kind.__name__ == "times" else float(value), *digits), _RECORD.get()
    if record is None or not isinstance(value, Told):
        return text
    return _marked(record, [value.how, kind.__name__, None, *(digits or (None,))], text)


def _marked(record: Values, piece: list[Any], text: str) -> str:
    record.pieces.append([*piece, text])
    return f"\ue000{len(record.pieces) - 1}\ue001{text}\ue002"


def plain(text: str, record: Values | None = None) -> tuple[str, list[Any]]:
    """A text without the marks of what follows in it, and its parts: texts, and how the others are worked out.

    Of a part whose print was shortened, as without a unit that an axis says, it says what was taken out.
    """
    record, parts, at = record or _RECORD.get(), list[Any](), 0
    for found in _MARKS.finditer(text):
        if record is None:
            break
        *piece, original = record.pieces[int(found[1])]
        shown = found[2]
        start = next((i for i, pair in enumerate(zip(shown, original, strict=False)) if pair[0] != pair[1]), len(shown))
        cut = original[start : start + len(original) - len(shown)]
        parts += [text[at : found.start()], [*piece, shown, *([cut] if cut else [])]]
        at = found.end()
    clean = _MARKS.sub(lambda found: found[2], text)
    return clean, [*parts, text[at:]] if parts else []
