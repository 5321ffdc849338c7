"""Cases: what is written is read back, whatever is wrong is refused whole, and old addresses still open."""

from __future__ import annotations

import contextlib
import json
import math
import string
from fractions import Fraction
from importlib import resources

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calc import load_case, quantity, scenario, scenario_names, training_energy
from calc.base.errors import CalcError, DataError, DomainError, UnknownNameError
from calc.base.limits import ADDRESS, MESSAGE, SHOWN
from calc.base.quantities import all_quantities
from calc.base.shortest import shortest
from calc.base.values import between_ends, exact, own_unit_range
from calc.book.cases import case_of, case_scenario, laid, named
from calc.model.case import WORDS, Case, value_in_address, value_in_words
from calc.model.case_address import read_address
from calc.model.case_file import case_base, case_toml, read_case_file
from calc.model.case_given import with_given
from calc.model.catalogue import KINDS, entries, find
from calc.model.step import Given
from tests.calc.support import refused
from tests.sampling import cases

QUANTITIES = sorted(all_quantities(), key=lambda q: q.name)


@st.composite
def values_of(draw: st.DrawFn, q):
    """A value or a range of a quantity, as an address has one."""
    domain = q.domain
    high = domain.high if math.isfinite(domain.high) else draw(st.sampled_from([1e3, 1e15, 1e25]))
    low = max(domain.low, -1e6)
    if domain.whole:
        number = st.integers(math.ceil(low), int(min(high, 2**53))).map(float)
    else:
        number = st.floats(low, high, exclude_min=domain.low_open, allow_nan=False).filter(lambda one: one in domain)
    found = sorted({exact(draw(number)) for _ in range(draw(st.integers(1, 3)))})
    if len(found) == 1 or (found[0] > 0 and found[-1] > 10**12 * found[0]):
        return Given(q, found[0])
    if len(found) == 3:
        return Given(q, found[1], (found[0], found[2]))
    alone = between_ends(q, *found)
    return Given(q, alone.value, tuple(found), alone.kind)


@st.composite
def any_case(draw: st.DrawFn) -> Case:
    chosen = draw(st.lists(st.sampled_from(QUANTITIES), max_size=6, unique_by=lambda q: q.name))
    kinds = draw(st.sets(st.sampled_from([kind for kind in KINDS.values() if entries(kind)])))
    sure = draw(st.none() | st.integers(1, 999).map(lambda share: Fraction(share, 1000)))
    words = st.text(string.printable + "±–€é", max_size=60).map(lambda text: " ".join(text.split()))
    return Case(
        scenario=draw(st.sampled_from(["", *scenario_names()[:20], "chatgpt-users"])),
        choices=tuple((kind, draw(st.sampled_from(entries(kind))).id) for kind in KINDS.values() if kind in kinds),
        values=tuple(draw(values_of(q)) for q in chosen[1:]),
        sought=chosen[0].name if chosen and draw(st.booleans()) else "",
        ask=draw(st.sampled_from(["", "train", "any-claim"])),
        sure=sure,
        claim=draw(words),
    )


@settings(max_examples=cases(600, 40))
@given(any_case())
def test_what_is_written_is_read_back(case: Case) -> None:
    text = case.address
    assert read_address(text) == case
    assert read_address(text).address == text
    assert read_address(f"https://book.example/d/training-energy/?{text}#training-energy").address == text


@settings(max_examples=cases(300, 15))
@given(any_case())
def test_a_file_holds_the_whole_case(case: Case) -> None:
    case = case.starting_from("gpt-4-estimate")
    assert read_case_file(case_toml(case), "mine", "mine.toml") == case


@settings(max_examples=cases(2000, 300))
@given(st.floats(allow_nan=False, allow_infinity=False))
@example(5e-324)
@example(1.7976931348623157e308)
def test_a_number_in_an_address_gives_its_double_back(number: float) -> None:
    text = shortest(number)
    assert float(text) == number
    assert len(text.lstrip("-").replace(".", "").partition("e")[0].strip("0")) <= 17


