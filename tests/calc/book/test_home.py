"""Each formula is cited in one scenario, which the book may state."""

from __future__ import annotations

from calc import all_formulas
from calc.book.home import book_derivations


def test_every_formula_has_one() -> None:
    assert [shown.formula for shown in book_derivations()] == list(all_formulas())
