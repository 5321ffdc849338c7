"""The rules by which every data file is read."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

from calc.base.errors import DataError
from calc.base.text_files import file_text
from calc.base.toml_places import Place, line_of, shown
from calc.base.toml_tables import ANY, Key, read
from tests.calc.support import refused

ITEM = {"id": Key(needed=True), "share": Key("number"), "kind": Key(choices=("one", "two"))}
KEYS = {
    "title": Key(needed=True),
    "count": Key("whole number"),
    "day": Key("date"),
    "names": Key("texts"),
    "sizes": Key("numbers"),
    "sure": Key("true"),
    "either": Key("text or number"),
    "item": Key("tables", of=ITEM, unique=True),
    "by_name": Key("table", of={ANY: Key("number")}),
}
GOOD = """
title = "All"
count = 3
day = 2026-11-22
names = ["a", "b"]
sizes = [0.1, 1_000, 2e-3]
sure = true
either = 0.25

[[item]]
id = "x"
share = 0.1

[[item]]
id = "y"
kind = "two"

[by_name]
gpus = 25_000
"""


def test_a_good_one() -> None:
    found = read(GOOD, "f.toml", KEYS)
    assert (found["title"], found["count"], found["day"]) == ("All", 3, datetime.date(2026, 11, 22))
    assert found["names"] == ("a", "b")
    assert found["sizes"] == (Fraction(1, 10), Fraction(1000), Fraction(1, 500))
    assert found["either"] == Fraction(1, 4)
    assert [dict(item) for item in found["item"]] == [{"id": "x", "share": Fraction(1, 10)}, {"id": "y", "kind": "two"}]
    assert dict(found["by_name"]) == {"gpus": Fraction(25_000)}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("title =", "titel =", "f.toml, line 2: unknown key 'titel'; accepted: title, count, "),
        ("title =", "titel =", "; did you mean 'title'?"),
        ('title = "All"', "", "f.toml has no title"),
        ('title = "All"', 'title = "  "', "f.toml has no title"),
        ('title = "All"', "title = 5", "f.toml, line 2: title must be text, not 5"),
        ('title = "All"', "title = 25e9", "f.toml, line 2: title must be text, not 25e9"),
        ("count = 3", "count = 3.5", "f.toml, line 3: count must be a whole number, not 3.5"),
        ("count = 3", "count = true", "f.toml, line 3: count must be a whole number, not true"),
        ("2026-11-22", "2026-11-22T08:00:00", "line 4: day must be a date without a time of day, such as 2026-11-22"),
        ("2026-11-22", "08:00:00", "line 4: day must be a date without a time of day"),
        ("2026-11-22", "'2026-11-22'", "not '2026-11-22'"),
        ('["a", "b"]', '["a", 5]', "f.toml, line 5: names must be a list of texts, not ['a', 5]"),
        ('["a", "b"]', '["a", " "]', "f.toml, line 5: names must be a list of texts, not ['a', ' ']"),
        ("[0.1, 1_000, 2e-3]", "[0.1, 'x']", "f.toml, line 6: sizes must be a list of numbers, not [0.1, 'x']"),
        ("[0.1, 1_000, 2e-3]", "[nan]", "f.toml, line 6: sizes: nan is not a finite number"),
        ("sure = true", "sure = false", "f.toml, line 7: sure must be true, not false"),
        ("either = 0.25", "either = []", "f.toml, line 8: either must be text or a number, not []"),
        ("share = 0.1", "share = 1e9999999999", "line 12: item 1 'x': share 1e9999999999 is out of range; exponents"),
        ("share = 0.1", f"share = 0.{'1' * 5000}", "line 12: item 1 'x': share 0.111"),
        ("share = 0.1", f"share = {'1' * 4401}", "line 12: a number of thousands of digits is not read"),
        ("share = 0.1", f"share = 0x{'f' * 5000}", "line 12: item 1 'x': share is out of range"),
        ("share = 0.1", "share = " + "[" * 2000, "line 12: lists or tables are nested too deep"),
        (
            "share = 0.1",
            "share = {a = {b = {c = {}}}}",
            "item 1 'x': share must be a number, not {a = {b = {c = {…}}}}",
        ),
        (
            "share = 0.1",
            "shar = 0.1",
            "line 12: item 1 'x': unknown key 'shar'; accepted: id, share, kind; did you mean",
        ),
        ("share = 0.1", "share = ", "f.toml, line 12: is not TOML: Invalid value (column 9): 'share ='"),
        ("share = 0.1", "share = 1\nshare = 2", "f.toml, line 13: the key stands there twice"),
        ('id = "x"', "", "f.toml, line 10: item 1 has no id"),
        ('id = "x"', 'id = "Y"', "f.toml, line 15: item 2 'y': 'y' stands there twice"),
        (
            'kind = "two"',
            'kind = "tow"',
            "f.toml, line 16: item 2 'y': kind 'tow' is none of one, two; did you mean 'two'",
        ),
        ("[by_name]", "[title]", "f.toml, line 18: the key stands there twice"),
        ("[by_name]", "[by_nam]", "f.toml, line 18: unknown key 'by_nam'"),
        ("gpus = 25_000", "gpus = 'many'", "f.toml, line 19: by_name: gpus must be a number, not 'many'"),
        ("gpus = 25_000", "gpus = ' '", "f.toml, line 19: by_name: gpus is left blank"),
        ("gpus", '"two words\\n"', "f.toml: not here"),
    ],
)
def test_refused(old: str, new: str, says: str) -> None:
    assert old in GOOD
    if says == "f.toml: not here":  # a strange name is accepted where any is
        assert "two words\n" in read(GOOD.replace(old, new), "f.toml", KEYS)["by_name"]
        return
    with refused(DataError, says):
        read(GOOD.replace(old, new, 1), "f.toml", KEYS)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "f.toml is empty"),
        ("# nothing\n", "f.toml is empty"),
        ("item = []\ntitle = 'x'", "f.toml has no item"),
        ("title = 'x'\n[item]\nid = 'x'", "f.toml, line 2: item must be tables headed [[item]], not {id = 'x'}"),
        ("title = 'x'\nitem = [3]", "f.toml, line 2: item must be tables headed [[item]], not [3]"),
        (
            "title = 'x'\n[[items]]\nid = 'x'",
            "f.toml, line 2: unknown key 'items'; accepted: title, item; did you mean",
        ),
        ("title = '\x1b[31m'", "f.toml, line 1: is not TOML"),
    ],
)
def test_files_without_what_they_are_for(text: str, says: str) -> None:
    with refused(DataError, says):
        read(text, "f.toml", {"title": Key(), "item": Key("tables", needed=True, of=ITEM)})


def test_no_escape_of_a_terminal_reaches_a_message() -> None:
    with refused(DataError, r"unknown key 'a\x1b[31m\n'") as _:
        read(r'"a\u001b[31m\n" = 1', "f.toml", {"b": Key()})


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 1),
        (("text", "any"), 2),
        (("a", "b"), 6),
        (("a", "b", "c"), 7),
        (("a", "b", "c", "d"), 7),
        (("gap", 0, "from"), 9),
        (("gap", 0, "factor", 0, "name"), 11),
        (("gap", 0, "factor", 1, "name"), 13),
        (("gap", 1, "factor", 0, "name"), 16),
        (("gap", 1, "factor", 0, "why"), 15),
        (("quoted key", "x"), 18),
        (("nothing",), 0),
    ],
)
def test_the_line_is_that_of_the_key(path: tuple[str | int, ...], line: int) -> None:
    text = """title = 'x'
