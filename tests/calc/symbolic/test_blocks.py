"""Arrays in blocks: however they lie in memory and wherever blocks end, each number gives what it gives by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from calc import formula_by_id
from calc.base.domains import COUNT, FRACTION
from calc.base.errors import DomainError
from calc.symbolic import kernel as kernel_module
from calc.symbolic.blocks import blocks, hold, settle
from calc.symbolic.kernel import Kernel
from tests.calc.support import refused

# Products alone, a ceiling, the larger of two quotients, roots, a power, and one with parts that occur twice.
FORMULAS = (
    "training-energy", "server-count", "write-time", "checkpoint-interval", "future-national-demand", "size-pull",
)  # fmt: skip
COUNTED = 1001
# NumPy takes powers of neighbours eight at a time, and of numbers that lie apart singly: the last bit may differ.
POWERS = {"future-national-demand": 4e-15, "size-pull": 4e-15}


def _unaligned(values: np.ndarray) -> np.ndarray:
    room = np.empty(values.nbytes + 1, dtype="u1")[1:].view(values.dtype)
    room[...] = values
    return room


LAYOUTS: dict[str, Callable[[np.ndarray], Any]] = {
    "every second": lambda values: np.repeat(values, 2)[::2],
    "backwards": lambda values: values[::-1].copy()[::-1],
    "swapped bytes": lambda values: values.astype(">f8"),
    "unaligned": _unaligned,
    "whole": lambda values: values.astype("i4"),
    "short": lambda values: values.astype("f4"),
    "a column": lambda values: np.stack([values, values], axis=1)[:, 0],
}


def _of(name: str) -> tuple[Kernel, list[np.ndarray]]:
    """A new kernel, whose blocks have not been sized yet, and whole numbers for it, which all kinds of numbers hold."""
    one = formula_by_id(name)
    random = np.random.default_rng(13)
    values = [
        random.integers(1, 9, COUNTED).astype(float) if q.domain.high > 1 else np.ones(COUNTED) for q in one.inputs
    ]
    return Kernel(one.numeric, one.inputs, one.result), values


def _result(kernel: Kernel, values: list[Any], checked: Any = True) -> Any:
    """What comes out, after a look that nothing that went in was written over."""
    before = [np.array(one) for one in values]
    found = kernel.array(*values, checked=checked)
    assert all((np.asarray(one) == old).all() for one, old in zip(values, before, strict=True))
    return found


@pytest.fixture(params=[7, None], ids=["blocks of seven", "blocks as they are"])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_BLOCK", "_ALONE", "_UNREAD", "_SMALL") if request.param else ():
        monkeypatch.setattr(kernel_module, name, request.param)


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("checked", [True, "result", False], ids=str)
@pytest.mark.parametrize("name", FORMULAS)
def test_each_number_by_itself(name, checked):
    kernel, values = _of(name)
    found = _result(kernel, values, checked)
    singly = [kernel.scalar(*map(float, row)) for row in zip(*values, strict=True)]
    np.testing.assert_allclose(found, singly, rtol=4e-15)
    given = [[layout(one) for one in values] for layout in LAYOUTS.values()]
    given += [[layout(one) if at == 1 else one for at, one in enumerate(values)] for layout in LAYOUTS.values()]
    given += [[order(one.reshape(7, -1)) for one in values] for order in (np.ascontiguousarray, np.asfortranarray)]
    for otherwise in given:
        np.testing.assert_allclose(_result(kernel, otherwise, checked).ravel(), found, rtol=POWERS.get(name, 0))


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("checked", [True, False], ids=str)
@pytest.mark.parametrize("name", FORMULAS)
def test_numbers_among_arrays(name, checked):
    """A number stands for an array that is full of it, and a row and a column for a table."""
    kernel, values = _of(name)
    for which in range(len(values)):
        mixed: list[Any] = [float(one[0]) if at == which else one for at, one in enumerate(values)]
        full = [np.full(COUNTED, one[0]) if at == which else one for at, one in enumerate(values)]
        found = _result(kernel, mixed, checked)
        assert found.shape == (COUNTED,)
        np.testing.assert_allclose(found, _result(kernel, full, checked), rtol=POWERS.get(name, 0))
    across: list[Any] = [one[:13] if at else one[:11, None] for at, one in enumerate(values)]
    full = [np.ascontiguousarray(one) for one in np.broadcast_arrays(*across)]
    np.testing.assert_allclose(
        _result(kernel, across, checked), _result(kernel, full, checked), rtol=POWERS.get(name, 0)
    )
    assert _result(kernel, [one[:0] for one in values], checked).shape == (0,)


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("wrong", [0.5, 0, -1, np.nan, np.inf, 1e200])
@pytest.mark.parametrize("at", [0, 6, 7, COUNTED - 1])
def test_one_wrong_number_is_found_wherever_it_is(at, wrong):
    kernel, values = _of("training-energy")
    servers = next(which for which, q in enumerate(kernel.inputs) if q.name == "servers")
    values[servers][at] = wrong
    for layout in (np.asarray, LAYOUTS["every second"], LAYOUTS["swapped bytes"], LAYOUTS["unaligned"]):
        with refused(DomainError, "servers = ", "a whole number, at least 1"):
            kernel.array(*map(layout, values))
    result = kernel.array(*values, checked=False)
    assert (np.delete(result, at) == np.delete(kernel.array(*_of("training-energy")[1]), at)).all()


def test_blocks_cover_everything_once():
    out = np.full((6, 4), np.nan)
    values = np.arange(24.0).reshape(6, 4)
    for (part, two), block in blocks([values, 2.0], out, 5):
        assert block.size <= 5
        assert np.isnan(block).all()
        block[...] = part * two
    assert (out == 2 * values).all()


def test_settling_touches_rounding_alone():
    block = np.array([0.5, 1 + 1e-13, 1 - 1e-13])
    settle(block, FRACTION)
    assert block.tolist() == [0.5, 1.0, 1 - 1e-13]


def test_what_is_held_is_not_written_over():
    """Others share a result on the way: a bound that it left by rounding is put back in a copy."""
    from calc.base.quantities import quantity

    whole = quantity("servers")
    assert whole.domain == COUNT
    held = np.array([1 - 1e-13, 2.0])
    hold(whole, held)
    assert held.tolist() == [1 - 1e-13, 2.0]
    for wrong in (np.array([2.5]), np.float64(0), np.array([np.nan, 1])):
        with refused(DomainError, "servers = "):
            hold(whole, wrong)
