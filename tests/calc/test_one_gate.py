"""Whatever way an answer leaves, the same domains hold, and the same line refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from calc import Derivation, Formula, formula_by_id
from calc.analysis import bands, budget, sampling
from calc.analysis.sweep import sweep
from calc.base.errors import CalcError, DomainError
from calc.base.quantities import Quantity
from calc.book.home import default_scenario
from calc.cli.list_rows import listed, spread_as
from calc.model.input import Input
from calc.publish.site_texts import llms
from calc.render import as_format
from calc.render.card import derivation as card
from tests.calc.support import cancelled, refused
from tests.sampling import numbers, sample

WAYS: dict[str, Callable[[Derivation], Any]] = {
    "value": lambda d: d.value,
    "float": float,
    "in another unit": lambda d: d.to(d.unit),
    "range": lambda d: d.range,
    "budget": budget.budget,
    "draws": sampling.of,
    "percentiles": bands.percentiles,
    "text": str,
    "Markdown": lambda d: as_format(d, "markdown"),
    "LaTeX": lambda d: as_format(d, "latex"),
    "record": lambda d: as_format(d, "json"),
    "page": card,
    "show --range": lambda d: spread_as(d, "text"),
    "show --range as JSON": lambda d: spread_as(d, "json"),
}
FACTORS = (1e-9, 1e-3, 0.1, 0.5, 0.9, 1.1, 2, 10, 1e3, 1e9)


def said(call: Callable[[], Any]) -> str | None:
    """What a call is refused with, or nothing; any other end of it is an error of the test."""
    try:
        call()
    except CalcError as error:
        return str(error)
    return None


def attacks(formula: Formula) -> list[tuple[Quantity, float]]:
    """Values of a formula's inputs at home, far and near from what the book has."""
    chance = numbers(f"gate {formula.id}")
    leaves = [leaf for leaf in formula.derive(default_scenario(formula)).leaves if isinstance(leaf, Input)]
    found = []
    for leaf in chance.sample(leaves, min(2, len(leaves))):
        value = float(leaf.value) * chance.choice(FACTORS)
        value = float(max(1, round(value))) if leaf.quantity.domain.whole else value
        if value in leaf.quantity.domain:
            found.append((leaf.quantity, value))
    return found


def all_formulas_here() -> list[Any]:
    from calc import all_formulas

    return [pytest.param(one, id=one.id) for one in sample(all_formulas(), 40, "gate")]


@pytest.mark.parametrize("formula", all_formulas_here())
def test_every_way_out_has_the_same_gate(formula: Formula) -> None:
    base = default_scenario(formula)
    for quantity, value in attacks(formula):
        step = formula.derive(base, **{quantity.name: value})
        line = said(lambda step=step: step.exact)  # type: ignore[misc]
        swept = said(lambda: sweep(formula, {quantity: np.array([value, value])}, base))  # noqa: B023
        if swept != line:  # where what is left of a difference is the rounding of its terms, doubles have other signs
            steps = step.chain if line is None else ()
            left = [cancelled(one.formula, {used.quantity.symbol: used.value for used in one.used}) for one in steps]
            assert max(left, default=0) > 1e12, (quantity.name, value, swept, line)
        if line is None:
            continue
        for way, out in WAYS.items():
            again = formula.derive(base, **{quantity.name: value})  # nothing is remembered of another way
            assert said(lambda out=out, again=again: out(again)) == line, (way, quantity.name, value)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "given", "refusal"),
    [
        ("flop-utilisation", {"gpus": 2500}, "flop_utilisation = 3.60082304527 is outside its domain"),
        ("kv-memory", {"server_memory": 6.4}, "kv_memory = -462.6 GB/server is outside its domain"),
        ("allreduce-time", {"gpus": 10}, "replicas = 0 replica is outside its domain"),
        ("demand-growth", {"years": 1e-9}, "demand_growth = undefined is outside its domain"),
    ],
)
def test_what_was_answered_once(name: str, given: dict[str, float], refusal: str) -> None:
    formula = formula_by_id(name)
    for way, out in WAYS.items():
        line = said(lambda out=out: out(formula.derive(default_scenario(formula), **given)))  # type: ignore[misc]
        assert line is not None, way
        assert line.startswith(refusal), (way, line)


