"""The limits: each is on its page, and one line stands beyond each of them."""

from __future__ import annotations

import contextlib
import json
import re
import time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from calc import formula_by_id, load_scenario, training_energy
from calc.analysis import sweep
from calc.analysis.sampling import Draws
from calc.analysis.sweep import read_range
from calc.base import limits
from calc.base.errors import CalcError, DataError, DomainError, UnitError
from calc.base.quantities import quantity
from calc.base.text_files import file_text
from calc.base.toml_places import shown as written
from calc.base.toml_tables import Key, read
from calc.base.units import parse_unit, parse_value
from calc.base.values import exact, own_unit_range
from calc.base.written import ends_written
from calc.book.releases import find
from calc.cli.app import main
from calc.model.case_address import read_address
from calc.model.scenario_file import scenario
from tests.calc.support import refused

PAGE = Path(__file__).parents[3] / "docs" / "limits.md"
HEAD = 'extends = "gpt-4"\n[inputs.server_power]\nunit = "kW/server"\nkind = "assumption"\nnote = "x"\n'


def test_the_page_has_the_limits() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in limits.__all__:
        value = getattr(limits, name)
        if not callable(value):
            (row,) = [line for line in text.splitlines() if f"`{name}`" in line]
            said = f"{value:g}" if isinstance(value, float) else str(value)
            assert re.search(rf"(?<!\d){re.escape(said)}(?!\d)", row), (name, row)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("value = 1e9999999999", "exponents up to 999"),
        ("value = 1e-9999999999", "exponents up to 999"),
        ("value = 1e1000", "exponents up to 999"),
        ("value = " + "9" * 4401, "a number of thousands of digits is not read"),
        ("value = " + "9" * 1001, "numbers of up to 1000 digits are read"),
        ("value = 0." + "1" * 1001, "is out of range"),
        ("value = 1e151", "numbers from 1e-150 to 1e+150 are taken"),
        ("value = 1e-151", "numbers from 1e-150 to 1e+150 are taken"),
        ("value = " + "[" * 2000, "nested too deep"),
        ("value = " + "{a=" * 2000, "nested too deep"),
        ("value = 6.5\nspread = 1e400\ndistribution = 'normal'", "out of range"),
        ("value = 1\nlow = 1\nhigh = 1e13", "a range over more than 1e+12"),
        ("value = 6.5\nlow = 3\nhigh = 6.5\ndistribution = 'normal'\nspread = 1e6", "a spread and low and high"),
        ("value = 6.5\ndistribution = 'values'\nvalues = [1, 2]", "the value must lie between low and high"),
        ("value = 6.5\nlocator = 'a\\u001b[31mb'", "locator has control characters in it: 'a\\x1b[31mb'"),
        ("value = 6.5\nlocator = 'a\\u202eb'".replace("'", '"'), "control characters"),
    ],
    ids=lambda text: text[:24],
)
def test_files(body: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + body.replace("'a\\u001b[31mb'", '"a\\u001b[31mb"') + "\n", encoding="utf-8")
    start = time.perf_counter()
    with refused(DataError, "mine.toml", says):
        load_scenario(file)
    assert time.perf_counter() - start < 2


