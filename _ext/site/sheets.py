"""The sheets of the site: of the theme's and the book's, the rules that pages use."""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.html.defs import tags

from _ext.site.page_notes import Note, notes
from _ext.site.sheet_rules import kept_rules
from _ext.site.shipped import (
    ALONE,
    BUTTONS,
    CLAIMS,
    EXTENSIONS,
    LATER,
    SCRIPTS,
    SHEET,
    SHEETS,
    THEIR_SHEETS,
    THEME_STATES,
    sheet_name,
)
from _ext.site.used_words import Used, page_words, script_words
from _ext.state import beside

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["Sheets", "sheets_of", "with_sum"]


class Sheets:
    """The sheets are made beside the scripts, and kept with what they are made of: an edit of prose changes none."""

    def __init__(self, app: Sphinx, sources: Path, out: Path) -> None:
        self._sources, self._out = sources, out
        self._tasks = beside(app, 1 + len(ALONE))  # both at once, as none may be forked when scripts are trimmed
        self._memory = Path(app.doctreedir) / "sheets.json"
        known = json.loads(_read(self._memory)) if self._memory.is_file() else {}
        pages = notes(app).values()
        self._made_of: dict[str, str] = {}
        for sheet in (SHEET, *map(sheet_name, ALONE)):
            used, ours = self._used(sheet, pages)
            texts = [used.text(), ours.text(), self._own(sheet), self._theirs]
            self._made_of[sheet] = hashlib.sha256("\0".join(texts).encode()).hexdigest()
            if known.get(sheet, [""])[0] == self._made_of[sheet]:
                (out / sheet).write_text(known[sheet][1], encoding="utf-8")
            else:
                self._tasks.add_task(functools.partial(self._make, used, ours), sheet)

    def finish(self) -> None:
        """Wait for them; what fails there fails the build."""
        self._tasks.join()
        made = {name: [of, _read(self._out / name)] for name, of in self._made_of.items()}
        self._memory.write_text(json.dumps(made), encoding="utf-8")

    def _used(self, sheet: str, pages: Iterable[Note]) -> tuple[Used, Used]:
        """What its pages hold, and what scripts put there: of the theme's classes only those in a page count."""
        used, ours = Used(words=set(THEME_STATES)), Used()
        with_it = (page.words for page in pages if sheet in page.sheets)
        for words in (*with_it, *(script_words(_read(self._out / name)) for name in EXTENSIONS)):
            used.add(words)
        kinds = _kinds(sheet)
        later = LATER.values() if "cards" in kinds else ()
        for name in {name for names in (*map(SCRIPTS.__getitem__, kinds), *later) for name in names}:
            ours.add(script_words(_read(self._sources / name)))
        return used, ours

    def _own(self, sheet: str) -> str:
        return "\n".join(_read(self._sources / name) for name in (BUTTONS, *sheets_of(_kinds(sheet)[0])))

    @functools.cached_property
    def _theirs(self) -> str:
        return "\n".join(_their_sheet(self._out / name) for name in THEIR_SHEETS)

    def _make(self, used: Used, ours: Used, sheet: str) -> None:
        """The rules that its pages use."""
        own = self._own(sheet)
        used.words |= ours.words & tags
        used.properties |= page_words(own).properties
        theirs = kept_rules(self._theirs, used)
        used.add(ours)
        together = kept_rules(f"{theirs}{own}", used)  # as the theme reads properties that ours set
        (self._out / sheet).write_text(together, encoding="utf-8")


def _kinds(sheet: str) -> list[str]:
    return [kind for kind in SCRIPTS if sheet_name("planner" if kind == CLAIMS else kind) == sheet]


def sheets_of(kind: str) -> tuple[str, ...]:
    """The book's own sheets that a kind of page has a use for."""
    others = {name for one, names in ALONE.items() if one != kind for name in names}
    return tuple(name for name in SHEETS if name not in others)


def with_sum(file: Path) -> Path:
    """A file, or the one that has a sum in its name."""
    return next(iter(file.parent.glob(f"{file.stem}.*{file.suffix}")), file) if not file.exists() else file


def _their_sheet(file: Path) -> str:
    """Without its font of icons: the book has its own."""
    return re.sub(r"@font-face\s*\{[^}]*\}|\.fa-[\w-]+\{--fa:[^}]*\}", "", _read(with_sum(file)))


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