text = '''
a.b = 3
[gap]
'''
[a.b]
c = { d = 3, e = "'''" }
[[gap]]
from = 'x'
[[gap.factor]]
name = 'x'
[[gap.factor]]
name = 'y'
[[gap]]
[[gap.factor]]
name = 'z'
["quoted key"]
x = 1"""
    assert line_of(text, *path) == line


def test_a_file_that_an_editor_began_with_a_byte_order_mark(tmp_path) -> None:
    file = tmp_path / "f.toml"
    file.write_bytes(b"\xef\xbb\xbftitle = 'x'\n")
    assert read(file_text(file), "f.toml", {"title": Key()})["title"] == "x"
    with refused(DataError, "cannot be read: Is a directory"):
        file_text(tmp_path)


def test_what_a_place_is_called() -> None:
    text = "title = 'x'\n[inputs.gpus]\nvalue = 3\n[[claim]]\nname = 'a'\n[[claim]]\nname = 'b'\n[claim.of]\ny = 1"
    top = Place("mine.toml", text)
    second = top.item("claim", 1, "b")
    assert [
        str(one) for one in (top, top.of("inputs").of("gpus"), second, second.of("of"), second.of("of").of("it"))
    ] == [
        "mine.toml",
        "mine.toml, line 2: inputs.gpus",
        "mine.toml, line 6: claim 2 'b'",
        "mine.toml, line 8: claim 2 'b': of",
        "mine.toml, line 8: claim 2 'b': of.it",
    ]
    assert str(top.item("claim", 0, "  ")) == "mine.toml, line 4: claim 1"
    assert (second.dotted, top.of("a b").dotted) == ("claim", "'a b'")
    assert str(second.wrong(" is\x1b[1m wrong\n", "name")) == "mine.toml, line 7: claim 2 'b' is [1m wrong"


@pytest.mark.parametrize(
    ("text", "message", "said"),
    [
        ("a = 1\nb =\n", "Invalid value (at line 2, column 4)",
         "f, line 2: is not TOML: Invalid value (column 4): 'b ='"),
        ("a = 1\nb = [1,\n\n", "Unclosed array (at end of document)",
         "f, line 2: is not TOML: Unclosed array (column 8): 'b = [1,'"),
        ("a = 1\r\nb = 2", "Odd (at line 3, column 1)", "f, line 3: is not TOML: Odd (column 1): ''"),
        ("a = 1\nb = 2", "Odd (at line 2, column 1)", "f, line 2: is not TOML: Odd (column 1): 'b = 2'"),
        ("a = 1", "Cannot overwrite a value (at line 1, column 6)",
         "f, line 1: the key stands there twice (column 6): 'a = 1'"),
        ("[a.b]", "Cannot declare ('a', 'b') twice (at line 1, column 4)",
         "f, line 1: the table a.b stands there twice (column 4): '[a.b]'"),
        ("a = 1", "Something else", "f: is not TOML: Something else"),
    ],
)  # fmt: skip
def test_what_a_parser_says_with_its_line(text: str, message: str, said: str) -> None:
    assert str(Place("f", text).syntax(message)) == said


def test_the_deepest_line_is_that_with_most_of_a_part() -> None:
    assert str(Place("f", "a = [1]\nb = [[2]]\nc = [3]").deepest("too deep", r"\[")) == "f, line 2: too deep"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (10**60 - 1, "9" * 60), (10**60, "a very large number"), (-(10**60), "a very large number"),
        ([10**60], "[a very large number]"), ([10**60 - 1], f"[{'9' * 58}9]"[:60] + "…"),
        ("a" * 58, repr("a" * 58)), ("a" * 59, "'" + "a" * 59 + "…"),
        ([[[1]]], "[[[1]]]"), ([[[[1]]]], "[[[[…]]]]"), ({"a": {"b": {"c": {"d": 1}}}}, "{a = {b = {c = {…}}}}"),
        (True, "true"), (2.5, "2.5"),
    ],
    ids=str,
)  # fmt: skip
def test_a_value_is_cut_after_sixty_characters_and_three_in_each_other(value: object, text: str) -> None:
    assert shown(value) == text


def test_what_stands_in_a_text_of_several_lines_is_no_key() -> None:
    text = 'a = """\nb = 1\n[c]\n"""\nb = 2\nd = """one line"""\n[c]\ne = 3'
    assert [line_of(text, *path) for path in (("a",), ("b",), ("d",), ("c",), ("c", "e"))] == [1, 5, 6, 7, 8]


def test_a_table_has_as_many_keys_as_stand_in_it_and_forty_characters_of_a_long_number_are_shown() -> None:
    table = read("a = 1\nb = 2", "f.toml", {"a": Key("number"), "b": Key("number")})
    assert (len(table), sorted(table)) == (2, ["a", "b"])
    with refused(DataError, f"f.toml, line 1: a 0.{'1' * 38} is out of range"):
        read(f"a = 0.{'1' * 2000}", "f.toml", {"a": Key("number")})
