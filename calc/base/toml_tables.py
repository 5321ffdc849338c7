r"""Data files in TOML, all read by one set of rules; what is wrong with one is a line with file, line and key.

A table's keys are declared, each as a `Key`, and `read` holds a file against them:

>>> keys = {"title": Key("text", needed=True), "term": Key("tables", of={"name": Key("text", needed=True)})}
>>> file = read("title = 'Words'\n[[term]]\nname = 'PUE'", "words.toml", keys)
>>> file["title"], [term["name"] for term in file["term"]]
('Words', ['PUE'])
>>> read("title = 'Words'\n[[term]]\nnam = 'PUE'", "words.toml", keys)
Traceback (most recent call last):
...
calc.base.errors.DataError: words.toml, line 3: term 1: unknown key 'nam'; accepted: name; did you mean 'name'?

The rules: a key that is not declared is refused, and so is a value of another kind than declared; a text of blanks
alone counts as left out, and what is needed must not be left out, nor empty. Numbers are the decimals in the file.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.base.errors import BrokenError, CalcError, DataError, nearest
from calc.base.limits import DIGITS, EXPONENT, PARTS
from calc.base.text_files import STEERING
from calc.base.toml_places import Place, shown

__all__ = ["ANY", "Key", "Table", "as_table", "read"]

ANY = "*"  # stands for every key, where a table's keys are names
_Raw = Mapping[str, Any]
# Python's parser takes a time that grows with the square of their number. Nothing here is tried twice.
_DOTTED = re.compile(rf"""(?<![\w.-])(?:(?:"[^"\n]*+"|'[^'\n]*+'|[\w-]++)[ \t]*+\.[ \t]*+){{{PARTS}}}""")


@dataclass(frozen=True)
class _Float:
    """A number with a point or an exponent, as the file has it; most keys' kind is known only later."""

    text: str

    def __str__(self) -> str:
        return self.text


def _is_number(value: Any) -> bool:
    return isinstance(value, _Float) or (isinstance(value, int) and not isinstance(value, bool))


def _all(value: Any, right: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and all(right(one) for one in value)


_KINDS: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("text", lambda value: isinstance(value, str)),
    "number": ("a number", _is_number),
    "whole number": ("a whole number", lambda value: _is_number(value) and not isinstance(value, _Float)),
    "date": ("a date without a time of day, such as 2026-11-22", lambda value: type(value) is datetime.date),
    "true": ("true", lambda value: value is True),
    "texts": ("a list of texts", lambda value: _all(value, lambda one: isinstance(one, str) and bool(one.strip()))),
    "numbers": ("a list of numbers", lambda value: _all(value, _is_number)),
    "table": ("a table", lambda value: isinstance(value, dict)),
    "tables": ("tables headed [[{key}]]", lambda value: _all(value, lambda one: isinstance(one, dict))),
    "raw": ("", lambda _: True),
}


@dataclass(frozen=True)
class Key:
    """What a key of a table takes.

    Attributes
    ----------
    kinds : the kinds of value that it takes, parted by "or": text, number, whole number, date, true, texts, numbers,
        table, tables; raw for what the caller looks at itself. A number becomes a fraction, a list a tuple.
    needed : whether it must be there, and not be empty.
    choices : the texts that are accepted; all, where none are named.
    of : the keys of a table, or of each of several.
    name : which key of each of several tables names it in messages.
    unique : whether no two of the tables may have the same name, be it in capitals or not.
    words : what it must be, in words, where the kinds say too little.
    """

    kinds: str = "text"
    needed: bool = False
    choices: tuple[str, ...] = ()
    of: Mapping[str, Key] | None = None
    name: str = "id"
    unique: bool = False
    words: str = ""


class Table(Mapping[str, Any]):
    """A table of a file, each value of which is of the declared kind; it knows its place."""

    def __init__(self, place: Place, values: _Raw) -> None:
        self.place = place
        self._values = values

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, key: str) -> str:
        """A text, stripped, or nothing where it is left out."""
        return str(self._values.get(key, "")).strip()

    def wrong(self, message: str, key: str = "") -> DataError:
        """The error that says what is wrong with the table, or with one of its keys; to be raised."""
        return self.place.wrong(f": {message}", key)

    @contextmanager
    def blamed(self, key: str = "") -> Iterator[None]:
        """Say of every error of this package that is raised inside that the table, or a key of it, is to blame.

        Raises
        ------
        DataError : in place of the error, with file, line and the table's name before its words.
        BrokenError : as it was raised.
        """
        try:
            yield
        except BrokenError:  # which says what is to blame, and where
            raise
        except CalcError as error:
            raise self.wrong(str(error), key) from None


