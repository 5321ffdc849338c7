"""Numbers, sizes and ranges as people write them: what each is read as, and what may mean two things and is not."""

from __future__ import annotations

import pytest

from calc.base.errors import UnitError
from calc.base.units import parse_value
from calc.base.written import Ends, ends_written, number_written, size_written
from tests.calc.support import refused


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *((f"25{blank}000 GPU", "25000 GPU") for blank in " '_\u00a0\u202f\u2009\u2019"),
        ("1 234 567", "1234567"), ("1 234,5", "1234.5"), ("1 234.5 kW", "1234.5 kW"), ("1'234.5", "1234.5"),
        ("1,234,567", "1234567"), ("1,234.5", "1234.5"), ("12,345,678.9 W", "12345678.9 W"), ("1,234,567.25",
        "1234567.25"),
        ("1.234.567", "1234567"), ("1.234.567,25", "1234567.25"), ("1.234,5", "1234.5"), ("6,5 kW", "6.5 kW"),
        ("0,123", "0.123"), ("0,5", "0.5"), ("12345,678", "12345.678"), ("1234,567", "1234.567"), ("1.234", "1.234"),
        ("-6,5", "-6.5"), ("+6,5", "+6.5"), ("\u22126.5 kW", "-6.5 kW"), (" 25 000", "25000"), ("7", "7"),
        ("6.5e3 W", "6.5e3 W"), ("1/3", "1/3"), ("about 7", "about 7"), ("", ""), (".5", ".5"),
        ("12 34", "12 34"), ("1 2345", "1 2345"), ("1 234'567", "1 234'567"), ("1,23,456", "1,23,456"), ("1234 567",
        "1234 567"),
    ],
)  # fmt: skip
def test_a_number(text: str, read: str) -> None:
    assert number_written(text) == read


@pytest.mark.parametrize("sign", ["", "-", "+"])
@pytest.mark.parametrize("number", ["25,000", "1,234", "250,000", "9,999"])
def test_a_comma_may_mean_two_things(number: str, sign: str) -> None:
    whole, parts = sign + number.replace(",", ""), sign + number.replace(",", ".")
    with pytest.raises(UnitError) as found:
        number_written(f" {sign}{number} GPU ")
    assert str(found.value) == f"'{sign}{number} GPU' has a comma; write {whole} GPU, or {parts} GPU"


SIZES = {
    3: ("k", "K", "thousand"), 6: ("M", "mn", "million"), 9: ("B", "bn", "billion"), 12: ("T", "tn", "trillion"),
}  # fmt: skip


@pytest.mark.parametrize(("power", "word"), [(power, word) for power, words in SIZES.items() for word in words])
@pytest.mark.parametrize("unit", ["token", "parameter", "FLOP", "USD", "hash", "prompt/day", "person*month"])
def test_a_size_of_what_is_counted(power: int, word: str, unit: str) -> None:
    assert size_written(f"2{word}", unit) == "2" + "0" * power
    assert size_written(f" 1.5 {word} tokens ", unit) == "15" + "0" * (power - 1) + " tokens"
    assert size_written(f"2{word}", "GB") == f"2{word}"  # of which B is a byte
    assert size_written(f"2{word}", "kW/server") == f"2{word}"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2m", "2m"), ("2", "2"), ("2 tokens", "2 tokens"), ("2 Mtoken", "2 Mtoken"), ("2x", "2x"), ("1/3 M",
        "1000000/3"),
        ("1/4k", "250"), ("6,5B", "6500000000"), ("1 234k", "1234000"), ("2.k", "2000"), ("1e-3M", "1000"), ("-2k",
        "-2000"),
    ],
)  # fmt: skip
def test_what_is_no_size_stays(text: str, read: str) -> None:
    assert size_written(text, "token") == read
    assert size_written(text, "") == text
    assert size_written(text, "1") == text


RANGE = Ends("3 kW", "6.5 kW")


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        *((f"3{to}6.5 kW", RANGE) for to in (" to ", "-", " - ", "–", " – ", "—", "..", " ... ", "…", "\u2212")),
        ("from 3 to 6.5 kW", RANGE), ("between 3 and 6.5 kW", RANGE), ("3 kW to 6.5", RANGE), ("3 kW to 6.5 kW", RANGE),
        ("  3 to 6.5  kW ", RANGE), ("3 to 6.5", Ends("3", "6.5")), ("3 kW to 6500 W", Ends("3 kW", "6500 W")),
        ("30 to 40 %", Ends("30 %", "40 %")), ("30 % to 40 %", Ends("30 %", "40 %")), ("30%-40%", Ends("30 %", "40 %")),
        ("-5 to -3", Ends("-5", "-3")), ("1e3 to 1e4 GPU", Ends("1e3 GPU", "1e4 GPU")), ("1/3 to 1/2", Ends("1/3",
        "1/2")),
        ("10 000 to 20 000 GPU", Ends("10 000 GPU", "20 000 GPU")),
        ("6 ± 10 %", Ends("10", "10", "6", "share")), ("6 kW ± 10%", Ends("10", "10", "6 kW", "share")),
        ("6 ± 10 % kW", Ends("10", "10", "6 kW", "share")), ("6 ± 10%kW", Ends("10", "10", "6 kW", "share")),
        ("6 +/- 10 %", Ends("10", "10", "6", "share")),
        ("6 +- 10 %", Ends("10", "10", "6", "share")), ("6 ± 0.5 kW", Ends("0.5 kW", "0.5 kW", "6 kW", "amount")),
        ("6 kW ± 0.5", Ends("0.5 kW", "0.5 kW", "6 kW", "amount")), ("6 ± 0.5", Ends("0.5", "0.5", "6", "amount")),
        ("6 kW ± 500 W", Ends("500 W", "500 W", "6 kW", "amount")),
        ("5 kW (3 kW-6.5 kW)", Ends("3 kW", "6.5 kW", "5 kW")), ("5 (3 to 6.5)", Ends("3", "6.5", "5")),
    ],
)  # fmt: skip
def test_a_range(text: str, ends: Ends) -> None:
    assert ends_written(text) == ends


@pytest.mark.parametrize(
    "text",
    ["6.5 kW", "", "to", "3 to", "to 3", "three to four", "3 and 6.5", "1e-5", "2.5e+3 W",
     "5 (3)", "5 (3 ± 1)", "5 (4 (3 to 5))", "5 (none)"],
)  # fmt: skip
def test_what_is_no_range(text: str) -> None:
    assert ends_written(text) is None


@pytest.mark.parametrize("text", ["76 % ± 10 %", "76 ± 10 % of", "66% ± 5%"])
def test_per_cent_of_per_cent_may_mean_two_things(text: str) -> None:
    if text.endswith("of"):  # ten per cent of something that has a name
        assert ends_written(text) == Ends("10", "10", "76 of", "share")
        return
    with refused(UnitError, f"{text!r}: per cent of the value, or points? Write both ends, as in '66 to 86 %'"):
        ends_written(text)


def test_a_range_of_sixty_characters_is_shown_where_it_is_too_long() -> None:
    text = "1 to 2." + "0" * 1000
    with refused(UnitError, f"{text[:60]!r}… has 1007 characters; values of up to 1000 are read"):
        ends_written(text)


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("1/3 kW", "1/3", "kW"), ("1/2.5", "2/5", None), ("1e3", "1000", None), ("1_000 W", "1000", "W"), (".5",
    "1/2", None)],
)  # fmt: skip
def test_a_value(text: str, number: str, unit: str | None) -> None:
    read, of = parse_value(text)
    assert str(read) == number
    assert (of.text if of else None) == unit
