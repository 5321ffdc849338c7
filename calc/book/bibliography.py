"""The sources of references.bib as CSL-JSON, for reference managers and word processors."""

from __future__ import annotations

import functools
import re
from typing import Any

from calc.base.errors import DataError
from calc.model.source_keys import bibliography

__all__ = ["MONTHS", "csl_items"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # BibTeX's own macros
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "inproceedings": "paper-conference",
    "manual": "report",
    "misc": "document",
    "techreport": "report",
}
# Where two fields stand for one, the first that is there.
_FIELDS = {
    "container-title": ("journal", "booktitle"),
    "publisher": ("publisher", "institution", "organization", "howpublished"),
    "publisher-place": ("address",),
    "volume": ("volume",),
    "edition": ("edition",),
    "DOI": ("doi",),
    "ISBN": ("isbn",),
    "URL": ("url",),
    "genre": ("type",),
    "note": ("note",),
}


@functools.cache
def csl_items() -> tuple[dict[str, Any], ...]:
    """Every source, in the order of the file.

    Raises
    ------
    DataError : the file is wrong.

    Examples
    --------
    >>> found = {item["id"]: item for item in csl_items()}
    >>> found["golub2013matrix"]["type"], found["golub2013matrix"]["author"][0]["family"]
    ('book', 'Golub')
    """
    from pybtex.database import PybtexError  # only exports need it, and start-up time counts
    from pybtex.database.input.bibtex import Parser

    try:
        entries = Parser(encoding="utf-8").parse_string(bibliography()).entries
    except PybtexError as error:
        raise DataError(f"references.bib: {' '.join(str(error).split())}") from None
    return tuple(_item(key, entry) for key, entry in entries.items())


def _item(key: str, entry: Any) -> dict[str, Any]:
    fields = entry.fields
    item: dict[str, Any] = {"id": key, "type": _TYPES.get(entry.type, "document")}
    if "title" in fields:
        item["title"] = _plain(fields["title"])
    for role in ("author", "editor"):
        if entry.persons.get(role):
            item[role] = [_name(person) for person in entry.persons[role]]
    for name, choices in _FIELDS.items():
        found = [fields[choice] for choice in choices if choice in fields]
        if found:
            item[name] = _plain(found[0])
    if "number" in fields:
        item["issue" if entry.type == "article" else "number"] = _plain(fields["number"])
    if "pages" in fields:
        item["page"] = _plain(fields["pages"]).replace("–", "-")
    if "eprint" in fields:
        item["archive"] = fields.get("archiveprefix", "arXiv")
        item["archive_location"] = fields["eprint"]
        item.setdefault("URL", f"https://arxiv.org/abs/{fields['eprint']}")
    if "year" in fields:
        month = fields.get("month", "")[:3].lower()
        item["issued"] = {
            "date-parts": [[int(fields["year"]), *([MONTHS.index(month) + 1] if month in MONTHS else [])]]
        }
    return item


def _name(person: Any) -> dict[str, str]:
    """A person's name in its parts; one in double braces is a body, and one text."""
    last = " ".join(person.prelast_names + person.last_names)
    if not person.first_names and not person.middle_names:
        return {"literal": "et al." if last == "others" else _plain(last)}
    name = {"family": _plain(last), "given": _plain(" ".join(person.first_names + person.middle_names))}
    return name | ({"suffix": _plain(" ".join(person.lineage_names))} if person.lineage_names else {})


def _plain(text: str) -> str:
    """LaTeX as the text that it prints."""
    from pybtex.richtext import Text

    return re.sub(r"\s+", " ", str(Text.from_latex(text)))
