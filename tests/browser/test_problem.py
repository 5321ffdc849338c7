"""The field of a problem in Chromium: what is said of a reader's own answer, by script, by keyboard and aloud."""

from __future__ import annotations

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from _ext.elements.trimmed import trimmed_script
from _ext.site.shipped import _CALCULATORS
from calc.render.javascript import library
from calc.render.problem import answer_field
from tests.browser.tabs import Tabs

STATIC = Path(__file__).parents[2] / "_static"
pytestmark = pytest.mark.browser
# 3 servers of 2 kW for 10 days: 1.44 MWh, worked out here.
ENERGY = "training-energy; servers=3; server_power=2 kW/server; training_time=10 day"

ASKED = (
    (ENERGY,),
    ("server-count; gpus=40; gpus_per_server=8",),
    ("server-load; measured_server_power=3 kW/server; server_power=4 kW/server", "10 %"),
    ("training-energy; servers=3; training_time=10 day; solve server_power; training_energy=1.44 MWh",),
    ("training-energy; servers=1; server_power=1 kW/server; solve training_time; training_energy=1152 kWh",),
)


@pytest.fixture(scope="module")
def page(tabs: Tabs) -> Iterator[Page]:
    """A page of problems, with the scripts as they are shipped."""
    answers = [answer_field(*asked) for asked in ASKED]
    with tabs.open() as made:
        made.set_content(
            "".join(f'<div class="problem-field" data-answer="{html.escape(one)}"></div>' for one in answers)
        )
        made.add_script_tag(content=library([]))
        for name in (*_CALCULATORS, "problem.js"):
            made.add_script_tag(content=trimmed_script((STATIC / name).read_text(encoding="utf-8")))
        yield made


def said(page: Page, typed: str, problem: int = 0) -> str:
    place = page.locator(".problem-field").nth(problem)
    place.get_by_role("textbox").fill(typed)
    place.get_by_role("textbox").press("Enter")
    return place.get_by_role("status").inner_text().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    "typed",
    ["1.44 MWh", "1,440 kWh", "1.43", "0.00144 GWh", "5.18 GJ", "1.44×10³ kWh"],
)
def test_what_is_right_is_said_to_be(page: Page, typed: str) -> None:
    assert said(page, typed) == "Right: 1.44 MWh."
    assert page.get_by_role("textbox").first.get_attribute("aria-invalid") == "false"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.44 GWh", "1,000 times too large: GWh or MWh?"),
        ("1.44 kWh", "1,000 times too small: kWh or MWh?"),
        ("14.4 MWh", "10 times too large: the digits are right."),
        ("1.5 MWh", "Nearly: 4.2 % too large."),
        ("4 MWh", "Not yet: 2.8 times too large."),
        ("-1.44 MWh", "The answer is above 0."),
        ("1.44 mwh", "Given: “mwh”. Accepted: a number in MWh, or with another unit of the same kind."),
        ("1.44 MW", "Given: “MW”. Accepted: a number in MWh, or with another unit of the same kind."),
        ("", "Accepted: a number in MWh, or with another unit of the same kind."),
        ("3", "Not yet: 2.1 times too large. Read as MWh."),
    ],
)
def test_what_is_wrong_is_helped(page: Page, typed: str, words: str) -> None:
    assert said(page, typed) == words
    assert page.get_by_role("textbox").first.get_attribute("aria-invalid") == "true"


def test_counts_and_shares(page: Page) -> None:
    assert said(page, "5", 1) == said(page, "5 servers", 1) == "Right: 5 servers."
    assert said(page, "2 W", 3) == "1,000 times too small: W or kW?"
    assert said(page, "48 hours", 4) == "24 times too small: hours or days?"
    assert said(page, "6", 1).startswith("Not yet: 1.2 times too large")
    assert said(page, "75 %", 2) == said(page, "0.75", 2) == said(page, "80 per cent", 2) == "Right: 75 %."


def test_the_field_has_a_name_and_its_answer_is_announced(page: Page) -> None:
    names = page.locator(".problem-field").first.aria_snapshot()
    assert 'textbox "Your answer, in MWh"' in names
    assert 'button "Check"' in names
    assert page.get_by_role("status").count() == 5
