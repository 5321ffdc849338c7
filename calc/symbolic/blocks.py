"""Arrays in blocks that a processor's caches hold, and the check of each block against a domain."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from calc.base.domains import Domain
from calc.base.errors import DomainError
from calc.base.limits import COUNT, LARGEST
from calc.base.quantities import Quantity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["blocks", "check", "hold", "settle"]


def blocks(
    values: Sequence[Any], out: NDArray[np.float64], size: int
) -> Iterator[tuple[Sequence[Any], NDArray[np.float64]]]:
    """Parts of some arrays, each with the part of the result that is worked out from it.

    Parameters
    ----------
    values : numbers, which stay as they are, and arrays, which can be broadcast to the result's shape.
    out : the result's array, new and so in one piece.
    size : how many numbers a part has at most.

    Examples
    --------
    >>> import numpy as np
    >>> out = np.empty(3)
    >>> [(part.tolist(), number, block.size) for (part, number), block in blocks([np.array([1, 2, 3]), 6.5], out, 2)]
    [([1.0, 2.0], 6.5, 2), ([3.0], 6.5, 1)]
    """
    import numpy as np

    arrays = [(i, value) for i, value in enumerate(values) if isinstance(value, np.ndarray)]
    double, alike, as_is = out.dtype, True, out.size <= size and out.ndim == 1
    for _, array in arrays:
        alike = alike and array.shape == out.shape and (array.ndim == 1 or array.flags.c_contiguous)
        as_is = as_is and array.dtype is double and array.flags.aligned
    if alike and as_is:
        yield values, out
        return
    arguments = list(values)
    if alike:  # slices alone: NumPy's iterator costs a short formula a tenth of its time
        flat = [(i, array.reshape(-1), array.dtype is double and array.flags.aligned) for i, array in arrays]
        whole = out.reshape(-1)
        for start in range(0, max(out.size, 1), size):
            part = slice(start, start + size)
            for i, array, right in flat:
                arguments[i] = array[part] if right else array[part].astype(np.float64)
            yield arguments, whole[part]
        return
    operands: Any = [*(np.broadcast_to(array, out.shape) for _, array in arrays), out]
    access: Any = [["readonly"]] * len(arrays) + [["writeonly"]]
    iterator: Any = np.nditer(
        operands,
        flags=["external_loop", "buffered", "zerosize_ok"],
        op_flags=access,
        op_dtypes=[np.float64] * len(operands),
        casting="same_kind",
        buffersize=size,
    )
    with iterator:
        for *parts, block in iterator:
            for (i, _), part in zip(arrays, parts, strict=True):
                arguments[i] = part
            yield arguments, block


def check(part: NDArray[np.float64], quantity: Quantity, room: NDArray[np.float64] | None = None) -> None:
    """Hold the numbers of one block against their domain.

    Parameters
    ----------
    room : an array as long as the block, which is overwritten; a new one, if none is at hand.

    Raises
    ------
    DomainError : with the first number that is outside.
    """
    import numpy as np

    domain = quantity.domain
    if not part.size:
        return
    low, high = _ends(part)
    inside = (domain.low < low if domain.low_open else domain.low <= low) and high <= domain.high
    if inside and domain.whole and COUNT < high <= LARGEST:
        raise DomainError(
            f"{quantity.name} = {high:.6g} {quantity.unit} is more than is counted in a table or a sweep; accepted: up "
            f"to {COUNT}, above which the numbers of an array leave some whole ones out"
        )
    # NaN makes both comparisons false; an infinite maximum passes `<=`.
    inside = inside and high <= LARGEST and low >= domain.least
    if inside and not (domain.whole and (np.floor(part, room) != part).any()):
        return
    first = next(float(value) for value in part.ravel() if float(value) not in domain)
    raise DomainError(domain.message(f"{first:.12g}", quantity.name, quantity.unit))


def hold(quantity: Quantity, value: Any) -> None:
    """Hold a result on the way, which others may share, against its domain."""
    import numpy as np

    block = np.atleast_1d(np.asarray(value, dtype=float))
    if _is_off(block, quantity.domain):
        block = block.copy()
        settle(block, quantity.domain)
    check(block, quantity)


def settle(block: NDArray[np.float64], domain: Domain) -> None:
    """Put computed numbers back on a bound that they left by rounding alone."""
    if _is_off(block, domain):
        block[...] = [domain.settled(value) for value in block.tolist()]


def _is_off(block: NDArray[np.float64], domain: Domain) -> bool:
    """Whether some numbers may have left a bound by rounding alone."""
    if not block.size or not (domain.low or math.isfinite(domain.high)):
        return False
    return any(domain.settled(end) != end for end in _ends(block))


def _ends(block: NDArray[np.float64]) -> tuple[float, float]:
    """The least and the largest number, or NaN where there is one; NumPy's methods take twice as long to begin."""
    import numpy as np

    flat = block.reshape(-1)
    return float(np.minimum.reduce(flat)), float(np.maximum.reduce(flat))
