"""The address of a case, read: all of it or nothing, as `_static/address.js` does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from urllib.parse import unquote

from calc.base.errors import CalcError, DataError, DomainError, UnknownNameError, nearest
from calc.base.limits import ADDRESS, ENDS, SHOWN, too_wide
from calc.base.quantities import Quantity, all_quantities, quantity
from calc.base.text_files import STEERING
from calc.base.values import between_ends, exact
from calc.model.case import WORDS, Case
from calc.model.catalogue import KINDS, entry
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario
from calc.model.step import Given

__all__ = ["read_address"]

_KEY = re.compile(r"[a-z][a-z0-9_]{0,40}")
_NUMBER = re.compile(r"[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})([eE][+-]?\d{1,3})?", re.ASCII)
_ASK = re.compile(r"[a-z][a-z-]{0,30}")
_PATH = re.compile(r"/d/([a-z0-9-]+)(?:/(?:index\.html)?)?$")
_START = "start"
# Where the page Build your own of version 0.1.0 began, by the numbers that its addresses have.
_STARTS: Mapping[str, str] = {
    "0": "",
    "1": "accelerator=h100-sxm",
    "2": "scenario=llama-3&model=llama3.1-405b&accelerator=h100-sxm",
}


def read_address(text: str) -> Case:
    """A case from what stands behind the "?" of an address, or from the whole address.

    Addresses of version 0.1.0 are read too. The derivation on whose page it was made is kept as `Case.page`.

    Raises
    ------
    CalcError : a part of it is unknown, doubled or outside its domain, or it is too long; one line.

    Examples
    --------
    >>> read_address("https://book.example/v0.1.0/d/training-energy?servers=5000#training-energy").page
    'training-energy'
    >>> read_address("start=2&gpus=16000").address
    'scenario=llama-3&model=llama3.1-405b&accelerator=h100-sxm&gpus=16000'
    >>> read_address("servers=5000&srever_power=3~6.5")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: the address of a case: 'srever_power' is neither a quantity nor one of scenario,
    model, accelerator, server, place, price, ask, sure, claim; did you mean 'server_power'?
    """
    query, page = _taken_apart(text.strip())
    if len(query) > ADDRESS:
        raise DataError(f"the address of a case has {len(query)} characters; accepted: up to {ADDRESS}")
    try:
        return replace(_read(query), page=page)
    except CalcError as error:
        raise type(error)(f"the address of a case: {error}") from None


def _taken_apart(text: str) -> tuple[str, str]:
    """What stands behind the "?", and the id of the derivation whose card or page it belongs to."""
    before, _, fragment = text.partition("#")
    path, mark, query = before.partition("?")
    if not mark and "://" not in path:
        path, query = "", path
    found = _PATH.search(path)
    for name in (fragment, found[1] if found else ""):
        try:
            return query, formula_by_id(name).id if name else ""
        except CalcError:  # a section of a page, or a card that is no more
            continue
    return query, ""


def _read(query: str) -> Case:
    given: dict[str, str] = {}
    for part in filter(None, query.split("&")):
        key, equals, value = part.partition("=")
        if not equals or not _KEY.fullmatch(key):
            raise DataError(f"{_shown(part)} is no part of one; accepted: parts such as servers=5000, with & between")
        if key in given:
            raise DataError(f"it gives {key} twice")
        given[key] = _decoded(value)
    if _START in given:
        given = _started(given)
    words = {key: value for key, value in given.items() if key in WORDS}
    values, sought = _values({key: value for key, value in given.items() if key not in WORDS})
    empty = next((key for key, value in words.items() if not value), None)
    if empty:
        raise DataError(f"{empty} has nothing behind its =")
    return Case(
        scenario=_scenario(words.get("scenario", "")),
        choices=tuple((kind, entry(kind, _short(words[kind])).id) for kind in KINDS.values() if kind in words),
        values=values,
        sought=sought,
        ask=_word(words.get("ask", "")),
        sure=_sure(words.get("sure", "")),
        claim=_claim(words.get("claim", "")),
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}…")


def _decoded(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise DataError(f"{_shown(text)} is not encoded in UTF-8") from None


def _started(given: Mapping[str, str]) -> dict[str, str]:
    """What an address of Build your own stands for."""
    rest = {key: value for key, value in given.items() if key != _START}
    if given[_START] not in _STARTS or any(key in WORDS for key in rest):
        raise DataError(f"start={_shown(given[_START])[1:-1]} names no start; accepted: 0, 1 or 2, and quantities")
    return dict(part.split("=") for part in filter(None, _STARTS[given[_START]].split("&"))) | rest


def _short(name: str) -> str:
    if len(name) > SHOWN:
        raise UnknownNameError(f"{_shown(name)} names nothing of the book")
    return name


def _scenario(name: str) -> str:
    return scenario(_short(name)).name if name else ""


def _word(text: str) -> str:
    if text and not _ASK.fullmatch(text):
        raise DataError(f"ask takes a word, not {_shown(text)}")
    return text


def _sure(text: str) -> Fraction | None:
    if not text:
        return None
    number = _number("sure", text)
    if not 0 < number < 1:
        raise DataError(f"sure takes a number between 0 and 1, not {_shown(text)}")
    return number


def _claim(text: str) -> str:
    if STEERING.search(text) or text != text.strip():
        raise DataError("claim takes a sentence, without signs that steer a terminal or blanks around it")
    return text


def _number(name: str, text: str) -> Fraction:
    if not _NUMBER.fullmatch(text):
        raise DataError(f"{name} takes a number, low~high or low~value~high, not {_shown(text)}")
    try:
        return exact(float(text))
    except DomainError as error:
        raise DomainError(f"{name}: {error}") from None


def _values(given: Mapping[str, str]) -> tuple[tuple[Given, ...], str]:
    """The values, and the name of the one that is sought."""
    values: dict[Quantity, Given] = {}
    sought: list[Quantity] = []
    for key, text in given.items():
        q = _quantity(key)
        if q in values or q in sought:
            raise DataError(f"it gives {q.name} twice")
        if text:
            values[q] = _value(q, text)
        else:
            sought.append(q)
    if len(sought) > 1:
        raise DataError(f"it asks for {sought[0].name} and for {sought[1].name}; accepted: one of them")
    return tuple(values.values()), sought[0].name if sought else ""


def _quantity(key: str) -> Quantity:
    try:
        return quantity(key)
    except UnknownNameError:
        near = nearest(key, [*(q.name for q in all_quantities()), *WORDS])
        raise UnknownNameError(f"{key!r} is neither a quantity nor one of {', '.join(WORDS)}{near}") from None


def _value(q: Quantity, text: str) -> Given:
    """A value or a range in the quantity's own unit."""
    numbers = [_number(q.name, part) for part in text.split("~")]
    for number in numbers:
        q.domain.check(number, q.name, q.unit)
    if len(numbers) == 1:
        return Given(q, numbers[0])
    low, high = numbers[0], numbers[-1]
    if len(numbers) > 3 or not low < high or numbers != sorted(numbers):
        raise DataError(f"{q.name} takes low~high or low~value~high, the lowest first, not {_shown(text)}")
    if too_wide(low, high):
        raise DomainError(f"{q.name}: {_shown(text)} is a range over more than {ENDS:.0e}")
    if len(numbers) == 3:
        return Given(q, numbers[1], (low, high))
    alone = between_ends(q, low, high)
    return Given(q, alone.value, (low, high), alone.kind)
