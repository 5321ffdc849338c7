"""Words that stand for several values at once: ``precision=fp8`` is one byte a parameter and products in FP8.

They stand in ``data/words.toml``. A value that is given by its own name goes before that of a word.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from calc.base.errors import DataError, UnknownNameError, nearest
from calc.base.text_files import packaged_text
from calc.base.toml_tables import ANY, Key, read
from calc.base.visible import said

__all__ = ["WORDED", "meant", "read_words", "words_in"]

_WORD = Key("table", of={"about": Key(needed=True), ANY: Key()})
WORDED = ("precision", "software")  # the tables of the file


@functools.cache
def _read() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return read_words(packaged_text("words.toml"))


def read_words(text: str) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read the words from TOML: by name of the table, and by word, what each stands for.

    Raises
    ------
    DataError : naming line and key.
    """
    keys = {name: Key("table", needed=True, of={ANY: _WORD}) for name in WORDED}
    table = read(text, "words.toml", keys)
    return MappingProxyType({name: dict(table[name]) for name in WORDED})


def words_in(names: Iterable[str]) -> tuple[str, ...]:
    """Which of these names take a word.

    Examples
    --------
    >>> words_in(["precision", "batch"])
    ('precision',)
    """
    return tuple(name for name in names if name in WORDED)


def meant(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Values with what their words stand for, and for each that a word brought the name of the word's table.

    Raises
    ------
    UnknownNameError : the word is not known, with those that are.
    DataError : a number stands where a word does.

    Examples
    --------
    >>> meant({"precision": "fp8", "batch": 64})[0]
    {'batch': 64, 'weight_bytes': '1', 'expert_bytes': '1', 'fp8_arithmetic': '1'}
    >>> meant({"precision": "fp9"})
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: precision takes a word, not 'fp9'; accepted: bf16, fp8, int8, int4, fp4; did you
    mean 'fp8'?
    """
    found = {name: value for name, value in values.items() if name not in WORDED}
    brought: dict[str, str] = {}
    for name in words_in(values):
        known, given = _read()[name], values[name]
        if not isinstance(given, str):
            raise DataError(f"{name} takes a word, not {said(given)}; accepted: {', '.join(known)}")
        word = given.strip().lower()
        if word not in known:
            raise UnknownNameError(
                f"{name} takes a word, not {given!r}; accepted: {', '.join(known)}{nearest(word, known)}"
            )
        for key, value in known[word].items():
            if key != "about" and key not in found:
                found[key], brought[key] = value, name
    return found, brought
