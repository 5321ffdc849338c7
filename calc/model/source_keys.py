"""The keys of references.bib, which every input and formula must name.

The file lies at the top of the repository; an installed package carries a copy in ``calc/data``.
"""

from __future__ import annotations

import functools
import re
from importlib import resources
from pathlib import Path

from calc.base.errors import DataError, name_given, nearest
from calc.base.text_files import file_text

__all__ = ["bibliography", "check_source", "source_keys"]


def bibliography() -> str:
    """The text of references.bib.

    Raises
    ------
    DataError : it cannot be read, or is no text in UTF-8.
    """
    packaged = resources.files("calc").joinpath("data/references.bib")
    file = packaged if packaged.is_file() else Path(__file__).parents[2] / "references.bib"
    return file_text(file, "references.bib")


@functools.cache
def source_keys() -> frozenset[str]:
    """Every key of references.bib.

    Examples
    --------
    >>> "mohit2026" in source_keys()
    True
    """
    return frozenset(re.findall(r"^\s*@\w+\s*\{\s*([^,\s]+)\s*,", bibliography(), re.MULTILINE))


def check_source(key: str, where: str = "") -> str:
    """Return a key that is in references.bib; `where` begins the message, if it is not.

    Raises
    ------
    DataError : it is empty or not there, naming the nearest.

    Examples
    --------
    >>> check_source("mohit2025", "input gpus")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: input gpus: 'mohit2025' is not a key of references.bib; did you mean 'mohit2026'?
    """
    if name_given(key, "a source") not in source_keys():
        begun = f"{where}: " if where else ""
        raise DataError(f"{begun}{key!r} is not a key of references.bib{nearest(key, source_keys())}")
    return key
