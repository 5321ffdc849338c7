"""Solving for an input: what comes out yields what was asked for, and nothing else does."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from calc import (
    cluster_power,
    daly_interval,
    formula_by_id,
    replica_count,
    scenario,
    server_count,
    spare_gpus,
    training_energy,
    training_facility_energy,
)
from calc.base.domains import AT_LEAST_ONE
from calc.base.errors import CalcError, SolveError
from calc.base.values import exact
from calc.book.home import default_scenario
from tests.calc.support import PAIRS, refused
from tests.sampling import cases
from tests.together import each

counts = st.integers(1, 10**6)


# Where the rule below would give values that the formula has no result for.
FITTING = {
    "server-load": {"measured_server_power": 8.4, "server_power": 10.2},
    "spare-gpus": {"gpus": 25_000, "replicas": 208, "gpus_per_replica": 120},
    "flop-utilisation": {"training_flop": 2.184e25, "gpus": 25_000, "peak_flops": 312, "training_time": 90},
    "serial-share": {"base_utilisation": 0.5, "measured_utilisation": 0.4, "base_gpus": 8, "measured_gpus": 64},
    "scaling-efficiency": {"speedup": 6, "base_gpus": 8, "gpus": 64},
    "sync-share": {"allreduce_time": 2.5, "sync_overlap": 0.5, "step_time": 36},
    "active-share": {"active_parameters": 280e9, "total_parameters": 1.7e12},
    "stage-balance": {"layers_per_stage": 7.875, "slowest_stage": 8},
    "accepted-tokens": {"acceptance_rate": 0.75, "drafted_tokens": 7},
    "demand-growth": {"future_demand": 325, "datacentre_demand": 176, "years": 5},
    "future-national-demand": {"national_demand": 4000, "national_growth": 0.024, "years": 7},
    "block-time": {"difficulty": 20_000, "hash_rate": 1e-9},
    "parameter-count": {
        "layers": 80, "model_width": 8192, "query_width": 8000, "key_width": 1024, "feedforward_matrices": 3,
        "feedforward_networks": 2, "feedforward_width": 28_672, "vocabulary": 128_256, "embedding_tables": 1,
    },
    "hardware-utilisation": {"hardware_flop": 2.9e25, "gpus": 25_000, "peak_flops": 312, "training_time": 90},
    "step-utilisation": {
        "gpu_token_rate": 331, "active_parameters": 70e9, "layers": 80, "query_width": 8192, "sequence_tokens": 4096,
        "attention_share": 0.5, "peak_flops": 312,
    },
    "checkpoint-waste": {"checkpoint_time": 0.5, "failure_interval": 16},
    "daly-interval": {"checkpoint_interval": 8, "checkpoint_waste": 0.25},
    "goodput": {"checkpoint_time": 0.5, "checkpoint_interval": 8, "restart_time": 16, "failure_interval": 256},
    "training-loss": {
        "loss_floor": 1.75, "size_factor": 400, "active_parameters": 280e9, "size_exponent": 0.34, "data_factor": 410,
        "tokens": 300e9, "data_exponent": 0.28,
    },
    "optimal-parameters": {
        "training_flop": 5.76e23, "size_factor": 400, "size_exponent": 0.34, "data_factor": 410, "data_exponent": 0.28,
    },
    "expert-parameters": {
        "total_parameters": 671e9,
        "active_parameters": 37e9,
        "experts_per_token": 8,
        "experts": 256,
    },
    "capital-recovery": {"discount_rate": 0.08, "write_off_years": 10},
    "unmatched-energy": {"used_energy": 100, "hourly_match": 0.25},
    "bought-energy": {"site_energy": 1752, "own_energy": 876},
    "tower-intake": {"it_power": 81, "tower_share": 0.5, "evaporation_heat": 2.43, "tower_cycles": 4},
    "campus-peak-share": {"campus_power": 0.25, "peak_demand": 5.5},
    "saved-power": {"dry_pue": 1.25, "wet_pue": 1.125},
    "building-recovery": {"discount_rate": 0.08, "building_years": 20},
    "moving-saving": {"training_carbon": 552, "away_carbon": 55},
    "moving-marginal-saving": {"training_marginal_carbon": 416, "away_marginal_carbon": 899},
    "experts-read": {"experts_per_token": 8, "experts": 256, "batch": 3},
    "read-tokens": {"batch": 128, "cached_share": 0.25, "prompt_tokens": 634, "response_tokens": 359},
    "weights-read": {
        "weight_bytes": 2,
        "total_parameters": 671e9,
        "expert_parameters": 654e9,
        "embedding_parameters": 1e9,
        "expert_bytes": 1,
        "experts_read": 0.75,
        "instance_gpus": 8,
    },
    "cache-read": {"batch": 128, "answer_cache": 0.325, "instance_gpus": 4, "kv_heads": 8, "attention_copies": 1},
    "serving-peak": {"peak_flops": 989, "fp8_arithmetic": 1, "fp8_gain": 1.25},
    "write-time": {
        "weights_read": 35,
        "bandwidth_reached": 0.75,
        "memory_bandwidth": 3.35,
        "write_flop": 4.5,
        "arithmetic_reached": 0.5,
        "serving_peak": 989,
    },
    "expert-wait": {"expert_layers": 58, "expert_layer_wait": 100, "fp8_arithmetic": 1, "fp8_layer_wait": 150},
    "instance-power": {
        "instance_gpus": 4,
        "floor_power_share": 0.25,
        "gpu_tdp": 700,
        "step_energy": 11.5,
        "decode_step_time": 32,
        "power_cap_share": 0.985,
    },
    "instance-memory": {
        "weight_bytes": 2,
        "total_parameters": 671e9,
        "expert_parameters": 654e9,
        "expert_bytes": 1,
        "batch": 128,
        "cache_numbers": 576,
        "number_size": 2,
        "kv_layers": 61,
        "mean_context": 1000,
    },
    "memory-batch": {
        "usable_share": 0.75,
        "instance_gpus": 8,
        "gpu_memory": 180,
        "weight_bytes": 2,
        "total_parameters": 671e9,
        "expert_parameters": 654e9,
        "expert_bytes": 1,
        "cache_numbers": 576,
        "number_size": 2,
        "kv_layers": 61,
        "mean_context": 1000,
    },
    "whole-weights-time": {
        "weight_bytes": 2,
        "total_parameters": 671e9,
        "expert_parameters": 654e9,
        "embedding_parameters": 1e9,
        "expert_bytes": 1,
        "instance_gpus": 8,
        "bandwidth_reached": 0.75,
        "memory_bandwidth": 8,
    },
    "answer-cache-time": {
        "answer_cache": 0.5, "instance_gpus": 4, "kv_heads": 8, "attention_copies": 1, "bandwidth_reached": 0.5,
        "memory_bandwidth": 4,
    },
    "answer-expert-time": {
        "expert_parameters": 64e9, "experts_per_token": 8, "experts": 128, "instance_gpus": 4,
        "expert_arithmetic_reached": 0.0625, "peak_flops": 1000,
    },
    "answer-other-time": {
        "read_ratio": 1.125, "answer_write_time": 0.0625, "answer_expert_time": 0.03125, "answer_cache_time": 0.125,
        "host_answer_overhead": 0.03125,
    },
    "read-ratio": {"cached_share": 0.25, "prompt_tokens": 600, "response_tokens": 400},
    "promised-time": {"token_promise": 50, "software_time": 1, "expert_wait": 5, "host_step_overhead": 2},
    "promise-batch": {
        "promised_time": 43,
        "whole_weights_time": 20,
        "answer_other_time": 0.125,
        "answer_write_time": 0.0625,
    },
    "largest-batch": {"memory_batch": 451, "promise_batch": 229},
    "run-utilisation": {"training_flop": 3.8e25, "gpu_hours": 30.75e6, "peak_flops": 989.5},
    "kept-utilisation": {"run_utilisation": 0.375, "step_utilisation": 0.5},
    "zero-bubble": {"pipeline_stages": 8, "microbatches": 28, "waits_filled": 2, "weight_gradient_share": 0.25},
    "data-loss": {
        "training_loss": 2, "loss_floor": 1.75, "size_factor": 400, "active_parameters": 280e9, "size_exponent": 0.34,
    },
    "loss-tokens": {"data_factor": 410, "data_loss": 0.25, "data_exponent": 0.28},
    "size-pull": {
        "size_exponent": 0.34, "size_factor": 400, "active_parameters": 8e9, "data_exponent": 0.28, "data_factor": 410,
        "loss_tokens": 15e12,
    },
    "best-served-tokens": {
        "loss_tokens": 15e12, "serving_utilisation": 0.125, "flop_utilisation": 0.25, "size_pull": 1.5,
    },
    "prompt-token-time": {"software_time": 1, "answer_write_time": 0.0625, "answer_expert_time": 0.03125},
    "input-token-energy": {
        "instance_gpus": 8, "gpu_tdp": 1000, "floor_power_share": 0.25, "prompt_token_time": 0.125,
        "operation_energy_share": 1, "arithmetic_reached": 0.5, "answer_write_time": 0.0625, "expert_power_share": 0.5,
        "answer_expert_time": 0.0625,
    },
    "token-cache": {"cache_numbers": 2048, "number_size": 2, "kv_layers": 80, "window_layers": 40},
    "cache-energy": {
        "byte_energy": 0.125, "software_time": 1, "floor_power_share": 0.25, "gpu_tdp": 700, "bandwidth_reached": 0.5,
        "memory_bandwidth": 4,
    },
    "cached-token-energy": {
        "response_tokens": 500, "instance_gpus": 4, "token_cache": 163.84, "cache_energy": 0.25, "kv_heads": 8,
        "attention_copies": 1,
    },
    "written-token-energy": {
        "gpu_token_energy": 0.5, "input_token_energy": 0.125, "cached_token_energy": 0.0625, "cached_share": 0.25,
        "prompt_tokens": 600, "response_tokens": 400,
    },
    "ecologits-gpu-energy": {
        "ecologits_slope": 1e-15, "ecologits_batch_rate": 0.01, "batch": 64, "active_parameters": 1e11,
        "ecologits_floor": 4e-5,
    },
    "ecologits-step-time": {
        "request_latency": 100, "response_tokens": 500, "ecologits_time_slope": 6.25e-10, "active_parameters": 1e11,
        "ecologits_batch_time": 0.25, "batch": 64, "ecologits_time_floor": 20,
    },
    "roofline-answer-energy": {
        "response_tokens": 500, "weights_read": 35, "cache_read": 10, "roofline_bandwidth_share": 0.75,
        "memory_bandwidth": 4, "write_flop": 4, "roofline_arithmetic_share": 0.5, "peak_flops": 1000,
        "instance_gpus": 4, "gpu_tdp": 700, "batch": 128,
    },
}  # fmt: skip
UNSOLVED = {
    # In a base and in an exponent.
    ("optimal-parameters", "size_exponent"),
    ("optimal-parameters", "data_exponent"),
    ("size-pull", "size_exponent"),
    ("size-pull", "data_exponent"),
    # In several parts of a maximum.
    ("cached-token-energy", "instance_gpus"),
}


def some_values(formula):
    """One plausible value for each input, all different."""
    values = {}
    for i, q in enumerate(formula.inputs):
        plain = 1000 * (7 - i) if q.domain.whole else 800.5 / (i + 1)
        values[q.name] = 0.3 if q.domain.is_share else 1.25 if q.domain is AT_LEAST_ONE else plain
    return FITTING.get(formula.id, values)


IRRATIONAL = (
    "demand-growth",
    "yearly-growth",
    "future-national-demand",
    "experts-read",
    "checkpoint-interval",
    "checkpoint-waste",
    "training-loss",
    "optimal-parameters",
    "capital-recovery",
    "data-loss",
    "loss-tokens",
    "size-pull",
    "building-recovery",
    "doubling-time",
    "ecologits-gpu-energy",
)  # roots and logarithms: the nearest double stands for each


# In a Max or a Min the other part holds at these values, and any value of the unknown beyond a point gives the same.
HELD = {
    ("cache-read", "kv_heads"),
    ("cache-read", "attention_copies"),
    ("write-time", "write_flop"),
    ("write-time", "arithmetic_reached"),
    ("write-time", "serving_peak"),
    ("instance-power", "power_cap_share"),
    ("answer-cache-time", "kv_heads"),
    ("answer-cache-time", "attention_copies"),
    ("promise-batch", "answer_write_time"),
    ("largest-batch", "memory_batch"),
    ("cached-token-energy", "kv_heads"),
    ("cached-token-energy", "attention_copies"),
    ("ecologits-step-time", "request_latency"),
    ("ecologits-step-time", "response_tokens"),
    ("roofline-answer-energy", "write_flop"),
    ("roofline-answer-energy", "roofline_arithmetic_share"),
    ("roofline-answer-energy", "peak_flops"),
}


def a_stretch(one, q, values, found):
    """Inside, and up to the end that is no end of the domain, the result stays; beyond it, it does not."""

    def at(value):
        value = Fraction(int(value.p), int(value.q))
        return one.derive("gpt-4", **{**values, q.name: value}).exact if value in q.domain else None

    target = one.derive("gpt-4", **values).exact
    assert isinstance(found, sp.Interval)
    assert exact(values[q.name]) in found
    (end,) = {found.inf, found.sup} - {0, 1, sp.oo} or {sp.Integer(1)}  # of attention_copies all that there are
    assert at(end) == target
    inside, beyond = (2, sp.Rational(1, 2)) if found.inf == end else (sp.Rational(1, 2), 2)
    assert at(end * inside) in (target, None)
    assert at(end * beyond) != target


@each(("one", "q"), PAIRS)
def test_solve_and_put_back(one, q):
    values = some_values(one)
    target = one.derive("gpt-4", **values).exact
    others = {name: value for name, value in values.items() if name != q.name}
    if (one.id, q.name) in UNSOLVED:
        with pytest.raises(SolveError):
            _ = one.solve_for(q.name, "gpt-4", **{one.result.name: target}, **others).value
        return
    solution = one.solve_for(q.name, "gpt-4", **{one.result.name: target}, **others)
    if (one.id, q.name) in HELD:
        a_stretch(one, q, values, solution.values)
        return
    if one.id in IRRATIONAL:
        assert float(solution.value) == pytest.approx(values[q.name], rel=1e-12)
        return
    assert exact(values[q.name]) in solution.values
    for found in {solution.values.inf, solution.values.sup} - {sp.oo}:
        if found in solution.values:
            back = one.derive("gpt-4", **{**values, q.name: Fraction(int(found.p), int(found.q))})
            assert back.exact == target


def test_a_value_with_which_a_step_leaves_its_domain_is_no_solution():
    """With hardly any time between failures Daly's rule comes back to the same interval, where it does not hold."""
    base = scenario("run-llama-3.1-405b")
    wanted = daly_interval.derive(base).value
    solution = daly_interval.solve_for("gpu_failure_time", base, daly_interval=wanted)
    assert float(solution.value) == pytest.approx(float(base["gpu_failure_time"].value), rel=1e-9)