def test_an_intermediate_result_is_held_against_its_domain_in_an_array() -> None:
    """Half of the GPUs would be used at 180 %, which the energy by itself would not show."""
    formula = formula_by_id("allreduce-time")
    with refused(DomainError, "replicas = 0 replica", "replica-count works it out from your gpus"):
        formula.sweep("gpt-4", gpus=np.array([25_000, 10]))
    lazy = pytest.importorskip("dask.array").from_array(np.array([25_000, 10]))
    with refused(DomainError, "replicas = 0 replica"):
        formula.sweep("gpt-4", gpus=lazy).compute()


def test_a_range_that_leaves_a_domain_is_said_and_refused() -> None:
    """At 5,000 GPUs the utilisation would be 180 %: the value stands, and its range does not."""
    from calc.analysis.warnings import warnings

    step = formula_by_id("flop-utilisation").derive("gpt-4", gpus="5000 to 25000")
    assert step.value == pytest.approx(0.6001, rel=1e-3)
    line = (
        "flop_utilisation = 1.80041 is outside its domain: a fraction above 0 and at most 1, at an end of what gpus may"
    )
    assert any(one.startswith(f"no range is shown: {line}") for one in warnings(step))
    with refused(DomainError, line):
        _ = step.range
    with refused(DomainError, line):
        spread_as(step, "text")
    assert '"range": null' in as_format(step, "json")


def test_draws_outside_a_domain_are_counted() -> None:
    """Of a uniform distribution from 5,000 to 25,000, where 9,002 GPUs are needed: a fifth, (9,002 − 5,000)/20,000."""
    step = formula_by_id("flop-utilisation").derive("gpt-4", gpus="5000 to 25000")
    line = said(lambda: sampling.of(step))
    assert line is not None
    count, total = int(line.split()[1]), int(line.split()[3])
    assert total == sampling.DRAWS
    assert count / total == pytest.approx((9002.06 - 5000) / 20_000, abs=2e-3)
    assert "flop_utilisation = " in line


def test_a_list_goes_on_past_what_has_no_value(tmp_path: Any) -> None:
    from calc import all_formulas, load_scenario

    file = tmp_path / "few.toml"
    few = '[inputs.gpus]\nvalue = 10\nunit = "GPU"\nkind = "assumption"\nnote = "few"\n'
    file.write_text(f'extends = "gpt-4"\n{few}', encoding="utf-8")
    rows = {row["id"]: row for row in listed(all_formulas(), load_scenario(file))}
    assert rows["allreduce-time"]["result"].endswith("; outside its domain)")
    assert rows["training-energy"]["value"] is not None
    assert llms([], [])


def test_a_scenarios_own_result_solves_to_its_own_input() -> None:
    """The result as a record prints it, for every input of every formula at home that can be solved for."""
    from calc import all_formulas

    wrong, solved = [], 0
    for formula in sample(all_formulas(), 6, "solve"):
        base = default_scenario(formula)
        step = formula.derive(base)
        for leaf in step.leaves:
            try:
                found = formula.solve_for(leaf.quantity.name, base, **{formula.result.name: repr(step.value)})
            except CalcError:
                continue
            solved += 1
            value = float(leaf.value)
            near = (
                [abs(float(end) - value) <= 1e-9 * abs(value) for end in found.values]
                if found.values.is_FiniteSet
                else []
            )
            inside = (
                not found.values.is_FiniteSet
                and found.values.inf <= value * (1 + 1e-9)
                and found.values.sup >= value * (1 - 1e-9)
            )
            if not (any(near) or inside):
                wrong.append((formula.id, leaf.quantity.name, value, str(found)))
    assert solved
    assert wrong == []
