"""Formulas on numbers: one float at a time, a NumPy array of them, or a Dask array that stays lazy.

An array is worked through in blocks that fit the processor's cache. Every pass over a block is then cheap:
the checks of the domains, the arithmetic, and the check of the result together cost less than the
arithmetic alone costs on whole arrays, whose intermediate results go through main memory.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import sympy as sp

from calc.codegen import PYTHON, source
from calc.errors import DomainError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from calc.quantities import Quantity

__all__ = ["Kernel"]

_BLOCK = 1 << 16  # smaller blocks spend more on calls than they save in memory traffic
_SCALARS: dict[str, Any] = {
    "ceil": math.ceil,
    "floor": math.floor,
    "maximum": max,
    "minimum": min,
    "exp": math.exp,
    "log": math.log,
    "pi": math.pi,
    "e": math.e,
}


class Kernel:
    """A numeric expression, compiled.

    Parameters
    ----------
    inputs : the quantities it takes, in order; plain numbers are in their own units.
    result : the quantity it yields, in its own unit.
    code : the expression in Python, from `calc.codegen.source`.

    Examples
    --------
    >>> from calc import server_count
    >>> server_count.kernel.scalar(25_001, 8)
    3126
    """

    def __init__(self, inputs: Sequence[Quantity], result: Quantity, code: str) -> None:
        self.inputs = tuple(inputs)
        self.result = result
        self.code = code

    @functools.cached_property
    def _scalar(self) -> Any:
        return self._compiled(_SCALARS)

    @functools.cached_property
    def _array(self) -> Any:
        import numpy as np

        return self._compiled({name: getattr(np, name) for name in _SCALARS})

    def _compiled(self, functions: dict[str, Any]) -> Any:
        names = ", ".join(q.name for q in self.inputs)
        space = dict(functions)
        # The source is printed by codegen from an allow-list of nodes; no text of a user reaches it.
        exec(f"def kernel({names}):\n    return {self.code}", space)
        return space["kernel"]

    @classmethod
    def of(cls, expression: sp.Expr, inputs: Sequence[Quantity], result: Quantity) -> Kernel:
        """Compile an expression of the inputs' symbols."""
        return cls(inputs, result, source(expression, PYTHON))

    def __reduce__(self) -> tuple[Any, ...]:
        # A Dask worker compiles the source again; compiled functions do not travel.
        return Kernel, (self.inputs, self.result, self.code)

    def scalar(self, *values: float) -> float | int:
        """One result from plain numbers that have been checked.

        Raises
        ------
        DomainError : the result is outside its domain, or too large for a float.
        """
        try:
            # Floats, as an array has: products of Python's whole numbers would round otherwise than an array's.
            value = self._scalar(*map(float, values))
        except (OverflowError, ZeroDivisionError):
            value = math.nan
        if value not in self.result.domain:
            raise DomainError(self.result.domain.message(f"{value:.6g}", self.result.name, self.result.unit))
        return int(value) if self.result.domain.whole else float(value)

    def array(self, *values: Any) -> Any:
        """Results from arrays and numbers, which are broadcast against each other.

        Returns
        -------
        A float64 array; a Dask array, not yet computed, when any input is one.

        Raises
        ------
        DomainError : a value is outside its domain, naming quantity, value and place.
        """
        if any(hasattr(value, "__dask_graph__") for value in values):
            import dask.array as da

            signature = ",".join(["()"] * len(values)) + "->()"
            return da.apply_gufunc(self.array, signature, *values, output_dtypes=float, allow_rechunk=True)
        import numpy as np

        arrays = [np.asarray(value) for value in values]
        for quantity, array in zip(self.inputs, arrays, strict=True):
            if array.dtype.kind not in "iuf":
                raise DomainError(f"{quantity.name} takes numbers, not an array of {array.dtype}")
            if array.ndim == 0:
                quantity.domain.check(array.item(), quantity.name, quantity.unit)
        varying = [i for i, array in enumerate(arrays) if array.ndim]
        if not varying:
            return np.float64(self.scalar(*(array.item() for array in arrays)))
        operands: Any = [*(arrays[i] for i in varying), None]
        access: Any = [["readonly"]] * len(varying) + [["writeonly", "allocate"]]
        blocks = np.nditer(
            operands,
            flags=["external_loop", "buffered", "zerosize_ok"],
            op_flags=access,
            op_dtypes=[np.float64] * (len(varying) + 1),
            casting="same_kind",
            buffersize=_BLOCK,
        )
        arguments: list[Any] = [None if array.ndim else float(array) for array in arrays]
        with blocks, np.errstate(all="ignore"):
            for *parts, out in blocks:
                for i, part in zip(varying, parts, strict=True):
                    _check(part, self.inputs[i])
                    arguments[i] = part
                out[...] = self._array(*arguments)
                _check(out, self.result)
            return blocks.operands[-1]


def _check(part: NDArray[np.float64], quantity: Quantity) -> None:
    domain = quantity.domain
    if not part.size:
        return
    low, high = part.min(), part.max()
    inside = (domain.low < low if domain.low_open else domain.low <= low) and high <= domain.high
    # NaN makes both comparisons false; an infinite maximum passes `<=`.
    if inside and math.isfinite(high) and not (domain.whole and _has_fraction(part)):
        return
    first = next(float(value) for value in part.ravel() if float(value) not in domain)
    raise DomainError(domain.message(f"{first:.12g}", quantity.name, quantity.unit))


def _has_fraction(part: NDArray[np.float64]) -> bool:
    import numpy as np

    return bool((np.floor(part) != part).any())
