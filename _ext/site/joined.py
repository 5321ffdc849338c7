"""Many sources, few requests: what a page loads of _static is joined, in order, into one sheet and one script."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import rjsmin

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata

SHEET = "book.css"
# A later rule wins over an earlier one that names as much: print comes after what it takes back.
SHEETS = (
    "math.css", "page.css", "boxes.css", "card.css", "tabs.css", "tables.css", "calculator.css", "build_your_own.css",
    "symbols.css", "landing.css", "print.css", "charts.css", "ledger.css",
)  # fmt: skip
# On the buttons of the theme, which e-books do not have.
BUTTONS = "icons.css"
_CALCULATORS = ("numbers.js", "domains.js", "engine.js", "inverses.js", "fields.js", "address.js", "warnings.js")
# By kind of page. Each source finds in window.book what those before it put there.
SCRIPTS = {
    "page": ("page.js",),
    "cards": ("page.js", *_CALCULATORS, "cite.js", "redraw.js", "card.js"),
    "build-your-own": ("page.js", *_CALCULATORS, "build_your_own.js"),
}


def script_name(kind: str) -> str:
    """The one script of a kind of page.

    Examples
    --------
    >>> script_name("cards")
    'book-cards.js'
    """
    return f"book-{kind}.js"


def trimmed_sheet(text: str) -> str:
    r"""A sheet without comments and indentation.

    Examples
    --------
    >>> trimmed_sheet("/* Calm */\na {\n  color: red;\n}\n")
    'a {\ncolor: red;\n}\n'
    """
    return re.sub(r"\n\s+", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).lstrip()


def trimmed_script(text: str) -> str:
    """A script without comments and spaces, a third of the bytes; of a template in a template all spaces go."""
    return f"{rjsmin.jsmin(text)}\n"


def join(app: Sphinx, builder: Builder) -> None:
    """Before pages are written, which name the checksum of each file: put in place what they load."""
    if builder.format != "html":
        return
    sources, out = Path(app.confdir) / "_static", Path(builder.outdir) / "_static"
    shutil.copytree(sources / "fonts", out / "fonts", dirs_exist_ok=True)
    site = builder.name != "epub"
    _write(out / SHEET, [trimmed_sheet(_read(sources / name)) for name in ((BUTTONS,) if site else ()) + SHEETS])
    for kind, names in SCRIPTS.items() if site else ():
        _write(out / script_name(kind), [trimmed_script(_read(sources / name)) for name in names])


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _write(file: Path, parts: list[str]) -> None:
    file.write_text("".join(parts), encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("write-started", join)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
