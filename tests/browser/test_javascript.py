"""The formulas of a built page in Chromium against Python: values, inverses, domains, and the text of numbers."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from random import Random

import mpmath
import pytest
import sympy as sp
from playwright.sync_api import Browser, Page

from calc import all_formulas
from calc.api import Formula
from calc.base.decimals import percent
from calc.base.domains import POSITIVE, ROUNDING, Domain
from calc.base.errors import DomainError
from calc.base.numbers import EXACT_DIGITS, between, show, show_given, show_range, show_spread, show_step
from calc.base.quantities import Quantity, all_quantities
from calc.base.unit_words import singular
from calc.base.units import alternatives
from calc.model.distributions import Distribution
from calc.render.javascript import library
from calc.symbolic.codegen import JAVASCRIPT, source
from tests import sampling

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]
SAMPLES = sampling.cases(1000, 120)
USED = tuple(dict.fromkeys(q for formula in all_formulas() for q in (*formula.inputs, formula.result)))
# By how much, relatively, the last digits of a double are off after some steps of a calculation.
LAST_DIGITS = 16 * sys.float_info.epsilon


@pytest.fixture(scope="module")
def page(browser: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with every formula and the scripts of cards as they were built, opened as a file."""
    folder = tmp_path_factory.mktemp("formulas")
    (folder / "all.js").write_text(library((), all_formulas()), encoding="utf-8")
    script = (site / "_static" / "book-cards.js").as_uri()
    (folder / "all.html").write_text(
        f"<main class='bd-article'></main><button id='pst-back-to-top'></button><script src='all.js'></script>"
        f"<script src='{script}'></script>",
        encoding="utf-8",
    )
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "all.html").as_uri())
    yield page
    context.close()


def sample(domain: Domain, random_numbers: Random) -> float:
    """One number of a domain: mostly anywhere over many sizes, sometimes at its edge."""
    if random_numbers.random() < 0.05:
        return domain.low if not domain.low_open else (1 if domain.whole else 1e-9)
    if math.isfinite(domain.high) and domain.whole:
        return random_numbers.randint(int(domain.low), int(domain.high))
    if math.isfinite(domain.high):
        return random_numbers.uniform(domain.low, domain.high) or domain.high
    value = domain.low + 10 ** random_numbers.uniform(-6, 9)
    return float(math.ceil(value)) if domain.whole else value


@functools.cache
def rows_of(formula: Formula) -> list[tuple[list[float], float]]:
    """Random inputs, each with Python's result; those whose result is outside its domain are left out."""
    random_numbers = sampling.numbers(formula.id)
    rows = []
    for _ in range(SAMPLES):
        row = [sample(q.domain, random_numbers) for q in formula.inputs]
        try:
            rows.append((row, formula(**dict(zip((q.name for q in formula.inputs), row, strict=True)))))
        except DomainError:
            continue  # the page says so too: test_refusals_agree
    assert len(rows) > SAMPLES / 20
    return rows


@pytest.mark.parametrize("formula", all_formulas(), ids=lambda f: f.id)
def test_a_page_computes_what_python_does(page: Page, formula: Formula) -> None:
    rows = rows_of(formula)
    found = page.evaluate(
        """([id, rows]) => {
            const formula = book.formulas[id];
            return rows.map((row) => book.evaluation(Object.fromEntries(formula.inputs.map((q, i) => [q, row[i]])))
                (formula.result));
        }""",
        [formula.id, [row for row, _ in rows]],
    )
    for (row, expected), value in zip(rows, found, strict=True):
        assert math.isclose(value, expected, rel_tol=1e-12), (row, value, expected)


def has_one_inverse(formula: Formula, unknown: Quantity) -> bool:
    """Whether one value of an input follows from the rest: the formula holds it once, or is linear in it.

    Behind Max or Min it may be without effect; there the page need not offer to solve for it.
    """
    numeric, x = formula.numeric, unknown.symbol
    if any(part.has(x) for part in numeric.atoms(sp.Max, sp.Min)):
        return False
    return [*sp.preorder_traversal(numeric)].count(x) == 1 or sp.diff(numeric, x, 2) == 0


