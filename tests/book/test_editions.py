"""The book as LaTeX, PDF and EPUB: the same figures as in the records, and nothing that a reader trips over."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
import zlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from _ext.build import editions
from _ext.build import make as builder
from calc import formula_by_id
from calc.analysis.results import show_result
from calc.analysis.standing import standing, sure_words
from calc.book.home import home
from calc.publish import export
from calc.render.copies import copies

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]
NEEDS_TEX = pytest.mark.skipif(bool(editions.missing()), reason="no LaTeX here; README.md says what to install")
XHTML, MATHML, SVG = (
    f"{{http://www.w3.org/{name}}}" for name in ("1999/xhtml", "1998/Math/MathML", "2000/svg")
)  # fmt: skip


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return list(export.collection()["derivations"])


@pytest.fixture(scope="module")
def pages(epub_book: Path) -> dict[str, ET.Element]:
    """Every page of the EPUB; parsing them says that they are well-formed."""
    with zipfile.ZipFile(epub_book) as book:
        return {name: ET.fromstring(book.read(name)) for name in book.namelist() if name.endswith((".xhtml", ".opf"))}


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def shown(record: dict[str, Any]) -> tuple[str, str, str]:
    """A record's result as LaTeX and as text, and how far it may lie."""
    derivation = home(formula_by_id(record["id"]))
    assert derivation.exact == Fraction(record["exact"])
    value = show_result(derivation)
    estimate = standing(derivation).estimate  # where there is one, it leads with its own band
    return value.latex, value.text, sure_words(estimate or derivation)


def test_latex_has_the_figures_of_the_records(latex_book: Path, records: list[dict[str, Any]]) -> None:
    text = latex_book.read_text(encoding="utf-8")
    for record in records:
        label = re.search(rf"\\label\{{equation:[^}}]*:{record['id']}\}}(.*?)\\end\{{aligned\}}", text, re.DOTALL)
        assert label, record["id"]
        value, _, spread = shown(record)
        last = re.sub(r"\\bookquantity\{[a-z0-9-]+\}", "", re.split(r"&=|&\\approx", label[1])[-1])
        assert squeezed(last) == squeezed(f"{{{value}}}"), record["id"]
        after = text[label.end() : label.end() + 1500].replace(r"\%", "%").replace("~", " ")
        if spread and "^" not in spread and "10" not in spread:
            assert squeezed(spread) in squeezed(after).replace(r"\sphinxhyphen{}", "-"), record["id"]


def test_an_e_book_has_the_figures_of_the_records(pages: dict[str, ET.Element], records: list[dict[str, Any]]) -> None:
    cards = {card.get("id"): card for page in pages.values() for card in page.iter(f"{XHTML}article")}
    for record in records:
        card = cards[record["id"]]
        math = next(card.iter(f"{MATHML}math"))
        row = list(math.iter(f"{MATHML}mtr"))[-1]
        _, value, spread = shown(record)
        plain = value.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻·", "0123456789−⋅"))
        assert squeezed("".join(row.itertext())).lstrip("=≈") == squeezed(plain), record["id"]
        if spread:
            assert squeezed(spread) in squeezed("".join(card.itertext())), record["id"]


def test_an_e_book_needs_no_script_and_says_what_it_holds(epub_book: Path, pages: dict[str, ET.Element]) -> None:
    with zipfile.ZipFile(epub_book) as book:
        assert book.namelist()[0] == "mimetype"
        assert not [name for name in book.namelist() if name.endswith(".js")]
    listed = pages["content.opf"].iter("{http://www.idpf.org/2007/opf}item")
    items = {item.get("href"): item.get("properties") or "" for item in listed}
    for name, page in pages.items():
        kinds = {element.tag for element in page.iter()}
        assert f"{XHTML}script" not in kinds, name
        # An element that lost its namespace would be shown as bare text.
        assert not kinds & {f"{XHTML}{lost}" for lost in ("math", "mrow", "svg", "path")}, name
        if name.endswith(".xhtml") and name != "nav.xhtml":
            assert ("mathml" in items[name]) == (f"{MATHML}math" in kinds), name
            assert ("svg" in items[name]) == (f"{SVG}svg" in kinds), name
        assert all(fold.get("open") for fold in page.iter(f"{XHTML}details")), name


