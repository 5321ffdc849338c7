"""What readers take away in Chromium: the copy buttons, with the book's inputs and with their own."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.dom import minidom

import pytest
from playwright.sync_api import Locator, Page

from calc import training_energy
from calc.render.citation import as_style
from calc.render.copies import copies
from tests.browser.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]

BOOK = training_energy.derive("gpt-4-estimate")
OWN = training_energy.derive("gpt-4-estimate", servers=5000)


@pytest.fixture(params=["chapters/training-energy.html#training-energy", "d/training-energy/index.html"])
def card(request: pytest.FixtureRequest, page: Page, site: Path) -> Locator:
    """The card in its chapter, and at its permanent address."""
    page.goto(f"{site.as_uri()}/{request.param}")
    found = page.locator("article.derivation", has=page.locator("#cite-training-energy-0"))
    for kind in ("inputs", "cite"):
        if found.locator(f".fold-{kind}").get_attribute("open") is None:
            found.locator(f".fold-{kind} > summary").click()
    return found


def copied(card: Locator, name: str) -> str:
    """What is on the clipboard after a click on one text's button."""
    card.locator(".cite-set > label", has_text=name).first.click()
    card.locator(f".copyable[aria-label='{name}'] button.copy-button").click()
    text: str = card.page.evaluate("navigator.clipboard.readText()")
    return text


def test_each_button_copies_what_calc_made(card: Locator) -> None:
    for one in copies(BOOK):
        assert copied(card, one.name) == one.text, one.name


def test_what_was_changed_is_said_and_carried(card: Locator) -> None:
    card.locator("input[aria-describedby$='-servers-note']").fill("5000")
    for name, style in (("Sentence", "text"), ("BibTeX", "bibtex"), ("CSL-JSON", "csl")):
        assert copied(card, name) == as_style(OWN, style), name
    for name in ("LaTeX", "MathML", "Markdown", "Plain text"):
        text = copied(card, name)
        assert "not a figure of the book: servers = 5,000 servers (in the book 3,125 servers)" in text, name
        assert "48.6" in text, name
        assert "30.4" not in text, name
    assert r"4.5\,\mathrm{kW}/\mathrm{server} \times 5{,}000\,\mathrm{servers}" in copied(card, "LaTeX")
    assert "?servers=5000#" in copied(card, "Markdown")
    root = minidom.parseString(copied(card, "MathML")).documentElement
    assert root is not None
    assert root.namespaceURI == "http://www.w3.org/1998/Math/MathML"
    card.get_by_role("button", name="Reset").click()
    assert copied(card, "Sentence") == as_style(BOOK, "text")


def test_a_report_of_a_changed_card_has_the_readers_case(card: Locator) -> None:
    """As text, and in the link to a new issue, where the page has one."""
    link = card.locator("a.report")
    link.evaluate("link => { link.href = 'https://forge.example/issues/new?title=Error&body=Card'; }")
    card.locator("input[aria-describedby$='-servers-note']").fill("5000")
    text = copied(card, "Report")
    (own,) = (one for one in copies(OWN) if one.name == "Report")
    assert text == own.text
    for part in ("(training-energy)", "?servers=5000#", "48.6", "not a figure of the book: servers = 5,000 servers"):
        assert part in text, part
    assert parse_qs(urlsplit(link.get_attribute("href") or "").query) == {"title": ["Error"], "body": [text]}
    card.get_by_role("button", name="Reset").click()
    (book,) = (one for one in copies(BOOK) if one.name == "Report")
    assert parse_qs(urlsplit(link.get_attribute("href") or "").query)["body"] == [book.text]


def test_the_link_that_is_cited_opens_with_what_was_changed(page: Page, site: Path) -> None:
    address = json.loads(as_style(OWN, "csl"))[0]["URL"]
    page.goto(f"{site.as_uri()}/d/training-energy/index.html{address[address.index('?') :]}")
    assert page.locator("input[aria-describedby$='-servers-note']").input_value() == "5,000"
    assert "48.6" in page.locator(".copyable[aria-label='Sentence'] pre").text_content() or ""


def test_texts_can_be_read_without_scripts(tabs: Tabs, site: Path) -> None:
    with tabs.open(java_script_enabled=False) as page:
        page.goto(f"{site.as_uri()}/chapters/training-energy.html")
        card = page.locator("#training-energy")
        card.locator(".fold-cite > summary").click()
        assert card.locator(".copyable[aria-label='Sentence']").is_visible()
        card.locator(".cite-set > label", has_text="BibTeX").click()
        assert "@misc{t2t-training-energy," in card.locator(".copyable[aria-label='BibTeX']").inner_text()
