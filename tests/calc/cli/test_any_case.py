"""Any address of a case, and any arguments of a program's tool: an answer, or one line; and an address is read back."""

from __future__ import annotations

import json
import re
from random import Random
from typing import Any

from calc import all_formulas, scenario_names
from calc.base.errors import CalcError
from calc.base.quantities import all_quantities
from calc.cli.tools import call, tools
from calc.model.case_address import read_address
from calc.model.catalogue import KINDS, entries
from tests.sampling import cases, numbers

_STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NAMES = [quantity.name for quantity in all_quantities()]
IDS = [formula.id for formula in all_formulas()]
NUMBERS = (
    "", "NaN", "Infinity", "-1", "0", "1e21", "5e-324", "1e999", "0x10", "1,5", "%31", "1e%2B5", "١", "9" * 41, ".1",
    "1~2~3~4", "~", "1~", "2~1", "1~1", "1~2~2", "1~0.5~2", "1e-150~1e150", "1~1e12", "1~1.1e12", "1~2~3",
)  # fmt: skip
PARTS = (
    "scenario=gpt-4", "scenario=../gpt-4", "scenario=", "server=dgx-h100", "server=h100-sxm", "ask=train", "ask=%61",
    "sure=0.9", "sure=1", "claim=a%20prompt", "claim=%1b", "claim=%e2%80%ae", "claim=%ff", "start=2", "=", "a", "&",
    "__proto__=1", "x=1", "gpus==1", "GPUS=1", "?", "#pue", "utm_source=x",
)  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, True, 0, -1, 1e308, float("nan"), float("inf"), 10**400, "", "x", "\x1b[31m", "\x00", "\u202e", "9" * 2000,
    [], {}, {"a": 1}, [[]], "training-energy", "/etc/passwd", "mine.toml", "3 to 5", "1e9999999",
)  # fmt: skip


def address(chance: Random) -> str:
    """Parts of an address, most of them as they are meant."""
    found = []
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        number = chance.choice(NUMBERS) if chance.random() < 0.3 else repr(10 ** chance.uniform(-9, 12))
        part = f"{chance.choice(NAMES)}={number}"
        found.append(part if chance.random() < 0.8 else chance.choice(PARTS))
    return "&".join(found)


def test_an_address_is_read_back_as_it_was_or_refused_in_a_line() -> None:
    chance, read = numbers("any address"), 0
    for _ in range(cases(8000, 300)):
        text = address(chance)
        try:
            found = read_address(text)
        except CalcError as error:
            said = str(error)
        else:
            said, read = found.address, read + 1
            assert read_address(said) == read_address(read_address(said).address), text
            assert read_address(said).values == found.values, text
        assert not _STEERS.search(said), text
    assert read


def arguments(chance: Random, name: str) -> dict[str, Any]:
    """Arguments of a tool, some of them hostile."""
    kind = chance.choice(list(KINDS.values()))
    meant = {
        "id": chance.choice([*IDS, "book"]), "unit": chance.choice(["MWh", "kW", "x"]), "for": chance.choice(NAMES),
        "result": chance.choice(["50 GWh", "40 %", "1e999"]), "words": "water", "kind": "servers",
        "sentence": "a prompt uses 2.9 Wh at the site", "as": chance.choice(IDS), "case": address(chance),
        "scenario": chance.choice(scenario_names()),
        "values": {chance.choice(NAMES): chance.choice([5, "3 to 5", *JUNK])},
        "choices": {kind: chance.choice([one.id for one in entries(kind)])},
        "as_of": chance.choice(["2025", "9999-12-31"]),
        "first": {"scenario": "gpt-4"}, "second": {"values": {"servers": 5000}},
    }  # fmt: skip
    tool = next(tool for tool in tools() if tool.name == name)
    found = {key: meant[key] for key in tool.arguments if key in (*tool.needed, "id") or chance.random() < 0.3}
    if chance.random() < 0.4:
        found[chance.choice([*tool.arguments, "x", "\x1b"])] = chance.choice(JUNK)
    return found


def test_a_tool_answers_in_json_or_refuses_in_a_line() -> None:
    chance = numbers("any tool call")
    for _ in range(cases(4000, 60)):
        tool = chance.choice([tool for tool in tools() if tool.name != "list"])
        given = arguments(chance, tool.name)
        try:
            found = call(tool.name, given).data
        except CalcError as error:
            said = str(error)
        except BaseException as error:
            error.add_note(f"{tool.name} {given!r}"[:500])
            raise
        else:
            said = json.dumps(found, allow_nan=False, ensure_ascii=False)
            assert not [key for key in tool.answered["required"] if key not in found], (tool.name, given)
        assert not _STEERS.search(said), (tool.name, given)
