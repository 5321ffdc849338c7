"""What each lever on the energy of an answer is worth, by the equations of a step, with one thing changed at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from calc.base.memo import kept
from calc.base.numbers import show
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario
from calc.model.step import Step

__all__ = ["LEVERS", "Lever", "lever_steps", "worth"]

_TOKEN, _ANSWER, _SITE = "gpu-token-energy", "whole-answer-energy", "site-token-energy"


@dataclass(frozen=True)
class Lever:
    """A thing that is changed, and the two results of which the second is without it.

    Attributes
    ----------
    id, name : its name here, and for readers.
    result : id of the formula.
    base, other : the scenario with it and the one without.
    values, others : what is changed in each.
    why : where the worth comes from.
    """

    id: str
    name: str
    result: str
    base: str
    other: str
    why: str
    values: Mapping[str, Any] = field(default_factory=dict)
    others: Mapping[str, Any] = field(default_factory=dict)


LEVERS = (
    Lever("thinking", "answer at once, in place of thinking first", _ANSWER, "served-answer", "served-reasoning",
          "a tenth of the tokens, and shorter pasts, so that more answers share a step"),
    Lever("batch", "128 answers at once, in place of 8", _TOKEN, "served-70b", "served-70b",
          "weights and waking are shared by more", others={"batch": 8}),
    Lever("new-gpu", "B200, in place of H100", _SITE, "served-70b-b200", "served-70b-full",
          "more bandwidth and arithmetic for the rating, and half as many servers' shares"),
    Lever("busy", "machines that serve nine tenths of the time, in place of six", _SITE, "served-70b-full",
          "served-70b-full", "fewer that wait", values={"busy_share": "0.9"}),
    Lever("experts", "a mixture of experts (DeepSeek-V3), in place of a dense model (Llama 3.1 405B)", _SITE,
          "served-deepseek", "served-405b", "a token passes through a tenth of the parameters; both as measured"),
    Lever("caching", "six tenths of prompts at hand, in place of none", _TOKEN, "served-70b-full", "served-70b-full",
          "what is at hand is not read again", values={"cached_share": "0.6"}, others={"cached_share": 0}),
    Lever("drafting", "drafting by a small model", "speculated-token-energy", "served-answer", "served-answer",
          "the median gain in tokens a second of 72 measured pairs; with full batches it may be nothing",
          others={"speculation_gain": 1}),
    Lever("precision", "eight bits, in place of sixteen", _TOKEN, "served-70b-full", "served-70b-full",
          "half the reading, and products a little faster", values={"precision": "fp8"}),
)  # fmt: skip


def worth(lever: Lever) -> tuple[str, str, Fraction]:
    """A lever's two results as text, without it and with it, and how many times the first is the second.

    Examples
    --------
    >>> worth(LEVERS[1])[2] > 4
    True
    """
    found: tuple[str, str, Fraction] = kept(lever, worth, lambda: _worth(lever))
    return found


def _worth(lever: Lever) -> tuple[str, str, Fraction]:
    before, after = lever_steps(lever)
    texts = (show(one.exact, one.formula.result, one.unit, 2).text for one in (before, after))
    return (*texts, before.exact / after.exact)  # type: ignore[return-value]


def lever_steps(lever: Lever) -> tuple[Step, Step]:
    """A lever's two results, without it and with it.

    Examples
    --------
    >>> before, after = lever_steps(LEVERS[1])
    >>> before.value > after.value
    True
    """
    return _step(lever.result, lever.other, lever.others), _step(lever.result, lever.base, lever.values)


def _step(result: str, base: str, values: Mapping[str, Any]) -> Step:
    return derive(formula_by_id(result), scenario(base), dict(values))
