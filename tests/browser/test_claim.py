"""Sentences with a claim in them, read in Chromium by the pages' script and by Python: the same."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from _ext.elements.trimmed import trimmed_script
from calc.base.errors import CalcError
from calc.book.sentence_grammar import grammar
from calc.book.sentences import data, read_sentence
from calc.render.sentences import claim_script
from tests.browser.tabs import Tabs
from tests.calc.book.test_sentences import SENTENCES
from tests.sampling import cases, numbers

pytestmark = [pytest.mark.browser]
STATIC = Path(__file__).parents[2] / "_static"
SCRIPT = trimmed_script("\n".join((STATIC / name).read_text("utf-8") for name in ("claim_words.js", "claim.js")))
ODD = (
    "", " ", "at most", "2.9 Wh", "a prompt uses much energy", "150 mw", "a prompt uses -2 Wh", "½ litre per prompt",
    "half a litre for 20 to 50 prompts", "2.5 billion prompts a day at 0.34 Wh per prompt are 850 MWh a day", "x" * 401,
    "a prompt uses " + "9" * 60 + " Wh", "a prompt uses 9" + " trillion" * 9 + " Wh", "0 prompts use 0 Wh at the site",
    "İstanbul’s data centres use 3 TWh", "training GPT‑4 took 50\u00a0GWh", "an H100 draws 0.7kW",
    "1e400 Wh per prompt", "<b>a prompt</b> uses 2.9&nbsp;Wh", "\u202ea prompt uses 2.9 Wh", "a prompt uses 2.9 Wh\x00",
    "10 000 A100s draw 4 MW",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tabs: Tabs) -> Iterator[Page]:
    """An empty page with the grammar and the script."""
    with tabs.open() as page:
        page.set_content("<p>claims</p>")
        page.add_script_tag(content=claim_script())
        page.add_script_tag(content=SCRIPT)
        yield page


def by_python(text: str) -> tuple[list[dict[str, Any]], list[str]]:
    try:
        found = read_sentence(text)
    except CalcError:
        return [], []
    return data(found), list(found.unread)


def assert_same(text: str, found: dict[str, Any]) -> None:
    claims, unread = by_python(text)
    assert [one["id"] for one in found["claims"]] == [one["id"] for one in claims], (text, found["error"])
    assert bool(found["error"]) != bool(claims), text
    assert not claims or found["unread"] == unread, text
    for theirs, ours in zip(found["claims"], claims, strict=True):
        for key in ("formula", "result", "unit", "spelled", "bound", "choices", "scenario", "asOf", "say"):
            assert theirs[key] == ours[key], (text, key)
        assert theirs["given"].keys() == ours["given"].keys(), text
        numbers_of = [("low", theirs, ours), ("high", theirs, ours)]
        numbers_of += [(name, theirs["given"], ours["given"]) for name in ours["given"]]
        for name, one, other in numbers_of:
            assert math.isclose(one[name], other[name], rel_tol=1e-12), (text, name)


def read_by_page(page: Page, texts: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("(texts) => texts.map((text) => book.claim(text))", texts)
    return found


def test_a_page_reads_the_sentences_as_python_does(page: Page) -> None:
    texts = [*(row["text"] for row in SENTENCES), *ODD]
    for text, found in zip(texts, read_by_page(page, texts), strict=True):
        assert_same(text, found)


def test_and_any_words_thrown_together(page: Page) -> None:
    chance = numbers("sentences")
    bits = [*grammar().units, *grammar().words, *grammar().numbers, *(row["text"] for row in SENTENCES)]
    bits += [
        "2.9",
        "100,000",
        "1e9",
        "3 to 6",
        "0",
        "per",
        "/",
        "a",
        "-",
        "$",
        "%",
        "in 2030",
        "~",
        "0,5",
        "each",
        "~5",
    ]
    texts = [" ".join(chance.choices(bits, k=chance.randint(1, 8))) for _ in range(cases(20_000, 400))]
    for text, found in zip(texts, read_by_page(page, texts), strict=True):
        assert_same(text, found)


def test_a_choice_and_a_question(page: Page) -> None:
    (asked,) = read_by_page(page, ["100,000 H100 draw 150 MW"])
    assert [one["id"] for one in asked["ask"]] == ["gpu-power", "cluster-power", "facility-power"]
    assert asked["words"].startswith("Which is meant? The sentence fits 3: in the GPUs (gpu-power), ")
    (unread,) = read_by_page(page, ["a Claude prompt uses 2.9 Wh at the site"])
    assert (unread["words"], unread["unread"], unread["value"]) == ("Not read: Claude.", ["Claude"], 2.9)
    chosen = page.evaluate("() => book.claim('100,000 H100 draw 150 MW', 'cluster-power')")
    assert (chosen["formula"], chosen["ask"], chosen["value"]) == ("cluster-power", [], 150)


def test_script_and_data_are_light() -> None:
    assert len(SCRIPT) <= 19_000
    assert len(claim_script().encode()) <= 51_000
