"""How the book is cited: what CITATION.cff says, read from there and said nowhere else.

The file lies at the top of the repository; an installed package carries a copy in ``calc/data``.
"""

from __future__ import annotations

import datetime
import functools
import re
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from calc.base.errors import DataError

__all__ = ["Book", "address", "book", "read_citation"]

_NEEDED = ("title", "version", "date-released", "url")


@dataclass(frozen=True)
class Book:
    """The book as something that is cited.

    Attributes
    ----------
    title, version, abstract : as in CITATION.cff.
    authors : their names; a body is one name.
    released : the day of this version.
    url : where the book is served, without a slash at the end.
    licences : SPDX names, of the code and of the text.
    keywords : a few words each.
    """

    title: str
    version: str
    abstract: str
    authors: tuple[str, ...]
    released: datetime.date
    url: str
    licences: tuple[str, ...]
    keywords: tuple[str, ...]


@functools.cache
def book() -> Book:
    """What CITATION.cff says.

    Examples
    --------
    >>> book().title, book().authors
    ('Tokens to Terawatts', ('The Tokens to Terawatts authors',))
    """
    packaged = resources.files("calc").joinpath("data/CITATION.cff")
    if packaged.is_file():
        return read_citation(packaged.read_text(encoding="utf-8"))
    return read_citation((Path(__file__).parents[2] / "CITATION.cff").read_text(encoding="utf-8"))


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
    """Read the part of YAML that CITATION.cff is written in: texts, folded texts, lists of texts and of names.

    Raises
    ------
    DataError : a field that every citation needs is missing.
    """
    fields: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    for block in re.split(r"^(?=[\w-]+:)", text, flags=re.MULTILINE):
        match = re.match(r"([\w-]+):[ \t]*(.*)\n?", block)
        if not match:
            continue
        key, first, rest = match[1], _text(match[2]), block[match.end() :]
        if not first and re.match(r"\s*- ", rest):
            items = re.findall(r"^\s*- (?:name:\s*)?(.*)$", rest, re.MULTILINE)
            lists[key] = [_text(item) for item in items]
        else:
            fields[key] = " ".join(rest.split()) if first in (">-", ">") else first
    missing = [key for key in _NEEDED if not fields.get(key)] + ([] if lists.get("authors") else ["authors"])
    if missing:
        raise DataError(f"CITATION.cff has no {', '.join(missing)}")
    return Book(
        fields["title"], fields["version"], fields.get("abstract", ""), tuple(lists["authors"]),
        datetime.date.fromisoformat(fields["date-released"]), fields["url"].rstrip("/"),
        tuple(lists.get("license", ())), tuple(lists.get("keywords", ())),
    )  # fmt: skip


def _text(value: str) -> str:
    """A scalar without its quotes or a comment behind it."""
    quoted = re.match(r"""(["'])(.*?)\1""", value.strip())
    return quoted[2] if quoted else re.sub(r"(^|\s)#.*", "", value).strip()