@settings(max_examples=cases(25, 8))
@given(gpus=counts, size=st.integers(1, 1000))
def test_the_gpus_of_a_number_of_servers(gpus, size):
    servers = server_count(gpus=gpus, gpus_per_server=size)
    low, high = server_count.solve_for("gpus", servers=servers, gpus_per_server=size).interval
    assert low <= gpus <= high
    assert server_count(gpus=int(low), gpus_per_server=size) == servers
    assert server_count(gpus=int(high), gpus_per_server=size) == servers
    assert server_count(gpus=int(high) + 1, gpus_per_server=size) == servers + 1
    if low > 1:
        assert server_count(gpus=int(low) - 1, gpus_per_server=size) == servers - 1


@settings(max_examples=cases(25, 8))
@given(gpus=counts, size=st.integers(1, 1000))
def test_the_gpus_of_a_number_of_replicas(gpus, size):
    assume(gpus >= size)
    replicas = replica_count(gpus=gpus, gpus_per_replica=size)
    low, high = replica_count.solve_for("gpus", replicas=replicas, gpus_per_replica=size).interval
    assert low <= gpus <= high
    assert replica_count(gpus=int(low), gpus_per_replica=size) == replicas
    assert replica_count(gpus=int(high), gpus_per_replica=size) == replicas
    assert replica_count(gpus=int(high) + 1, gpus_per_replica=size) == replicas + 1


