"""Whatever Python hands over for a value or a name: a result, or one line that steers no terminal."""

from __future__ import annotations

import datetime
import re
import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

import calc
from calc import Derivation, all_formulas
from calc.base.errors import CalcError, DomainError
from calc.base.limits import MESSAGE
from calc.base.values import own_unit_range
from calc.book.home import default_scenario
from tests.calc.support import refused
from tests.sampling import cases, numbers

SECONDS = 30  # of the processor, for one
_STEERS = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029\u2066-\u2069]")


class Steering:
    """Something whose words are hostile."""

    def __repr__(self) -> str:
        return "\x1b[31mred\n\u202e"


VALUES: tuple[Any, ...] = (
    None, True, np.bool_(True), float("nan"), float("inf"), -0.0, 0, -1, 10**400, 1e308, 5e-324, 1e150, 1e-150, 6.5,
    Fraction(1, 10**400), Decimal("1e-9999"), Decimal("NaN"), Decimal("1E+999999"), Decimal(5), complex(5), "", "x",
    "5", "5 kW", "1e999", "\x00", "\x1b[31m", "3 to 5", "5 to 3", "1 ± 100 %", "9" * 5000, "1/0", "5 kW" * 50, "5 kW\n",
    "５", b"5", [], [1, 2], [[1], [2, 3]], [True, 2], ["5 kW"], {}, {1}, object(), Steering(), len,
    datetime.date(2025, 1, 1), datetime.timedelta(days=90), np.datetime64("2025-01-01"), np.timedelta64(90, "D"),
    np.float32(1.1), np.longdouble("1.1"), np.int8(5), np.uint64(2**64 - 1), np.array(5), np.array([5.0]), np.array([]),
    np.array([np.nan, 1]), np.array(["a"]), np.array([None]), np.array([1 + 2j]), np.array([True]), np.array([2**63]),
    np.ma.masked, np.ma.array([1, 2], mask=[0, 1]), np.zeros((2, 0)), np.array(["2025-01-01"], dtype="M8[D]"),
    range(3), slice(1), Ellipsis, np.str_("5 kW"),
)  # fmt: skip
NAMES: tuple[Any, ...] = ("", "x", "pue", "\x1b", "a" * 9000, 5, None, [], {}, b"pue", ("pue",), Steering(), "gpt-4")


def attack(chance: Random, steps: list[Derivation]) -> tuple[Any, Callable[[], Any]]:
    """What is asked, and the asking of it."""
    step = chance.choice(steps)
    leaf = chance.choice(step.leaves)
    own = float(leaf.value)
    near = (own, str(own), np.float64(own), Decimal(str(own)), own * 10 ** chance.uniform(-20, 20), [own, own * 2])
    value = chance.choice(near if chance.random() < 0.3 else VALUES)
    name, base, formula, word = leaf.quantity.name, step.scenario, step.formula, chance.choice(NAMES)
    ways: dict[str, Callable[[], Any]] = {
        "call": lambda: formula(**{q.name: value if q.name == name else 1 for q in formula.inputs}),
        "derive": lambda: (found := formula.derive(base, **{name: value}), str(found), found.to_dict(), found.range),
        "sweep": lambda: formula.sweep(base, **{name: value}),
        "table": lambda: formula.table(base, **{name: value}),
        "solve": lambda: str(formula.solve_for(name, base, **{formula.result.name: value})),
        "solve for": lambda: formula.solve_for(word, base, **{formula.result.name: step.value}),
        "probability": lambda: step.probability(above=value),
        "derive in": lambda: formula.derive(word).value,
        "entry": lambda: formula.derive(base, **{chance.choice(("server", "place", "as_of")): word}).value,
        "quantity": lambda: calc.quantity(word),
        "formula": lambda: calc.formula_by_id(word),
        "scenario": lambda: calc.scenario(word),
        "file": lambda: calc.load_scenario(word),
        "cite": lambda: step.cite(word),
    }
    way = chance.choice(list(ways))
    return (way, formula.id, name, value, word), ways[way]


