"""The short ways, of unchecked arrays and of numbers: to the last bit what NumPy makes of the printed expression."""

from __future__ import annotations

import ast
import threading
import warnings
from typing import Any

import numpy as np
import pytest

from calc import all_formulas, formula_by_id, server_count, training_energy
from calc.base.errors import CalcError, DomainError, UnknownNameError
from calc.symbolic import kernel as kernel_module
from calc.symbolic.codegen import PYTHON, source
from calc.symbolic.kernel import Kernel
from tests.calc.support import refused

_NUMPY = {"ceil", "floor", "maximum", "minimum", "exp", "log", "sqrt", "pi", "e"}
_ODD = [np.nan, np.inf, -np.inf, 0.0, -0.0, -1.5, 1e200, 1e-200, 5e-324]
_COUNT = 997


class _Floats(ast.NodeTransformer):
    """Whole numbers as floats: NumPy's end at 64 bits."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.copy_location(ast.Constant(float(node.value)), node)


def _by_hand(kernel: Kernel, named: dict[str, Any]) -> Any:
    """The printed expression as it stands, each operation in an array of its own."""
    tree = ast.fix_missing_locations(_Floats().visit(ast.parse(source(kernel.expression, PYTHON), mode="eval")))
    with np.errstate(all="ignore"):
        return eval(compile(tree, "printed", "eval"), {name: getattr(np, name) for name in _NUMPY} | named)


def _inputs(kernel: Kernel, odd: bool = False) -> dict[str, np.ndarray]:
    random = np.random.default_rng(2026)
    named = {}
    for q in kernel.inputs:
        one = random.uniform(0.05, 0.95, _COUNT) if q.domain.high <= 1 else random.uniform(1.01, 50, _COUNT)
        if odd:
            one[random.integers(0, _COUNT, 300)] = random.choice(_ODD, 300)
        named[q.name] = np.ceil(one) if q.domain.whole else one
    return named


def _same(found: Any, expected: Any) -> None:
    assert type(found) is np.ndarray
    assert found.dtype == np.float64
    np.testing.assert_array_equal(found, np.broadcast_to(expected, found.shape), strict=True)


def _alone(name: str) -> tuple[Kernel, dict[str, np.ndarray]]:
    one = formula_by_id(name)
    kernel = Kernel(one.numeric, one.inputs, one.result)
    return kernel, _inputs(kernel)


@pytest.mark.parametrize("odd", [False, True], ids=["ordinary", "odd"])
def test_every_formula_gives_what_plain_numpy_gives(odd):
    """Nor is a warning given, what was given is not written over, and nobody else holds what comes out."""
    for one in all_formulas():
        named = _inputs(one.kernel, odd)
        before = {name: value.copy() for name, value in named.items()}
        with warnings.catch_warnings(action="error"):
            found = one.kernel.straight(**named)
        _same(found, _by_hand(one.kernel, named))
        again = one.kernel.straight(**named)
        for name, value in named.items():
            np.testing.assert_array_equal(value, before[name])
            assert not np.shares_memory(found, value)
        assert not np.shares_memory(found, again)
        assert found.flags.owndata


@pytest.mark.parametrize("shape", [(0,), (1,), (_COUNT,), (1, 1), (7, 11), (3, 4, 5), (2,) * 9], ids=str)
def test_shapes(shape):
    kernel, named = _alone("training-energy")
    named = {name: np.resize(value, shape) for name, value in named.items()}
    found = kernel.straight(**named)
    assert found.shape == shape
    _same(found, _by_hand(kernel, named))


NOT_ALIKE = {
    "a number": lambda _: 2.0,
    "without an axis": lambda _: np.array(2.0),
    "another length": lambda one: one[:1],
    "a column": lambda one: one[:5, None],
    "every second": lambda one: np.repeat(one, 2)[::2],
    "backwards": lambda one: one[::-1],
    "short": lambda one: one.astype("f4"),
    "whole": lambda one: one.astype("i8"),
    "swapped bytes": lambda one: one.astype(">f8"),
    "masked": np.ma.array,
    "a list": lambda one: one.tolist(),
    "unaligned": lambda one: np.frombuffer(b"\0" + one.tobytes(), "u1")[1:].view("f8"),
    "of many axes": lambda one: one.reshape((1,) * 16 + (-1,)),
    "truth values": lambda one: one > 2,
    "text": lambda _: "2",
}


@pytest.mark.parametrize("given", NOT_ALIKE.values(), ids=list(NOT_ALIKE))
def test_all_else_goes_the_long_way(given):
    kernel, named = _alone("server-count")
    for name in named:
        assert kernel.straight(**{**named, name: given(named[name])}) is None


@pytest.mark.parametrize("given", ["a number", "every second", "backwards", "short", "swapped bytes", "unaligned"])
def test_the_long_way_gives_the_same(given):
    _, named = _alone("server-count")
    server_count(checked=False, **named)  # which opens the short way
    for name in named:
        other = {**named, name: NOT_ALIKE[given](named[name])}
        doubles = {key: np.array(value, dtype=float) for key, value in other.items()}
        _same(server_count(checked=False, **other), _by_hand(server_count.kernel, doubles))


@pytest.mark.parametrize("checked", [True, False], ids=str)
def test_a_number_gives_what_an_array_full_of_it_gives(checked):
    """To the last bit where all that is done is rounded rightly, which powers and logarithms are not."""
    exact = 0
    for one in all_formulas():
        whole = {q.name: np.full(9, 3.0 if q.domain.high > 1 else 1.0 if q.domain.whole else 0.3) for q in one.inputs}
        text = source(one.numeric, PYTHON)
        if len(whole) < 2 or any(name in text for name in ("**", "exp(", "log(", "maximum(", "minimum(")):
            continue
        try:
            expected = one(checked=checked, **whole)
        except DomainError:
            continue
        exact += 1
        for name in whole:
            for numbers in ({name}, set(whole) - {name}):
                given = {key: float(value[0]) if key in numbers else value for key, value in whole.items()}
                found = one(checked=checked, **given)
                _same(found, expected)
                _same(found, _by_hand(one.kernel, given))
    assert exact > 100


def test_more_than_a_block_goes_the_long_way(monkeypatch):
    monkeypatch.setattr(kernel_module, "_UNREAD", _COUNT - 1)
    kernel, named = _alone("training-energy")
    assert kernel.straight(**named) is None
    assert kernel.straight(**{name: value[1:] for name, value in named.items()}) is not None
    _same(kernel.array(*named.values(), checked=False), _by_hand(kernel, named))


def test_a_result_that_is_an_input_goes_the_long_way():
    servers = training_energy.inputs[1]
    kernel = Kernel(servers.symbol, (servers,), servers)
    given = np.array([1.0, 2.0])
    assert kernel.straight(servers=given) is None
    found = kernel.array(given, checked=False)
    assert not np.shares_memory(found, given)


def test_a_call_takes_it_and_refuses_what_it_refused_before():
    """The same lines before the first call that opens the short way, and after it."""
    kernel, named = _alone("training-energy")
    one = type(training_energy)(
        training_energy.function, result="training_energy", source="here", locator="there", title="Twice"
    )
    said = []
    for _ in range(2):
        with refused(UnknownNameError, "'serverz' is not an input", "servers"):
            one(checked=False, **{**named, "serverz": named["servers"]})
        with refused(CalcError, "needs training_time"):
            one(checked=False, server_power=named["server_power"], servers=named["servers"])
        with refused(DomainError, "servers = 0.5"):
            one(checked=False, **{**named, "servers": 0.5})
        with pytest.raises(CalcError) as caught:
            one(checked=False, **{**named, "servers": named["servers"][:3]})
        said.append(str(caught.value))
        _same(one(checked=False, **named), _by_hand(kernel, named))
    assert said[0] == said[1]
    named["servers"][3] = 0.5
    _same(one(checked=False, **named), _by_hand(kernel, named))
    with refused(DomainError, "servers = 0.5"):
        one(**named)


def test_threads_at_once_and_the_settings_of_a_caller():
    """Each has its own result, and what NumPy says elsewhere is left as it was."""
    kernel, named = _alone("training-energy")
    named = {name: np.resize(value, 100_000) for name, value in named.items()}
    named["servers"][0] = 1e308
    named["training_time"][0] = 1e308
    expected = _by_hand(kernel, named)
    found: list[Any] = []

    def work() -> None:
        found.extend(kernel.straight(**named) for _ in range(20))

    with np.errstate(all="raise"):
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        kept = kernel.straight(**named)
        for thread in threads:
            thread.join()
        assert set(np.geterr().values()) == {"raise"}
        with pytest.raises(FloatingPointError):
            np.array([1e308]) * 10
    assert len(found) == 80
    for one in (*found, kept):
        _same(one, expected)
    assert len({one.ctypes.data for one in found}) == 80
