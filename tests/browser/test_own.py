"""The page with the whole chain, in Chromium."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from calc import breakeven_time, facility_power
from calc.base.numbers import show
from calc.book.build_your_own import FIELDS, RESULTS, choices, start, starts, static_result
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]


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
    changes = {breakeven_time: {"prompts_per_day": 5e9}, facility_power: {"pue": 1.5}}
    for formula, changed in changes.items():
        wanted = show(formula.derive("gpt-4", **changed).exact, formula.result).text.replace("\N{NO-BREAK SPACE}", " ")
        assert shown(page)[formula.result.name] == wanted
    assert page.locator(".own-figure").inner_html() != figure
    assert "−50\N{NO-BREAK SPACE}% from 58.5\N{NO-BREAK SPACE}days" in page.locator(".own-change").all_text_contents()
    page.get_by_role("status").filter(has_text="break-even comes after").wait_for()


def test_the_run_gets_shorter_with_more_utilisation(page: Page) -> None:
    page.locator("#own-flop_utilisation").fill("50")
    days = 2.184e25 / (25_000 * 312e12 * 0.5) / 86_400
    assert math.isclose(float(shown(page)["training_time"].split()[0]), days, rel_tol=1e-2)


def shown(page: Page) -> dict[str, str]:
    return dict(zip((name for name, _ in RESULTS), values(page), strict=True))


def test_a_model_and_an_accelerator_can_be_chosen(page: Page) -> None:
    groups = dict(FIELDS)
    for group, options in choices():
        chooser = page.locator(f"#own-choice-{group}")
        assert chooser.input_value() == "1"  # the book's own
        for number, one in enumerate(options, 1):
            chooser.select_option(str(number))
            for name in groups[group]:
                given = one[name]
                wanted = page.evaluate(
                    "([x, name, unit]) => book.fieldText(x, name, unit, 6)",
                    [float(given.value), name, given.unit.text],
                )
                assert page.locator(f"#own-{name}").input_value() == wanted
            assert chooser.input_value() == str(number)
    page.locator("#own-peak_flops").fill("1000")
    assert page.locator("#own-choice-Accelerator").input_value() == "0"


def test_servers_follow_until_they_are_typed(page: Page) -> None:
    servers = page.locator("#own-servers")
    page.locator("#own-gpus").fill("16000")
    assert servers.input_value() == "2,000"
    servers.fill("5000")
    page.locator("#own-gpus").fill("25000")
    assert shown(page)["servers"] == "5,000 servers"
    assert shown(page)["it_power"] == "32.5 MW"
    assert page.url.endswith("html") or "servers=5000" in page.url
    servers.fill("")
    assert shown(page)["servers"] == "3,125 servers"


def test_the_grid_follows(page: Page) -> None:
    page.locator("#own-national_demand").fill("400")
    assert shown(page)["grid_share"] == "0.0534 %"


def test_the_keyboard_alone_chooses_changes_and_resets(page: Page) -> None:
    page.get_by_label("Start from").focus()
    for wanted in ("own-choice-Accelerator", "own-pue"):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == wanted:
                break
        if wanted == "own-choice-Accelerator":
            page.keyboard.press("ArrowDown")
            assert shown(page)["it_power"] == "31.9 MW"
        else:
            page.keyboard.press("Control+A")
            page.keyboard.type("1.1")
            assert shown(page)["facility_power"] == "35.1 MW"
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.className") == "calc-reset":
            page.keyboard.press("Enter")
            break
    assert values(page) == book_values()


def test_each_scenario_can_be_the_start(page: Page) -> None:
    for number, (title, names) in enumerate(starts()):
        page.get_by_label("Start from").select_option(label=title)
        for q, (value, _) in start(*names).items():
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
        given = f"Given: “{text}”. " if text else ""
        assert page.locator("#own-pue-note").inner_text() == f"{given}Accepted: a finite number, at least 1."
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


HOSTILE = [
    "?gpus=<script>alert(1)</script>", "?start=9", "?start=1&start=2", "?pue=0", "?gpus=1e400", "?gpus=", "?x=1",
    "?gpus=1&gpus=2", "?" + "a" * 100_000, "?start=1&__proto__=1", "?tokens=1e308&active_parameters=1e308",
]  # fmt: skip


@pytest.mark.parametrize("search", sample(HOSTILE, 4, "hostile addresses of one's own"), ids=lambda text: text[:24])
def test_a_hostile_address_changes_nothing_but_a_message(page: Page, site: Path, search: str) -> None:
    page.goto(address(site, search))
    assert values(page) == book_values()
    assert page.locator(".calc-page").inner_text()


def test_every_field_has_a_label(page: Page) -> None:
    for _, group in FIELDS:
        for name in group:
            assert page.locator(f"label[for='own-{name}']").inner_text()
