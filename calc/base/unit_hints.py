"""What a word that is no unit may stand for: never another quantity, nor one of two without the factor between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from calc.base.decimals import Shown, digits_of
from calc.base.errors import UnitError
from calc.base.unit import Unit

__all__ = ["unit_hint"]

_CLOSE = 12  # so many near names are looked at


def unit_hint(
    name: str, text: str, names: Iterable[str], parse: Callable[[str], Unit], wanted: Unit | None = None
) -> str:
    """An ending for a message about a word that is no unit, or nothing.

    Parameters
    ----------
    name, text : the word, and the whole unit that it stands in.
    names : the units that there are.
    parse : what reads a unit.
    wanted : where it is known, the unit whose dimension the whole must have.

    Examples
    --------
    >>> from calc.base.units import parse_unit, unit_names
    >>> unit_hint("KWh", "KWh", unit_names(), parse_unit)
    "; did you mean 'kWh'?"
    >>> unit_hint("ml", "ml/Wh", unit_names(), parse_unit)
    "; did you mean 'mL', or 'ML' (10⁹ times as much)?"
    """
    known = sorted(set(names))
    same = [one for one in known if one.casefold() == name.casefold()]
    found = _fitting(name, text, same or _close(name, known), parse, wanted)
    if not found:
        return ""
    if not same:
        return f"; did you mean {next(iter(found))!r}?"
    kept: dict[str, Unit] = {}
    for one, unit in found.items():  # FLOP and flop are one unit
        if all(unit.factor != other.factor for other in kept.values()):
            kept[one] = unit
    first, *others = sorted(kept, key=lambda one: sum(a != b for a, b in zip(one, name, strict=False)))
    more = [f", or {one!r} ({_times(kept[one], kept[first])})" for one in others]
    return f"; did you mean {first!r}{''.join(more)}?"


def _close(name: str, known: list[str]) -> list[str]:
    import difflib  # only errors need it

    if len(name) == 1:
        return []
    folded: dict[str, str] = {}
    for one in known:
        folded.setdefault(one.casefold(), one)
    plain = name.casefold()
    return [folded[one] for one in difflib.get_close_matches(plain, folded, n=_CLOSE, cutoff=0.6)] or (
        _close(plain[:-1], known) if plain.endswith("s") else []
    )


def _fitting(
    name: str, text: str, candidates: list[str], parse: Callable[[str], Unit], wanted: Unit | None
) -> dict[str, Unit]:
    """Those that make a unit in the place of the word, of the wanted dimension where one is wanted."""
    found = {}
    for one in candidates:
        try:
            unit = parse(re.sub(rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])", one, text))
            if wanted is None or unit.dimensions == wanted.dimensions:
                found[one] = unit if wanted is not None else parse(one)
        except UnitError:  # another word of it is no unit either
            continue
    return found


def _times(one: Unit, other: Unit) -> str:
    """How much more or less one unit is than another, in words."""
    ratio = one.factor / other.factor
    mantissa, exponent = digits_of(max(ratio, 1 / ratio), 3)
    said = Shown(mantissa, exponent, "").number.removeprefix("1×")
    return f"{said} times as much" if ratio > 1 else f"{said} times less"