def test_numbers_are_written_as_ecmascript_says():
    """Of ECMA-262, Number::toString: where a power of ten begins on either side."""
    wanted = {
        100: "100", 1e20: "100000000000000000000", 123456789012345680000.0: "123456789012345680000", 1e21: "1e+21",
        1.5e300: "1.5e+300", 0.5: "0.5", 0.000001: "0.000001", 0.0000012: "0.0000012", 1e-7: "1e-7", 1.25e-9: "1.25e-9",
        -0.0: "0", -12.5: "-12.5",
    }  # fmt: skip
    assert {number: shortest(number) for number in wanted} == wanted


HOSTILE = [
    ("servers=5000&servers=6000", "gives servers twice"),
    ("flop_utilisation=0.3&mfu=0.4", "flop_utilisation twice"),  # one and the same
    ("servers=&servers=5000", "gives servers twice"),
    ("servers=&gpus=", "asks for servers and for gpus"),
    ("servers=-1", "outside its domain"),
    ("servers=0.5", "outside its domain"),
    ("pue=0.9", "outside its domain"),
    ("flop_utilisation=1.5", "outside its domain"),
    ("pue=1.3~1.1", "lowest first"),
    ("pue=1.1~1.1", "lowest first"),
    ("pue=1.1~1.5~1.3", "lowest first"),
    ("pue=1.1~1.2~1.3~1.4", "lowest first"),
    ("pue=1.1~", "takes a number"),
    ("pue=~1.1", "takes a number"),
    ("server_power=1e-9~1e9", "range over more than"),
    ("server_power=1e151", "outside its domain"),
    ("server_power=1e999", "not a finite number"),
    ("server_power=NaN", "takes a number"),
    ("server_power=Infinity", "takes a number"),
    ("server_power=0x10", "takes a number"),
    ("server_power=٣", "takes a number"),
    ("server_power=6.5 kW", "takes a number"),
    ("server_power=%3Cscript%3E", "takes a number"),
    ("srever_power=6.5", "did you mean 'server_power'?"),
    ("__proto__=1", "is no part of one"),
    ("constructor=1", "neither a quantity"),
    ("Servers=5", "is no part of one"),
    ("servers", "is neither"),
    ("?servers", "is no part of one"),
    ("=5&servers=5", "is no part of one"),
    ("<script>alert(1)</script>=1", "is no part of one"),
    ("scenario=gpt-5", "is not a scenario"),
    ("scenario=../../etc/passwd", "is not a scenario"),
    ("scenario=", "nothing behind its ="),
    ("scenario=gpt-4&scenario=llama-3", "gives scenario twice"),
    ("model=h100-sxm", "is an accelerator"),
    ("server=dgx-h10", "did you mean 'dgx-h100'?"),
    ("ask=Train", "ask takes a word"),
    ("sure=1", "between 0 and 1"),
    ("sure=0.9~0.95", "takes a number"),
    ("claim=%ff%fe", "UTF-8"),
    ("claim=%1b[31m", "steer a terminal"),
    ("claim=%e2%80%aeabc", "steer a terminal"),
    ("start=3", "names no start"),
    ("start=1&scenario=gpt-4", "names no start"),
    ("servers=5000&start=", "names no start"),
    ("servers=5000&" * 200, "characters"),
    ("claim=" + "x" * 1995, "2001 characters; accepted: up to 2000"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "said"), HOSTILE, ids=[text[:24] for text, _ in HOSTILE])
def test_a_hostile_address_is_refused_in_a_line(address: str, said: str) -> None:
    with pytest.raises(CalcError) as caught:
        load_case(address)
    text = str(caught.value)
    assert said in text
    assert "\n" not in text
    assert len(text) <= MESSAGE


