"""No rule that a page uses is lost where the sheets are joined: a browser says which rules have something to be on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import myst_nb
import pydata_sphinx_theme
import pytest
import sphinx
import tinycss2

from _ext.site.shipped import ALONE, BUTTONS, SHEET, SHEETS, sheet_name
from tests.book.building import ROOT
from tests.browser.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("book")]
PAGES = (
    "index.html", "search.html", "genindex.html", "404.html", "chapters/grid.html", "chapters/training-energy.html",
    "chapters/planner.html", "chapters/ledger.html", "chapters/glossary.html", "d/training-energy/index.html",
)  # fmt: skip
# What a browser knows and a page has not: where the pointer is, and parts that a browser makes.
STATES = re.compile(r"::?(?!is|where|not|has|nth|first|last|only|root|empty)[a-z-]+(\([^)]*\))?")
MATCHING = """(selectors) => selectors.filter((one) => {
    try { return document.querySelector(one || "*") !== null; } catch { return false; }
})"""


def folder(package: object) -> Path:
    return Path(str(package.__file__)).parent


def sources() -> str:
    """Every sheet as its makers ship it."""
    theme = folder(pydata_sphinx_theme) / "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css"
    files = [
        folder(sphinx) / "themes/basic/static/basic.css.jinja", theme, folder(myst_nb) / "static/mystnb.css",
        *(ROOT / "_static" / name for name in (BUTTONS, *SHEETS)),
    ]  # fmt: skip
    found = [file.read_text(encoding="utf-8") for file in files if file.exists()]
    assert len(found) >= len(SHEETS) + 4
    return re.sub(r"@font-face\s*\{[^}]*\}|\{%.*?%\}", "", "\n".join(found))


def says_something(rule: Any) -> bool:
    """A rule that sets only variables goes with them where nothing reads these."""
    content = tinycss2.parse_declaration_list(rule.content, skip_comments=True, skip_whitespace=True)
    return any(one.type == "declaration" and not one.name.startswith("--") for one in content)


def selectors(rules: list[Any]) -> set[str]:
    """Every selector of a sheet's rules, written in one way."""
    found: set[str] = set()
    for rule in rules:
        if rule.type == "qualified-rule" and says_something(rule):
            words = re.sub(r"\s+", " ", tinycss2.serialize(rule.prelude))
            found.update(re.sub(r" ?([>+~(,)]) ?", r"\1", one).strip() for one in re.split(r",(?![^()]*\))", words))
        elif rule.type == "at-rule" and rule.at_keyword in ("media", "supports"):
            found |= selectors(tinycss2.parse_rule_list(rule.content, True, True))
    return found


def selectors_of(sheet: str) -> set[str]:
    return selectors(tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True))


@pytest.fixture(scope="module")
def lost(site: Path) -> dict[str, list[str]]:
    """The rules that each sheet lacks."""
    shipped = {name: (site / "_static" / name).read_text("utf-8") for name in (SHEET, *map(sheet_name, ALONE))}
    return {name: sorted(selectors_of(sources()) - selectors_of(text)) for name, text in shipped.items()}


@pytest.mark.parametrize("address", PAGES)
def test_no_rule_that_a_page_uses_is_lost(tabs: Tabs, site: Path, lost: dict[str, list[str]], address: str) -> None:
    with tabs.open("net::ERR_FILE_NOT_FOUND") as page:  # of what 404.html names, which only a server finds
        page.goto((site / address).as_uri())
        for fold in page.locator("details").all()[:20]:
            fold.evaluate("(fold) => { fold.open = true; }")
        sheet = page.locator("link[rel=stylesheet]").evaluate("(link) => link.href.match(/[^/]*\\.css/)[0]")
        asked = [STATES.sub("", one) for one in lost[sheet]]
        used = set(page.evaluate(MATCHING, asked))
    assert [one for one, plain in zip(lost[sheet], asked, strict=True) if plain in used] == []