def test_every_link_in_an_e_book_leads_somewhere(pages: dict[str, ET.Element]) -> None:
    ids = {name: {element.get("id") for element in page.iter()} for name, page in pages.items()}
    for name, page in pages.items():
        for link in page.iter(f"{XHTML}a"):
            path, _, fragment = (link.get("href") or "").partition("#")
            if ":" in path:
                continue
            parts = [*name.split("/")[:-1], *path.split("/")] if path else name.split("/")
            while ".." in parts:
                del parts[parts.index("..") - 1 : parts.index("..") + 1]
            target = "/".join(parts)
            assert target in pages, (name, link.get("href"))
            assert not fragment or fragment in ids[target], (name, link.get("href"))


def test_without_latex_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(builder.BuildFailed, match=r"^make pdf needs LaTeX.*xelatex and latexmk.*apt install") as raised:
        builder.make(tmp_path, "pdf", 1, {})
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def unpacked(pdf: bytes) -> bytes:
    """A PDF with what is packed in it."""
    found = [pdf]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with contextlib.suppress(zlib.error):  # a picture, or a font
            found.append(zlib.decompress(packed))
    return b"".join(found)


@NEEDS_TEX
def test_a_pdf_has_every_result(typeset_book: Path, records: list[dict[str, Any]]) -> None:
    said = unpacked(typeset_book.read_bytes())
    for what in (b"/Lang(en-GB)", b"/DisplayDocTitle true", b"/Outlines", b"/Title", b"/Author"):
        assert what in said, what
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here (Debian: apt install poppler-utils)")
    # As it is read, column by column: a list's line may end before a unit, and the next column is not its next word.
    read = subprocess.run(["pdftotext", str(typeset_book), "-"], capture_output=True, text=True, check=True).stdout
    text = squeezed(read)
    for record in records:
        value = shown(record)[1]
        if "×" not in value:  # powers stand above their line
            assert squeezed(value) in text, record["id"]


@NEEDS_TEX
def test_latex_that_was_copied_compiles(tmp_path: Path) -> None:
    from calc.book.home import book_derivations

    texts = [one.text for each in book_derivations() for one in copies(each) if one.name == "LaTeX"]
    body = "\n\n".join(texts)
    document = f"\\documentclass{{article}}\\usepackage{{amsmath}}\\begin{{document}}\n{body}\n\\end{{document}}\n"
    (tmp_path / "copied.tex").write_text(document, encoding="utf-8")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "copied.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_latex_that_fails_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failed(*_: Any, **__: Any) -> subprocess.CompletedProcess[bytes]:
        (tmp_path / "book.log").write_text("./book.tex:7: LaTeX Error: File `missing.sty' not found.\n")
        return subprocess.CompletedProcess([], 12, b"", b"")

    monkeypatch.setattr(subprocess, "run", failed)
    with pytest.raises(Exception, match=r"^LaTeX: LaTeX Error: File `missing.sty' not found\.$"):
        editions.typeset(tmp_path, "book")


def test_on_paper_the_answers_to_problems_stand_at_the_end(latex_book: Path) -> None:
    text = latex_book.read_text(encoding="utf-8")
    before, title, answers = text.partition("\\chapter{Answers to the problems}")
    assert title
    boxes = re.findall(r"\\begin\{sphinxadmonition\}\{note\}\{Problem: (.*?)\}", before)
    assert boxes
    assert "\\textbf{Answer}" not in text
    assert answers.count("\\sphinxstyleemphasis{") >= len(boxes)