@settings(max_examples=cases(15, 5))
@given(gpus=st.integers(1, 10_000), size=st.integers(1, 1000))
def test_the_size_of_servers(gpus, size):
    """The unknown stands under the line, and may have no upper end."""
    servers = server_count(gpus=gpus, gpus_per_server=size)
    solution = server_count.solve_for("gpus_per_server", gpus=gpus, servers=servers)
    assert size in solution.values
    low = int(solution.values.inf)
    assert server_count(gpus=gpus, gpus_per_server=low) == servers
    if low > 1:
        assert server_count(gpus=gpus, gpus_per_server=low - 1) > servers
    assert (solution.values.sup is sp.oo) == (servers == 1)


@settings(max_examples=cases(15, 5))
@given(servers=counts)
def test_through_a_chain_with_a_rounding(servers):
    energy = training_facility_energy.derive("gpt-4", servers=servers).exact
    low, high = training_facility_energy.solve_for("gpus", "gpt-4", training_facility_energy=energy).interval
    assert (low, high) == (8 * servers - 7, 8 * servers)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            lambda: server_count.solve_for("gpus", servers=3125, gpus_per_server=8),
            "gpus is any whole number from 24,993 to 25,000 GPUs",
        ),
        (lambda: server_count.solve_for("gpus_per_server", gpus=8, servers=1), "any whole number from 8 GPUs/server"),
        (lambda: training_energy.solve_for("servers", training_energy="87.75 GWh"), "servers is 6,250 servers"),
        (
            lambda: spare_gpus.solve_for("gpus", spare_gpus=40, replicas=208, gpus_per_replica=120),
            "gpus is 25,000 GPUs",
        ),
    ],
    ids=["interval", "no-upper-end", "single", "difference"],
)
def test_in_words(text, words):
    said = str(text())
    assert words in said
    assert "\n" not in said
    assert "\N{NO-BREAK SPACE}" not in said