def test_a_day_that_is_still_to_come(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    sourced = HEAD.replace('kind = "assumption"\nnote = "x"', 'kind = "estimate"\nsource = "mohit2026"\nlocator = "x"')
    file.write_text(f"{sourced}value = 6.5\nchecked = 9999-12-31\n", encoding="utf-8")
    with refused(DataError, "a day that is still to come"):
        load_scenario(file)


@pytest.mark.parametrize("checked", ["true", '"2026-11-22"', "2026-11-22T07:00:00Z", "9999-12-31"])
def test_a_day_is_a_day_where_there_is_no_source_too(checked: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f"{HEAD}value = 6.5\nchecked = {checked}\n", encoding="utf-8")
    with refused(DataError, "mine.toml", "checked"):
        load_scenario(file)


# Of half the length that is read: each took from ten seconds to minutes.
SLOW = {
    "names with dots": ".".join(["a"] * 250_000) + " = 1",
    "quoted names with dots": ".".join(['"a"'] * 120_000) + " = 1",
    "a header with dots": f"[{'.'.join(['a'] * 250_000)}]",
    "a header of blanks": f'["a{" " * 500_000}b"]',
    "the name of a quantity": f'[inputs."a{" " * 500_000}b"]\nvalue = 1',
    "a header of letters": f"['{'a' * 500_000}']",
    "a word": f'title = "{"a" * 500_000}"',
    "words with dots": f'title = "{("a." * 40 + " ") * 6000}"',
    "a list of values": f"{HEAD}value = 1.2\ndistribution = 'values'\nvalues = [{'1.2, ' * 20_000}1.3]",
}


@pytest.mark.parametrize("kind", SLOW)
def test_no_file_takes_a_time_that_grows_with_the_square_of_its_length(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SLOW[kind] + "\n", encoding="utf-8")
    start = time.process_time()
    with contextlib.suppress(CalcError):
        training_energy.derive(load_scenario(file)).to_markdown()
    assert time.process_time() - start < 5


def test_the_length_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(HEAD + "value = 6.5\n#" + "x" * limits.FILE, encoding="utf-8")
    with refused(DataError, "mine.toml: cannot be read: it has more than 1048576 bytes"):
        load_scenario(file)
    endless = tmp_path / "endless.toml"
    if Path("/dev/zero").exists():
        endless.symlink_to("/dev/zero")
        with refused(DataError, "endless.toml: cannot be read: it has more than 1048576 bytes"):
            load_scenario(endless)


ONE = {"id": "a", "title": "a", "scenario": "a", "exact": "1", "unit": "1", "leaves": [], "chain": []}
EXACT = ("1e99999999", "1/0", "9" * 4401, "1" * 5000 + "/3", "", "x", "\x1b[31m", 5, None)
RECORDS = [
    *(json.dumps({"version": "1", "released": "", "derivations": [{**ONE, "exact": exact}]}) for exact in EXACT),
    *("[" * 100_000, '{"a":' * 100_000, "9" * 5000, "{}", "[]", "null", '"x"', '{"results": 3}', '{"derivations": 3}'),
    '{"version": 5, "released": "", "derivations": []}',
    '{"derivations": [{}], "version": "1", "released": ""}',
]


@pytest.mark.parametrize("text", RECORDS, ids=[str(number) for number in range(len(RECORDS))])
def test_records(text: str, tmp_path: Path) -> None:
    file = tmp_path / "records.json"
    file.write_text(text, encoding="utf-8")
    start = time.perf_counter()
    with refused(DataError, "records.json is not a record: "):
        find(str(file))
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("1e9999999999", "exponents up to 999"), ("9" * 4401, "4401 characters; values of up to 1000 are read"),
        ("1 to " + "9" * 4401, "values of up to 1000 are read"), ("1e160", "1e+160 server"), ("1e-999", "outside"),
        ("1 to 1e13", "a range over more than 1e+12"), ("1/0", "not a finite number"), ("²", "is not a value"),
        ("1 " + "server*" * 50, "at most 80"), ("5 \x1b[31mserver", r"\x1b[31mserver"),
    ],
    ids=lambda text: text[:16],
)  # fmt: skip
def test_values(value: str, says: str, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.perf_counter()
    assert main(["show", "training-energy", "--set", f"servers={value}"], "t2t") == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1
    assert len(err) <= limits.MESSAGE + 20
    assert time.perf_counter() - start < 5


def _number(text: str) -> object:
    """A number of a file."""
    return read(f"x = {text}", "f.toml", {"x": Key("number")})["x"]


AT = {  # for each limit what takes it, what is just inside, and what is just beyond, with the line's words
    "digits of a value": (parse_value, "0." + "0" * 997 + "1", "0." + "0" * 998 + "1", "values of up to 1000 are read"),
    "digits of a range": (ends_written, "1 to 2." + "0" * 993, "1 to 2." + "0" * 994, "values of up to 1000 are read"),
    "digits of a file's whole number": (_number, "9" * 1000, "1" + "0" * 1000, "numbers of up to 1000 digits are read"),
    "digits of a file's decimal": (_number, "0." + "1" * 998, "0." + "1" * 999, "is out of range"),
    "a power of a value": (parse_value, "1e999", "1e1000", "exponents up to 999"),
    "a power below 0": (parse_value, "1e-999", "1e-1000", "exponents up to 999"),
    "a power in a file": (_number, "1e999", "1e1000", "exponents up to 999"),
    "a power below 0 in a file": (_number, "1e-999", "1e-1000", "exponents up to 999"),
    "a power of Python's decimals": (exact, Decimal("9.9e999"), Decimal("1e1000"), "exponents up to 999"),
    "a power of theirs below 0": (exact, Decimal("1e-999"), Decimal("9.9e-1000"), "exponents up to 999"),
    "a unit": (parse_unit, "kW" + " " * 78, "kW" + " " * 79, "at most 80"),
    "the names of a key": (
        lambda key: read(f"{key} = 1", "f.toml", {"a": Key("raw")}), "a" + ".a" * 49, "a" + ".a" * 50, "more than 50",
    ),
    "the ends of a range": (
        lambda text: own_unit_range(quantity("server_power"), text), "1 to 1e12", "1 to 1000000000001", "1e+12",
    ),
    "the ends in an address": (read_address, "server_power=1~1e12", "server_power=1~1000000000001", "1e+12"),
    "an address": (read_address, "claim=" + "x" * 1994, "claim=" + "x" * 1995, "up to 2000"),
    "draws": (lambda count: Draws(scenario("gpt-4"), count), 2**20, 2**20 + 1, "from 1 to 1048576"),
    "no draws": (lambda count: Draws(scenario("gpt-4"), count), 1, 0, "from 1 to 1048576"),
    "steps of a range": (read_range, "pue=1:2:2", "pue=1:2:1", "from 2 to 10000000"),
}  # fmt: skip


@pytest.mark.parametrize("kind", AT)
def test_what_a_limit_names_is_taken_and_the_next_is_not(kind: str) -> None:
    take, inside, beyond, says = AT[kind]
    assert take(inside) is not None
    with refused(CalcError, says):
        take(beyond)


def test_rows_of_a_table_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "ROWS", 6)
    monkeypatch.setattr(sweep, "BANDS", 4)
    rows = {quantity("servers"): [1.0, 2.0], quantity("server_power"): [3.0, 4.0, 5.0]}
    assert sweep.sweep(training_energy, rows, "gpt-4").values.shape == (2, 3)
    with refused(CalcError, "a table of 8 rows was asked for; accepted: up to 6"):
        sweep.sweep(training_energy, rows | {quantity("server_power"): [3.0, 4.0, 5.0, 6.0]}, "gpt-4")
    four = rows | {quantity("server_power"): [3.0, 4.0]}
    assert sweep.sweep(training_energy, four, "gpt-4", training_time="80 to 90 day").bands is not None
    with refused(CalcError, "a table of 6 rows with a range in it was asked for; accepted: up to 4"):
        sweep.sweep(training_energy, rows, "gpt-4", training_time="80 to 90 day")
    assert read_range("pue=1:2:6")[1].size == 6
    with refused(CalcError, "has 7 steps; accepted: from 2 to 6"):
        read_range("pue=1:2:7")


