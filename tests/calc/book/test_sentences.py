"""Sentences made from published rows: what the reader of sentences finds is what the row says."""

from __future__ import annotations

import math
import time
import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calc.base.errors import CalcError
from calc.base.limits import SENTENCE
from calc.base.quantities import quantity
from calc.base.units import parse_unit
from calc.book.claims import VERDICTS
from calc.book.lookup import refer
from calc.book.sentence_fits import SUBJECTS
from calc.book.sentence_grammar import Reading, grammar
from calc.book.sentence_verdict import AGREE, judge, overall
from calc.book.sentences import read_sentence
from calc.book.stated import read_stated
from calc.model.catalogue import entry
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario_names
from calc.model.series import series, series_names
from tests.sampling import cases

HERE = Path(__file__).parent
SECONDS = 0.5  # of processor, for any text
FILES = ("sentences.toml", "sentences_by_another.toml")
ROWS = {
    name: tomllib.loads((HERE / name).read_text(encoding="utf-8")).get("sentence", [])
    for name in FILES
}  # fmt: skip
SENTENCES = [row for rows in ROWS.values() for row in rows]


def test_there_are_enough_of_them() -> None:
    rows = ROWS["sentences.toml"]
    assert len(rows) >= 150
    assert len({row["text"] for row in rows}) == len(rows)
    assert len({row["row"].partition(":")[0] for row in rows}) >= 8, "files of figures"
    assert len({row["quantity"] for row in rows}) >= 30


@pytest.mark.parametrize("row", SENTENCES, ids=lambda row: row["text"][:70])
def test_what_a_sentence_claims_is_what_its_row_says(row: dict[str, Any]) -> None:
    q = quantity(row["quantity"])
    found = read_sentence(row["text"])
    met = [one for one in found.claims if one.reading.quantity == q]
    assert met, [one.reading.id for one in found.claims]
    assert bool(found.ask) == row.get("ask", False), [one.reading.id for one in found.claims]
    (claimed,) = met
    wanted = read_stated(row["value"], q)
    for found_end, wanted_end in ((claimed.stated.low, wanted.low), (claimed.stated.high, wanted.high)):
        assert math.isclose(found_end, wanted_end, rel_tol=1e-12)
    assert claimed.stated.word == row.get("bound", "")
    assert "boundary" not in row or row["boundary"] in claimed.reading.boundary
    assert {name: claimed.given.get(name) for name in row.get("given", {})} == row.get("given", {})
    assert {kind: claimed.choices.get(kind) for kind in row.get("choices", {})} == row.get("choices", {})


@pytest.mark.parametrize(
    "reading", [pytest.param(one, id=f"{place} {one.id}") for place, one in enumerate(grammar().readings)]
)
def test_a_reading_names_what_there_is(reading: Reading) -> None:
    """Its scenario, its choices, its units, what it was before; and two that differ by boundary say so."""
    if "{" not in reading.scenario:
        assert reading.scenario in (*series_names(), *scenario_names())
    for kind, name in reading.default.items():
        assert entry(kind, name).id == name
    for text in reading.earlier:
        name = text.removeprefix("series ")
        assert (series(name) if name != text else refer(text)) is not None
    units = {said.kind: said for said in grammar().units.values()}
    if reading.kind != "number":
        made = parse_unit(units[reading.kind].unit)
        for kind in (*reading.per, *(one for one in reading.per_too if one in SUBJECTS)):
            made = made / parse_unit(units[kind].unit) if not (kind == "time" and reading.period) else made
        assert made.dimensions == reading.quantity.parsed_unit.dimensions
    if reading.formula:
        assert formula_by_id(reading.formula).result == reading.quantity


def test_what_may_be_counted_in_several_ways_is_asked() -> None:
    found = read_sentence("100,000 H100 draw 150 MW")
    assert [one.reading.id for one in found.ask] == ["gpu-power", "cluster-power", "facility-power"]
    assert not read_sentence("100,000 H100 draw 150 MW", "cluster-power").ask
    with pytest.raises(CalcError, match=r"'cluster' does not fit.*did you mean 'cluster-power'"):
        read_sentence("100,000 H100 draw 150 MW", "cluster")


def test_a_figure_of_the_book_holds_and_a_hundred_of_it_does_not() -> None:
    """By the other way: what the formula itself yields, said in a sentence."""
    power = derive(formula_by_id("facility-power"), "typical", {"gpus": 50_000, "accelerator": "h100-sxm"}).exact
    for times, verdict in ((1, "reproduced"), (100, "contradicted")):
        found = read_sentence(f"50,000 H100 draw {float(power * times):.4g} MW at the site")
        assert judge(found.claims[0]).verdict == verdict