def test_a_result_or_one_line() -> None:
    chance = numbers("hostile values")
    steps = []
    for formula in chance.sample(all_formulas(), cases(len(all_formulas()), 8)):
        try:
            steps.append(formula.derive(default_scenario(formula)))
        except CalcError:  # nothing of the book fixes all of its inputs
            continue
    steps = [step for step in steps if step.leaves]
    for _ in range(cases(6000, 60)):
        case, ask = attack(chance, steps)
        start = time.process_time()
        said = ""
        try:
            found = ask()
        except CalcError as error:
            said, found = str(error), 0.0
        except BaseException as error:
            error.add_note(repr(case)[:500])
            raise
        assert not _STEERS.search(said), case
        assert len(said) <= MESSAGE + 3, case
        if isinstance(found, (float, np.ndarray)):
            assert np.isfinite(found).all(), case
        assert time.process_time() - start < SECONDS, case


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (np.array(["2025-01-01"], dtype="M8[D]"), "servers takes numbers, not an array of datetime64[D]"),
        (np.array([1 + 2j]), "servers takes numbers, not an array of complex128"),
        (np.array([True]), "servers takes numbers, not an array of bool"),
        (["5 server"], "servers takes numbers, not an array of <U8"),
        ([10**400], "servers takes numbers, not an array of object"),
        ([True, 2], "servers: a list with a truth value; give numbers"),
    ],
)
def test_what_is_no_number_is_none_in_any_array(value: Any, says: str) -> None:
    """A date is not a number of servers, however the array comes in."""
    formula = calc.training_energy
    for ask in (formula.table, formula.sweep):
        with refused(DomainError, says):
            ask("gpt-4", servers=value)


def test_a_decimal_of_a_million_digits_is_refused_at_once() -> None:
    start = time.process_time()
    with refused(DomainError, "1.000000E+999999 is out of range; exponents up to 999 are read"):
        calc.training_energy.derive("gpt-4", servers=Decimal("1E+999999"))
    assert time.process_time() - start < 1


@pytest.mark.parametrize("name", [5, None, [], b"pue"])
def test_a_name_is_a_text(name: Any) -> None:
    for ask in (
        calc.quantity,
        calc.formula_by_id,
        calc.scenario,
        calc.load_scenario,
        calc.training_energy.derive().cite,
    ):
        with refused(CalcError, " is not the name of a"):
            ask(name)


class Speechless:
    """Something of which nothing can be said."""

    def __repr__(self) -> str:
        raise RuntimeError


def nested(depth: int) -> Any:
    found: Any = 1
    for _ in range(depth):
        found = [found]
    return found


def defined(**given: Any) -> Any:
    def server_count_again(gpus: Any, gpus_per_server: Any) -> Any:
        """Again."""
        return gpus / gpus_per_server

    return calc.api.formula(**{"result": "servers", "source": "mohit2026", "locator": "p. 1", **given})(
        server_count_again
    )


ODD = (5, -1.5, 1j, [1], nested(9999), {1}, np.zeros((2, 2)), object(), Speechless(), len, True, b"kW")
IN_PLACE: dict[str, tuple[Callable[[Any], Any], str]] = {
    "formula of a table": (lambda odd: calc.table(odd, servers=[1, 2]), "is not the name of a formula"),
    "unit": (lambda odd: calc.training_energy.derive().to(odd), "is not a unit; accepted: a text"),
    "one of a list": (lambda odd: calc.table("training-energy", servers=[odd, Speechless()]), "servers"),
    "case": (calc.load_case, "is not the name of a case"),
    "plan": (calc.plan, "is no case; accepted: a case, its address or file, or values by their names"),
    "question": (lambda odd: calc.plan({"ask": odd}), "is not the name of a question"),
    "scenario": (lambda odd: calc.plan({"scenario": odd}), "is not the name of a scenario"),
    "sought": (lambda odd: calc.plan({"ask": "train"}, odd), "is not the name of a quantity"),
    "share": (
        lambda odd: calc.plan({"ask": "train", "training_time": 100}, "gpus", odd),
        "sure takes a share above 0 and below 1",
    ),
    "locator": (lambda odd: defined(locator=odd), "is not the name of a place in a source"),
    "source": (lambda odd: defined(source=odd), "is not the name of a source"),
    "title": (lambda odd: defined(title=odd), "is not the name of a formula"),
    "result": (lambda odd: defined(result=odd), "is not the name of a quantity"),
    "no function": (calc.api.formula(result="servers", source="mohit2026", locator="p. 1"), "is no formula; accepted"),
}


