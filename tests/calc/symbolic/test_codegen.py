"""Source code from an expression: an allow-list, and refusal of everything else."""

from __future__ import annotations

import math
from types import SimpleNamespace

import mpmath
import numpy as np
import pytest
import sympy as sp

from calc.base.errors import PrintError
from calc.render.javascript import function
from calc.symbolic.codegen import JAVASCRIPT, PYTHON, source
from tests.calc.support import FORMULAS, refused
from tests.together import each

a, b, c = sp.symbols("a b c", positive=True)
MATH = SimpleNamespace(
    ceil=math.ceil, floor=math.floor, max=max, min=min, exp=math.exp, log=math.log, pow=math.pow, sqrt=math.sqrt,
    PI=math.pi, E=math.e,
)  # fmt: skip
NUMPY = {name: getattr(math, name) for name in ("ceil", "floor", "exp", "log", "sqrt", "pi", "e")}
NUMPY |= {"maximum": np.maximum, "minimum": np.minimum}  # of two at a time


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
        sp.exp(a) + sp.log(b) * sp.pi - sp.E,
        sp.sqrt(a + b) / sp.sqrt(c),
        sp.Max(a, b, c) - sp.Min(a, b, c),
        sp.floor(a / b) + sp.ceiling(c),
        a / 3 - b * sp.Rational(5, 7),
    ],
    ids=str,
)
def test_source_has_the_expressions_value(expr):
    """JavaScript's too, which Python reads as well, where there is a Math."""
    values = {a: 2.5, b: 1.25, c: 0.75}
    wanted = pytest.approx(float(expr.subs(values)), rel=1e-13)
    space = {symbol.name: value for symbol, value in values.items()}
    assert eval(source(expr, PYTHON), NUMPY | space) == wanted
    assert eval(source(expr, JAVASCRIPT), {"Math": MATH} | space) == wanted


@pytest.mark.parametrize("dialect", [PYTHON, JAVASCRIPT], ids=["python", "javascript"])
@pytest.mark.parametrize(
    ("expr", "text"),
    [
        (sp.Integer(5), "5"),
        (sp.Rational(-3, 7), "(-3/7)"),
        (sp.Float("2.5"), "2.5"),
        (sp.Integer(2**53), "9007199254740992"),
        (sp.Integer(-(2**53)), "-9007199254740992"),
        (sp.Integer(2**53 + 1), "9007199254740992.0"),
        (sp.Integer(10**16), "1e+16"),
        (sp.Rational(1, 10**16), "(1/1e+16)"),
        (3 * a / 7, "(3*a)/(7)"),
        (a / 7, "(a)/(7)"),
        (-a, "-1*a"),
        (1 / a, "1/(a)"),
        (5 / (a * b), "(5)/(a*b)"),
        (2 * (a + b), "2*a + 2*b"),
        (c * (a + b), "c*(a + b)"),
        (a - b, "a - 1*b"),
    ],
    ids=str,
)  # fmt: skip
def test_products_are_whole_numbers_over_whole_numbers(expr, text, dialect):
    """What is past 2⁵³ is written as the double that both languages would make of it."""
    assert source(expr, dialect) == text


@pytest.mark.parametrize("tenths", range(1, 120, 7))
def test_a_quotient_that_is_whole_but_for_its_last_places_is_not_rounded_away_from_it(tenths):
    """0.3/0.1 is 2.9999999999999996: neither its floor is 2 nor is 4 the ceiling of what lies as far above 3."""
    for dialect in (PYTHON, JAVASCRIPT):
        for expr, other in ((sp.floor(a / b), tenths), (sp.ceiling(a / b), tenths)):
            space = NUMPY | {"Math": MATH, "a": tenths * 0.1, "b": 0.1}
            assert eval(source(expr, dialect), space) == other
            assert eval(source(expr, dialect), space | {"a": tenths * 0.1 + 0.03}) == other + (expr.func is sp.ceiling)
            assert eval(source(expr, dialect), space | {"a": tenths * 0.1 - 0.03}) == other - (expr.func is sp.floor)


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


@pytest.mark.parametrize("values", [(1, 2, 3), (1, 3, 2), (2, 1, 3), (2, 3, 1), (3, 1, 2), (3, 2, 1)], ids=str)
@pytest.mark.parametrize(("extreme", "by_hand"), [(sp.Max, max), (sp.Min, min)])
def test_the_largest_of_three_is_that_of_two_and_the_third(values, extreme, by_hand):
    """NumPy takes two at a time: all three count, in whatever order sympy has them."""
    space = dict(zip("abc", values, strict=True))
    assert eval(source(extreme(a, b, c), PYTHON), NUMPY | space) == by_hand(values)


def test_a_constant_whose_exact_parts_no_double_holds() -> None:
    """As of 15 trillion to a power of four decimals, whose exact root has thousands of digits; mpmath has its value."""
    root = sp.Pow(sp.Integer(7) ** 4000, sp.Rational(1, 5000), evaluate=False)
    assert float(source(root, PYTHON)) == pytest.approx(float(mpmath.mpf(7) ** 0.8), rel=1e-15)
