"""Sobol' points by SciPy, scrambled with a fixed seed: what draws are made of.

A dimension of n points follows from its first point and from points 2, 4, 8, … alone, as each further point differs
from the one before by one of those. So only these are taken from SciPy, any number of points is made of them, and the
browser makes the same ones.

Those that the book's number of draws takes are kept in ``data/points.json``, which `make bands` writes: `scipy.stats`
takes longer to load than all else does that drawing needs. It is asked where more points are wanted, and where the file
is not there or is of another seed.
"""

from __future__ import annotations

import functools
import json
from importlib import resources
from typing import TYPE_CHECKING

from calc.base.atomic_files import write_file
from calc.base.errors import DataError
from calc.base.text_files import kept_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["BITS", "DIMENSIONS", "SEED", "sobol", "steps", "store_points"]

SEED = 2026
BITS = 30
DIMENSIONS = 1024
_FILE = "points.json"


def steps(dimension: int, count: int) -> tuple[int, ...]:
    """The first of the points of a dimension, and what later ones differ by, as whole numbers of 30 bits.

    Examples
    --------
    >>> [len(steps(0, count)) for count in (1, 2, 3, 1024)]
    [1, 2, 3, 11]
    """
    return tuple(row[dimension] for row in _rows((count - 1).bit_length()))


def sobol(dimension: int, count: int) -> NDArray[np.float64]:
    """Points of a dimension, above 0 and below 1, of shape ``(count,)``.

    Examples
    --------
    >>> (sobol(7, 1024) < 0.25).sum()  # they are spread evenly
    np.int64(256)
    """
    import numpy as np

    first, *more = steps(dimension, count)
    found = np.array([first], dtype=np.int64)
    for step in more:
        found = np.concatenate([found, found[::-1] ^ step])
    return np.asarray((found[:count] + 0.5) / 2**BITS)


@functools.cache
def _rows(bits: int) -> list[list[int]]:
    """The first point and, for each power of two up to 2**bits, what the points that begin a block differ by."""
    kept = _kept()
    return kept[: bits + 1] if bits < len(kept) else _by_scipy(bits)


@functools.cache
def _kept() -> list[list[int]]:
    """The rows of ``data/points.json``, if they are of the present seed."""
    stored = kept_json(_FILE, "make bands")
    try:
        if stored is None or (stored["seed"], stored["bits"]) != (SEED, BITS):
            return []
        rows: list[list[int]] = stored["rows"]
        if all(len(row) == DIMENSIONS and all(type(one) is int and 0 <= one < 2**BITS for one in row) for row in rows):
            return rows
    except (KeyError, TypeError):
        pass
    raise DataError(f"{_FILE}: has no rows of {DIMENSIONS} whole numbers of {BITS} bits; `make bands` writes it anew")


def _by_scipy(bits: int) -> list[list[int]]:
    import numpy as np
    from scipy.stats import qmc

    engine = qmc.Sobol(d=DIMENSIONS, scramble=True, bits=BITS, rng=np.random.default_rng(SEED))
    rows = [engine.random(1)[0]]
    for bit in range(bits):
        # Gray code: of the indices, only 2**(bit+1) - 1 has this bit of its code alone.
        skipped = 2 ** (bit + 1) - 1 - engine.num_generated
        if skipped:
            engine.fast_forward(skipped)
        rows.append(engine.random(1)[0])
    whole = np.rint(np.array(rows) * 2**BITS).astype(np.int64)
    whole[1:] ^= whole[0]
    found: list[list[int]] = whole.tolist()
    return found


def store_points(count: int) -> None:
    """Write what so many points of each dimension are made of."""
    rows = ",\n".join(map(json.dumps, _by_scipy((count - 1).bit_length())))
    with resources.as_file(resources.files("calc")) as folder:
        text = f'{{"seed": {SEED}, "bits": {BITS}, "rows": [\n{rows}\n]}}\n'
        write_file(folder / "data" / _FILE, text.encode())
