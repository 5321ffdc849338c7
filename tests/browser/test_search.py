"""The search finds what people ask for, in their words, from a file as well, and says in plain words what it found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page

from tests.browser.questions import QUESTIONS, names
from tests.browser.tabs import Tabs
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("visits")]


@pytest.fixture(scope="module")
def search(tabs: Tabs, site: Path) -> Iterator[Page]:
    with tabs.open() as page:
        page.goto((site / "search.html").as_uri())
        yield page


def found(page: Page, asked: str) -> list[str]:
    """The addresses of what is found, best first."""
    page.locator(".book-search input").fill(asked)
    links: list[str] = page.eval_on_selector_all("#search-results a", "(all) => all.map((a) => a.getAttribute('href'))")
    return links


@pytest.mark.parametrize("question", sample(QUESTIONS, 15, "questions"))
def test_a_question_finds_its_answer_among_the_first_three(search: Page, question: str) -> None:
    first = found(search, question)[:3]
    assert set().union(*map(names, first)) & QUESTIONS[question], first


def test_there_are_eighty_five_questions_and_each_answer_is_there(site: Path) -> None:
    assert len(QUESTIONS) >= 85
    text = (site / "_static" / "search-index.js").read_text(encoding="utf-8")
    places = set()
    for part in text.split('.html"')[:-1]:
        places.add(part.rpartition('"')[2].rpartition("/")[2])
    marks = {part.partition('"')[0] for part in text.split(".html#")[1:]}
    for question, wanted in QUESTIONS.items():
        assert {one.removeprefix("faq#") for one in wanted} & (marks | places), question


def test_each_find_has_its_kind_and_an_excerpt_with_the_words_marked(search: Page) -> None:
    found(search, "how much water per prompt")
    items = search.locator("#search-results li")
    assert items.count() > 3
    for at in range(3):
        assert items.nth(at).locator(".search-kind").inner_text()
        assert items.nth(at).locator("mark").count()
        assert len(items.nth(at).locator("p").inner_text()) < 320


def test_every_find_leads_to_a_place_on_the_site(search: Page, site: Path) -> None:
    for asked in ("training energy", "Ireland", "N_GPU", "MFU", "h100", "LBNL"):
        for link in found(search, asked):
            path, _, mark = link.partition("#")
            page = site / path
            assert page.is_file(), link
            assert not mark or f'id="{mark}"' in page.read_text(encoding="utf-8"), link


def test_an_address_with_words_is_answered_and_nothing_is_said_to_be_nothing(tabs: Tabs, site: Path) -> None:
    with tabs.open() as page:
        page.goto(f"{(site / 'search.html').as_uri()}?q={quote('one query')}")
        assert page.locator("#search-results li").count() > 3
        assert found(page, "zzzyx qqqw") == []
        assert "Nothing" in page.locator("#search-count").inner_text()


def test_without_scripts_the_lists_are_named(tabs: Tabs, site: Path) -> None:
    with tabs.open(java_script_enabled=False) as page:
        page.goto((site / "search.html").as_uri())
        assert page.locator(".book-search li a:visible").count() > 3
