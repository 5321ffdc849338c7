"""A value named in one line of text, as the book's prose names it.

``training-energy`` is a derivation in the book's scenario, and ``gpus`` an input of it. Settings follow after
semicolons: ``training-energy; server_power=3 kW/server; in MWh``. A value in brackets is itself a reference:
``total-facility-energy; pue=(pue; scenario mine)``, so that nothing which calc knows need be typed.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from calc.analysis.band_table import kept_range
from calc.analysis.bands import percentiles
from calc.analysis.results import band, band_text
from calc.analysis.solve import solve_for
from calc.analysis.standing import standing
from calc.base.errors import CalcError, ChainError, UnknownNameError, nearest
from calc.base.numbers import show
from calc.base.quantities import Quantity, all_quantities, quantity
from calc.base.spoken import spoken
from calc.base.values import exact
from calc.book.home import home
from calc.book.lookup_text import derived_text, stated_text
from calc.book.what_if import apart
from calc.model.as_of import as_of
from calc.model.chain import as_scenario, derive
from calc.model.choose import choose
from calc.model.registry import all_formulas, formula_by_id
from calc.model.scenario import DEFAULT, Scenario
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["Reference", "given_value", "refer", "settings", "valued"]

_PERCENTILES = {"p5": 0, "median": 1, "p95": 2}
_ENDS = ("range", "low", "high")
_FORMS = (*_ENDS, "spread", *_PERCENTILES)
_AFTER = ("scenario NAME", "place NAME", "as of DATE", "digits N", "number", "words")
_SETTINGS = ("solve NAME", "in UNIT", *_AFTER, *_FORMS, "NAME=VALUE")


@dataclass(frozen=True)
class Reference:
    """A value found by its name.

    Attributes
    ----------
    text : the value as prose shows it.
    target : the label of the place where it is derived or listed; empty for a band that no card can show.
    value : the same, exact and in the own unit of `quantity`.
    quantity : what it is a value of.
    low, high : the ends of the range or the 5 and 95 % points, where these were asked for; otherwise the value.
    step : the formula with the inputs that it was computed with; None for an input.
    """

    text: str
    target: str
    value: Fraction
    quantity: Quantity
    low: Fraction
    high: Fraction
    step: Step | None = None


@functools.cache
def refer(text: str) -> Reference:
    r"""Find the value that a line of text names.

    Parameters
    ----------
    text : a formula's id or an input's name, and perhaps settings: ``in UNIT``, ``scenario NAME``,
        ``place NAME`` to lay a place of the catalogue over it, ``as of DATE``, ``digits N``,
        ``range`` for the range instead of the value, ``low`` or ``high`` for one end of it,
        ``spread`` for the 5 and 95 % points of its draws, ``p5``, ``median`` or ``p95`` for one of these points,
        ``number`` to leave the unit out, ``words`` to say powers of ten and units as a sentence does,
        ``NAME=VALUE`` to change an input, and ``solve NAME`` for the input that yields a given result.

    Raises
    ------
    CalcError : the name, a setting or a value is unknown; says what is accepted.

    Examples
    --------
    >>> refer("training-energy").text, refer("training-energy; server_power=3 kW/server; in MWh").text
    ('43.9\xa0GWh', '20,300\xa0MWh')
    >>> refer("server-count").text, refer("server-count; digits 2").text
    ('3,125\xa0servers', '3,100\xa0servers')
    >>> refer("training-energy; servers=(server-count; gpus=16000)").text
    '28.1\xa0GWh'
    >>> refer("facility-power; pue=(pue; high)").text
    '32.1\xa0MW'
    >>> refer("training-energy; scenario gpt-4-estimate; spread").text, refer("pue; scenario gpt-4-estimate").target
    ('27 to 34\xa0GWh', 'input-gpt-4-estimate-pue')
    >>> refer("grid_water; place irl").text, refer("grid_water; place irl").target
    ('1.4769\xa0L/kWh', 'input-gpt-4-grid_water')
    >>> refer("gpus").target, refer("pue; scenario epoch-query").target
    ('input-gpt-4-gpus', 'input-epoch-query-pue')
    """
    name, asked = _asked(text)
    found = _found(name, asked)
    said = spoken(found.text) if asked.words else found.text
    return replace(found, text=said.partition("\N{NO-BREAK SPACE}")[0] if asked.number else said)


@functools.cache
def valued(text: str) -> Reference:
    """The same without the text, for whoever draws hundreds: how many digits to show takes longer than the value.

    Examples
    --------
    >>> valued("training-energy; in MWh").value == refer("training-energy").value
    True
    """
    return _found(*_asked(text), worded=False)


def _found(name: str, asked: _Settings, worded: bool = True) -> Reference:
    """The value of a name under its settings."""
    unit, form, values, unknown = asked.unit, asked.form, asked.values, asked.unknown
    base = as_of(as_scenario(asked.scenario), asked.day)
    given = choose(base, {"place": asked.place} if asked.place else {})
    if name in {f.id for f in all_formulas()} and not _is_input(name, given, values, unknown):
        if unknown:
            return _solved(formula_by_id(name), given, asked)
        derivation = derive(formula_by_id(name), given, values)
        if form == "spread" or form in _PERCENTILES:
            return _drawn(derivation, unit, form)
        ranged = kept_range(derivation) if form in _ENDS else None  # it may cost more than all the rest
        at = _end(derivation.exact, ranged, form, name)
        shown = derived_text(derivation, at, unit, asked.digits, form) if worded else ""
        ends = (ranged if form == "range" else None) or (at, at)
        return Reference(shown, derivation.formula.id, at, derivation.formula.result, *ends, derivation)
    q = _quantity(name)
    if values:
        raise CalcError(f"{name} is an input, and takes no {', '.join(values)}; name a formula")
    stated = given[q.name]
    if form == "spread" or form in _PERCENTILES:
        raise CalcError(f"{name} is an input, and has no {form}; range, low and high are its own, or name a formula")
    at = _end(stated.value, (stated.low, stated.high), form, name)
    ends = (stated.low, stated.high) if form == "range" else (at, at)
    return Reference(
        stated_text(stated, at, unit, asked.digits, form), f"input-{asked.scenario}-{q.name}", at, q, *ends
    )


@dataclass
class _Settings:
    """What is asked of a value; see `refer`."""

    values: dict[str, Any] = field(default_factory=dict)
    unit: str | None = None
    scenario: str = DEFAULT
    place: str = ""
    day: str | None = None
    digits: int | None = None
    form: str = "value"
    unknown: str = ""
    number: bool = False
    words: bool = False
    inner: dict[str, str] = field(default_factory=dict)


def settings(text: str) -> _Settings:
    """What a line asks of a value beside its name; of values in brackets also the lines that stand there.

    >>> settings("training-energy; gpus=(gpus; low); in MWh").inner
    {'gpus': 'gpus; low'}
    """
    return _asked(text)[1]


def _asked(text: str) -> tuple[str, _Settings]:
    """The name in a line of text, and its settings."""
    name, *settings = _parts(text)
    asked = _Settings()
    for setting in settings:
        word, _, rest = setting.partition(" ")
        if word == "in" and rest:
            asked.unit = rest.strip()
        elif word == "solve" and rest:
            asked.unknown = rest.strip()
        elif word == "scenario" and rest:
            asked.scenario = rest.strip()
        elif word == "place" and rest:
            asked.place = rest.strip()
        elif setting.startswith("as of "):
            asked.day = setting.removeprefix("as of ").strip()
        elif word == "digits" and rest.strip().isdigit():
            asked.digits = int(rest)
        elif setting in _FORMS:
            asked.form = setting
        elif setting in ("number", "words"):
            setattr(asked, setting, True)
        elif "=" in setting:
            key, _, value = setting.partition("=")
            asked.values[key.strip()] = given_value(value.strip())
            asked.inner |= {key.strip(): value.strip()[1:-1].strip()} if value.strip().startswith("(") else {}
        else:
            raise CalcError(f"{setting!r} in {text!r} is not a setting; accepted: {', '.join(_SETTINGS)}")
    return name, asked


def _solved(formula: Equation, given: Scenario, asked: _Settings) -> Reference:
    """The input that yields a given result, and the step that yields it."""
    solution = solve_for(formula, asked.unknown, given, asked.values)
    number = exact(solution.value)
    shown = show(number, solution.quantity, asked.unit, asked.digits or 3).text
    known = {key: value for key, value in asked.values.items() if key != formula.result.name}
    found = SimpleNamespace(magnitude=number, units=solution.quantity.unit)
    step = derive(formula, given, {**known, solution.quantity.name: found})
    return Reference(shown, formula.id, number, solution.quantity, number, number, step)


def _drawn(derivation: Step, unit: str | None, form: str) -> Reference:
    """What its draws say of a derivation."""
    formula = derivation.formula
    shown = band(derivation, unit)
    if shown is None:
        raise CalcError(f"{formula.id} has no {form}: no input of its chain has a range")
    points = [Fraction(point) for point in percentiles(derivation) or ()]
    where = _with_band(derivation, band_text(derivation))
    target = formula.id if where else ""
    if form == "spread":
        ends = points[0], points[-1]
        return Reference(band_text(derivation, unit), target, derivation.exact, formula.result, *ends, where)
    at = points[_PERCENTILES[form]]
    return Reference(shown[_PERCENTILES[form]].text, target, at, formula.result, at, at, where)


def _with_band(derivation: Step, text: str) -> Step | None:
    """The card as it is, where its own band says the same, or the estimate's beside it; else the derivation.

    A band comes from a scenario's ranges, which no address can carry: None where the card with the derivation's inputs
    would show another.
    """
    try:
        card = home(derivation.formula)
    except ChainError:
        return derivation
    shown = (card, standing(card).estimate, standing(card).theirs)
    if any(one is not None and band_text(one) == text for one in shown):
        return card
    there = {q.name: SimpleNamespace(magnitude=value, units=q.unit) for q, value in apart(derivation).items()}
    return derivation if band_text(derive(card.formula, card.scenario, there)) == text else None


def _is_input(name: str, given: Scenario, values: dict[str, Any], unknown: str) -> bool:
    """Whether a name of both a formula and a quantity means the quantity.

    So ``pue`` does in a scenario that gives the PUE, but for the one in which its card is shown.
    """
    if values or unknown or name.replace("-", "_") not in given.inputs:
        return False
    formula = formula_by_id(name)
    try:
        derive(formula, given, {})
        return name == formula.result.name and home(formula).scenario.name != given.name
    except ChainError:
        return True


def _end(value: Fraction, bounds: tuple[Fraction, Fraction] | None, form: str, name: str) -> Fraction:
    """The value, or the end of its range that is asked for."""
    if form in _ENDS and bounds is None:
        raise CalcError(f"{name} has no range: it neither rises nor falls in each input")
    if bounds is None or form not in ("low", "high"):
        return value
    return bounds[0] if form == "low" else bounds[1]


def _parts(text: str) -> list[str]:
    """The parts between semicolons that stand in no brackets."""
    parts, depth = [""], 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == ";" and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip() for part in parts]


def given_value(value: str) -> Any:
    """A value as text; one in brackets is looked up, and keeps its unit."""
    if not (value.startswith("(") and value.endswith(")")):
        return value
    inner = refer(value[1:-1].strip())
    return SimpleNamespace(magnitude=inner.value, units=inner.quantity.unit)


def _quantity(name: str) -> Quantity:
    try:
        return quantity(name)
    except UnknownNameError:
        known = [f.id for f in all_formulas()] + [q.name for q in all_quantities()]
        raise UnknownNameError(f"{name!r} is neither a formula nor a quantity{nearest(name, known)}") from None