@settings(max_examples=cases(2000, 100))
@given(st.lists(st.builds(
    lambda key, mark, value: f"{key}{mark}{value}",
    st.sampled_from([*WORDS, "servers", "pue", "start", "gpus"]) | st.text(max_size=8),
    st.sampled_from(["=", "", "~", "%"]),
    st.sampled_from(["1.2", "5000", "1~2", "", "gpt-4", "0.5"]) | st.text(max_size=12),
), max_size=4).map("&".join))  # fmt: skip
def test_any_address_is_read_or_refused(address: str) -> None:
    with contextlib.suppress(CalcError):
        case = read_address(address)
        assert read_address(case.address) == case


def test_no_quantity_has_the_name_of_a_word():
    for word in WORDS:
        with pytest.raises(UnknownNameError):
            quantity(word)


def test_an_address_that_is_too_long_is_not_written():
    case = Case("gpt-4", claim="x" * ADDRESS)
    assert not case.has_address
    with refused(DataError, "characters; accepted: up to 2000, or a file"):
        _ = case.address


# What a page's field, the command line and Python read, with the ends and values as one works them out by hand.
RANGES = [
    ("server_power", "3 to 6.5 kW/server", (3, 4.75, 6.5), "3~6.5"),
    ("server_power", "3–6.5", (3, 4.75, 6.5), "3~6.5"),
    ("server_power", "3-6.5", (3, 4.75, 6.5), "3~6.5"),
    ("server_power", "3..6.5", (3, 4.75, 6.5), "3~6.5"),
    ("server_power", "3000 to 6500 W/server", (3, 4.75, 6.5), "3~6.5"),
    ("server_power", "between 3 and 6.5 kW/server", (3, 4.75, 6.5), "3~6.5"),
    ("server_power", "1 to 100", (1, 10, 100), "1~100"),  # the root of 1 times 100
    ("server_power", "6 ± 10 %", (5.4, 6, 6.6), "5.4~6~6.6"),
    ("server_power", "6 +- 10%", (5.4, 6, 6.6), "5.4~6~6.6"),
    ("server_power", "6 ± 0.5 kW/server", (5.5, 6, 6.5), "5.5~6~6.5"),
    ("server_power", "5 (3 to 6.5) kW/server", (3, 5, 6.5), "3~5~6.5"),
    ("gpus", "10 to 13", (10, 12, 13), "10~13"),  # 11.5, to the even one
    ("flop_utilisation", "30 to 40 %", (0.3, 0.35, 0.4), "0.3~0.4"),
    ("flop_utilisation", "0.35 ± 0.05", (0.3, 0.35, 0.4), "0.3~0.35~0.4"),
    ("flop_utilisation", "0.01 to 0.5", (0.01, 0.255, 0.5), "0.01~0.5"),  # a share is even over all of it
]


@pytest.mark.parametrize(("name", "text", "ends", "address"), RANGES, ids=[row[1] for row in RANGES])
def test_the_words_of_a_range(name, text, ends, address):
    case = with_given(Case("gpt-4"), {name: text})
    (one,) = case.values
    assert tuple(map(float, (one.low, one.value, one.high))) == pytest.approx(ends, rel=1e-12)
    assert value_in_address(one) == address
    assert load_case(case.address).values == case.values
    again = own_unit_range(one.quantity, value_in_words(one))
    assert (again.low, again.value, again.high, again.kind) == (one.low, one.value, one.high, one.drawn)


@pytest.mark.parametrize(
    ("address", "shares", "points"),
    [
        # Uniform: low + share · width.
        ("server_power=3~6.5", (0.05, 0.5, 0.95), (3.175, 4.75, 6.325)),
        # Lognormal, with the ends as the 5 and 95 % points.
        ("server_power=1~100", (0.05, 0.5, 0.95), (1, 10, 100)),
        # Triangular: low + √(share · width · (mode − low)), and the same from the other end.
        ("server_power=3~5~6.5", (0.05, 0.95), (3 + math.sqrt(0.05 * 3.5 * 2), 6.5 - math.sqrt(0.05 * 3.5 * 1.5))),
        # PERT of a value in the middle: a beta distribution of 3 and 3, of which half lies below the middle.
        ("flop_utilisation=0.3~0.35~0.4", (0.5,), (0.35,)),
    ],
)  # fmt: skip
def test_a_range_is_drawn_as_it_says(address, shares, points):
    (one,) = load_case(address).values
    assert one.distribution.ppf(np.array(shares)) == pytest.approx(points, rel=1e-9)


