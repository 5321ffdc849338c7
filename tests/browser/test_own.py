"""The page with the whole chain, in Chromium."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from calc import breakeven_time, facility_power, scenario
from calc.own import FIELDS, RESULTS, STARTS, start, static_result
from calc.render.numbers import show

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("book")]


@pytest.fixture
def page(browser: Browser, site: Path) -> Iterator[Page]:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.set_default_timeout(5000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address(site))
    yield page
    context.close()
    assert errors == []


def address(site: Path, search: str = "") -> str:
    return (site / "chapters" / "build-your-own.html").as_uri() + search


def values(page: Page) -> list[str]:
    cells = page.locator(".own-results tbody tr td:nth-child(3)").all_inner_texts()
    return [cell.strip().replace("\N{NO-BREAK SPACE}", " ") for cell in cells]


def book_values() -> list[str]:
    return [static_result(reference).replace("\N{NO-BREAK SPACE}", " ") for _, reference in RESULTS]


def test_it_starts_with_the_book(browser: Browser, site: Path, page: Page) -> None:
    assert values(page) == book_values()
    plain = browser.new_context(java_script_enabled=False)
    still = plain.new_page()
    still.goto(address(site))
    assert values(still) == book_values()
    plain.close()


def test_everything_follows_a_change(page: Page) -> None:
    figure = page.locator(".own-figure").inner_html()
    page.locator("#own-prompts_per_day").fill("5e9")
    page.locator("#own-pue").fill("1.5")
    gpt4 = scenario("gpt-4").with_values("mine", prompts_per_day=5e9, pue=1.5)
    shown = dict(zip((name for name, _ in RESULTS), values(page), strict=True))
    for formula in (breakeven_time, facility_power):
        wanted = show(formula.derive(gpt4).exact, formula.result).text.replace("\N{NO-BREAK SPACE}", " ")
        assert shown[formula.result.name] == wanted
    assert page.locator(".own-figure").inner_html() != figure
    assert "−50\N{NO-BREAK SPACE}% from 58.5\N{NO-BREAK SPACE}days" in page.locator(".own-change").all_text_contents()
    page.get_by_role("status").filter(has_text="break-even comes after").wait_for()


def test_the_run_gets_shorter_with_more_utilisation(page: Page) -> None:
    page.locator("#own-flop_utilisation").fill("50")
    shown = dict(zip((name for name, _ in RESULTS), values(page), strict=True))
    days = 2.184e25 / (25_000 * 312e12 * 0.5) / 86_400
    assert math.isclose(float(shown["training_time"].split()[0]), days, rel_tol=1e-2)


def test_each_scenario_can_be_the_start(page: Page) -> None:
    for number, name in enumerate(STARTS):
        page.get_by_label("Start from").select_option(str(number))
        for q, (value, _) in start(name).items():
            found = page.evaluate(
                """([n, q]) => JSON.parse(document.querySelector(".own-data").textContent)
                    .starts[n].values[q][0]""",
                [number, q.name],
            )
            assert math.isclose(found, float(value), rel_tol=1e-15)
            assert page.locator(f"#own-{q.name}").input_value()


def test_what_is_refused_keeps_the_last_good_result(page: Page) -> None:
    field = page.locator("#own-pue")
    for text in ("0.9", "abc", "", "1e999"):
        field.fill(text)
        assert field.get_attribute("aria-invalid") == "true"
        assert "at least 1" in page.locator("#own-pue-note").inner_text()
        assert values(page) == book_values()


def test_its_address_brings_it_back(page: Page, site: Path) -> None:
    page.get_by_label("Start from").select_option("1")
    page.locator("#own-gpus").fill("100000")
    page.get_by_role("button", name="Copy link").click()
    link = page.wait_for_function("() => navigator.clipboard.readText()").json_value()
    assert link.endswith("build-your-own.html?start=1&gpus=100000")
    before = values(page)
    page.goto(address(site))
    page.goto(link)
    assert values(page) == before
    page.get_by_role("button", name="Reset").click()
    assert values(page) != before


@pytest.mark.parametrize(
    "search",
    ["?gpus=<script>alert(1)</script>", "?start=9", "?start=1&start=2", "?pue=0", "?gpus=1e400", "?gpus=", "?x=1",
     "?gpus=1&gpus=2", "?" + "a" * 100_000, "?start=1&__proto__=1", "?tokens=1e308&active_parameters=1e308"],
    ids=lambda text: text[:24],
)  # fmt: skip
def test_a_hostile_address_changes_nothing_but_a_message(page: Page, site: Path, search: str) -> None:
    page.goto(address(site, search))
    assert values(page) == book_values()
    assert page.locator(".calc-page").inner_text()


def test_every_field_has_a_label(page: Page) -> None:
    for _, group in FIELDS:
        for name in group:
            assert page.locator(f"label[for='own-{name}']").inner_text()
