"""The file of known mistakes: what it may say, and what is said of it otherwise."""

from __future__ import annotations

from fractions import Fraction

import pytest

from calc import quantity, scenario, scenario_names
from calc.analysis.traps import Span, Trap, dense_peaks, known, read_traps, span_of
from calc.base.errors import DataError
from calc.model.catalogue import KINDS, entries
from tests.calc.support import refused

TRAP = """[[trap]]
quantity = "training_time"
unit = "hour"
equals = [24, 48]
within = 5
with = ["gpus", "mfu"]
times = "1/24"
line = "hours"
reason = "a day has 24"
"""
SPAN = """[[span]]
quantity = "server_power"
unit = "W/server"
low = 500
high = 2000
low_of = "a small one"
high_of = "a large one"
low_source = "mohit2026"
high_source = "mohit2026"
"""


def test_a_trap_has_its_numbers_in_the_quantitys_own_unit() -> None:
    needs = ("gpus", "flop_utilisation")
    one = Trap(
        (Fraction(1), Fraction(2)), Fraction(1, 20), None, None, needs, Fraction(1, 24), "hours", "", "a day has 24"
    )
    assert read_traps(TRAP).traps == {"training_time": (one,)}
    plain = '[[trap]]\nquantity = "pue"\nabove = 3\nbelow = 9\nline = "x"\nsource = "mohit2026"\n'
    two = Trap((), Fraction(1, 100), Fraction(3), Fraction(9), (), None, "x", "mohit2026", "")
    again = Trap((), Fraction(1, 100), Fraction(3), None, (), Fraction(7), "x", "mohit2026", "")
    text = plain + plain.replace("below = 9", 'times = "7"')
    assert read_traps(text).traps == {"pue": (two, again)}


def test_a_span_has_the_ends_of_two_sources_or_a_reason() -> None:
    ends = (Fraction(1, 2), Fraction(2), "a small one", "a large one")
    assert read_traps(SPAN).spans == {"server_power": Span(*ends, ("mohit2026",))}
    reason = SPAN.replace('low_source = "mohit2026"', 'reason = "x"')
    assert read_traps(reason).spans == {"server_power": Span(*ends, ("mohit2026",), "x")}


@pytest.mark.parametrize(
    ("text", "old", "new", "said"),
    [
        (TRAP, "equals = [24, 48]", "", "trap 1: it has none of equals, above, below"),
        (TRAP, "[24, 48]", "[24, 0]", "nothing equals 0 within some per cent"),
        (TRAP, '"mfu"', '"mfx"', "'mfx' is not a quantity"),
        (TRAP, "1/24", "1/0", "times is a whole number, or a fraction such as '1/24'"),
        (TRAP, "1/24", "0.5", "times is a whole number, or a fraction such as '1/24'"),
        (TRAP, 'reason = "a day has 24"', "", "it needs a source, or a reason"),
        (TRAP, "reason", "source", "'a day has 24' is not a key of references.bib"),
        (TRAP, '"training_time"', '"trainingtime"', "'trainingtime' is not a quantity; did you mean 'training_time'?"),
        (TRAP, '"hour"', '"GPU"', "training_time takes a value in day"),
        (SPAN, "low = 500", "low = 2000", "low is not below high"),
        (SPAN, "low = 500", "low = 2001", "low is not below high"),
        (SPAN, 'low_source = "mohit2026"', "", "an end without a source needs a reason"),
        (SPAN, 'high_source = "mohit2026"', "", "an end without a source needs a reason"),
        (SPAN, "mohit2026", "mohit2027", "'mohit2027' is not a key of references.bib"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, old: str, new: str, said: str) -> None:
    assert old in text
    with refused(DataError, "traps.toml, line ", said):
        read_traps(text.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (TRAP, "quantity"),
        (TRAP, "line"),
        *((SPAN, key) for key in ("quantity", "unit", "low", "high", "low_of", "high_of")),
    ],
)
def test_what_is_needed_is_missed(text: str, key: str) -> None:
    without = "\n".join(line for line in text.split("\n") if not line.startswith(f"{key} ="))
    with refused(DataError, f"traps.toml, line 1: {'trap' if text is TRAP else 'span'} 1 has no {key}"):
        read_traps(without)


def test_how_far_scenarios_and_catalogue_reach() -> None:
    """Where nothing is stated: from the least low to the greatest high of three different values or more."""
    for name in ("server_load", "flop_utilisation", "kv_layers", "sparse_peak_flops", "gpu_price"):
        q = quantity(name)
        found = [one for base in scenario_names() if (one := scenario(base).get(q))]
        found += [entry.inputs[name] for kind in KINDS.values() for entry in entries(kind) if name in entry.inputs]
        span = span_of(q)
        if name in known().spans:
            assert span is known().spans[name]
        elif len({one.value for one in found}) < 3:
            assert span is None
        else:
            assert span is not None
            assert (span.low, span.high) == (min(one.low for one in found), max(one.high for one in found))
            titles = {scenario(base).title for base in scenario_names()}
            titles |= {entry.title for kind in KINDS.values() for entry in entries(kind)}
            assert {span.low_of, span.high_of} <= titles


def test_dense_peaks_are_those_of_accelerators() -> None:
    assert dense_peaks()["Nvidia A100"] == 312
    assert len(dense_peaks()) > 5