# Taken from the browser tests and the pages of version 0.1.0.
OLD = {
    "servers=12500&training_time=90": (("servers", 12500), ("training_time", 90)),
    "server_power=45.3": (("server_power", 45.3),),
    "active_parameters=2.8e11": (("active_parameters", 2.8e11),),
    "tokens=1.3e+13&gpus=25000": (("tokens", 1.3e13), ("gpus", 25000)),
    "pue=1.10&servers=05000": (("pue", 1.1), ("servers", 5000)),
}


@pytest.mark.parametrize(("address", "values"), OLD.items())
def test_addresses_of_0_1_0_open(address, values):
    case = load_case(f"https://book.example/v0.1.0/d/training-energy?{address}#training-energy")
    assert tuple((one.quantity.name, float(one.value)) for one in case.values) == values
    assert case.page == "training-energy"


def test_an_address_of_0_1_0_that_asks_opens_too():
    case = load_case("servers=5000&training_time=&training_energy=40")  # as a card wrote it
    assert case.sought == "training_time"
    assert case.address == "servers=5000&training_energy=40&training_time="


STARTED = ("active_parameters", "tokens", "peak_flops", "gpus", "flop_utilisation", "prompts_per_day", "months")


@pytest.mark.parametrize(
    ("number", "names"), [("0", ()), ("1", ("h100-sxm",)), ("2", ("llama-3", "llama3.1-405b", "h100-sxm"))]
)
def test_where_build_your_own_began(number, names):
    """The fields that the page filled at each of its starts have the same values in the case."""
    base = case_base(named(load_case(f"start={number}&pue=1.3")))
    layers = [scenario(name) if name in scenario_names() else find(name).scenario for name in names]
    for name in STARTED:
        first = next((one.inputs[name] for one in (*layers, scenario("gpt-4")) if name in one.inputs), None)
        if first is not None and name in base.inputs and name not in {"server_power", "gpus_per_server"}:
            assert base.inputs[name].value == first.value, name
    assert {"active_parameters", "tokens", "peak_flops", "server_power", "gpus"} <= set(base.inputs)


def test_every_input_of_0_1_0_still_has_its_name():
    text = resources.files("calc").joinpath("data/releases/0.1.0.json").read_text("utf-8")
    names = {name for one in json.loads(text)["results"].values() for name in one["inputs"]}
    for name in sorted(names):
        assert read_address(f"{name}=").sought == quantity(name).name


def test_a_card_s_page_says_from_where_a_case_starts():
    """A chapter's card and its permanent page show the book's estimate; a page without a card has the book's own."""
    for address in ("/d/training-energy/index.html?servers=5000#card", "chapters/x.html?servers=5000#training-energy"):
        assert named(load_case(address)).scenario == "gpt-4-estimate"
    assert named(load_case("/chapters/planner.html?servers=5000#results")).scenario == "gpt-4"
    assert named(load_case("servers=5000"), training_energy).scenario == "gpt-4-estimate"


def test_only_what_plays_a_part_is_taken():
    case = load_case("scenario=gpt-4&place=irl&servers=5000&gpus=8000&pue=1.1")
    found = laid(case, training_energy)
    assert set(found.values) == {"servers"}
    assert set(found.idle) == {"place", "gpus", "pue"}  # gpus, as servers is given
    assert training_energy.derive(case).value == training_energy.derive("gpt-4", servers=5000).value
    assert training_energy.derive(case, servers=6000).value == training_energy.derive("gpt-4", servers=6000).value