def test_no_whole_number():
    solution = training_energy.solve_for("servers", training_energy="100 GWh")
    assert solution.values.is_empty
    with refused(SolveError, "servers", "7,122", "7,123"):
        _ = solution.value
    with refused(SolveError, "servers"):
        _ = solution.interval


def test_a_rounding_that_would_not_be_whole():
    """Servers of 8 GPUs and 6.5 kW: 3,076 of them take 19.994 MW, and 3,077 take 20.0005 MW."""
    solution = cluster_power.solve_for("gpus", "gpt-4", it_power="20 MW")
    assert solution.values.is_empty
    (below, less), (above, more) = solution.nearest
    assert (below.sup, less, above.inf, more) == (24_608, Fraction("19.994"), 24_609, Fraction("20.0005"))
    with refused(SolveError, "gpus"):
        _ = solution.value


def test_outside_the_domain():
    solution = training_facility_energy.solve_for("pue", "gpt-4", training_facility_energy="43 GWh")
    assert solution.values.is_empty
    with refused(SolveError, "pue", "at least 1"):
        _ = solution.value


@pytest.mark.parametrize(
    ("name", "known", "parts"),
    [
        ("servers", {}, ["given training_energy", "training_energy='100 GWh'"]),
        ("training_energy", {"training_energy": 1}, ["training_energy is what training-energy yields"]),
        ("servers", {"training_energy": 1, "servers": 2}, ["servers is both given and asked for"]),
        ("tokens", {"training_energy": 1}, ["tokens plays no part in training-energy"]),
        ("serverz", {"training_energy": 1}, ["'serverz'", "did you mean 'server"]),
        ("servers", {"training_energy": "1 MW"}, ["training_energy takes", "GWh"]),
        ("servers", {"training_energy": -1}, ["training_energy = -1 GWh"]),
    ],
    ids=["no-target", "itself", "given", "no-part", "unknown", "dimension", "domain"],
)
def test_refused(name, known, parts):
    with refused(CalcError, *parts):
        training_energy.solve_for(name, "gpt-4", **known)


