"""What the pages load of ours: few files, each small, and no word of calc's typed into a script."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from _ext.site.search import INDEX
from _ext.site.shipped import (
    ALONE,
    BUTTONS,
    CLAIMS,
    LATER,
    SCRIPTS,
    SHEET,
    SHEETS,
    THEIR_SCRIPTS,
    THEIR_SHEETS,
    script_name,
    sheet_name,
)  # fmt: skip
from calc.render.coverage import coverage_script
from calc.render.page_style import page_style
from calc.render.sentences import claim_script
from tests.book.building import FRONT, ROOT, build, moved, small_book

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]

SOURCES = ROOT / "_static"
SEARCH = [INDEX]


@pytest.fixture(scope="module")
def loaded(site: Path) -> dict[str, list[str]]:
    """Of every page, the scripts and sheets that it loads, within the site's _static."""
    found = {}
    for page in {*site.rglob("*.html")} - moved(site):
        if "_static" in page.parts:
            continue
        text = page.read_text(encoding="utf-8")
        asked = re.findall(r'<(?:script|link)\b[^>]*\b(?:src|href)="([^"?]+\.(?:js|css))[?"]', text)
        found[page.relative_to(site).as_posix()] = [url.partition("_static/")[2] or url for url in asked]
    assert len(found) > 10
    return found


def test_each_page_loads_one_script_and_one_sheet(loaded: dict[str, list[str]]) -> None:
    """And one file of formulas where it has a calculator: with its font five requests, where there were 26."""
    names = {script_name(kind): sheet_name(kind) for kind in SCRIPTS}
    seen = set()
    for page, urls in loaded.items():
        wanted = SEARCH if page == "search.html" else []
        scripts = [url for url in urls if url in names]
        data = [url for url in urls if url.startswith("formulas/")]
        assert len(scripts) == 1, (page, urls)
        assert sorted(urls) == sorted([names[scripts[0]], *scripts, *data, *wanted]), page
        assert len(data) == (scripts[0] not in (script_name("page"), script_name("search"))), (page, urls)
        seen |= set(scripts)
    assert seen == names.keys() - {script_name(CLAIMS)}  # which comes when a reader asks for it


def test_no_script_holds_up_a_page(site: Path) -> None:
    for page in ("index.html", "search.html", "chapters/grid.html"):
        text = (site / page).read_text(encoding="utf-8")
        assert all(" defer " in tag for tag in re.findall(r"<script[^>]*\bsrc=[^>]*>", text)), page


def test_the_sheet_is_light_and_so_is_what_goes_with_it(site: Path) -> None:
    folder = site / "_static"
    for sheet in (SHEET, *map(sheet_name, ALONE)):
        assert (folder / sheet).stat().st_size <= 90_000, sheet
    assert not re.search(r"\.planner", (folder / SHEET).read_text(encoding="utf-8"))
    gone = {Path(name).name for name in (*THEIR_SHEETS, *THEIR_SCRIPTS)} & {path.name for path in folder.rglob("*")}
    assert gone == set()


def test_each_page_names_what_it_loads_by_its_sum(site: Path) -> None:
    for name in (SHEET, *map(sheet_name, ALONE), *(script_name(kind) for kind in SCRIPTS)):
        known = hashlib.sha256((site / "_static" / name).read_bytes()).hexdigest()[:8]
        for page in site.rglob("*.html"):
            assert set(re.findall(rf"_static/{re.escape(name)}\?v=(\w+)", page.read_text("utf-8"))) <= {known}, page


def test_what_trims_scripts_is_not_loaded_before_a_build_forks() -> None:
    """Go has threads once it is loaded; in a process that is forked afterwards it may wait for them for ever."""
    code = (
        "import sys, _ext.site.joined, _ext.elements.planner, _ext.elements.calculators; print('minify' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == "False\n"


def test_a_page_with_both_kinds_of_calculator_is_refused(tmp_path: Path) -> None:
    cell = "```{code-cell}\nfrom calc import server_count\nserver_count.derive()\n```\n"
    both = f"{FRONT}# Both\n\n```{{planner}}\n```\n\n{cell}"
    result = build(small_book(tmp_path / "book", both=both), tmp_path, "html")
    assert result.returncode != 0
    assert "both has {planner} and cards; accepted: each on a page of its own" in result.stderr


def test_every_source_is_shipped_and_none_as_it_is(site: Path) -> None:
    used = {name for names in (*SCRIPTS.values(), *LATER.values()) for name in names} | {BUTTONS, *SHEETS}
    assert used == {path.name for path in SOURCES.iterdir() if path.is_file()}
    assert [name for name in used if (site / "_static" / name).exists()] == []


def test_no_source_is_long() -> None:
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES.glob("*.*s")}
    assert {name: length for name, length in lengths.items() if length > 300} == {}


def texts(style: Any) -> Iterator[str]:
    """Every text that calc hands over, without the places that are filled."""
    if isinstance(style, dict):
        for value in style.values():
            yield from texts(value)
    elif isinstance(style, list | tuple):
        for value in style:
            yield from texts(value)
    elif isinstance(style, str):
        yield from (part.strip() for part in re.split(r"\{\w+\}|@[\w:]*@?", style))


def test_no_word_of_calc_is_typed_into_a_script(site: Path) -> None:
    phrases = {text for text in texts(page_style()) if re.search(r"\w{2,} \w{2,}|\\\w{4,}|[⁰¹²³]", text)}
    assert {"in nine draws of ten", "Own calculation, not a figure of the book:"} <= phrases
    spelt = set(page_style()["spelt"].values()) - {"IT", "KV"}
    for kind in (*SCRIPTS, *LATER):
        script = (site / "_static" / script_name(kind)).read_text(encoding="utf-8")
        # The grammar of sentences, and what is said of servings, which calc hands over.
        script = script.replace(claim_script(), "").replace(coverage_script(), "")
        assert [text for text in phrases if text in script or json.dumps(text)[1:-1] in script] == [], kind
        assert [word for word in spelt if re.search(rf"\b{re.escape(word)}\b", script)] == [], kind
        assert not re.search(r"2\s*\*\*\s*30|1073741824|0\.05,|A-Za-z(?:µ|\\u00b5)", script), kind


def test_scripts_say_the_same_whatever_a_page_says_of_letters(site: Path) -> None:
    """In ASCII alone, as a browser guesses how a file is written where the page does not say."""
    folder = site / "_static"
    scripts = [*(folder / script_name(kind) for kind in (*SCRIPTS, *LATER)), *(folder / "formulas").glob("*.js")]
    assert len(scripts) > len(SCRIPTS) + len(LATER)
    assert [script.name for script in scripts if not script.read_bytes().isascii()] == []
