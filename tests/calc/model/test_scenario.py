"""Scenarios: what a file may say, and what it is told when it says something else."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from calc import load_scenario, scenario, scenario_names, training_energy
from calc.base.errors import DataError, UnknownNameError
from calc.model.input import KINDS
from calc.model.scenario_file import read_scenario
from calc.model.scenario_file import scenario as scenario_function
from calc.model.source_keys import source_keys
from tests.calc.support import refused
from tests.together import each

GOOD = """
[inputs.gpus]
value = 25_000
low = 20_000
unit = "GPU"
kind = "estimate"
source = "mohit2026"
locator = "somewhere"
checked = 2026-11-22
"""


def read(text):
    """A scenario from the text of a file."""
    return read_scenario(text, "mine", "mine.toml", ())


def test_a_good_one():
    one = read(GOOD)["gpus"]
    assert (one.value, one.low, one.high) == (25_000, 20_000, 25_000)
    assert (one.kind, one.source, one.checked) == ("estimate", "mohit2026", datetime.date(2026, 11, 22))


def test_a_short_name_and_the_years_of_a_forecast():
    one = read('title = "Somebody\'s long name"\nshort = "SLN"\nfirst_year = 2024\nlast_year = 2030\n' + GOOD)
    assert (one.short, one.first_year, one.last_year) == ("SLN", 2024, 2030)
    assert (read(GOOD).short, read(GOOD).last_year) == ("", None)
    for wrong in ('first_year = "2024"', "last_year = true", "last_year = 2030.5"):
        with refused(DataError, "mine.toml", "_year must be a whole number"):
            read(f"{wrong}\n{GOOD}")


def test_numbers_are_read_as_written():
    one = read(GOOD.replace("25_000", "2.5e4").replace("20_000", "2e4"))["gpus"]
    assert one.value == 25_000
    text = '[inputs.server_power]\nvalue = 6.1\nunit = "kW/server"\nkind = "assumption"\nnote = "why"\n'
    assert read(text)["server_power"].value == Fraction(61, 10)


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("[inputs.gpus]", "[inputs.gpuz]", ["'gpuz' is not a quantity", "did you mean 'gpus'?"]),
        (
            "[inputs.gpus]",
            "[input.gpus]",
            ["unknown key 'input'", "accepted: title, about, extends, model, ", "'inputs'?"],
        ),
        ("value =", "vlaue =", ["unknown key 'vlaue'", "did you mean 'value'?"]),
        ("value = 25_000", "", ["inputs.gpus has no value"]),
        ("value = 25_000", "value = 25_000\nvalue = 3", ["line", "value"]),
        ("value = 25_000", "value = ", ["line 3", "value ="]),
        ("value = 25_000", "value = '25000'", ["value must be a number, not '25000'"]),
        ("value = 25_000", "value = true", ["value must be a number, not true"]),
        ("value = 25_000", "value = inf", ["mine.toml", "inf is not a finite number"]),
        ("value = 25_000", "value = nan", ["mine.toml", "nan is not a finite number"]),
        ("value = 25_000", "value = 0", ["gpus = 0 GPU", "a whole number, at least 1"]),
        ("value = 25_000", "value = -5", ["gpus = -5 GPU"]),
        ("value = 25_000", "value = 25000.5", ["gpus = 25000.5 GPU"]),
        ("value = 25_000", "value = 1e400", ["gpus = 1e+400 GPU"]),
        ("low = 20_000", "low = 30_000", ["between low and high", "30000 ≤ 25000"]),
        ("low = 20_000", "high = 20_000", ["between low and high", "25000 ≤ 20000"]),
        ('unit = "GPU"', 'unit = "GPUz"', ["'GPUz' is not a unit", "did you mean 'GPU'?"]),
        ('unit = "GPU"', 'unit = "server"', ["gpus takes", "server"]),
        ('unit = "GPU"', "", ["gpus takes", "GPU", "a pure number"]),
        ('unit = "GPU"', "unit = 5", ["unit must be text, not 5"]),
        ('kind = "estimate"', 'kind = "estimte"', ["kind 'estimte' is none of", *KINDS, "did you mean 'estimate'?"]),
        ('kind = "estimate"', "", ["inputs.gpus has no kind", *KINDS]),
        ('source = "mohit2026"', "", ["inputs.gpus has no source", "call it an assumption"]),
        (
            'source = "mohit2026"',
            'source = "mohit2025"',
            ["'mohit2025' is not a key of references.bib", "'mohit2026'?"],
        ),
        ('locator = "somewhere"', "", ["inputs.gpus has no locator", "mohit2026"]),
        ("checked = 2026-11-22", "", ["checked must be the date", "mohit2026"]),
        ("checked = 2026-11-22", 'checked = "2026-11-22"', ["checked must be the date"]),
        ("[inputs.gpus]", "[inputs]\ngpus = 5\n[other]", ["inputs.gpus must be a table, not 5"]),
        ("[inputs.gpus]", 'extends = "gpt4"\n[inputs.gpus]', ["extends", "'gpt4' is not a scenario", "'gpt-4'?"]),
        ("[inputs.gpus]", "extends = 5\n[inputs.gpus]", ["line 2: extends must be text or a list of texts, not 5"]),
        ("[inputs.gpus]", 'extends = "mine"\n[inputs.gpus]', ["'mine' is not a scenario"]),
    ],
    ids=[
        "quantity",
        "table",
        "key",
        "no-value",
        "duplicate-key",
        "syntax",
        "text",
        "truth",
        "inf",
        "nan",
        "zero",
        "negative",
        "fraction",
        "huge",
        "low-above",
        "high-below",
        "unit",
        "dimension",
        "no-unit",
        "unit-number",
        "kind",
        "no-kind",
        "no-source",
        "source",
        "no-locator",
        "no-date",
        "date-text",
        "no-table",
        "extends",
        "extends-number",
        "extends-itself",
    ],
)
def test_refused(old, new, parts):
    assert old in GOOD
    text = GOOD.replace(old, new).replace("[other]", "") if "[other]" not in new else "[inputs]\ngpus = 5\n"
    with refused(DataError, "mine.toml", *parts):
        read(text)


def test_a_table_twice():
    with refused(DataError, "mine.toml", "gpus"):
        read(GOOD + GOOD)


def test_a_quantity_twice_under_two_names():
    table = '[inputs.{}]\nvalue = 0.3\nkind = "assumption"\nnote = "why"\n'
    with refused(DataError, "inputs.flop_utilisation and inputs.mfu are the same quantity"):
        read(table.format("flop_utilisation") + table.format("mfu"))


def test_an_assumption_must_say_why():
    table = '[inputs.pue]\nvalue = 1.2\nkind = "assumption"\n'
    with refused(DataError, "inputs.pue is an assumption without a source; its note must say why"):
        read(table)
    assert read(table + 'note = "because"\n')["pue"].source is None


def test_extending(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('extends = "gpt-4"\n' + GOOD.replace("25_000", "50_000"), encoding="utf-8")
    mine = load_scenario(file)
    assert mine.name == "mine"
    assert training_energy.derive(mine).value == 87.75
    assert mine["pue"] == scenario("gpt-4")["pue"]


def test_scenarios_that_extend_each_other(monkeypatch, tmp_path):
    data = tmp_path / "data" / "scenarios"
    data.mkdir(parents=True)
    for one, other in (("aa", "bb"), ("bb", "cc"), ("cc", "aa")):
        (data / f"{one}.toml").write_text(f'extends = "{other}"\n', encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    with refused(DataError, "cc.toml", "circle: aa → bb → cc → aa"):
        scenario_function("aa")


def test_a_ring_is_named_without_what_leads_to_it(monkeypatch, tmp_path):
    data = tmp_path / "data" / "scenarios"
    data.mkdir(parents=True)
    for one, other in (("aa", '"bb"'), ("bb", '["dd", "cc"]'), ("cc", '["bb"]'), ("dd", "[]")):
        (data / f"{one}.toml").write_text(f"extends = {other}\n", encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    with refused(DataError, "cc.toml, line 1: scenarios extend each other in a circle: bb → cc → bb"):
        scenario_function("aa")


RANGED = """
[inputs.{}]
value = {}
low = 1
kind = "assumption"
note = "why"
"""
TOGETHER = """
[[correlations]]
between = ["{}", "{}"]
rank = {}
note = "why"
"""


@pytest.fixture
def three(monkeypatch, tmp_path):
    """Three scenarios of a book: the first two fix m, and in each of them two inputs go together."""
    data = tmp_path / "data" / "scenarios"
    data.mkdir(parents=True)
    texts = {
        "one": RANGED.format("m", 10) + RANGED.format("n", 20) + TOGETHER.format("m", "n", 0.5),
        "two": "".join(RANGED.format(*one) for one in (("m", 30), ("k", 40), ("layers", 50)))
        .replace("layers]\nvalue", 'layers]\nunit = "layer/replica"\nvalue')
        + TOGETHER.format("m", "k", 0.6) + TOGETHER.format("k", "layers", 0.7),
    }  # fmt: skip
    for name, text in texts.items():
        (data / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)


def test_extending_several(three):
    both = read('extends = ["one", "two"]')
    assert {name: given.value for name, given in both.inputs.items()} == {"m": 10, "n": 20, "k": 40, "layers": 50}
    assert (both.extends, both.bases) == ("one, two", ("one", "two"))
    # The first named has m, so what the second says of m goes with its m.
    assert [(c.first, c.second) for c in both.correlations] == [("m", "n"), ("k", "layers")]
    turned = read('extends = ["two", "one"]')
    assert turned["m"].value == 30
    assert [(c.first, c.second) for c in turned.correlations] == [("m", "k"), ("k", "layers")]


def test_what_a_file_states_itself_beats_all_that_it_extends(three):
    own = read('extends = ["one", "two"]' + RANGED.format("k", 7))
    assert own["k"].value == 7
    assert [(c.first, c.second) for c in own.correlations] == [("m", "n")]
    said = read('extends = ["one", "two"]' + TOGETHER.format("n", "k", 0.1))
    assert [(c.first, c.second) for c in said.correlations] == [("n", "k")]


def test_extending_one_in_a_list_is_extending_it():
    assert read('extends = ["gpt-4"]') == read('extends = "gpt-4"')


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ('["gpt-4", "gpt-4"]', "line 1: extends names 'gpt-4' twice"),
        ('["gpt-4", "gpt4"]', "line 1: extends: 'gpt4' is not a scenario"),
        ('["gpt-4", 5]', "line 1: extends must be text or a list of texts, not ['gpt-4', 5]"),
    ],
)
def test_extending_what_is_not_there(given, says):
    with refused(DataError, "mine.toml", says):
        read(f"extends = {given}")


def test_an_input_without_its_table_is_shown_the_table():
    with refused(
        DataError,
        "mine.toml, line 2: inputs.active_parameters must be a table, not 25e9; write [inputs.active_parameters] and "
        "under it value = 25e9, its unit and kind",
    ):
        read("[inputs]\nactive_parameters = 25e9\n")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("value = 25_000", "value = 1e9999999999", "line 3: inputs.gpus: value 1e9999999999 is out of range"),
        ("value = 25_000", f"value = {'9' * 4401}", "mine.toml, line 3: a number of thousands of digits is not read"),
        ("value = 25_000", "value = " + "[" * 2000, "mine.toml, line 3: lists or tables are nested too deep"),
        ("low = 20_000", "distribution = 'normal'\nspread = 1e400", "line 5: inputs.gpus: spread 1e+400 GPU is out of"),
        ("low = 20_000", "low = 3\ndistribution = 'normal'\nspread = 1e6", "inputs.gpus: it has a spread and low"),
        (
            "low = 20_000",
            "low = 1\nhigh = 99_000\ndistribution = 'values'\nvalues = [1, 2]",
            "line 5: inputs.gpus: high is 99000, and the values reach to 2 GPU; leave high out, or list it",
        ),
        ("checked = 2026-11-22", "checked = 9999-12-31", "line 9: inputs.gpus: checked is 9999-12-31, a day that is"),
        ("checked = 2026-11-22", "checked = 2026-11-22T08:00:00", "line 9: inputs.gpus: checked must be the date"),
        ("[inputs.gpus]", "[inputs.gpus]\n'a\\nb' = 1", "mine.toml, line 3: inputs.gpus: unknown key"),
        ('locator = "somewhere"', 'locator = ["x"]', "line 8: inputs.gpus: locator must be text, not ['x']"),
    ],
)  # fmt: skip
def test_small_files_that_once_hung_or_broke(old, new, says):
    assert old in GOOD
    with refused(DataError, "mine.toml", says):
        read(GOOD.replace(old, new))


def test_an_empty_file():
    with refused(DataError, "mine.toml is empty"):
        read("# nothing yet\n")


def test_years_and_a_short_title():
    one = read('short = "S"\nfirst_year = 2024\nlast_year = 2030\n' + GOOD)
    assert (one.short, one.first_year, one.last_year) == ("S", 2024, 2030)
    assert (read(GOOD).short, read(GOOD).first_year) == ("", None)
    with refused(DataError, "mine.toml, line 1: first_year must be a whole number, not 2024.5"):
        read("first_year = 2024.5\n" + GOOD)


def test_a_file_may_bear_the_name_of_what_it_extends(tmp_path):
    file = tmp_path / "gpt-4.toml"
    file.write_text('extends = "gpt-4"\n', encoding="utf-8")
    assert load_scenario(file).inputs == scenario_function("gpt-4").inputs


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad"], ids=["no-file", "not-text"])
def test_a_file_that_cannot_be_read(tmp_path, content):
    file = tmp_path / "mine.toml"
    if content:
        file.write_bytes(content)
    with refused(DataError, "mine.toml: cannot be read"):
        load_scenario(file)


def test_what_a_scenario_lacks():
    with refused(UnknownNameError, "scenario 'mine' has no pue; it has gpus"):
        read(GOOD)["pue"]
    with refused(UnknownNameError, "'puee' is not a quantity", "'pue'?"):
        read(GOOD)["puee"]


@each("name", scenario_names())
def test_the_books_own(name):
    one = scenario(name)
    assert one.title
    assert one.about
    for given in one.inputs.values():
        assert given.kind in KINDS
        assert given.source in source_keys() if given.source else given.note
        assert given.low <= given.value <= given.high
        assert given.checked is None or given.checked.year >= 2026


@each("name", scenario_names())
def test_each_range_says_whose_it_is(name):
    silent = [key for key, one in scenario(name).inputs.items() if not one.distribution.is_point and not one.range_from]
    assert silent == []


def test_a_name_that_is_none_s_brings_the_first_five_that_have_it_in_them():
    holding = [name for name in scenario_names() if "se" in name]
    assert len(holding) > 5
    for wrong, such in (("se", holding[:5]), ("SE", holding[:5]), ("???", ["gpt-4", "typical"])):
        with pytest.raises(UnknownNameError) as found:
            scenario(wrong)
        said = f"{wrong!r} is not a scenario; {len(scenario_names())} are accepted, such as {', '.join(such)}"
        assert str(found.value) == said


def test_what_must_not_be_worked_out_may_be_fixed_after_all():
    """A file keeps what its base bars, bars more, and what it fixes itself is barred no longer."""
    assert dict(scenario("gpt-4-estimate").barred).keys() == {"server_load"}
    more = '[barred]\npue = "no hall"\n'
    assert dict(read(f'extends = "gpt-4-estimate"\n{more}').barred).keys() == {"server_load"}  # which has a PUE
    assert dict(read(f'extends = "gpt-4-estimate"\nderived = ["pue"]\n{more}').barred) == {
        **dict(scenario("gpt-4-estimate").barred),
        "pue": "no hall",
    }
    load = '[inputs.server_load]\nvalue = 0.7\nkind = "assumption"\nnote = "mine"\n'
    assert read(f'extends = "gpt-4-estimate"\n{load}').barred == ()
