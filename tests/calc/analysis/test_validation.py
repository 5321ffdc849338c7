"""The groups of measured rows make up the whole, and those that fail are counted once more, row by row."""

from __future__ import annotations

import numpy as np
import pytest

from calc.analysis.measurements import FIT_BATCH, FIT_WITHOUT, rows
from calc.analysis.validation import GROUPS, _why, errors, foretold, interval, missed, ratios, worst


@pytest.mark.parametrize(
    "parts",
    [
        ("dense", "mixtures of experts"),
        ("on H100", "on B200"),
        ("in bf16", "in FP8"),
        ("batch up to 32", "batch of 33 to 256", "batch of 257 to 768"),
    ],
)
def test_each_row_within_reach_is_in_one_part(parts: tuple[str, ...]) -> None:
    counted = np.sum([GROUPS[part]() for part in parts], axis=0)
    assert np.array_equal(counted, GROUPS["all within reach"]().astype(int))


def test_each_row_is_within_reach_or_in_one_of_the_three_others() -> None:
    others = ("batch above 768", "layers with a state", "held up by the host")
    inside = GROUPS["all within reach"]()
    assert np.array_equal(~inside, np.any([GROUPS[other]() for other in others], axis=0))


def test_errors_are_shares_of_what_was_measured() -> None:
    columns, where = rows(), GROUPS["dense"]()
    off = sorted(
        abs(told - measured) / measured
        for told, measured, dense in zip(foretold()["power_w"], columns["power_w"], where, strict=True)
        if dense
    )
    found = errors(where)
    assert found.rows == len(off)
    assert found.median["power_w"] == pytest.approx(off[len(off) // 2], rel=1e-9)  # of an odd number
    assert off[int(0.9 * len(off)) - 1] <= found.ninth["power_w"] <= off[int(0.9 * len(off)) + 1]
    assert missed(True)["instance-power"] == pytest.approx(columns["power_w"][where] / foretold()["power_w"][where])


def test_what_fails_row_by_row() -> None:
    """More than half as much again as measured, or less than two thirds of it; with the reason of most of its rows."""
    columns = {name: column.tolist() for name, column in rows().items()}
    failing: dict[tuple[str, str], list[int]] = {}
    for at, off in enumerate(ratios("joules_per_token").tolist()):
        if not 1 / 1.5 <= off <= 1.5:
            failing.setdefault((columns["model"][at].split("/")[-1], columns["gpu"][at]), []).append(at)
    found = {(one.model, one.gpu): one for one in worst()}
    assert {key: one.rows for key, one in found.items()} == {key: len(places) for key, places in failing.items()}
    for key, places in failing.items():
        off = [float(ratios("joules_per_token")[at]) for at in places]
        assert (found[key].low, found[key].high) == (min(off), max(off))
        small = [at for at in places if columns["total_parameters"][at] < 20e9 and columns["gpu"][at] == "B200"]
        mixed = [at for at in places if columns["experts_per_token"][at]]
        held = [at for at in places if columns["stalled"][at]]
        if "small model" in found[key].why:
            assert 2 * len(small) > len(places)
        if "meet in an expert" in found[key].why:
            assert 2 * len(mixed) > len(places)
        assert ("held up" in found[key].why) == (2 * len(held) > len(places))
    assert [one.rows for one in worst()] == sorted((one.rows for one in worst()), reverse=True)


@pytest.mark.parametrize(("dense", "group"), [(True, "dense"), (False, "mixtures of experts")])
def test_nine_rows_in_ten_lie_in_the_interval(dense: bool, group: str) -> None:
    """Counted row by row: one in twenty lies below it, and one above."""
    found = interval(dense)
    off = sorted(
        measured / told
        for told, measured, inside in zip(
            foretold()["joules_per_token"], rows()["joules_per_token"], GROUPS[group](), strict=True
        )
        if inside
    )
    each = len(off) / 20
    assert abs(sum(one < found.low for one in off) - each) <= 1
    assert abs(sum(one > found.high for one in off) - each) <= 1


def test_the_reason_is_that_of_more_than_half_of_the_rows() -> None:
    columns = rows()
    held = columns["stalled"] > 0
    none = np.zeros(len(held), dtype=bool)
    assert _why(held) == "held up by the host"
    free = ~held & (columns["batch"] > FIT_BATCH)
    assert _why(free) == "large batches, whose prompts repeat"
    mixed, (some,), (others,) = none.copy(), np.nonzero(held), np.nonzero(free)
    mixed[some[:3]], mixed[others[:3]] = True, True  # half of them: that is not most
    assert _why(mixed) != "held up by the host"
    mixed[others[2]] = False
    assert _why(mixed) == "held up by the host"
    plain = ~held & ~free & ~np.isin(columns["family"], FIT_WITHOUT) & (columns["experts_per_token"] == 0)
    assert _why(plain & (columns["gpu"] == "H100")) == "not known"
    small = plain & (columns["total_parameters"] < 20e9) & (columns["gpu"] == "B200")
    assert _why(small) == "a small model on a fast GPU, fed too slowly"