@functools.cache
def in_mpmath(formula: Formula) -> Callable[..., mpmath.mpf]:
    """A formula as a function of its inputs, in as many digits as are asked for."""
    compiled: Callable[..., mpmath.mpf] = sp.lambdify([q.symbol for q in formula.inputs], formula.numeric, "mpmath")
    return compiled


def tells_nothing(formula: Formula, unknown: Quantity, row: list[float]) -> bool:
    """Whether an input at an end of its domain would yield the same result, as far as a double can say.

    A result says no more than its own last digits, and than those of the other inputs do to it. In a sum, 1e-6 beside
    1e9 is lost; a formula may leave an input out, as the speed of an arithmetic that is not used.
    """
    compute = in_mpmath(formula)
    at, domain = formula.inputs.index(unknown), unknown.domain

    def result(place: int, value: mpmath.mpf) -> mpmath.mpf:
        try:
            return compute(*(mpmath.mpf(value if i == place else given) for i, given in enumerate(row)))
        except ZeroDivisionError:
            return mpmath.inf

    with mpmath.workdps(50):
        expected = result(at, row[at])
        others = [result(i, mpmath.mpf(given) * (1 + LAST_DIGITS)) for i, given in enumerate(row) if i != at]
        noise = LAST_DIGITS * abs(expected) + sum(abs(other - expected) for other in others)
        # Just outside, as a number that rounding puts there is taken back.
        outside = domain.low - ROUNDING * abs(domain.low), min(domain.high * (1 + ROUNDING), sys.float_info.max)
        return any(abs(result(at, end) - expected) <= noise for end in outside)


@pytest.mark.parametrize("formula", all_formulas(), ids=lambda f: f.id)
def test_an_inverse_put_back_gives_the_result(page: Page, formula: Formula) -> None:
    # Nothing times anything is nothing: such a row tells nothing of the other input.
    rows = [(row, result) for row, result in rows_of(formula)[:200] if result or formula.result.domain.whole]
    found = page.evaluate(
        """([id, rows]) => {
            const formula = book.formulas[id];
            return Object.keys(formula.inverses).map((unknown) => [unknown, rows.map(([row, result]) => {
                const given = Object.fromEntries(formula.inputs.map((q, i) => [q, row[i]]));
                try {
                    const { value } = book.solve(formula, unknown, result, given);
                    return [value, book.evaluation({ ...given, [unknown]: value })(formula.result)];
                } catch (problem) {
                    if (!(problem instanceof book.Refusal)) throw problem;
                    return null;
                }
            })]);
        }""",
        [formula.id, rows],
    )
    offered = {q: next((solved for name, solved in found if name == q.name), None) for q in formula.inputs}
    assert not [q.name for q, solved in offered.items() if solved is None and has_one_inverse(formula, q)]
    for q, solved in offered.items():
        if solved is None:
            continue
        assert solved.count(None) < 0.9 * len(rows), q.name
        for (row, expected), pair in zip(rows, solved, strict=True):
            if pair is None:
                assert tells_nothing(formula, q, row), (q.name, row, expected)
                continue
            value, again = pair
            largest = max(map(abs, [*row, expected])) if formula.result.domain.whole else abs(expected)
            # A growth is a power less one, and next to that one its own last digits are lost.
            slack = 4e-15 if formula.id == "demand-growth" else 0
            assert abs(again - expected) <= 1e-9 * largest + slack, (q.name, row, value, again, expected)


a, b, c = sp.symbols("a b c", positive=True)
AT = {a: 2.5, b: 1.25, c: 0.75}
# Each kind of expression that may become code, also those that no formula has today, against SymPy's own value.
EXPRESSIONS = [
    sp.ceiling(3 * a / (2 * b)), sp.floor(a / b), sp.Max(a, b, c), sp.Min(a, b), a**2, sp.sqrt(a), 1 / a, a / b**2,
    a * (b + c), a - b, sp.exp(a), sp.log(a), sp.pi * a, sp.Rational(1, 3) * a, sp.Float("0.1") * a,
    sp.Integer(10) ** 30 * a, (a - b) / c, a - (b - c), 2 ** (a + b), a ** (-b), 1 / (a + b) ** 2, sp.Max(a, b) - c,
    sp.ceiling(a + b) * c, sp.Pow(a / b, -1, evaluate=False), a**b**c,
]  # fmt: skip


