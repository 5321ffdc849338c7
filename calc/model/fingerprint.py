"""Short names for what a value is made of: equal names, equal value, however the words around it have changed.

What is hashed is JSON with its keys sorted and no spaces, in UTF-8, by SHA-256:

- of a formula: ``{"expression", "inputs", "result"}``: sympy's srepr of the expression between own units, the own unit
  of each input by name, and ``[name, unit]`` of the result;
- of a derivation: ``{"formulas", "inputs"}``: the hash of each formula of its chain by id, and ``[value, unit]`` of
  each input that is not derived by name, the value as a fraction such as ``13/2`` in the own unit.

Titles, symbols, sources, notes and ranges are not in it: they change what is said of a value, and not the value.
"""

from __future__ import annotations

import json
from typing import Any

import sympy as sp

from calc.base.memo import kept
from calc.model.step import Step
from calc.symbolic.equation import Equation

__all__ = ["derivation_hash", "expression", "formula_hash"]


def expression(formula: Equation) -> str:
    """A formula as sympy reads it back, from own units to own unit.

    Examples
    --------
    >>> from calc import training_flop
    >>> expression(training_flop)[:27]
    "Mul(Integer(6), Symbol('act"
    """
    return kept(formula, "srepr", lambda: str(sp.srepr(formula.numeric)))


def formula_hash(formula: Equation) -> str:
    """What a formula computes, as 64 hexadecimal digits."""
    data = {
        "expression": expression(formula),
        "inputs": {q.name: q.unit for q in formula.inputs},
        "result": [formula.result.name, formula.result.unit],
    }
    return kept(formula, "hash", lambda: _hash(data))


def derivation_hash(derivation: Step) -> str:
    """All that determines a derivation's value, as 64 hexadecimal digits.

    Examples
    --------
    >>> from calc import training_energy
    >>> first = training_energy.derive()
    >>> derivation_hash(first) == derivation_hash(training_energy.derive(servers=3125))
    False
    >>> derivation_hash(first) == derivation_hash(training_energy.derive(gpus=25_000))
    True
    """
    return _hash(
        {
            "formulas": {step.formula.id: formula_hash(step.formula) for step in derivation.chain},
            "inputs": {leaf.quantity.name: [str(leaf.value), leaf.quantity.unit] for leaf in derivation.leaves},
        }
    )


def _hash(data: Any) -> str:
    import hashlib  # loads OpenSSL, which few commands need

    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