def test_a_file_as_long_as_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_bytes(b"x" * 10)
    assert file_text(file, most=10) == "x" * 10
    with refused(DataError, "it has more than 9 bytes"):
        file_text(file, most=9)


def test_sixty_characters_of_a_value_are_shown_and_two_thousand_of_a_message() -> None:
    assert written("a" * 58) == f"'{'a' * 58}'"
    assert written("a" * 59) == f"'{'a' * 59}…"
    assert (written(10**60 - 1), written(10**60)) == ("9" * 60, "a very large number")
    assert (written([1 - 10**60]), written([10**60])) == (f"[-{'9' * 58}…", "[a very large number]")
    assert str(CalcError("x" * 2000)) == "x" * 2000
    assert str(CalcError("x" * 1000 + "y" + "z" * 1000)) == f"{'x' * 997} … {'z' * 1000}"  # 2,000 with what is left out
    assert written("a" * 60, bare=True) == "a" * 60
    assert written("a" * 61, bare=True) == f"'{'a' * 59}…"


def test_names_of_any_length_are_a_short_line(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["show", "a" * 100_000], ["solve", "pue", "--for", "b" * 50_000, "--result", "1"], ["x" * 10**5]):
        assert main(arguments, "t2t") == 2
        err = capsys.readouterr().err
        assert err.count("\n") == 1
        assert len(err) <= limits.MESSAGE + 20


