"""What comes from a data set has its licence, wherever it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import calc
from calc import scenario, scenario_names
from calc.model.catalogue import KINDS, entries
from calc.model.data_sets import LICENCES, data_set_of, data_sets, read_data_sets
from calc.model.input import Input
from calc.model.source_keys import bibliography
from calc.render.catalogue import notice
from calc.render.pages.catalogue import licences
from tests.calc.support import refused

ROOT = Path(calc.__file__).parents[1]
VALUES = [(name, given) for name in scenario_names() for given in scenario(name).inputs.values()]
VALUES += [(one.id, given) for kind in KINDS.values() for one in entries(kind) for given in one.inputs.values()]


def marked() -> set[str]:
    """The sources that references.bib calls data sets."""
    found = re.split(r"^@", bibliography(), flags=re.MULTILINE)
    return {
        item[item.index("{") + 1 : item.index(",")] for item in found if re.search(r"keywords\s*=\s*{data set}", item)
    }


def without_licence(values: list[tuple[str, Input]]) -> list[tuple[str, str]]:
    """The values that come from a data set of which no licence is known."""
    from_sets = marked()
    return [
        (name, given.quantity.name) for name, given in values if given.source in from_sets and not data_set_of(given)
    ]


def test_no_value_of_a_data_set_is_without_licence() -> None:
    assert without_licence(VALUES) == []


def test_a_value_without_licence_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from calc.model import data_sets as module

    monkeypatch.setattr(module, "_by_source", dict)
    assert ("usa", "electricity_sales") in without_licence(VALUES)


def test_what_is_a_data_set_is_one_in_both_files() -> None:
    assert {source for one in data_sets().values() for source in one.sources} == marked()


def test_no_licence_asks_that_the_book_take_it_over() -> None:
    assert {one.licence for one in data_sets().values()} <= set(LICENCES)
    assert not any(re.search(r"SA|ODbL|GPL|NC|ND", name) for name in LICENCES)


def test_a_value_may_name_its_data_set_itself() -> None:
    given = replace(scenario("gpt-4")["gpus"], data_set="owid")
    found = data_set_of(given)
    assert found is not None
    assert found.licence == "CC BY 4.0"
    assert data_set_of(scenario("gpt-4")["gpus"]) is None


def test_notice_and_the_page_name_every_owner() -> None:
    said = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert notice() in said, "NOTICE must repeat calc.render.catalogue.notice() word by word"
    for one in data_sets().values():
        assert one.attribution in said
        for part in (one.owner, one.licence, one.attribution, one.address):
            assert part in licences().replace("\\", "")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[x]\nname = 'X'", ["has no owner, licence, attribution, address"]),
        ("[x]\nname = 5\nowner='X'\nlicence='MIT'\nattribution='X'\naddress='X'", ["line 2", "name must be text"]),
        ("[x]\nlicense = 'MIT'", ["line 2", "did you mean 'licence'?"]),
        (
            "[x]\nname='X'\nowner='X'\nlicence='ODbL'\nattribution='X'\naddress='X'",
            ["line 4", "'ODbL' is none of public domain"],
        ),
        (
            "[x]\nname='X'\nowner='X'\nlicence='MIT'\nattribution='X'\naddress='X'\nsources=['eia2024emp']",
            ["line 7", "did you mean 'eia2024epm'?"],
        ),
    ],
)
def test_a_table_that_is_wrong_is_named(text: str, parts: list[str]) -> None:
    with refused(calc.CalcError, "data_sets.toml", *parts):
        read_data_sets(text)
