"""What is said of values that somebody gave: traps, spans, what does not fit, and whose words these are."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from calc import (
    daily_serving_energy,
    flop_utilisation,
    metered_training_energy,
    training_energy,
)
from calc.analysis.traps import Trap, dense_peaks, known, span_of
from calc.analysis.warnings import WORDS, warnings
from calc.base.quantities import all_quantities, quantity
from calc.model.source_keys import source_keys

SCRIPTS = Path(__file__).parents[3] / "_static"


def said(step):
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in warnings(step)]


@pytest.mark.parametrize(
    ("formula", "given", "line"),
    [
        (training_energy, {"server_power": 12500}, "did you mean W, 12.5 kW/server?"),
        (training_energy, {"server_power": 0.01}, "far below all sources, whose lowest is 1.4 kW/server"),
        (daily_serving_energy, {"energy_per_prompt": 2.9}, "an estimate of 2023"),
        (daily_serving_energy, {"prompts_per_day": 20e9}, "far above all sources, whose highest is 3×10⁹ prompts/day"),
        (flop_utilisation, {"peak_flops": 1979}, "the sparse peak of"),
        (flop_utilisation, {"gpus": 20_000, "training_time": 90}, ""),
        (training_energy, {"servers": 3000, "server_power": 6}, ""),
    ],
)
def test_one_line_for_what_is_not_meant(formula, given, line):
    found = said(formula.derive("gpt-4", **given))
    assert len(found) == bool(line)
    assert line in "".join(found)


def test_servers_that_hold_other_gpus_than_the_days_rest_on():
    """Days that follow from 25,000 GPUs are not those of ten servers."""
    (line,) = said(training_energy.derive("gpt-4-estimate", servers=10))
    assert line == (
        "servers and gpus do not fit: 10 servers hold 80 GPUs, not 25,000; training_time is still that of 25,000 GPUs: "
        "give gpus too"
    )
    assert said(training_energy.derive("gpt-4-estimate", servers=10, gpus=80)) == []
    assert said(training_energy.derive("gpt-4-estimate", servers=3125)) == []
    assert said(training_energy.derive("gpt-4", servers=10)) == []  # whose days are given, and need no GPUs


def test_a_load_is_not_taken_off_a_measured_power():
    assert said(metered_training_energy.derive("gpt-4", server_load=0.7)) == []  # off a rating


def test_every_number_has_a_source_or_a_reason():
    for traps in known().traps.values():
        for trap in traps:
            assert trap.source in source_keys() or (not trap.source and trap.reason), trap.line
    for name, span in known().spans.items():
        assert set(span.sources) <= source_keys()
        assert len(span.sources) == 2 or span.reason or len(set(span.sources)) == 1, name


def test_a_dense_peak_is_no_trap_though_it_is_twice_another():
    doubles = [peak for peak in dense_peaks().values() if any(peak == 2 * other for other in dense_peaks().values())]
    assert doubles
    for peak in doubles:
        assert said(flop_utilisation.derive("gpt-4", peak_flops=float(peak))) == []


def test_spans_are_of_scenarios_where_none_is_stated():
    found = span_of(quantity("server_load"))
    assert found is not None
    assert 0.5 < found.low < found.high <= 1
    assert any(span_of(q) is None for q in all_quantities())


def test_the_pages_scripts_hold_none_of_these_words():
    text = " ".join(file.read_text(encoding="utf-8") for file in SCRIPTS.glob("*.js"))
    pieces = {piece.strip() for line in WORDS.values() for piece in re.split(r"\{\w+\}", line)}
    pieces |= {trap.line for traps in known().traps.values() for trap in traps}
    assert [piece for piece in pieces if len(piece.split()) > 2 and piece in text] == []


def test_a_trap_is_met_beyond_its_limits_and_near_its_values_alone():
    limits = Trap((), Fraction(0), Fraction(10), None, ("servers",), None, "much", "", "")
    there, elsewhere = frozenset({"servers", "gpus"}), frozenset({"gpus"})
    assert [limits.met(Fraction(value), there) for value in ("9", "10", "10.001")] == [False, False, True]
    assert limits.met(Fraction(11), elsewhere) is False
    assert limits.met(Fraction(11), frozenset({"servers"})) is True
    low = replace(limits, above=None, below=Fraction(10))
    assert [low.met(Fraction(value), there) for value in ("9.999", "10", "11")] == [True, False, False]
    both = replace(limits, below=Fraction(20))
    assert [both.met(Fraction(value), there) for value in ("10", "15", "20")] == [False, True, False]
    values = replace(limits, equals=(Fraction(100), Fraction(200)), within=Fraction(1, 10))
    near = ("89.9", "90", "110", "110.1", "180", "220", "221")
    assert [values.met(Fraction(value), there) for value in near] == [False, True, True, False, True, True, False]
    assert (limits.words, replace(limits, line="is more").words) == ("is much", "is more")


def test_whose_a_described_run_still_is():
    """The scenario's own name, whatever was laid over it."""
    for given in ({}, {"accelerator": "h100"}):
        step = flop_utilisation.derive("gpt-4", tokens=1e12, **given)
        assert ("+" in step.scenario.name) == bool(given)
        (line,) = (one for one in said(step) if "another run" in one)
        inputs = "active_parameters, gpus, peak_flops, training_time"
        inputs = inputs.replace("peak_flops, ", "") if given else inputs
        assert line == (
            f"you describe another run: {inputs} here are still those of scenario gpt-4, until you give your own"
        )


@pytest.mark.parametrize(
    ("power", "said_so"),
    [
        ("1 to 100", False), ("10 (1 to 100)", False), ("10.4 (1 to 100)", False), ("9.6 (1 to 100)", False),
        ("10.6 (1 to 100)", True), ("9.4 (1 to 100)", True), ("30 (1 to 100)", True),
    ],
)  # fmt: skip
def test_a_value_that_is_not_its_draws_median_is_told(power, said_so):
    """Of a range of two orders of magnitude half the draws lie below the root of its ends' product, which is 10."""
    step = training_energy.derive("gpt-4", servers=3000, training_time=90, server_power=f"{power} kW/server")
    assert ("10 kW/server" in " ".join(line for line in said(step) if "half" in line or "median" in line)) == said_so
