"""How the book is cited: what CITATION.cff says, read from there and said nowhere else.

The file lies at the top of the repository; an installed package carries a copy in ``calc/data``. Where the book is
served is its ``url``, unless the environment variable ``BOOK_URL`` names another place, and where errors are reported
its ``repository-code``, unless ``BOOK_REPOSITORY`` does; the workflow that publishes the book fills in both.
"""

from __future__ import annotations

import datetime
import functools
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from calc.base.errors import DataError

__all__ = ["REPOSITORY", "SERVED", "Book", "address", "book", "read_citation"]

SERVED, REPOSITORY = "BOOK_URL", "BOOK_REPOSITORY"  # the environment variables
_FILE = "CITATION.cff"
_NEEDED = ("title", "version", "date-released", "url", "authors")
_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
_PERSON = ("given-names", "name-particle", "family-names", "name-suffix")


@dataclass(frozen=True)
class Book:
    """The book as something that is cited.

    Attributes
    ----------
    title, version, abstract : as in CITATION.cff.
    authors : their names; a body is one name.
    released : the day of this version, or of the last release where this version is none yet.
    url : where the book is served, without a slash at the end.
    licences : SPDX names, of the code and of the text.
    keywords : a few words each.
    repository : where its sources and issues are kept, without a slash at the end; empty where nobody says.
    """

    title: str
    version: str
    abstract: str
    authors: tuple[str, ...]
    released: datetime.date
    url: str
    licences: tuple[str, ...]
    keywords: tuple[str, ...]
    repository: str = ""

    @property
    def is_release(self) -> bool:
        """Whether this version is one, and not what stands between two: ``0.2.0.dev0`` is none."""
        return "dev" not in self.version


@functools.cache
def book() -> Book:
    """What CITATION.cff says, served where ``BOOK_URL`` says and kept where ``BOOK_REPOSITORY`` does.

    Raises
    ------
    DataError : the file, or one of the two, is wrong.

    Examples
    --------
    >>> book().title, book().authors
    ('Tokens to Terawatts', ('The Tokens to Terawatts authors',))
    """
    packaged = resources.files("calc").joinpath(f"data/{_FILE}")
    file = packaged if packaged.is_file() else Path(__file__).parents[2] / _FILE
    stated = read_citation(file.read_text(encoding="utf-8"))
    served, kept = (os.environ.get(name, "") for name in (SERVED, REPOSITORY))
    return replace(
        stated,
        url=_address(served, SERVED) if served else stated.url,
        repository=_address(kept, REPOSITORY) if kept else stated.repository,
    )


def address(place: str = "") -> str:
    """Where this version of the book has a page, for good.

    Parameters
    ----------
    place : the page, such as ``d/training-energy``; the book's first page when left out.

    Examples
    --------
    >>> address("d/training-energy").endswith(f"/v{book().version}/d/training-energy")
    True
    """
    return f"{book().url}/v{book().version}/{place}"


def read_citation(text: str) -> Book:
    """Read what a citation needs of CITATION.cff; other fields of the format may stand there too.

    Raises
    ------
    DataError : it is no YAML, or a field that every citation needs is missing or of another kind.

    Examples
    --------
    >>> read_citation("title: A book")
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: CITATION.cff has no version, date-released, url, authors
    """
    fields = _fields(text)
    if missing := [key for key in _NEEDED if not fields.get(key)]:
        raise DataError(f"{_FILE} has no {', '.join(missing)}")
    kept = _text(fields, "repository-code")
    return Book(
        _text(fields, "title"), _text(fields, "version"), _text(fields, "abstract").strip(), _authors(fields),
        _day(fields["date-released"]), _address(_text(fields, "url"), f"{_FILE}: url"),
        _texts(fields, "license"), _texts(fields, "keywords"),
        _address(kept, f"{_FILE}: repository-code") if kept else "",
    )  # fmt: skip


def _fields(text: str) -> Mapping[str, Any]:
    import yaml  # only what is cited needs it, and start-up time counts

    try:
        fields = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
        raise DataError(f"{_FILE}{line}: {error.problem or error.context}") from None
    except (yaml.YAMLError, ValueError) as error:  # a letter that YAML forbids; 2026-13-45, which looks like a day
        raise DataError(f"{_FILE}: {' '.join(str(error).split())}") from None
    if not isinstance(fields, dict):
        raise DataError(f"{_FILE} is {type(fields).__name__}; accepted: fields, such as 'title: …'")
    return fields


def _text(fields: Mapping[str, Any], key: str) -> str:
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise DataError(f"{_FILE}: {key} must be text, not {value!r}; put it in quotes")
    return value


def _texts(fields: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of texts, or one text alone."""
    given = fields.get(key) or []
    values = [given] if isinstance(given, str) else given
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise DataError(f"{_FILE}: {key} must be texts, not {given!r}")
    return tuple(values)


def _authors(fields: Mapping[str, Any]) -> tuple[str, ...]:
    given = fields["authors"]
    names = []
    for author in given if isinstance(given, list) else [given]:
        parts: list[Any] = [author["name"]] if isinstance(author, dict) and "name" in author else []
        if isinstance(author, dict) and not parts:
            parts = [author[part] for part in _PERSON if part in author]
        if not parts or not all(isinstance(part, str) and part.strip() for part in parts):
            raise DataError(f"{_FILE}: an author is {author!r}; accepted: a name, or given-names and family-names")
        names.append(" ".join(parts))
    return tuple(names)


def _day(value: Any) -> datetime.date:
    """A day that is quoted or not; YAML reads ``2026-11-22`` as a date."""
    try:
        if isinstance(value, datetime.datetime):
            raise ValueError
        return value if isinstance(value, datetime.date) else datetime.date.fromisoformat(value)
    except (TypeError, ValueError):
        shown = value.isoformat() if isinstance(value, datetime.date) else value
        raise DataError(f"{_FILE}: date-released is {shown!r}; accepted: a day such as 2026-11-22") from None


def _address(url: str, where: str) -> str:
    """An address without a slash at its end."""
    if not _URL.fullmatch(url):
        raise DataError(f"{where} is {url!r}; accepted: an address such as https://example.org/book")
    return url.rstrip("/")
