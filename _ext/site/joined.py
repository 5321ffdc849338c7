"""Many sources, few requests: all that a page loads is joined, in order, into one sheet and one script.

Of the theme's and the extensions' sheets, which know every page that there may be, only the rules are shipped that the
book's own pages use.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.errors import ExtensionError

from _ext.elements.trimmed import ascii_script, trimmed_script
from _ext.site.search import INDEX, PAGE, english, making
from _ext.site.sheets import Sheets, sheets_of, with_sum
from _ext.site.shipped import (
    ALONE,
    CLAIMS,
    COVERAGE,
    FOLDERS,
    LATER,
    NEVER,
    SCRIPTS,
    SHEET,
    THEIR_SCRIPTS,
    THEIR_SHEETS,
    WORDY,
    script_name,
    sheet_name,
)
from calc.render.coverage import coverage_script
from calc.render.sentences import claim_script

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.util.typing import ExtensionMetadata


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
        _write(out / SHEET, [trimmed_sheet(_read(sources / name)) for name in sheets_of("page")])


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
        raise ExtensionError(f"{', '.join(sorted(unknown))}: no sheet that _ext/site/shipped.py lists")
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
    sheets = Sheets(app, sources, out)
    theirs = [_their_script(out / name) for name in THEIR_SCRIPTS]
    for kind, files_of in LATER.items():
        data = [coverage_script()] if kind == COVERAGE else []
        _write(out / script_name(kind), [*data, *(trimmed_script(_read(sources / name)) for name in files_of)])
    later = ",".join(f'{kind}:"{script_name(kind)}?v={_sum(out / script_name(kind))}"' for kind in LATER)
    for kind, names in SCRIPTS.items():
        first = [claim_script()] if kind == CLAIMS else [*theirs, *([english()] if kind == PAGE else [])]
        files = [f"window.book.files={{{later}}};\n"] if kind == "cards" else []
        _write(out / script_name(kind), [*first, *files, *(trimmed_script(_read(sources / name)) for name in names)])
    sheets.finish()
    making.finish()  # the index of the search, which has a sum too
    _name_versions((page for page in Path(app.outdir).rglob("*.html") if out not in page.parents), out)
    for name in (*THEIR_SHEETS, *THEIR_SCRIPTS, *NEVER):
        with_sum(out / name).unlink(missing_ok=True)
    for name in FOLDERS:
        shutil.rmtree(out / name, ignore_errors=True)


def _their_script(file: Path) -> str:
    """With an end to its last statement, which a script by itself may leave out."""
    text = re.sub(r"\n//# sourceMappingURL=.*", "", _read(file))
    return (trimmed_script(text) if file.name in WORDY else ascii_script(text)).rstrip() + ";\n"


def _name_versions(pages: Iterable[Path], out: Path) -> None:
    """In the pages' links the sum of what they lead to, so that no browser shows a page with the sheet of another."""
    sums = {
        name.encode(): _sum(out / name).encode()
        for name in (SHEET, *map(sheet_name, ALONE), INDEX, *(script_name(kind) for kind in SCRIPTS))
        if (out / name).exists()
    }
    link = re.compile(rb"(_static/(%b))(\?v=\w*)?(?=\")" % b"|".join(map(re.escape, sums)))
    for page in pages:
        text = page.read_bytes()
        named = link.sub(lambda found: b"%b?v=%b" % (found[1], sums[found[2]]), text)
        if named != text:
            page.write_bytes(named)


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