@pytest.mark.parametrize("place", IN_PLACE)
def test_whatever_stands_in_the_place_of_another_kind_is_refused_in_a_line(place: str) -> None:
    ask, says = IN_PLACE[place]
    for odd in ODD:
        with refused(CalcError, says):
            ask(odd)


def test_a_value_of_which_nothing_can_be_said_is_refused_in_a_line() -> None:
    for odd, words in ((Speechless(), "<Speechless> is a Speechless"), (nested(9999), "servers")):
        with refused(DomainError, words):
            calc.training_energy.derive(servers=odd)


def test_arrays_of_many_axes_or_numbers_are_refused_in_a_line() -> None:
    with refused(DomainError, "servers was given an array of 20 axes; accepted: up to 16"):
        calc.training_energy(servers=nested(20), server_power=1, training_time=1)
    with refused(DomainError, "servers was given more numbers than memory holds"):
        calc.table("training-energy", servers=[range(10**15)])


def test_what_only_looks_like_a_derivation_is_none() -> None:
    class Alike:
        formula, exact = "x", 5

    with refused(DomainError, "is an Alike; give a number"):
        calc.training_energy.derive(servers=Alike())


def test_a_table_whose_constant_no_double_holds() -> None:
    """1.5e13 tokens to a power of four decimals: its exact root has thousands of digits."""
    made = calc.table("size-pull", "life-seventy-billion", size_exponent=[0.3478])
    own = calc.formula_by_id("size-pull").derive("life-seventy-billion", size_exponent=0.3478)
    assert float(made["size_pull"].iloc[0]) == pytest.approx(float(own.exact), rel=1e-12)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"values": (5,)}, "(5,) are no values of a case; accepted: a tuple of Given"),
        ({"values": [5]}, "[5] are no values of a case"),
        ({"choices": ("irl",)}, "('irl',) are no choices of a case; accepted: a tuple of pairs, a kind (model, accel"),
        ({"choices": (("places", "irl"),)}, "are no choices of a case"),
        ({"scenario": 5}, "an int is not the name of a case's scenario"),
        ({"sure": 0.9}, "0.9 is not how sure a case may be; accepted: a fraction, or None"),
        ({"own": "gpt-4"}, "'gpt-4' is no scenario of a case's own"),
    ],
)
def test_a_case_built_by_hand_is_held_to_what_a_case_is(given: dict[str, Any], says: str) -> None:
    with refused(CalcError, says):
        calc.Case(**given)


@pytest.mark.parametrize("wrong", [lambda a: a.nothing, int, iter, len])
def test_a_function_that_raises_is_no_formula(wrong: Callable[[Any], Any]) -> None:
    def again(gpus: Any) -> Any:
        """Again."""
        return wrong(gpus)

    with refused(CalcError, "accepted: arithmetic with its inputs"):
        calc.api.formula(result="gpus", source="mohit2026", locator="p. 1")(again)


def test_a_share_may_be_a_fraction() -> None:
    ask = {"ask": "train", "training_time": "100 day"}
    assert calc.plan(ask, "gpus", Fraction(1, 2)).value == calc.plan(ask, "gpus", 0.5).value


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("1,2,3,3M", "gpus: "),
        ("5/0M", "gpus: '5/0M' is not a finite number"),
        ("16 ± 2.94 %", "is a range without two values in it; give the one alone"),
        ("5 to 5.00000000000000000001", "gpus"),
        ("5 to 4", "write the lower end first"),
        (calc.registry().Quantity(float("nan"), "GPU"), "gpus: nan is not a finite number; accepted: a whole number"),
    ],
)
def test_what_is_wrong_with_a_value_is_said_with_its_name(value: Any, says: str) -> None:
    with refused(CalcError, says):
        calc.server_count.derive(gpus=value)


def test_a_range_around_a_number_below_0_has_its_ends_in_order() -> None:
    found = own_unit_range(calc.quantity("saved_power"), "-5 \N{PLUS-MINUS SIGN} 20 %")
    assert found
    assert [found.low, found.value, found.high] == [Fraction(end) for end in (-6, -5, -4)]


def test_a_name_of_any_length_is_shown_at_its_start() -> None:
    for ask in (calc.quantity, calc.scenario, calc.formula_by_id):
        with pytest.raises(CalcError, match="xxx\N{HORIZONTAL ELLIPSIS}' is not a") as caught:
            ask("x" * 5000)
        assert len(str(caught.value)) < 200
