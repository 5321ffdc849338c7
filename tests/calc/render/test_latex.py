"""Equations as LaTeX."""

from __future__ import annotations

import re

import pytest
import sympy as sp

from calc import data_loss, flop_utilisation, overhead_share, server_count, training_energy, training_flop
from calc.render import latex
from tests.calc.support import DERIVATIONS, FORMULAS
from tests.together import each


def balanced(text):
    """Whether braces and large brackets pair up."""
    bare = text.replace(r"\{", "").replace(r"\}", "")
    return bare.count("{") == bare.count("}") and text.count(r"\left") == text.count(r"\right")


@each("one", FORMULAS)
def test_every_symbol_is_in_the_equation(one):
    text = latex.symbols(one)
    assert balanced(text)
    for q in one.inputs:
        assert q.latex in text


@pytest.mark.parametrize("derivation", DERIVATIONS)
def test_three_lines(derivation):
    text = latex.equation(derivation)
    assert balanced(text)
    assert text.startswith("\\begin{aligned}\n")
    assert text.endswith("\n\\end{aligned}")
    assert text.count("&=") + text.count("&\\approx ") == 3
    assert latex.substituted(derivation) in text
    assert not re.search(r"Fraction|nan|zoo|\boo\b", text)


def symbols(formula):
    """The right-hand side without the thin spaces between factors."""
    return latex.symbols(formula).replace(r"\, ", "")


def test_as_an_engineer_writes_it():
    assert symbols(training_energy) == r"P_\mathrm{server} N_\mathrm{server} t_\mathrm{train}"
    assert symbols(training_flop) == r"6 N_\mathrm{active} D"
    assert symbols(server_count) == (r"\left\lceil \frac{N_\mathrm{GPU}}{g_\mathrm{server}} \right\rceil")
    fraction = symbols(flop_utilisation)
    assert fraction.startswith(r"\frac{C_\mathrm{train}}{")
    assert fraction.index("N_") < fraction.index("F_") < fraction.index("t_")


def test_a_sum_needs_no_brackets():
    assert latex.symbols(overhead_share) == r"s_\mathrm{cool} + s_\mathrm{convert} + s_\mathrm{light}"


def test_a_power_of_a_number_with_its_unit_is_bracketed():
    printer = latex._Printer({"a": r"3\,\mathrm{kW}"})
    assert printer.doprint(sp.Symbol("a") ** 2) == r"\left(3\,\mathrm{kW}\right)^{2}"


def test_no_number_stands_in_two_pairs_of_brackets():
    """One pair is for the unit, and the power in the number needs no other."""
    line = latex.substituted(data_loss.derive("run-llama-3.1-405b"))
    assert r"\left(4.05 \times 10^{11}\,\mathrm{parameters}\right)^{0.3478}" in line
    for derivation in [one.values[0] for one in DERIVATIONS]:
        doubled = re.findall(r"\\left\(\\left\([^()]*\\right\)\\right\)", latex.substituted(derivation))
        assert doubled == [], derivation.formula.id
