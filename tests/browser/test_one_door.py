"""A card's result in Chromium: as calc printed it, with and without scripts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Page

from calc.analysis.results import printed_line
from calc.book.home import book_derivations
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]

# The rows of numbers and the result, the chain's picture in words, and what the reader may copy.
_SHOWN = """() => ({
    rows: [...document.querySelectorAll("article.derivation > .math-block mtr")].slice(-2).map((e) => e.textContent),
    chain: document.querySelector("svg.chain")?.getAttribute("aria-label") ?? "",
    boxes: [...document.querySelectorAll("svg.chain .value")].map((value) => value.textContent),
    copies: [...document.querySelectorAll(".copyable pre")].map((text) => text.textContent),
})"""
_LAST_ROW = re.compile(r"<mtr>(?:(?!</?mtr>).)*</mtr>(?=</mtable><annotation)", re.DOTALL)


class _Words(HTMLParser):
    """The text of some markup; a power of ten is said with its ^."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def words(markup: str) -> str:
    parser = _Words()
    parser.feed(markup)
    return parser.text


def squeezed(text: str) -> str:
    """A printed result as MathML has it: without spaces, powers on the line."""
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹·", "−0123456789⋅")
    return re.sub(r"\s", "", text).translate(digits)


def test_a_card_reads_the_same_with_scripts_and_without(still: Page, page: Page, site: Path) -> None:
    seen = 0
    looked_at = sample(book_derivations(), 16, "cards with scripts and without")
    for derivation in looked_at:
        file = site / "d" / derivation.formula.id / "index.html"
        if not file.is_file():
            continue
        line = printed_line(derivation)
        wanted = line.sign + squeezed(line.result.text)
        markup = _LAST_ROW.search(file.read_text(encoding="utf-8"))
        assert markup is not None
        assert words(markup[0]) == wanted
        still.goto(file.as_uri())
        page.goto(file.as_uri())
        shown = page.evaluate(_SHOWN)
        assert shown["rows"][-1] == wanted
        page.evaluate("() => [...book.cards.values()].forEach((card) => card.render())")
        assert page.evaluate(_SHOWN) == shown
        text = still.locator("article.derivation > .math-block mtr")
        assert text.all_text_contents()[-2:] == shown["rows"]
        assert still.locator(".copyable pre").all_text_contents() == shown["copies"]
        assert still.locator("svg.chain .value").all_text_contents() == shown["boxes"]
        seen += 1
    assert seen == len(looked_at)