def test_what_would_have_to_be_true_makes_it_true() -> None:
    claimed = read_sentence("training GPT-4 took 50 GWh at the site").claims[0]
    for needed in judge(claimed).needed:
        given = {needed.quantity.name: needed.value}
        made = derive(formula_by_id(claimed.reading.formula), claimed.scenario, given)
        if not needed.quantity.domain.whole:
            assert math.isclose(made.value, 50, rel_tol=1e-9), needed.quantity.name
        assert needed.is_inside == (needed.now.low <= needed.value <= needed.now.high)


def test_carbon_of_a_run_is_of_its_energy_from_gpu_hours() -> None:
    """Its GWh at the site, by the intensity that the places have, over what the grid delivers."""
    found = judge(read_sentence("training Llama 3.1 405B emitted 8,930 tCO2e on the grid's average").claims[0])
    energy = derive(formula_by_id("run-facility-energy"), "run-llama-3.1-405b", {}).exact
    place = entry("place", "usa").inputs
    by_hand = energy * place["carbon_intensity"].value / place["grid_delivery"].value
    assert found.value is not None
    assert math.isclose(found.value, by_hand, rel_tol=1e-12)
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high


def test_an_earlier_count_makes_a_claim_outdated_and_an_open_one_incomplete() -> None:
    assert judge(read_sentence("a prompt uses 2.9 Wh at the site").claims[0]).verdict == "outdated"
    assert judge(read_sentence("ChatGPT has 300 million weekly users").claims[0]).verdict == "outdated"
    judged = [judge(one) for one in read_sentence("an H100 draws 700 W").claims]
    assert {one.verdict for one in judged} == {"reproduced", "contradicted"}
    assert overall(judged) == "incomplete"


def test_a_model_that_the_book_has_no_run_of_is_held_against_no_other() -> None:
    for text in ("training Claude 3 took 100 GWh", "training Llama 2 7B emitted 31 tonnes of CO2"):
        assert {judge(one).verdict for one in read_sentence(text).claims} == {"unsourced"}, text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2.9 Wh", ["understood: 2.9 Wh", "missing: what uses 2.9 Wh", "accepted: "]),
        ("a prompt uses much energy", ["understood: prompt", "missing: a number with its unit"]),
        ("a prompt uses 3 parsecs", ["missing: a unit that the book counts in", "accepted: energy, power"]),
        ("the site draws 150 mw", ["'mw' may mean MW or mW; write which"]),
        ("a prompt uses -2 Wh", ["-2 is below zero"]),
        ("x" * 401, [f"up to {SENTENCE} are read"]),
        (f"a prompt uses {'9' * 60} Wh", ["digits"]),
        (f"a prompt uses 9{' trillion' * 9} Wh", ["power"]),
        ("", ["understood: nothing"]),
    ],
)
def test_what_cannot_be_read_is_one_line(text: str, parts: list[str]) -> None:
    with pytest.raises(CalcError) as raised:
        read_sentence(text)
    assert "\n" not in str(raised.value)
    for part in parts:
        assert part in str(raised.value)


BITS = st.sampled_from([
    *(row["text"] for row in SENTENCES), *grammar().units, *list(grammar().words)[::7],
    "2.9", "100,000", "1e9", "3 to 6", "0", "half a", "million", "per", "/", "a", "-", "$", "%", "in 2030", "up to",
    "~", "10^25", "×10²⁵", "0,5", ".", "1 000",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(BITS, min_size=1, max_size=9).map(" ".join),
    st.tuples(st.sampled_from([row["text"] for row in SENTENCES]), st.text(max_size=9), st.integers(0, 60)).map(
        lambda made: made[0][: made[2]] + made[1] + made[0][made[2] :]
    ),
)


@settings(max_examples=cases(5000, 40), deadline=None)
@given(TEXTS)
@example("0 prompts use 0 Wh at the site")
@example("a prompt uses 0 Wh at the site")
@example("0 H100 draw 150 MW at the site")
@example("1e99 H100 draw 1e99 GW at the site")
@example("US data centres used 0 TWh in 1999")
def test_any_text_is_an_answer_or_a_question_or_a_line(text: str) -> None:
    start = time.process_time()
    try:
        found = read_sentence(text)
    except CalcError as error:
        lines = str(error).splitlines()
    else:
        lines = []
    if lines:
        assert len(lines) == 1
        return
    assert time.process_time() - start < SECONDS
    assert found.claims
    verdicts = [judge(one, solve=False).verdict for one in found.claims]
    assert set(verdicts) <= set(VERDICTS)
    assert AGREE[0] in VERDICTS
    for one in found.claims:
        assert one.stated.low <= one.stated.high
        assert all(isinstance(value, Fraction) for value in one.given.values())
