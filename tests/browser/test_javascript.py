"""Each formula's JavaScript in Chromium against its Python, on random inputs of its domain and its edges."""

from __future__ import annotations

import math
import random

import pytest
from playwright.sync_api import Browser

from calc import all_formulas
from calc.domains import Domain
from calc.errors import DomainError
from calc.formula import Formula
from calc.render.javascript import function

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]
SAMPLES = 1000


def sample(domain: Domain, random_numbers: random.Random) -> float:
    """One number of a domain: mostly anywhere over many sizes, sometimes at its edge."""
    if random_numbers.random() < 0.05:
        return domain.low if not domain.low_open else (1 if domain.whole else 1e-9)
    if math.isfinite(domain.high):
        return random_numbers.uniform(domain.low, domain.high) or domain.high
    value = domain.low + 10 ** random_numbers.uniform(-6, 9)
    return float(math.ceil(value)) if domain.whole else value


@pytest.mark.parametrize("formula", all_formulas(), ids=lambda f: f.id)
def test_javascript_computes_what_python_does(browser: Browser, formula: Formula) -> None:
    random_numbers = random.Random(formula.id)
    rows = [[sample(q.domain, random_numbers) for q in formula.inputs] for _ in range(SAMPLES)]
    page = browser.new_page()
    found = page.evaluate(f"rows => {{ {function(formula)}; return rows.map(row => {formula.name}(...row)); }}", rows)
    page.close()
    compared = 0
    for row, value in zip(rows, found, strict=True):
        try:
            expected = formula(**dict(zip((q.name for q in formula.inputs), row, strict=True)))
        except DomainError:
            continue  # its result is outside its domain, which the page's own check will say
        compared += 1
        assert math.isclose(value, expected, rel_tol=1e-12), (row, value, expected)
    assert compared > SAMPLES / 20