def test_any_expression_has_its_value_in_a_browser(page: Page) -> None:
    code = [source(expr, JAVASCRIPT) for expr in EXPRESSIONS]
    found = page.evaluate(
        "([at, codes]) => codes.map((code) => new Function('a', 'b', 'c', `return ${code}`)(...at))",
        [list(AT.values()), code],
    )
    assert found == pytest.approx([float(expr.subs(AT)) for expr in EXPRESSIONS], rel=1e-13)


def test_a_browser_rounds_a_whole_quotient_to_itself(page: Page) -> None:
    """0.3/0.1 is 2.9999999999999996, and 0.1 + 0.2, over 0.1, is 3.0000000000000004."""
    rounded = [source(sp.floor(a / b), JAVASCRIPT), source(sp.ceiling(a / b), JAVASCRIPT)]
    found = page.evaluate(
        "codes => codes.map((code) => [0.3, 0.1 + 0.2].map((x) => new Function('a', 'b', `return ${code}`)(x, 0.1)))",
        rounded,
    )
    assert found == [[3, 3], [3, 3]]


def test_refusals_agree(page: Page) -> None:
    numbers = [0, -0.0, 1, 2, 0.5, -1, 1e-300, 5e-324, 1.7976931348623157e308, 0.9999999999999999, 1.0000000000000002]
    domains = {q.domain.words: q for q in all_quantities()}
    for q in domains.values():
        found = page.evaluate(
            "([name, numbers]) => numbers.map((x) => book.inside(book.quantities[name].domain, x))", [q.name, numbers]
        )
        assert found == [float(x) in q.domain for x in numbers], q.name
        odd = page.evaluate("name => [NaN, 1/0, -1/0].map((x) => book.inside(book.quantities[name].domain, x))", q.name)
        assert odd == [False] * 3


def test_numbers_read_alike(page: Page) -> None:
    random_numbers = sampling.numbers("texts")
    cases = []
    for q in USED:
        for _ in range(sampling.cases(60, 20)):
            size = 10 ** random_numbers.uniform(-9, 30)
            value = random_numbers.choice(
                [
                    size,
                    round(size, 3),
                    float(f"{size:.2g}"),
                    float(f"{size:.4g}") + 5e-3,
                    random_numbers.randint(0, 9999),
                ]
            )
            value = float(math.ceil(value)) if q.domain.whole else float(value)
            unit = random_numbers.choice(alternatives(q.unit, q.domain))
            exact = Fraction(repr(value))
            wanted = [show(exact, q).text, show(exact, q, unit).text, show_given(exact, q, unit).text,
                      show_step(exact, q).text]  # fmt: skip
            cases.append((q.name, value, unit, wanted))
    found = page.evaluate(
        """cases => cases.map(([name, value, unit]) => [book.show(value, name).text, book.show(value, name, unit).text,
            book.showGiven(value, name, unit).text, book.showStep(value, name).text])""",
        [case[:3] for case in cases],
    )
    assert len(USED) > 50
    for (name, value, unit, wanted), got in zip(cases, found, strict=True):
        assert got == wanted, (name, value, unit)


def test_points_of_draws_read_alike_however_near_they_are(page: Page) -> None:
    random_numbers = sampling.numbers("points")
    cases = []
    for q in (q for q in USED if not q.domain.is_share for _ in range(sampling.cases(20, 2))):
        low = 10 ** random_numbers.uniform(-3, 6)
        width = low * 10 ** random_numbers.uniform(-5, 1)
        points = sorted([low, low + width * random_numbers.random(), low + width])
        value = random_numbers.choice([*points, low + width * random_numbers.random()])
        cases.append([q.name, points, float(round(value)) if q.domain.whole else value])
    found = page.evaluate(
        "cases => cases.map(([name, points, value]) => book.showSpread(points, name, book.bestUnit(value, name), value)"
        ".map((one) => one.text))",
        cases,
    )
    by_name = {q.name: q for q in USED}
    for (name, points, value), texts in zip(cases, found, strict=True):
        wanted = show_spread(tuple(points), by_name[name], Fraction(repr(value)))
        assert texts == [one.text for one in wanted], (name, points, value)


