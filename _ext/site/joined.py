"""Many sources, few requests: all that a page loads is joined, in order, into one sheet and one script.

Of the theme's and the extensions' sheets, which know every page that there may be, only the rules are shipped that the
book's own pages use.
"""

from __future__ import annotations

import functools
import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml.html.defs import tags
from sphinx.errors import ExtensionError

from _ext.elements.trimmed import ascii_script, trimmed_script
from _ext.site.search import INDEX, PAGE, english, making
from _ext.site.sheet_rules import kept_rules
from _ext.site.used_words import Used, page_words, script_words
from _ext.state import beside
from calc.render.coverage import coverage_script
from calc.render.sentences import claim_script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata

SHEET = "book.css"
# A later rule wins over an earlier one that names as much: print comes after what it takes back.
SHEETS = (
    "math.css", "faces.css", "page.css", "ways.css", "boxes.css", "card.css", "quiet.css", "tabs.css", "tables.css",
    "calculator.css", "case.css", "planner.css", "planner_found.css", "symbols.css", "landing.css", "print.css",
    "charts.css", "ledger.css",
)  # fmt: skip
# What one kind of page alone has a use for stands in a sheet of its own, which is all that such a page loads.
ALONE = {"planner": ("planner.css", "planner_found.css")}
# On the buttons of the theme, which e-books do not have.
BUTTONS = "icons.css"
# In the order in which pages would load them; the rest of _static that the theme brings has no use in the book.
THEIR_SHEETS = (
    "basic.css", "styles/pydata-sphinx-theme.css", "pygments.css", "mystnb.css",
)  # fmt: skip
EXTENSIONS = ("documentation_options.js", "doctools.js", "sphinx_highlight.js")
THEIR_SCRIPTS = (*EXTENSIONS, "scripts/pydata-sphinx-theme.js")
# What the theme's script marks: where the reader is, and a search without words. The rest of it the book has not.
THEME_STATES = ("active", "empty")
# Half comments; the other comes without.
WORDY = ("doctools.js", "sphinx_highlight.js")
# From English into English, with the counts of search results left empty; and tabs that follow each other.
NEVER = ("translations.js", "searchtools.js", "language_data.js")
FOLDERS = ("styles", "scripts", "vendor")
_CALCULATORS = ("numbers.js", "domains.js", "engine.js", "draws.js", "fields.js", "address.js")
# What cards have beyond that.
_CARDS = (
    "percentiles.js", "budget.js", "inverses.js", "tools.js", "warnings.js", "step.js", "redraw.js",
    "case.js", "card.js",
)  # fmt: skip
# What reads a sentence, with its grammar, comes to the planner once somebody asks for it, and to no page before.
CLAIMS = "claims"
# By kind of page. Each source finds in window.book what those before it put there.
SCRIPTS = {
    "page": ("page.js", "copy.js"),
    "cards": ("page.js", *_CALCULATORS, *_CARDS),
    "planner": (
        "page.js",
        "copy.js",
        *_CALCULATORS,
        "planner_chain.js",
        "planner_parts.js",
        "planner_solve.js",
        "planner_take.js",
        "planner_start.js",
        "planner.js",
    ),
    "search": ("page.js", "search.js"),
    CLAIMS: ("claim_words.js", "claim.js"),
}
# What says how far a serving lies from those that were measured, with the errors of these.
COVERAGE = "coverage"
# What a page with cards loads when a reader asks for it; the names under which its script finds them.
LATER = {
    "cite": ("cite.js",),
    "budget": ("budget_table.js",),
    "chart": ("chart_values.js", "chart.js"),
    "take": ("take.js",),
    "problem": ("problem.js",),
    "copy": ("copy.js",),
    COVERAGE: ("coverage.js", "covered.js"),
}


def script_name(kind: str) -> str:
    """The one script of a kind of page.

    Examples
    --------
    >>> script_name("cards")
    'book-cards.js'
    """
    return f"book-{kind}.js"


def sheet_name(kind: str) -> str:
    """The one sheet of a kind of page.

    Examples
    --------
    >>> sheet_name("cards"), sheet_name("planner")
    ('book.css', 'book-planner.css')
    """
    return f"book-{kind}.css" if kind in ALONE else SHEET


def trimmed_sheet(text: str) -> str:
    r"""A sheet without comments and indentation.

    Examples
    --------
    >>> trimmed_sheet("/* Calm */\na {\n  color: red;\n}\n")
    'a {\ncolor: red;\n}\n'
    """
    return re.sub(r"\n\s+", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).lstrip()


def join(app: Sphinx, builder: Builder) -> None:
    """Before pages are written, what an e-book loads; a site's is made of what its pages turn out to hold."""
    if builder.format != "html":
        return
    sources, out = Path(app.confdir) / "_static", Path(builder.outdir) / "_static"
    shutil.copytree(sources / "fonts", out / "fonts", dirs_exist_ok=True)
    if builder.name == "epub":
        _write(out / SHEET, [trimmed_sheet(_read(sources / name)) for name in _sheets_of("page")])