def test_inside_and_outside_a_rounding():
    with refused(SolveError, "rounding"):
        spare_gpus.solve_for("gpus", "gpt-4", spare_gpus=40)


@pytest.mark.parametrize("name", ["servers", "server-count", "server_count"])
def test_a_derivation_keeps_what_was_given(name):
    derivation = training_energy.derive(scenario("gpt-4"), servers=5000, training_time=50)
    assert derivation.solve_for(name, training_energy="78 GWh").value == 10_000
    assert derivation.solve_for("training_time", training_energy="78 GWh").value == 100


def test_the_results_on_either_side_where_one_of_them_has_no_last_value():
    """One server holds all GPUs from 25,000 of them on, two from 12,500: half-way between there is nothing."""
    known = {"gpus": 25_000, "server_power": 6.5, "training_time": 90}
    one = Fraction("6.5") * 90 * 24 / 10**6  # GWh of one server
    found = training_energy.solve_for("gpus_per_server", "gpt-4", training_energy=float(one * 3 / 2), **known)
    assert found.values.is_empty
    assert [(values.inf, value) for values, value in found.nearest] == [(25_000, one), (12_500, 2 * one)]
    assert [values.sup for values, _ in found.nearest] == [sp.oo, 24_999]
    exact = training_energy.solve_for("gpus_per_server", "gpt-4", training_energy=float(2 * one), **known)
    assert (exact.values.inf, exact.values.sup) == (12_500, 24_999)


def test_what_is_no_unknown():
    known = {"training_energy": "40 GWh", "servers": 3000, "server_power": 6.5}
    for name in ("pue", "gpus"):
        with refused(CalcError, f"{name} "):
            training_energy.solve_for(name, "gpt-4", **known)
    with refused(SolveError, "server_power is both given and asked for"):
        training_energy.solve_for("server_power", "gpt-4", **known)
    with refused(SolveError, "training_energy is what training-energy yields; name one of its inputs"):
        training_energy.solve_for("training_energy", "gpt-4", **known)
    with refused(SolveError, "training-energy is solved for a given training_energy; give it, as in training_energy='"):
        training_energy.solve_for("servers", "gpt-4")


@pytest.mark.parametrize("exponent", [1.5907476098765272e-15, 1e-9])
def test_a_monstrous_exponent_is_refused_at_once(exponent):
    """Sympy would work out the power in numbers of billions of digits, in one step that nothing interrupts."""
    formula = formula_by_id("size-pull")
    with pytest.raises(SolveError, match="equations are solved with exponents up to 4096"):
        formula.solve_for("tokens", default_scenario(formula), size_pull=2446.5, data_exponent=exponent)
