"""What a card and the page of one's own say of what is typed, in Chromium, beside what Python says of the same."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from calc import Formula, all_formulas, scenario
from calc.analysis.warnings import THEIRS, WHOSE, warnings
from calc.book.home import home
from calc.model.another_run import TYPICAL
from calc.render.taken import TAKEN
from tests.browser.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]
FORMULAS = {formula.id: formula for formula in all_formulas()}
TYPED = [
    ("training-energy", {"training_time": 2160}),
    ("training-energy", {"server_power": 12500}),
    ("training-energy", {"server_power": 0.1}),
    ("training-energy", {"servers": 10}),
    ("training-energy", {"servers": 3125}),
    ("training-energy", {"server_power": 5}),
    ("training-time", {"peak_flops": 624}),
    ("training-flop", {"active_parameters": 1.8e12}),
    ("training-flop", {"active_parameters": 70e9, "tokens": 15e12}),
    ("daily-serving-energy", {"energy_per_prompt": 140}),
    ("daily-serving-energy", {"prompts_per_day": 8e8}),
    ("metered-training-energy", {"server_load": 0.3}),
    ("facility-power", {"pue": 4}),
    ("site-water", {"wue": 0.36}),
]


@pytest.fixture(scope="module")
def page(tabs: Tabs) -> Iterator[Page]:
    with tabs.open() as page:
        yield page


def lines(page: Page, kind: str = "") -> list[str]:
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in page.locator(f".calc-lines li{kind}").all_inner_texts()]


def opened(page: Page, site: Path, formula: Formula, given: dict[str, float]) -> None:
    """A card's permanent page with numbers in its address, which are in own units."""
    query = "&".join(f"{name}={value!r}" for name, value in given.items())
    page.goto((site / "d" / formula.id / "index.html").as_uri() + f"?{query}#card")


@pytest.mark.parametrize(("name", "given"), TYPED, ids=str)
def test_a_card_warns_as_python_does(page: Page, site: Path, name: str, given: dict[str, float]) -> None:
    formula = FORMULAS[name]
    opened(page, site, formula, given)
    wanted = warnings(formula.derive(home(formula).scenario.name, **given))
    assert lines(page, ".calc-warning") == [line.replace("\N{NO-BREAK SPACE}", " ") for line in wanted]


def test_an_unchanged_card_says_nothing(page: Page, site: Path) -> None:
    opened(page, site, FORMULAS["training-energy"], {})
    assert lines(page) == []


def test_a_what_if_says_what_is_still_the_scenarios(page: Page, site: Path) -> None:
    opened(page, site, FORMULAS["training-energy"], {"server_power": 5})
    said = lines(page)
    whose = WHOSE.format(scenario=home(FORMULAS["training-energy"]).scenario.name)
    assert said[-1].startswith(TAKEN.format(whose=whose, inputs="")[:-1])
    assert "gpus 25,000 GPUs" in said[-1]
    assert "server_power" not in said[-1]


def test_another_model_does_not_keep_the_runs_inputs_silently(page: Page, site: Path) -> None:
    formula = FORMULAS["training-energy"]
    opened(page, site, formula, {"active_parameters": 70e9})
    own = home(formula).scenario
    whose = WHOSE.format(scenario=own.name)
    said = [line for line in lines(page) if line.endswith(THEIRS.rpartition("}")[2])]
    assert len(said) == 1
    assert whose in said[0]
    for name in ("tokens", "gpus", "peak_flops", "server_power", "gpus_per_server"):
        assert name in said[0]
    assert "flop_utilisation" not in said[0]
    assert "flop_utilisation" in scenario(TYPICAL).inputs


def test_what_an_address_gave_is_not_said_to_be_the_scenarios(page: Page, site: Path) -> None:
    """As the command line prints it: a run described whole, some of it by numbers that are the card's own too."""
    case = "scenario=typical&model=llama3.1-70b&accelerator=h100-sxm&tokens=15000000000000&gpus=2048"
    page.goto((site / "d" / "run-facility-energy" / "index.html").as_uri() + f"?{case}#card")
    page.locator(".calc-lines li").first.wait_for()
    (said,) = lines(page)
    assert said.startswith("From scenario typical + llama3.1-70b + h100-sxm: ")
    assert "(llama3.1-70b)" in said
    assert "tokens" not in said
    assert "gpus " not in said


def test_warnings_are_in_view_on_every_card_of_a_page(page: Page, site: Path) -> None:
    page.goto((site / "chapters" / "training-energy.html").as_uri() + "?server_power=12500")
    page.locator(".calc-warning").first.wait_for()
    assert page.locator(".calc-warning").count() >= 2
    assert all(one.is_visible() for one in page.locator(".calc-warning").all())


def test_an_accelerator_without_a_price_asks_for_one(page: Page, site: Path) -> None:
    address = (site / "d" / "answer-rent" / "index.html").as_uri()
    page.goto(f"{address}?accelerator=mi300x#card")
    page.get_by_text("accelerator mi300x has no GPU rent").first.wait_for()
    page.goto(f"{address}?accelerator=h100-sxm#card")  # whose rent it is
    page.locator(".case").first.wait_for()