def choose(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """One sheet and one script in the place of those that are joined; and what this page alone needs."""
    if app.builder.name == "epub":
        return
    kind = context.get("book_script", "page")
    context["book_sheet"] = sheet_name(kind)
    if kind == PAGE:
        app.add_js_file(INDEX, loading_method="defer")
    app.add_js_file(script_name(kind), loading_method="defer")
    known = {SHEET, *(Path(name).name for name in THEIR_SHEETS)}
    if unknown := {_name(sheet) for sheet in context["css_files"]} - known:
        raise ExtensionError(f"{', '.join(sorted(unknown))}: no sheet that _ext/site/joined.py joins")
    scripts = context["script_files"]
    scripts[:] = [script for script in scripts if _is_loaded(script)]


def _name(file: Any) -> str:
    return re.sub(r"\.[0-9a-f]{64}(?=\.css$)", "", str(file.filename or "").rpartition("/")[2])


def _is_loaded(script: Any) -> bool:
    if not script.filename:
        # Settings for a search while typing and a choice of versions, which the book does not have.
        return not script.attributes.get("body", "").startswith("DOCUMENTATION_OPTIONS.")
    return _name(script) not in {*(Path(name).name for name in THEIR_SCRIPTS), *NEVER}


def ship(app: Sphinx, exception: Exception | None) -> None:
    """When all pages are there: the sheet with the rules that they use, the scripts, and in links the sum of each."""
    if exception or app.builder.format != "html" or app.builder.name == "epub":
        return
    sources, out = Path(app.confdir) / "_static", Path(app.outdir) / "_static"
    pages = {page: _read(page) for page in sorted(Path(app.outdir).rglob("*.html")) if out not in page.parents}
    sheets = beside(app)
    for sheet in (SHEET, *map(sheet_name, ALONE)):
        sheets.add_task(functools.partial(_ship_sheet, sources, out, pages.values()), sheet)
    theirs = [_their_script(out / name) for name in THEIR_SCRIPTS]
    for kind, files_of in LATER.items():
        data = [coverage_script()] if kind == COVERAGE else []
        _write(out / script_name(kind), [*data, *(trimmed_script(_read(sources / name)) for name in files_of)])
    later = ",".join(f'{kind}:"{script_name(kind)}?v={_sum(out / script_name(kind))}"' for kind in LATER)
    for kind, names in SCRIPTS.items():
        first = [claim_script()] if kind == CLAIMS else [*theirs, *([english()] if kind == PAGE else [])]
        files = [f"window.book.files={{{later}}};\n"] if kind == "cards" else []
        _write(out / script_name(kind), [*first, *files, *(trimmed_script(_read(sources / name)) for name in names)])
    sheets.join()
    making.finish()  # the index of the search, which has a sum too
    _name_versions(pages, out)
    for name in (*THEIR_SHEETS, *THEIR_SCRIPTS, *NEVER):
        _found(out / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(out / name, ignore_errors=True)


def _ship_sheet(sources: Path, out: Path, pages: Iterable[str], sheet: str) -> None:
    _write(out / sheet, [_kept(sources, out, sheet, pages)])


def _sheets_of(kind: str) -> tuple[str, ...]:
    others = {name for one, names in ALONE.items() if one != kind for name in names}
    return tuple(name for name in SHEETS if name not in others)


def _kept(sources: Path, out: Path, sheet: str, pages: Iterable[str]) -> str:
    """The rules that its pages use. Of the theme's classes only those in a page count, or in a script beside it."""
    used, ours = Used(words=set(THEME_STATES)), Used()
    with_it = [page for page in pages if f"_static/{sheet}" in page]
    for words in (*map(page_words, with_it), *(script_words(_read(out / name)) for name in EXTENSIONS)):
        used.add(words)
    kinds = [kind for kind in SCRIPTS if sheet_name("planner" if kind == CLAIMS else kind) == sheet]
    later = LATER.values() if "cards" in kinds else ()
    for name in {name for names in (*map(SCRIPTS.__getitem__, kinds), *later) for name in names}:
        ours.add(script_words(_read(sources / name)))
    own = "\n".join(_read(sources / name) for name in (BUTTONS, *_sheets_of(kinds[0])))
    used.words |= ours.words & tags
    used.properties |= page_words(own).properties
    theirs = kept_rules("\n".join(_their_sheet(out / name) for name in THEIR_SHEETS), used)
    used.add(ours)
    return kept_rules(f"{theirs}{own}", used)  # together, as the theme reads properties that ours set


def _found(file: Path) -> Path:
    """A file, or the one that has a sum in its name."""
    return next(iter(file.parent.glob(f"{file.stem}.*{file.suffix}")), file) if not file.exists() else file


def _their_script(file: Path) -> str:
    """With an end to its last statement, which a script by itself may leave out."""
    text = re.sub(r"\n//# sourceMappingURL=.*", "", _read(file))
    return (trimmed_script(text) if file.name in WORDY else ascii_script(text)).rstrip() + ";\n"


def _their_sheet(file: Path) -> str:
    """Without its font of icons: the book has its own."""
    return re.sub(r"@font-face\s*\{[^}]*\}|\.fa-[\w-]+\{--fa:[^}]*\}", "", _read(_found(file)))


def _name_versions(pages: dict[Path, str], out: Path) -> None:
    """In the pages' links the sum of what they lead to, so that no browser shows a page with the sheet of another."""
    sums = {
        name: _sum(out / name)
        for name in (SHEET, *map(sheet_name, ALONE), INDEX, *(script_name(kind) for kind in SCRIPTS))
        if (out / name).exists()
    }
    link = re.compile(rf"(_static/({'|'.join(map(re.escape, sums))}))(\?v=\w*)?(?=\")")
    for page, text in pages.items():
        named = link.sub(lambda found: f"{found[1]}?v={sums[found[2]]}", text)
        if named != text:
            _write(page, [named])


def _sum(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:8]


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def _write(file: Path, parts: list[str]) -> None:
    file.write_text("".join(parts), encoding="utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners: the choice after all that add scripts, the joining after all that write pages."""
    app.connect("write-started", join)
    app.connect("html-page-context", choose, priority=900)
    app.connect("build-finished", ship, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