def test_ranges_read_alike_however_near_their_ends_are(page: Page) -> None:
    """Those of draws, of which two that print alike are about one, and given ones, around a value of seven digits."""
    random_numbers = sampling.numbers("ranges")
    cases = []
    for q in (q for q in USED if not q.domain.is_share for _ in range(sampling.cases(20, 2))):
        low = (
            random_numbers.randint(1, 10**6) if q.domain.whole else float(f"{10 ** random_numbers.uniform(-3, 6):.9g}")
        )
        high = (
            low + random_numbers.randint(1, 9) if q.domain.whole else low * (1 + 10 ** random_numbers.uniform(-10, 0))
        )
        cases.append(
            [q.name, low, random_numbers.choice([low, high, *([] if q.domain.whole else [(low + high) / 2])]), high]
        )
    found = page.evaluate(
        """cases => cases.map(([name, low, value, high]) => {
            const unit = book.bestUnit(value, name), ends = book.showSpread([low, value, high], name, unit, value);
            return [book.between(ends[0], ends[2]),
                book.showRange(low, high, name, unit, book.show(value, name, unit, book.style.exact))];
        })""",
        cases,
    )
    by_name = {q.name: q for q in USED}
    for (name, *numbers), texts in zip(cases, found, strict=True):
        low, value, high = (Fraction(repr(one)) for one in numbers)
        q = by_name[name]
        unit = singular(show(value, q).unit) or None
        ends = show_spread(tuple(map(float, numbers)), q, value)
        ranged = show_range(low, high, q, unit, show(value, q, unit, EXACT_DIGITS))
        assert texts == [between(ends[0], ends[-1]), ranged], (name, numbers)


@pytest.mark.parametrize("kind", ["triangular", "pert"])
def test_a_narrow_range_has_an_uncertainty(page: Page, kind: str) -> None:
    found = page.evaluate("one => book.deviation(one)", [kind, 6.5 * (1 - 1e-12), 6.5, 6.5 * (1 + 1e-12)])
    assert found == pytest.approx(Distribution(kind, 6.5 * (1 - 1e-12), 6.5, 6.5 * (1 + 1e-12), POSITIVE).uncertainty)


def test_typed_numbers_come_back(page: Page) -> None:
    random_numbers = sampling.numbers("fields")
    cases = []
    for q in USED:
        unit = random_numbers.choice(alternatives(q.unit, q.domain))
        typed = [float(f"{10 ** random_numbers.uniform(-8, 25):.6g}") for _ in range(sampling.cases(20, 10))]
        cases += [(q.name, unit, x) for x in typed]
    found = page.evaluate(
        """cases => cases.map(([name, unit, x]) =>
            book.fromUnit(book.typed(book.fieldText(x, name, unit)), name, unit))""",
        cases,
    )
    for (name, unit, value), got in zip(cases, found, strict=True):
        assert math.isclose(got, value, rel_tol=1e-11), (name, unit)


def test_what_people_type(page: Page) -> None:
    good = {"25,000": 25000, " 6.5 ": 6.5, "1.3e13": 1.3e13, "1.3×10¹³": 1.3e13, ".5": 0.5, "5.": 5, "−2": -2,
            "2×10⁻³": 2e-3, "25 000": 25000, "+7": 7}  # fmt: skip
    bad = ["", "abc", "1,2", "1e", "--1", "0x10", "Infinity", "NaN", "1e9999", "6.5 kW", "1" * 61, "<b>1</b>", "1;2"]
    assert page.evaluate("texts => texts.map((text) => Number(book.typed(text)))", list(good)) == list(good.values())
    assert page.evaluate("texts => texts.map(book.typed)", bad) == [None] * len(bad)


def test_shares_read_alike(page: Page) -> None:
    shares = [0.25, -0.03, 0, 1.0, 12.345, -0.999, 0.0001, 1e-7]
    assert page.evaluate("shares => shares.map(book.percent)", shares) == [percent(Fraction(repr(x))) for x in shares]
