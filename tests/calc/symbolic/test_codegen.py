"""Source code from an expression: an allow-list, and refusal of everything else."""

from __future__ import annotations

import math

import mpmath
import pytest
import sympy as sp

from calc.base.errors import PrintError
from calc.render.javascript import function
from calc.symbolic.codegen import JAVASCRIPT, PYTHON, source
from tests.calc.support import FORMULAS, refused
from tests.together import each

a, b, c = sp.symbols("a b c", positive=True)


@each("one", FORMULAS)
def test_every_formula_prints(one):
    for dialect in (PYTHON, JAVASCRIPT):
        text = source(one.numeric, dialect)
        assert text.count("(") == text.count(")")
        assert all(q.name in text for q in one.inputs)
        assert "**" not in text or dialect is PYTHON


@each("one", FORMULAS)
def test_the_browsers_copy_is_a_function(one):
    text = function(one)
    arguments = ", ".join(q.name for q in one.inputs)
    assert text.startswith(f"function {one.name}({arguments}) {{ return ")
    assert text.endswith("; }")


@pytest.mark.parametrize(
    "expr",
    [
        a - b * c,
        (a - b) / c,
        -a,
        a - (b - c),
        (a + b) ** 2,
        2 ** (a + b),
        a ** (-b),
        (a * b) ** c,
        1 / (a + b) ** 2,
        sp.Max(a, b) - c,
        sp.ceiling(a + b) * c,
        sp.Pow(a / b, -1, evaluate=False),
        sp.Rational(-3, 7) * a,
        a / (b / c),
        a**b**c,
    ],
    ids=str,
)
def test_python_source_has_the_expressions_value(expr):
    values = {a: 2.5, b: 1.25, c: 0.75}
    space = {"ceil": math.ceil, "maximum": max} | {symbol.name: value for symbol, value in values.items()}
    assert eval(source(expr, PYTHON), space) == pytest.approx(float(expr.subs(values)), rel=1e-13)


@pytest.mark.parametrize(
    "expr",
    [
        sp.Sum(a, (b, 1, 3)),
        sp.Product(a, (b, 1, 3)),
        sp.Integral(a, (b, 0, 1)),
        sp.Piecewise((a, b > 1), (c, True)),
        sp.sin(a),
        sp.Abs(sp.Symbol("z")),
        sp.gamma(a),
        sp.Function("f")(a),
        sp.Derivative(sp.Function("f")(a), a),
        sp.I * a,
        sp.oo,
        sp.nan,
        sp.zoo,
    ],
    ids=lambda e: type(e).__name__,
)
@pytest.mark.parametrize("dialect", [PYTHON, JAVASCRIPT], ids=["python", "javascript"])
def test_what_has_no_word_is_refused(expr, dialect):
    with refused(PrintError, "cannot be printed as code; accepted: Add, Mul, Pow"):
        source(expr, dialect)


def test_a_constant_whose_exact_parts_no_double_holds() -> None:
    """As of 15 trillion to a power of four decimals, whose exact root has thousands of digits; mpmath has its value."""
    root = sp.Pow(sp.Integer(7) ** 4000, sp.Rational(1, 5000), evaluate=False)
    assert float(source(root, PYTHON)) == pytest.approx(float(mpmath.mpf(7) ** 0.8), rel=1e-15)
