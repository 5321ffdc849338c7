"""Each formula is cited in one scenario, which the book may state."""

from __future__ import annotations

import tomllib
from importlib import resources

from calc import all_formulas, formula_by_id
from calc.book.home import book_derivations, home


def test_what_is_stated_is_a_formula_and_its_home() -> None:
    text = resources.files("calc").joinpath("data/homes.toml").read_text(encoding="utf-8")
    stated = tomllib.loads(text)
    assert stated
    for name, scenario in stated.items():
        assert home(formula_by_id(name)).scenario.name == scenario


def test_every_formula_has_one() -> None:
    assert [shown.formula for shown in book_derivations()] == list(all_formulas())
