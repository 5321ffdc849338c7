"""Sources of one author and one year told apart by a letter, 2024a and 2024b, in citations and in the bibliography.

The letters follow the order of the bibliography, over all of ``references.bib``, so that a source has the same one on
every page and in every format.
"""

from __future__ import annotations

import itertools
import re
import string
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pybtex.style.sorting.author_year_title import SortingStyle
from sphinxcontrib.bibtex.style.referencing import PersonStyle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

FEWEST = 2  # as many need letters
_PERSONS = PersonStyle()
_NAMES: Any = _PERSONS.author_or_editor_or_title(full=False)
_ORDER: Any = SortingStyle()


def cited_as(entry: Any) -> tuple[str, str]:
    """The names and the year by which a text cites a source, without a letter."""
    year = re.sub(r"[a-z]+$", "", entry.fields.get("year", ""))
    return str(_NAMES.format_data({"entry": entry, "style": SimpleNamespace(person=_PERSONS)})), year


def give_letters(entries: Iterable[Any]) -> None:
    """Put a letter behind the year of sources that would be cited alike; a second time changes nothing.

    Raises
    ------
    ValueError : more sources are cited alike than there are letters; names them.
    """
    known = list(entries)
    for entry in known:
        if "year" in entry.fields:
            entry.fields["year"] = cited_as(entry)[1]
    known.sort(key=lambda entry: (cited_as(entry), _ORDER.sorting_key(entry), entry.key))
    for (names, year), found in itertools.groupby(known, cited_as):
        alike = list(found)
        if not year or len(alike) < FEWEST:
            continue
        if len(alike) > len(string.ascii_lowercase):
            raise ValueError(f"references.bib: {len(alike)} sources would be cited as {names}, {year}; accepted: 26")
        for entry, letter in zip(alike, string.ascii_lowercase, strict=False):
            entry.fields["year"] = f"{year}{letter}"


def told_apart(app: Sphinx, env: BuildEnvironment) -> None:
    """Give the letters before sphinxcontrib-bibtex puts its sources into words."""
    domain: Any = env.get_domain("cite")
    give_letters(domain.bibdata.data.entries.values())


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("env-updated", told_apart, priority=90)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
