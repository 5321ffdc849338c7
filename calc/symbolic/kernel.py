"""Formulas on numbers: one float at a time, a NumPy array of them, or a Dask array that stays lazy.

An array is worked through in blocks, and each block's intermediate results are written where the result will
stand. What the results of a chain share is worked out once. Over a chain of formulas this saves about as much as the
checks of the domains cost; over one short product the checks weigh as much as the arithmetic.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from contextvars import Context
from typing import TYPE_CHECKING, Any, Literal

import sympy as sp

from calc.base.errors import CalcError, DomainError
from calc.base.foreign import NUMBERS, check_array
from calc.base.quantities import Quantity
from calc.base.values import AXES
from calc.symbolic.blocks import blocks, check, hold, settle
from calc.symbolic.codegen import PYTHON, source
from calc.symbolic.guards import Guard, inside
from calc.symbolic.in_place import UFUNCS, over, statements, together

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Checked", "Kernel"]

Checked = bool | Literal["result"]

# Numbers of a block, from measurements: smaller ones spend more on calls than they save in memory traffic.
_BLOCK = 1 << 16  # what is made on the way lies beside the result in the processor's second cache
_ALONE = 1 << 17  # nothing is made but the result
_UNREAD = 1 << 20  # nor is anything read twice, as it would be to check it
_SMALL, _LONG = 1 << 14, 24  # but with so many statements, all that they make must lie there
_IN_ONE_PIECE = 0x0101  # NumPy's flags of what is C-contiguous and aligned
_SCALARS: dict[str, Any] = {
    "ceil": math.ceil,
    "floor": math.floor,
    "maximum": max,
    "minimum": min,
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "pi": math.pi,
    "e": math.e,
}


class Kernel:
    """A numeric expression, compiled.

    Parameters
    ----------
    expression : of the inputs' symbols, own units to own unit.
    inputs : the quantities it takes, in order; plain numbers are in their own units.
    result : the quantity it yields, in its own unit.
    guards : intermediate results of its chain that are held against their domains too, in the chain's order.

    Examples
    --------
    >>> from calc import server_count
    >>> server_count.kernel.scalar(25_001, 8)
    3126
    """

    def __init__(
        self, expression: sp.Expr, inputs: Sequence[Quantity], result: Quantity, guards: Sequence[Guard] = ()
    ) -> None:
        self.expression = expression
        self.inputs = tuple(inputs)
        self.result = result
        self.guards = tuple(guards)
        self._functions: dict[tuple[tuple[str, ...], bool], Callable[..., Any]] = {}

    @functools.cached_property
    def _guarding(self) -> tuple[Kernel, ...]:
        """A kernel for each guard."""
        return tuple(Kernel(one.expression, self.inputs, one.quantity) for one in self.guards)

    @functools.cached_property
    def _scalar(self) -> Any:
        return self._compiled(statements(source(self.expression, PYTHON)), _SCALARS)

    def _worked_out(self, numbers: tuple[str, ...] = (), held: bool = False) -> Callable[..., Any]:
        """A function that works out a block, of arrays and of inputs that are numbers, by name.

        Parameters
        ----------
        held : whether with its guards, of which each takes its value: what they share is worked out once.
        """
        key = (numbers, held)
        if key not in self._functions:
            text = source(self.expression, PYTHON)
            if held:
                lines = together(
                    [*(source(one.expression, PYTHON) for one in self.guards), text], "_held", "_out", numbers
                )
            else:
                lines = statements(text, "_out", numbers)
            self._functions[key] = self._compiled(lines, _array_functions(), *(["_held"] if held else []), "_out")
        return self._functions[key]

    @functools.cached_property
    def _body(self) -> list[str]:
        return statements(source(self.expression, PYTHON), out="_out")

    @functools.cached_property
    def straight(self) -> Callable[..., Any]:
        """A function of the inputs by name: `array`, unchecked, of one block of doubles each, and None of all else.

        The arithmetic of a million numbers drives all that a call has read out of the processor's caches, so that each
        thing a call touches costs some thirty times what it costs a call of few: here it touches next to nothing.

        Examples
        --------
        >>> import numpy as np
        >>> from calc import server_count
        >>> server_count.kernel.straight(gpus=np.array([25_001.0]), gpus_per_server=np.array([8.0])).tolist()
        [3126.0]
        >>> server_count.kernel.straight(gpus=np.array([25_001.0]), gpus_per_server=8)
        """
        import numpy as np

        if not any("out=_out" in line for line in self._body):  # it is an input as it came in, or a number
            return lambda **_named: None
        names = [q.name for q in self.inputs]
        tests = [
            f"{' is '.join(f'type({name})' for name in names)} is _ndarray",
            f"{' is '.join(f'{name}.dtype' for name in names)} is _double",
            " == ".join([f"(_shape := {names[0]}.shape)", *(f"{name}.shape" for name in names[1:])]),
            f"0 < len(_shape) <= {AXES} and {names[0]}.size <= {self._block_sizes[1]}",
            f"{' & '.join(f'{name}.flags.num' for name in names)} & {_IN_ONE_PIECE} == {_IN_ONE_PIECE}",
        ]
        lines = [f"if {' and '.join(tests)}:", f"    return _quiet().run(_array, {', '.join(names)}, _empty(_shape))"]
        known = {"_ndarray": np.ndarray, "_double": np.dtype(float), "_empty": np.empty, "_array": self._worked_out()}
        return self._compiled(lines, known | {"_quiet": _without_warnings().copy})

    def _compiled(self, lines: list[str], functions: dict[str, Any], *more: str) -> Callable[..., Any]:
        names = ", ".join([q.name for q in self.inputs] + list(more))
        space = dict(functions)
        body = "\n    ".join(lines)
        # The source is printed by codegen from an allow-list of nodes; no text of a user reaches it.
        exec(f"def kernel({names}):\n    {body}", space)
        compiled: Callable[..., Any] = space["kernel"]
        return compiled

    def __reduce__(self) -> tuple[Any, ...]:
        # A Dask worker compiles the expression again; compiled functions do not travel.
        return Kernel, (self.expression, self.inputs, self.result, self.guards)

    def scalar(self, *values: float) -> float | int:
        """One result from plain numbers that have been checked.

        Raises
        ------
        DomainError : the result, or one on the way to it, is outside its domain, or too large for a float.
        """
        for one in self._guarding:
            one.scalar(*values)
        try:
            # Floats, as an array has: products of Python's whole numbers would round otherwise than an array's.
            value = self.result.domain.settled(self._scalar(*map(float, values)))
        except (OverflowError, ZeroDivisionError):
            value = math.nan
        if value not in self.result.domain:
            raise DomainError(self.result.domain.message(f"{value:.6g}", self.result.name, self.result.unit))
        return int(value) if self.result.domain.whole else float(value)

    def array(self, *values: Any, checked: Checked = True) -> Any:
        """Results from arrays and numbers, which are broadcast against each other.

        Parameters
        ----------
        values : of the inputs, in their order.
        checked : whether arrays are held against their domains; ``"result"`` holds only what comes out, as draws were
            made inside theirs. Single numbers are always checked.

        Returns
        -------
        A float64 array; a Dask array, not yet computed, when any input is one.

        Raises
        ------
        DomainError : a value is outside its domain, naming quantity and value.
        CalcError : the shapes cannot be broadcast against each other.
        """
        for value in values:
            if hasattr(value, "__dask_graph__"):
                return self._lazy(values, checked)
        import numpy as np

        numbers: list[Any] = []
        shapes: set[tuple[int, ...]] = set()
        for quantity, value in zip(self.inputs, values, strict=True):
            array = np.asarray(value)
            if array.dtype.kind not in NUMBERS:
                check_array(array, quantity.name)
            if array.ndim:
                shapes.add(array.shape)
                numbers.append(array)
            else:  # a number stays one, so that no pass is spent on it
                quantity.domain.check(array.item(), quantity.name, quantity.unit)
                numbers.append(float(array))
        if not shapes:
            return np.float64(self.scalar(*numbers))
        try:
            out = np.empty(shapes.pop() if len(shapes) == 1 else np.broadcast_shapes(*shapes))
        except ValueError:
            said = ", ".join(f"{q.name} {np.shape(one)}" for q, one in zip(self.inputs, numbers, strict=True))
            raise CalcError(f"arrays of these shapes cannot be broadcast against each other: {said}") from None
        self._fill(numbers, out, checked)
        return out

    def _lazy(self, values: Sequence[Any], checked: Checked) -> Any:
        """The same as a Dask array that is not yet computed."""
        import dask.array as da

        signature = ",".join(["()"] * len(values)) + "->()"
        block = functools.partial(self.array, checked=checked)
        return da.apply_gufunc(block, signature, *values, output_dtypes=float, allow_rechunk=True)

    def _fill(self, values: Sequence[Any], out: NDArray[np.float64], checked: Checked) -> None:
        """Check and compute block by block."""
        import numpy as np

        size = self._block_sizes[0 if checked else 1]
        numbers = tuple(q.name for q, value in zip(self.inputs, values, strict=True) if type(value) is float)
        work_out = self._worked_out(numbers, held=bool(checked))
        with np.errstate(all="ignore"):
            if not checked:
                for arguments, block in blocks(values, out, size):
                    _into(work_out(*arguments, block), block)
                return
            held = [functools.partial(hold, one.quantity) for one in self.guards]
            varying = [i for i, value in enumerate(values) if checked is True and isinstance(value, np.ndarray)]
            for arguments, block in blocks(values, out, size):
                for i in varying:
                    check(arguments[i], self.inputs[i], block)  # which nothing stands in yet
                _into(work_out(*arguments, held, block), block)
                settle(block, self.result.domain)
                check(block, self.result)

    @functools.cached_property
    def _block_sizes(self) -> tuple[int, int]:
        """How many numbers a block has where something is checked, and where nothing is."""
        if self.guards or len(self._body) > _LONG:
            return _SMALL, _SMALL
        made = {line.split()[0] for line in self._body[:-1]}
        return (_BLOCK, _BLOCK) if len(made) > 1 else (_ALONE, _UNREAD)

    def refused(self, *values: Any) -> NDArray[np.bool_]:
        """Which combinations `array` refuses; for a message, once it has refused one.

        Returns
        -------
        One truth value a combination, of the shape that `array` would return.
        """
        import numpy as np

        arrays = np.broadcast_arrays(*(np.asarray(value, dtype=float) for value in values))
        wrong = np.zeros(arrays[0].shape, dtype=bool)
        for quantity, array in zip(self.inputs, arrays, strict=True):
            wrong |= ~inside(array, quantity.domain)
        block = np.empty(wrong.shape)
        with np.errstate(all="ignore"):
            for one in (*self._guarding, self):
                _into(one._worked_out()(*arrays, block), block)
                settle(block, one.result.domain)
                wrong |= ~inside(block, one.result.domain)
        return wrong


def _into(result: Any, block: NDArray[np.float64]) -> None:
    """Put a block's result where it belongs, if it does not stand there already."""
    if result is not block:
        block[...] = result


@functools.cache
def _array_functions() -> dict[str, Any]:
    """NumPy's functions and constants by the names that codegen gives them."""
    import numpy as np

    return {"over": over} | {name: getattr(np, name) for name in (*_SCALARS, *UFUNCS.values())}


@functools.cache
def _without_warnings() -> Context:
    """Where NumPy says nothing, as under `np.errstate`, which takes twice as long to enter; one thread takes a copy."""
    import numpy as np

    quiet = Context()
    quiet.run(np.seterr, all="ignore")
    return quiet
