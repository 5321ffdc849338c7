"""Equations in words, against what a person would read out."""

from __future__ import annotations

import pytest

from calc.render.mathml import convert
from calc.render.mathml_words import said

READ = {
    r"E = m c^2": "E equals m c squared",
    r"\frac{a}{b + c}": "a over (b plus c)",
    r"\frac{a - 1}{2}": "(a minus 1) over 2",
    r"x_\mathrm{run}^3": "x sub run cubed",
    r"1.5 \times 10^{25}": "1.5 times 10 to the power of 25",
    r"\sqrt{x + y}": "the square root of (x plus y)",
    r"\dot n_\mathrm{out}": "n dot sub out",
    r"\bar P \approx 4.5\,\mathrm{kW}": "P bar is about 4.5 kW",
    r"\left\lceil \frac{n}{8} \right\rceil": "the ceiling of n over 8",
    r"10^{-3}": "10 to the power of minus 3",
    r"\eta \le 1": "η is at most 1",
    r"N'": "N prime",
}


@pytest.mark.parametrize(("latex", "words"), READ.items())
def test_an_equation_is_read_as_a_person_reads_it(latex: str, words: str) -> None:
    assert said(convert(latex, display=False)) == words


def test_two_quantities_side_by_side_are_multiplied() -> None:
    side_by_side = '<math><mi data-quantity="a">a</mi><mi data-quantity="b">b</mi></math>'
    assert said(side_by_side) == "a times b"


def test_rows_follow_each_other() -> None:
    rows = r"\begin{aligned} x &= a \times b \\ &= 6 \end{aligned}"
    assert said(convert(rows, display=True)) == "x equals a times b, equals 6"
