"""Figures in prose, followed in Chromium: the card that opens has the number, and no complaint."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from calc.analysis.results import show_result
from tests.book.test_figures import NUMBER, figures, followed, printed
from tests.sampling import cases, numbers

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]


def shown(page: Page, name: str) -> str:
    """What stands behind the last = or ≈ of a card's equation."""
    card = page.locator(f"article[id='{name}']")
    return str(card.locator(":scope > .math-block mtr").last.evaluate("e => e.textContent"))


def test_a_sample_of_figures_opens_its_card_with_the_same_number(page: Page, site: Path) -> None:
    # What a solution or a range says stands in the card's table: tests/book/test_figures.py looks for it there.
    changed = [
        (page, address, text)
        for page, address, text in figures(site)
        if urlsplit(address).query and show_result(followed(address)).text == text and "×" not in text
    ]
    assert len(changed) > 60
    for name, address, text in numbers("figures in prose").sample(changed, cases(40, 8)):
        here = site / ("index.html" if name == "index" else f"chapters/{name}.html")
        page.goto(here.as_uri())
        page.evaluate("address => { location.href = address; }", address)
        page.wait_for_load_state()
        card = urlsplit(address).fragment
        page.locator(f"article[id='{card}'].calc-what-if").wait_for()
        there = re.sub(r"\s", "", shown(page, card)).lstrip("=≈")
        # The card prints the digits that the ranges of its own inputs leave, the sentence those of its scenario.
        [(number, half)], [(said, other)] = printed(NUMBER.match(there)[0]), printed(text)  # type: ignore[index]
        assert abs(number - said) <= half + other, (name, address, there, text)