def test_a_step_is_its_case():
    step = training_energy.derive("gpt-4", accelerator="h100", servers=5000, server_power="9 to 11 kW/server")
    assert step.case.address == "scenario=gpt-4&accelerator=h100-sxm&servers=5000&server_power=9~11"
    again = training_energy.derive(load_case(step.case.address))
    assert (again.exact, again.low, again.high) == (step.exact, step.low, step.high)
    assert again.to_dict() == step.to_dict()
    assert training_energy.derive("gpt-4").case is None
    assert case_of(training_energy.derive("openai", servers=3, server_power=6, training_time=1)).scenario == "openai"


def test_a_case_as_a_scenario():
    made = case_scenario(load_case("scenario=gpt-4&accelerator=h100&servers=5000"))
    assert training_energy.derive(made).value == training_energy.derive("gpt-4", accelerator="h100", servers=5000).value


SOURCED = """
extends = "gpt-4"
[inputs.server_power]
value = 9
unit = "kW/server"
kind = "measured"
source = "mohit2026"
locator = "table 1"
checked = 2026-11-01
"""


NORMAL = """
extends = "gpt-4"
[inputs.pue]
value = 2
spread = 0.1
distribution = "normal"
kind = "assumption"
note = "mine"
"""


@pytest.mark.parametrize(
    "text",
    [
        SOURCED,
        'extends = ["hgx-h100", "gpt-4"]',
        NORMAL,
        'extends = "gpt-4"\nderived = ["training_time"]',
        '[inputs.gpus]\nvalue = 8\nunit = "GPU"\nkind = "assumption"\nnote = "mine"',
    ],
    ids=["source", "bases", "normal", "derived", "alone"],
)
def test_a_file_that_says_more_than_an_address_stays_whole(text):
    case = read_case_file(text, "mine", "mine.toml")
    assert case.own is not None
    assert not case.has_address
    with refused(DataError, "mine says more than an address carries", "the file itself"):
        _ = case.address


def test_what_a_file_of_one_s_own_says_is_kept():
    case = read_case_file(SOURCED, "mine", "mine.toml")
    step = training_energy.derive(case)
    assert (step.value, step.leaves[0].source) == (9 * 3125 * 90 * 24 / 1e6, "mohit2026")
    assert "in scenario mine (one's own, after gpt-4)" in step.cite()
    record = step.to_dict()["case"]
    assert (record["scenario"], record["address"]) == ("mine", None)
    assert [(one["name"], one["source"]) for one in record["changed"]] == [("server_power", "mohit2026")]


def test_a_range_of_a_file_of_one_s_own_goes_along():
    case = read_case_file(SOURCED.replace("value = 9", "value = 9\nlow = 8\nhigh = 10"), "mine", "mine.toml")
    text = training_energy.derive(case).cite()
    assert "drawn from 8–10 kW/server" in text
    assert "?server_power=8~9~10&" in text


def test_a_note_of_a_file_is_kept():
    text = 'extends = "gpt-4"\n[inputs.pue]\nvalue = 1.3\nkind = "assumption"\nnote = "a warm place"'
    case = read_case_file(text, "mine", "mine.toml")
    assert case.address == "scenario=gpt-4&pue=1.3"
    assert case.values[0].note == "a warm place"
    assert 'note = "a warm place"' in case_toml(case)


def test_a_file_keeps_what_goes_together():
    """The estimate correlates power and utilisation; a range typed for one of them leaves that so, in a file too."""
    case = load_case("scenario=gpt-4-estimate&server_power=3~6.5")
    made = case_scenario(case)
    assert made.correlations == scenario("gpt-4-estimate").correlations
    assert case_scenario(load_case("scenario=gpt-4-estimate&server_power=5")).correlations == ()


def test_a_case_file_asks_as_an_address_does():
    text = 'extends = "gpt-4"\n[case]\nsought = "servers"\nsure = 0.9\nask = "train"'
    assert read_case_file(text, "m", "m.toml").address == "scenario=gpt-4&ask=train&sure=0.9&servers="
    with refused(DataError, "m.toml: case", "between 0 and 1"):
        read_case_file('extends = "gpt-4"\n[case]\nsure = 2', "m", "m.toml")