def test_units_draws_rows_and_counts() -> None:
    with refused(UnitError, "at most 80"):
        parse_unit("k" * 81)
    with refused(CalcError, "from 1 to 1048576"):
        Draws(scenario("gpt-4"), 2**21)
    with refused(CalcError, "accepted: from 2 to 10000000"):
        read_range("gpus=1:10:99999999999")
    for count in ("²", "٣", "-3", "1e3", "", "9" * 40):
        with refused(CalcError, "is not a range"):
            read_range(f"gpus=1:10:{count}")
    with refused(DomainError, "is more than is counted in a table or a sweep; accepted: up to 9007199254740991"):
        training_energy.sweep("gpt-4", gpus=np.array([2.0**63, 25_000]))
    assert training_energy.derive("gpt-4", gpus=2**63).exact  # one by one every whole number is told from the next


def test_a_table_has_counts_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["table", "training-energy", "--sweep", "gpus=9007199254740991,25000", "--format", "csv"], "t2t") == 0
    assert capsys.readouterr().out.splitlines()[1].startswith("9007199254740991,")
    # The double of the first is the number below it, so that neither may stand in a table.
    for beyond in ("9007199254740993", "9007199254740992"):
        assert main(["table", "training-energy", "--sweep", f"gpus={beyond}", "--format", "csv"], "t2t") == 2
        assert "is more than is counted" in capsys.readouterr().err


def test_a_strangers_words_are_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No HTML, no link, no picture and no formula of a scenario reaches a notebook, or a forge."""
    file = tmp_path / "<b>mine.toml"
    bad = "<img src=x onerror=alert(1)> ![](https://evil.example) [a](javascript:alert(1)) $\\\\href{x}{y}$"
    file.write_text(
        f'extends = "gpt-4"\ntitle = "{bad}"\n[inputs.server_power]\nvalue = 6.5\nunit = "kW/server"\n'
        f'kind = "assumption"\nnote = "{bad}"\nof = "{bad}"\nlow = 3\nhigh = 7\n'
        'range_from = "judgement"\n', encoding="utf-8",
    )  # fmt: skip
    mine = load_scenario(file)
    step = formula_by_id("training-energy").derive(mine)
    for shown in (mine._repr_mimebundle_()["text/markdown"], step._repr_mimebundle_()["text/markdown"]):
        assert not re.search(r"<(?!br)|\[|\$\\+href", shown), shown
    assert "<b>" not in step.draw()
    assert quantity("server_power").name in step.draw()
    for command in (["show", "training-energy"], ["show", "training-energy", "--range"],
                    ["table", "training-energy", "--sweep", "servers=1,2"],
                    ["solve", "training-energy", "--for", "servers", "--result", "43.875 GWh"]):  # fmt: skip
        assert main([*command, "--scenario", str(file), "--format", "markdown"], "t2t") == 0
        assert not re.search(r"<(?!br)|\$\\+href|\[a\]", capsys.readouterr().out), command
    assert main(["compare", str(file), "gpt-4", "--format", "markdown"], "t2t") == 0
    assert "<" not in capsys.readouterr().out
