"""A what-if on a card goes along to other cards, and cuts off what it makes idle, in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from calc import training_energy, training_facility_energy
from calc.analysis.results import show_result
from calc.book.home import home

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]


def opened(page: Page, site: Path, query: str) -> None:
    page.goto((site / "d" / "training-energy" / "index.html").as_uri() + f"?{query}#card")


def cut(page: Page) -> set[str]:
    return set(page.locator("svg.chain .node.cut").evaluate_all("nodes => nodes.map((node) => node.dataset.name)"))


def test_what_is_given_is_cut_off_from_what_made_it(page: Page, site: Path) -> None:
    opened(page, site, "")
    assert cut(page) == set()
    opened(page, site, "servers=12500")
    assert cut(page) == {"gpus_per_server"}  # the days still rest on the GPUs
    opened(page, site, "servers=12500&training_time=90")
    assert {"gpus", "gpus_per_server", "flop_utilisation", "training_flop", "tokens"} <= cut(page)
    assert not {"servers", "training_time", "server_power", "training_energy"} & cut(page)
    left = page.locator("svg.chain [data-from]:not(.cut)")
    ends = left.evaluate_all("edges => edges.map((edge) => edge.dataset.to)")
    assert set(ends) == {"training_energy"}


def test_a_what_if_goes_along_to_what_uses_it(page: Page, site: Path) -> None:
    opened(page, site, "server_power=45.3")
    link = page.locator('.fold-chain a[href*="#training-facility-energy"]')
    assert "?training_energy=" in str(link.get_attribute("href"))
    before = float(training_energy.derive(home(training_energy).scenario.name, server_power=45.3).exact)
    there = training_facility_energy.derive(home(training_facility_energy).scenario.name, training_energy=before)
    page.evaluate("link => { location.href = link; }", link.evaluate("a => a.href"))
    page.wait_for_load_state()
    card = page.locator("article[id='training-facility-energy'].calc-what-if")
    card.wait_for()
    shown = str(card.locator(":scope > .math-block mtr").last.evaluate("e => e.textContent"))
    wanted = show_result(there).text.replace("\N{NO-BREAK SPACE}", "")
    assert wanted in shown.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")


def test_an_unchanged_card_leads_to_cards_as_they_are(page: Page, site: Path) -> None:
    opened(page, site, "")
    for link in page.locator(".fold-chain p a").all():
        assert "?" not in str(link.get_attribute("href"))
