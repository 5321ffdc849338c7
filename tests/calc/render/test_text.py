"""Derivations, equations and documentation as plain text and Markdown."""

from __future__ import annotations

import pytest
import sympy as sp

from calc import ideal_bubble, scenario, server_count, spare_gpus, stage_balance, training_energy
from calc.base.errors import PrintError
from calc.render import as_format, card, markdown
from calc.symbolic.printing import right_hand_side
from tests.calc.support import DERIVATIONS, refused
from tests.together import each

a, b, c = sp.symbols("a b c", positive=True)


@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (a * b / c, "a × b / c"),
        (sp.Mul(a, sp.Pow(sp.Mul(b, c, evaluate=False), -1, evaluate=False), evaluate=False), "a / (b × c)"),
        (sp.ceiling(a / b), "⌈a / b⌉"),
        (sp.floor(a), "⌊a⌋"),
        (sp.Mul(a, sp.Add(b, c, evaluate=False), evaluate=False), "a × (b + c)"),
        (sp.Max(a, b), "max(a, b)"),
        (a**2, "(a)^2"),
    ],
    ids=str,
)
def test_right_hand_sides(expr, text):
    with sp.evaluate(False):
        assert right_hand_side(expr) == text


def test_a_difference():
    assert right_hand_side(spare_gpus.written) == "gpus − replicas × gpus_per_replica"


def test_a_coefficient_of_one_brings_a_unit_and_is_not_printed():
    assert right_hand_side(ideal_bubble.written) == "(pipeline_stages − 1) / microbatches"
    assert right_hand_side(stage_balance.written) == "layers_per_stage / slowest_stage"


def test_what_has_no_text():
    with refused(PrintError, "sin has no form as text"):
        right_hand_side(sp.sin(a))


def test_a_derivation_in_full():
    text = str(training_energy.derive("gpt-4"))
    for part in (
        "Training energy (training-energy), in scenario gpt-4",
        "= server_power × servers × training_time",
        "= 6.5 kW/server × 3,125 servers × 90 days",
        "= at most 43.9 GWh, from what the article states",
        "the book’s estimate: 30.4 GWh, 27 to 34 GWh in nine draws of ten (gpt-4-estimate)",
        "nvidia2020dgxa100",
        "specification",
        "Assumes every server",
        "Source: mohit2026, GPT-4 training energy demand",
        "Chain: server-count → training-energy",
    ):
        assert part in text
    assert "\N{NO-BREAK SPACE}" not in text


@each("derivation", DERIVATIONS)
def test_every_formula_in_every_format(derivation):
    for name in ("text", "markdown", "latex", "json"):
        text = as_format(derivation, name)
        assert text.strip(), name
        assert not any(bad in text for bad in ("Fraction(", "<formula", "object at 0x")), name


@pytest.mark.parametrize("dialect", [markdown, card], ids=["markdown", "myst"])
def test_markdown(dialect):
    text = dialect.derivation(server_count.derive("gpt-4"))
    for part in (r"\left\lceil", "3{,}125", "mohit2026", "server-count"):
        assert part in text
    table = dialect.scenario(scenario("gpt-4"))
    assert all(given.quantity.latex in table for given in scenario("gpt-4").inputs.values())


def test_rows_of_a_markdown_table_have_the_same_cells():
    rows = [line for line in markdown.scenario(scenario("gpt-4")).splitlines() if line.startswith("|")]
    assert len({row.replace(r"\|", "").count("|") for row in rows}) == 1
