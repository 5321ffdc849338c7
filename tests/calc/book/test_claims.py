"""What the articles say, held against derivations, inputs and published figures."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from calc.base.errors import DataError, UnknownNameError
from calc.book.claims import Claim, all_claims, claim, read_claims
from calc.render.pages.audit import audit
from tests.calc.support import refused

CLAIMS = [pytest.param(one, id=one.id) for one in all_claims()]


@pytest.mark.parametrize("one", CLAIMS)
def test_the_verdict_follows_from_the_numbers(one: Claim) -> None:
    assert one.verdict == one.found
    assert one.follows
    assert one.said


@pytest.mark.parametrize("one", CLAIMS)
def test_what_the_book_says_about_it_is_short(one: Claim) -> None:
    assert not re.search(r"\.$", one.says)
    assert len(re.findall(r"[.:?](?:\s|$)", one.why)) <= 6


def table(**changes: str) -> str:
    """A claim as TOML; a value in braces is a table."""
    given = {
        "id": "x",
        "source": "mohit2026",
        "locator": "Data parallelization",
        "says": "something",
        "quote": "something",
        "value": "43.9 GWh",
        "against": "training-energy",
        "verdict": "reproduced",
        "why": "Because.",
    } | changes
    lines = [
        f"{key} = {'true' if value == '{true}' else value}" if value.startswith("{") else f"{key} = {value!r}"
        for key, value in given.items()
        if value
    ]
    return "[[claim]]\n" + "\n".join(lines)


def one(**changes: str) -> Claim:
    return read_claims(table(**changes))[0]


def figure(text: str) -> str:
    return f"{{ figure = '{text}', source = 'shehabi2024lbnl', locator = 'Executive summary' }}"


@pytest.mark.parametrize(
    ("value", "against", "verdict"),
    [
        # 43.875 GWh, 6.5 kW (3.8 to 5.3 as measured servers let expect), 3,125 servers
        ("43.9 GWh", "training-energy", "reproduced"),
        ("43900 MWh", "training-energy", "contradicted"),
        ("about 43900 MWh", "training-energy", "reproduced"),  # its zeros are no digits
        ("about 41000 MWh", "training-energy", "contradicted"),
        ("about 40_000 MWh", "training-energy", "reproduced"),
        ("40_000 MWh", "training-energy", "contradicted"),
        ("about 46 GWh", "training-energy", "rounded"),
        ("about 47 GWh", "training-energy", "contradicted"),
        ("46 GWh", "training-energy", "contradicted"),
        ("6.5 kW/server", "server_power", "reproduced"),
        ("3 to 6 kW/server", "server_power", "contradicted"),
        ("3 to 7 kW/server", "server_power", "reproduced"),
        ("3.8 to 5.3 kW/server", "server_power; scenario gpt-4-estimate; range", "reproduced"),
        ("3.8 to 6 kW/server", "server_power; scenario gpt-4-estimate; range", "contradicted"),
        ("5 kW/server", "server_power; scenario gpt-4-estimate; range", "reproduced"),
        ("about 3.8 to 5.2 kW/server", "server_power; scenario gpt-4-estimate; range", "rounded"),
        ("more than 6 kW/server", "server_power", "reproduced"),
        ("over 7 kW/server", "server_power", "contradicted"),
        ("up to 6.5 kW/server", "server_power", "reproduced"),
        ("under 6 kW/server", "server_power", "contradicted"),
        ("3.8 kW/server", "server_power; scenario gpt-4-estimate; low", "reproduced"),
        ("8 to 10 %", figure("6.7 to 12 %"), "contradicted"),
        ("8 to 10 %", figure("9.1 %"), "reproduced"),
        ("176 TWh/year", figure("176 TWh/year"), "reproduced"),
        ("4.4 %", figure("0.044"), "reproduced"),
        ("12", figure("12"), "reproduced"),
        ("25_000 GPU", "", "unsourced"),
    ],
)
def test_what_follows(value: str, against: str, verdict: str) -> None:
    found = one(value=value, against=against, verdict=verdict)
    assert found.found == verdict
    text = audit(found)
    assert found.stated.text in text.replace("\\", "")
    # What agrees is said to, and what does not is given its distance.
    assert bool(re.search("(above|below) it", text)) == (verdict in ("rounded", "contradicted"))


def test_incomplete_needs_a_second_figure_that_differs() -> None:
    found = one(value="10 MW", against="gpu-power", verdict="incomplete", **{"with": "cluster-power"})
    assert found.follows
    assert "Counted otherwise" in audit(found)
    same = one(value="10 MW", against="gpu-power", verdict="incomplete", **{"with": "gpu-power; gpus=25000"})
    assert not same.follows
    wrong = one(value="11 MW", against="gpu-power", verdict="incomplete", **{"with": "cluster-power"})
    assert wrong.found == "contradicted"


def test_outdated_needs_a_later_figure_that_differs() -> None:
    then, later = figure("176 TWh/year"), {"since": figure("583 TWh/year")}
    found = one(value="176 TWh/year", against=then, verdict="outdated", **later)
    assert found.follows
    assert "Since then" in audit(found)
    assert not one(value="over 100 TWh/year", against=then, verdict="outdated", **later).follows
    assert one(value="180 TWh/year", against=then, verdict="outdated", **later).found == "contradicted"


def test_words_without_a_number_are_not_judged() -> None:
    found = one(value="", against="", verdict="not judged")
    assert found.follows
    assert found.difference is None
    assert "not judged as a number" in audit(found)


@pytest.mark.parametrize(
    ("value", "against", "off"),
    [
        ("2.5e15 FLOP", "matmul-flop", Fraction(1, 4)),
        ("3 to 6 kW/server", "server_power", Fraction(12, 13) - 1),
        ("7 to 8 kW/server", "server_power", Fraction(14, 13) - 1),
        ("3.8 to 4.8 kW/server", "server_power; scenario gpt-4-estimate; range", Fraction(48, 53) - 1),
        ("3 to 7 kW/server", "server_power", Fraction(0)),
        ("over 13 kW/server", "server_power", Fraction(1)),
        ("over 5 kW/server", "server_power", Fraction(0)),
        ("25_000 GPU", "", None),
    ],
)
def test_how_far_off(value: str, against: str, off: Fraction | None) -> None:
    assert one(value=value, against=against).difference == off


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("about 2e25 FLOP", "about 2×10²⁵ FLOP"),
        ("3 to 6 kW/server", "3–6 kW/server"),
        ("more than 2.5e9 prompt/day", "more than 2.5×10⁹ prompts/day"),
        ("8 to 10 %", "8–10 %"),
        ("25_000 GPU", "25,000 GPUs"),
    ],
)
def test_how_it_is_printed(value: str, text: str) -> None:
    assert one(value=value, against="").stated.text.replace("\N{NO-BREAK SPACE}", " ") == text


def test_unknown_claims() -> None:
    with refused(UnknownNameError, "is not a claim", "'matmul-product'"):
        claim("matmul-prodct")


@pytest.mark.parametrize(
    "text",
    [
        "[[claim]]\nid = 'x'\nid = 'y'",
        "[[claim]]\nidd = 'x'",
        "[[claim]]\nid = 'x'",
        "[[claim",
        table() + "\n" + table(),
    ],
    ids=["duplicate", "typo", "missing", "syntax", "twice"],
)
def test_a_malformed_file(text: str) -> None:
    with refused(DataError, "claims.toml"):
        read_claims(text)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"verdict": "reproducd"}, "did you mean 'reproduced'"),
        ({"against": "training-enrgy"}, "did you mean 'training-energy'"),
        ({"against": "{ figur = '1' }"}, "did you mean 'figure'"),
        ({"against": "{ figure = '1 GWh' }"}, "has no source, locator"),
        ({"against": "{ figure = '1 GWh', source = 'nobody', locator = 'p. 1' }"}, "not a key of references.bib"),
        ({"against": figure("43.9 GW")}, "figure takes a value in GW"),
        ({"value": "43.9 GW"}, "training_energy takes"),
        ({"value": "nearly 44 GWh"}, "is not a figure"),
        ({"value": "6 to 3 GWh"}, "lower end first"),
        ({"value": "over 3 to 6 GWh"}, "a bound and a range"),
        ({"value": "43.9 GWhh"}, "did you mean 'GWh'"),
        ({"verdict": "incomplete"}, "needs `with`"),
        ({"verdict": "outdated"}, "needs `since`"),
        ({"since": figure("43.9 GWh")}, "takes no `since`"),
        ({"verdict": "not judged"}, "takes no `value`"),
        ({"value": ""}, "needs `value`"),
        ({"verdict": "not judged", "value": ""}, "held against nothing"),
        ({"drawn": "{true}", "value": "6.5 kW/server", "against": "server_power"}, "is a nameplate"),
        ({"with": "cluster-power"}, "takes no `with`"),
        ({"with": "cluster-power", "verdict": "incomplete"}, "in the same unit"),
        ({"quote": "word " * 15}, "longer than 14 words"),
        ({"value": "25_000 GPU", "against": "gpus"}, "a figure of mohit2026 itself"),
        ({"source": "shehabi2024lbnl", "value": "43.9 GWh", "against": figure("43.9 GWh")}, "itself"),
    ],
)
def test_what_is_refused(changes: dict[str, str], says: str) -> None:
    with refused(DataError, says):
        read_claims(table(**changes))


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "[[claim]]",
            "[[claims]]",
            "claims.toml, line 1: unknown key 'claims'; accepted: claim; did you mean 'claim'?",
        ),
        ("quote = 'something'", "quote = 5", "claims.toml, line 6: claim 1 'x': quote must be text, not 5"),
        ("value = '43.9 GWh'", "value = 5", "claims.toml, line 7: claim 1 'x': value must be text, not 5"),
        (
            "verdict = 'reproduced'",
            "verdict = 'no'",
            "line 9: claim 1 'x': verdict 'no' is none of reproduced, rounded",
        ),
        ("'training-energy'", "'sync_overlap'", "line 8: claim 1 'x': against is 0"),
    ],
)
def test_what_once_broke(old: str, new: str, says: str) -> None:
    assert old in table()
    with refused(DataError, says):
        read_claims(table().replace(old, new))


def test_a_file_without_claims() -> None:
    with refused(DataError, "claims.toml is empty"):
        read_claims("")


def test_an_against_of_another_sort_is_refused() -> None:
    with refused(DataError, "must be a reference or a table"):
        read_claims(table().replace("'training-energy'", "3"))
