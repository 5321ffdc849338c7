"""The book's records as files: every derivation, its sources, and how to cite them.

The same commit gives the same bytes: there is no date of writing in them, and their order is the book's.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Container, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calc.base.errors import DataError
from calc.base.text_files import packaged_text
from calc.book.bibliography import csl_items
from calc.book.home import book_derivations
from calc.model.source_keys import bibliography
from calc.publish.manifest import NAME, digest, manifest, strange
from calc.publish.openapi import DESCRIPTION, description
from calc.publish.published import SCHEMAS, head, published
from calc.render.citation import bibtex
from calc.render.citation_parts import book_page
from calc.render.record import record
from calc.symbolic.printing import right_hand_side

if TYPE_CHECKING:
    from calc.model.step import Step

__all__ = ["SCHEMA", "collection", "export", "files"]

SCHEMA = "derivation.schema.json"
_COLUMNS = (
    "id", "title", "scenario", "value", "unit", "range_low", "range_high", "result", "equation", "sources", "version",
    "hash",
)  # fmt: skip

Progress = Callable[[Iterable[Any]], Iterable[Any]]


def collection(step: Progress = iter, only: Container[str] | None = None) -> dict[str, Any]:
    """The derivations of the book where they are at home, as ``derivations.json`` has them.

    Parameters
    ----------
    step : what to pass the derivations through, to show how far it is.
    only : the ids of those that are wanted; all of them if there is none.
    """
    return {**head(), "derivations": [record(derivation) for derivation in step(_wanted(only))]}


def _wanted(only: Container[str] | None) -> list[Step]:
    return [shown for shown in book_derivations() if only is None or shown.formula.id in only]


def files(step: Progress = iter, only: Container[str] | None = None) -> dict[str, bytes]:
    """Every file of an export: content by name. See `collection` for the parameters.

    Examples
    --------
    >>> found = files()
    >>> "derivations.json" in found, "derivations/training-energy.json" in found
    (True, True)
    """
    whole = collection(step, only)
    records = whole["derivations"]
    entries = [bibtex(book_page()), *(bibtex(derivation) for derivation in _wanted(only))]
    found = {
        "derivations.json": _json(whole),
        "derivations.csv": _csv(records, _wanted(only)),
        "derivations.bib": "\n\n".join(entries) + "\n",
        **{name: packaged_text(name) for name in (SCHEMA, SCHEMAS)},
        DESCRIPTION: _json(description()),
        "references.bib": bibliography(),
        "references.json": _json(list(csl_items())),
    }
    found |= {f"{name}.json": _json(data) for name, data in published(_wanted(only)).items()}
    found |= {f"derivations/{one['id']}.json": _json(one) for one in records}
    return {name: text.encode() for name, text in found.items()}


def export(folder: Path, step: Progress = iter) -> list[str]:
    """Write all of them into a folder, whole or not at all.

    Parameters
    ----------
    folder : a new one, an empty one, or one that holds an earlier export, which it replaces.

    Returns
    -------
    The names of the files; SHA256SUMS beside them lists them with their digests.

    Raises
    ------
    DataError : the folder holds something else, or cannot be written.
    """
    from calc.base.atomic_files import write_folder

    if folder.exists() and not folder.is_dir():
        raise DataError(f"{folder} is a file; accepted: a folder that is new, empty, or holds an earlier export")
    other = next(strange(folder), None) if folder.is_dir() else None
    if other:
        raise DataError(
            f"{folder} holds {other}, which {NAME} in it does not list with that content, so that no export wrote it; "
            "accepted: a folder that is new, empty, or holds an earlier export as it was written"
        )
    if not folder.resolve().parent.is_dir():
        raise DataError(f"{folder}: there is no folder {folder.resolve().parent}; accepted: a place in one that is")
    found = files(step)
    digests = {name: digest(content) for name, content in found.items()}
    write_folder(folder, {**found, NAME: manifest(digests)})
    return sorted(found)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _csv(records: list[dict[str, Any]], wanted: list[Step]) -> str:
    """One line a derivation, for a spreadsheet."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for one, derivation in zip(records, wanted, strict=True):
        bounds = one["range"] or {"low": "", "high": ""}
        formula = derivation.formula
        row = (
            one
            | {f"range_{end}": bounds[end] for end in ("low", "high")}
            | {"sources": " ".join(one["sources"]), "result": formula.result.name}
        )
        row["equation"] = right_hand_side(formula.written)
        rows.writerow([row[column] for column in _COLUMNS])
    return text.getvalue()