def read(text: str, file: str, keys: Mapping[str, Key]) -> Table:
    """A file's whole content, held against its keys.

    Parameters
    ----------
    text : the content.
    file : the file's name, for messages.
    keys : what is accepted at the top of the file.

    Raises
    ------
    DataError : it is not TOML, or not as declared; names file, line and key.

    Examples
    --------
    >>> read("checked = 2026-11-22T12:00:00", "mine.toml", {"checked": Key("date")})
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: mine.toml, line 1: checked must be a date without a time of day, such as 2026-11-22,
    not 2026-11-22 12:00:00
    """
    place = Place(file, text)
    if _DOTTED.search(text):
        raise place.deepest(f"a key of more than {PARTS} names is not read", r"\.")
    try:
        data = tomllib.loads(text, parse_float=_Float)
    except tomllib.TOMLDecodeError as error:
        raise place.syntax(str(error)) from None
    except RecursionError:
        raise place.deepest("lists or tables are nested too deep", r"[\[{]") from None
    except ValueError:  # of int(), which says nothing of the place
        raise place.deepest("a number of thousands of digits is not read", r"\d") from None
    return as_table(data, place, keys)


def as_table(value: Any, place: Place, keys: Mapping[str, Key]) -> Table:
    """A table that the file's own reader took as it came, held against its keys.

    Raises
    ------
    DataError : it is no table, or not as declared; names file, line and key.
    """
    if not isinstance(value, dict):
        raise place.wrong(f" must be a table, not {shown(value)}")
    given = {key: one for key, one in value.items() if not (isinstance(one, str) and not one.strip())}
    if not value and not place.path:
        raise place.wrong(" is empty")
    other = keys.get(ANY)
    for key in value:
        if key not in keys and other is not None and key not in given:
            raise place.wrong(f": {shown(key, True)} is left blank", key)
        if key not in keys and other is None:
            accepted = f"accepted: {', '.join(keys)}{nearest(key, keys)}"
            raise place.wrong(f": unknown key {shown(key)}; {accepted}", key)
    missing = [key for key, one in keys.items() if key != ANY and one.needed and given.get(key) in (None, [], {})]
    if missing:
        choices = next(
            (f"; {key} is one of {', '.join(keys[key].choices)}" for key in missing if keys[key].choices), ""
        )
        raise place.wrong(f" has no {', '.join(missing)}{choices}")
    if other is not None and other.needed and not given:
        raise place.wrong(" is empty")
    return Table(place, {key: _value(one, key, place, keys.get(key) or keys[ANY]) for key, one in given.items()})


def _value(value: Any, key: str, place: Place, declared: Key) -> Any:
    """One value as its key takes it, or the error that says what it must be."""
    kinds = declared.kinds.split(" or ")
    kind = next((kind for kind in kinds if _KINDS[kind][1](value)), None)
    if kind is None:
        said = declared.words or " or ".join(_KINDS[one][0] for one in kinds)
        raise place.wrong(
            f": {shown(key, True)} must be {said.format(key=place.of(key).dotted)}, not {shown(value)}", key
        )
    if declared.choices and value not in declared.choices:
        accepted = f"{', '.join(declared.choices)}{nearest(value, declared.choices)}"
        raise place.wrong(f": {shown(key, True)} {shown(value)} is none of {accepted}", key)
    if any(isinstance(one, str) and STEERING.search(one) for one in (value if isinstance(value, list) else [value])):
        raise place.wrong(f": {shown(key, True)} has control characters in it: {shown(value)}", key)
    match kind:
        case "number" | "whole number":
            return _exact(value, key, place) if kind == "number" else int(_exact(value, key, place))
        case "numbers":
            return tuple(_exact(one, key, place) for one in value)
        case "texts":
            return tuple(value)
        case "table":
            return as_table(value, place.of(key), declared.of or {ANY: Key("raw")})
        case "tables":
            return _tables(value, key, place, declared)
    return value


def _tables(values: list[_Raw], key: str, place: Place, declared: Key) -> tuple[Table, ...]:
    found: list[Table] = []
    names: set[str] = set()
    for number, value in enumerate(values):
        name = value.get(declared.name)
        table = as_table(value, place.item(key, number, name), declared.of or {ANY: Key("raw")})
        folded = str(name).casefold()
        if declared.unique and name is not None and folded in names:
            raise table.wrong(f"{shown(name)} stands there twice", declared.name)
        names.add(folded)
        found.append(table)
    return tuple(found)


def _exact(value: int | _Float, key: str, place: Place) -> Fraction:
    """A number as the decimal that the file has."""
    if isinstance(value, int):
        if abs(value) >= 10**DIGITS:
            raise place.wrong(f": {key} is out of range; numbers of up to {DIGITS} digits are read", key)
        return Fraction(value)
    text = value.text.replace("_", "")
    if not re.search(r"\d", text):
        raise place.wrong(f": {key}: {text} is not a finite number; accepted: finite decimal numbers", key)
    power = re.search(r"[eE]([+-]?\d+)$", text)
    if len(text) > DIGITS or (power and abs(int(power[1])) > EXPONENT):
        raise place.wrong(f": {key} {text[:40]} is out of range; exponents up to {EXPONENT} are read", key)
    return Fraction(text)