def test_what_is_no_case():
    with refused(DataError, "'gpt-4' is neither the address of a case", "nor a file, NAME.toml"):
        load_case("gpt-4")
    with refused(DataError, "nowhere.toml: cannot be read"):
        load_case("nowhere.toml")
    with refused(DataError, "names no scenario to start from"):
        case_toml(load_case("servers=5000"))
    with refused(DomainError, "servers"):
        with_given(Case("gpt-4"), {"servers": -3})
    assert load_case("").is_empty
    assert load_case("https://book.example/d/training-energy/").is_empty


def test_a_file_with_all_that_a_case_may_have_is_one():
    text = 'title = "T"\nabout = "A"\nshort = "S"\nextends = "gpt-4"\naccelerator = "h100-sxm"\ncorrelations = []\n'
    text += 'model = "llama3.1-405b"\nserver = "dgx-h100"\nplace = "us-tex-erco"\nprice = "rent-h100-sxm-2025-03-03"\n'
    text += '[case]\nask = "train"\n[inputs.pue]\nvalue = 1.3\nkind = "assumption"\nnote = "mine"'
    case = read_case_file(text, "m", "m.toml")
    assert case.own is None
    assert case.address == (
        "scenario=gpt-4&model=llama3.1-405b&accelerator=h100-sxm&server=dgx-h100&place=us-tex-erco"
        "&price=rent-h100-sxm-2025-03-03&ask=train&pue=1.3"
    )


def test_an_address_is_read_up_to_its_limit_and_no_further():
    claim = "claim=" + "a" * (ADDRESS - len("servers=5000&claim="))
    assert read_address(f"servers=5000&{claim}").claim == claim[6:]
    with refused(CalcError, f"has {ADDRESS + 1} characters; accepted: up to {ADDRESS}"):
        read_address(f"servers=5000&{claim}a")


def test_a_name_of_sixty_characters_is_looked_for_and_a_longer_one_is_not():
    with refused(CalcError, f"'{'a' * SHOWN}'"):
        read_address(f"scenario={'a' * SHOWN}")
    with refused(CalcError, f"'{'a' * SHOWN}…' names nothing of the book"):
        read_address(f"scenario={'a' * (SHOWN + 1)}")


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://b.example/p.html?servers=5000#a-section-of-the-page", ""),
        ("https://b.example/p.html?servers=5000#training-energy", "training-energy"),
        ("https://b.example/d/training-energy?servers=5000#a-section", "training-energy"),
        ("https://b.example/d/no-card-any-more?servers=5000", ""),
        ("?servers=5000", ""),
        ("servers=5000", ""),
    ],
)
def test_the_card_on_whose_page_a_case_was_made(address, page):
    case = read_address(address)
    assert (case.page, [float(one.value) for one in case.values]) == (page, [5000])
    assert case == read_address("servers=5000")  # the page is no part of the case


@pytest.mark.parametrize("share", ["0", "1", "-0.1", "1.5"])
def test_a_confidence_lies_between_0_and_1(share):
    with refused(CalcError, f"sure takes a number between 0 and 1, not '{share}'"):
        read_address(f"sure={share}")
    assert read_address("sure=0.9").sure == Fraction(9, 10)


def test_a_case_is_shown_as_its_address():
    assert repr(read_address("servers=5000")) == "<case servers=5000>"


def test_sixty_characters_of_what_is_wrong_are_shown():
    for length, shown in ((SHOWN, f"'{'a' * SHOWN}' is no part"), (SHOWN + 1, f"'{'a' * SHOWN}…' is no part")):
        with refused(CalcError, shown):
            read_address("a" * length)


@pytest.mark.parametrize("address", ["start=7", "start=1&scenario=gpt-4"])
def test_a_start_that_is_none_is_shown_as_it_is(address):
    start = address.partition("&")[0]
    with refused(CalcError, f"the address of a case: {start} names no start; accepted: 0, 1 or 2, and quantities"):
        read_address(address)
