"""Each formula is cited in one scenario, which the book may state."""

from __future__ import annotations

import pytest

from calc import all_formulas
from calc.base.errors import DataError
from calc.book.home import book_derivations, read_homes
from tests.calc.support import refused


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("server-lod = 'gpt-4'", "homes.toml, line 1: 'server-lod' is not a formula; did you mean 'server-load'?"),
        ("server_load = 'gpt-4'", "homes.toml, line 1: 'server_load' is not an id; write 'server-load'"),
        (
            "\nserver-load = 'gpt4'",
            "homes.toml, line 2: server-load: 'gpt4' is not a scenario of the book; did you mean",
        ),
        ("server-load = 5", "homes.toml, line 1: server-load must be text, not 5"),
        ("server-load = ''", "homes.toml, line 1: server-load is left blank"),
        ("[server-load]\nin = 'gpt-4'", "homes.toml, line 1: server-load must be text, not {in = 'gpt-4'}"),
        ("# none", "homes.toml is empty"),
    ],
)
def test_what_is_refused(text: str, says: str) -> None:
    with refused(DataError, says):
        read_homes(text)


def test_every_formula_has_one() -> None:
    assert [shown.formula for shown in book_derivations()] == list(all_formulas())
