"""How far a card of serving says that a what-if lies from what was measured, in Chromium, beside what Python says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Page

from calc import Formula, all_formulas
from calc.analysis.serving_coverage import coverage, sentence, shown_limit
from calc.book.home import home
from calc.render.coverage import HERE, is_covered
from tests.browser.tabs import Tabs
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]
FORMULAS = {formula.id: formula for formula in all_formulas()}
CHANGED: list[tuple[str, dict[str, float], dict[str, str]]] = [
    ("gpu-token-energy", {"batch": 64}, {}),
    ("gpu-token-energy", {"batch": 2000}, {}),
    ("gpu-token-energy", {"batch": 20_000}, {}),
    ("gpu-token-energy", {"weight_bytes": 0.5}, {}),
    ("gpu-token-energy", {"software_time": 0.5}, {}),
    ("gpu-token-energy", {"software_time": 5}, {}),
    ("gpu-token-energy", {"attention_copies": 4}, {}),
    ("gpu-token-energy", {"state_size": 10}, {}),
    ("gpu-token-energy", {"prompt_tokens": 60_000}, {}),
    ("gpu-token-energy", {}, {"accelerator": "mi300x"}),
    ("gpu-token-energy", {}, {"accelerator": "l4"}),
    ("gpu-token-energy", {}, {"model": "llama3.1-405b"}),
    ("gpu-token-energy", {"prompt_tokens": 4000}, {"model": "deepseek-v3", "accelerator": "b200-sxm"}),
    ("decode-step-time", {"batch": 256}, {}),
    ("serving-rate", {"batch": 9000}, {}),
    ("instance-power", {"batch": 32}, {}),
    ("site-token-energy", {"batch": 32}, {}),
    ("fleet-gpus", {"prompts_per_day": 1e8}, {}),
]


@pytest.fixture(scope="module")
def page(tabs: Tabs) -> Iterator[Page]:
    with tabs.open() as page:
        yield page


def opened(page: Page, site: Path, formula: Formula, given: Mapping[str, float], chosen: Mapping[str, str]) -> None:
    """A card's permanent page with a case in its address, whose numbers are in own units."""
    parts = [f"{key}={value}" for key, value in chosen.items()] + [f"{key}={value!r}" for key, value in given.items()]
    page.goto((site / "d" / formula.id / "index.html").as_uri() + f"?{'&'.join(parts)}#card")


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("name", "given", "chosen"), sample(CHANGED, 12, "servings on pages"), ids=str)
def test_a_card_says_what_python_says(
    page: Page, site: Path, name: str, given: dict[str, float], chosen: dict[str, str]
) -> None:
    formula = FORMULAS[name]
    opened(page, site, formula, given, chosen)
    line = page.locator(".calc-lines .calc-coverage")
    line.wait_for()
    wanted = sentence(formula.derive(home(formula).scenario.name, **given, **chosen))
    assert plain(line.inner_text()) == plain(wanted)
    aside = page.locator(".fold-assumptions p").filter(has_text=HERE.partition("{")[0]).text_content() or ""
    assert plain(aside) == plain(HERE.format(covered=wanted[:1].lower() + wanted[1:]))


def test_beyond_there_is_a_bound_and_no_value(page: Page, site: Path) -> None:
    formula = FORMULAS["gpu-token-energy"]
    opened(page, site, formula, {"batch": 20_000}, {})
    page.locator(".calc-lines .calc-coverage.calc-warning").wait_for()
    step = formula.derive(home(formula).scenario.name, batch=20_000)
    limit, found = shown_limit(step), coverage(step)
    assert limit is not None
    assert found is not None
    assert found.side == "lower"
    last = page.locator("article.derivation .math-block mtr").last
    assert last.locator("mo").first.text_content() == "≥"
    assert plain(limit.text).replace(" ", "") in plain(last.text_content() or "").replace(" ", "")
    assert page.locator(".calc-result input").input_value() == f"≥ {limit.number}"
    assert not page.locator("article.derivation > .result-range").is_visible()
    page.locator("summary").filter(has_text="Cite").first.click()
    cited = page.locator(".cite-set pre").first
    assert f"at least {plain(limit.text)}, with batch" in plain(cited.text_content() or "")


def test_back_in_the_book_it_says_what_it_said(page: Page, site: Path) -> None:
    formula = FORMULAS["gpu-token-energy"]
    opened(page, site, formula, {"batch": 20_000}, {})
    page.locator(".calc-lines .calc-coverage").wait_for()
    page.locator(".calc-reset").click()
    assert page.locator(".calc-coverage").count() == 0
    aside = page.locator(".fold-assumptions p").filter(has_text=HERE.partition("{")[0]).text_content() or ""
    book = sentence(home(formula))
    assert plain(aside) == plain(HERE.format(covered=book[:1].lower() + book[1:]))


def test_it_is_loaded_for_a_changed_card_of_serving_alone(page: Page, site: Path) -> None:
    """No page loads it while it is only read, and no page without such a card ever."""
    script = "() => [...document.scripts].filter((one) => one.src.includes('book-coverage')).length"
    for name, given, wanted in (
        ("gpu-token-energy", {}, 0), ("gpu-token-energy", {"batch": 64}, 1), ("training-energy", {"gpus": 20_000}, 0),
    ):  # fmt: skip
        opened(page, site, FORMULAS[name], given, {})
        page.wait_for_timeout(200)
        assert page.evaluate(script) == wanted


def test_which_cards_rest_on_measurements() -> None:
    """A card whose chain starts below a step needs it, and one that is given its power and time does not."""
    assert is_covered("site-token-energy", frozenset())
    assert is_covered("fleet-gpus", frozenset({"batch"}))
    assert not is_covered("answer-energy", frozenset({"site_token_energy", "response_tokens"}))
    assert not is_covered("serving-energy", frozenset())
