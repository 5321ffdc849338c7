"""The points that are kept: SciPy's own, all of them; and what is done without them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from scipy.stats import qmc

from calc.analysis import sobol_points
from calc.analysis.sampling import DRAWS
from calc.analysis.sobol_points import BITS, DIMENSIONS, SEED, sobol, steps
from calc.base.errors import DataError
from calc.base.text_files import kept_json
from tests.calc.support import refused


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """What was read or made before is forgotten, and again at the end what the test had read or made."""
    for function in (sobol_points._rows, sobol_points._kept):
        function.cache_clear()
    yield monkeypatch
    for function in (sobol_points._rows, sobol_points._kept):
        function.cache_clear()


def test_all_that_is_kept_is_scipys() -> None:
    """A step is what the first point of the second half of a block and the last one of its first half differ by."""
    engine = qmc.Sobol(DIMENSIONS, bits=BITS, rng=np.random.default_rng(SEED))
    known = (engine.random_base2((DRAWS - 1).bit_length()) * 2**BITS).astype(np.int64)
    rows = kept_json("points.json", "make bands")["rows"]
    assert np.array_equal(rows[0], known[0])
    halves = [2**place for place in range(len(rows) - 1)]
    assert halves[-1] == DRAWS // 2
    assert np.array_equal(rows[1:], [known[half] ^ known[half - 1] for half in halves]), "run: make bands"
    for dimension in (0, 511, DIMENSIONS - 1):
        assert np.array_equal(sobol(dimension, DRAWS), (known[:, dimension] + 0.5) / 2**BITS)


@pytest.mark.parametrize("stored", [None, {"seed": SEED + 1, "bits": BITS, "rows": []}, {"seed": SEED, "bits": 31}])
def test_without_them_scipy_makes_the_same(anew: pytest.MonkeyPatch, stored: object) -> None:
    kept = steps(3, 64)
    sobol_points._rows.cache_clear()
    sobol_points._kept.cache_clear()
    anew.setattr(sobol_points, "kept_json", lambda *_: stored)
    assert steps(3, 64) == kept
    assert sobol_points._kept() == []


def test_more_than_are_kept_begin_with_them() -> None:
    assert steps(5, 2 * DRAWS)[:-1] == steps(5, DRAWS)
    assert np.array_equal(sobol(5, DRAWS + 1)[:DRAWS], sobol(5, DRAWS))


ROW = [0] * DIMENSIONS


@pytest.mark.parametrize(
    "rows",
    [None, 3, [3], [ROW, ROW[1:]], [[*ROW[1:], 2**BITS]], [[*ROW[1:], -1]], [[*ROW[1:], 0.5]], [[*ROW[1:], "0"]]],
)
def test_a_spoilt_file_is_one_line(anew: pytest.MonkeyPatch, rows: object) -> None:
    anew.setattr(sobol_points, "kept_json", lambda *_: {"seed": SEED, "bits": BITS, "rows": rows})
    with refused(DataError, "points.json: has no rows of 1024 whole numbers of 30 bits; `make bands` writes it anew"):
        steps(0, 2)


def test_what_is_written_is_what_is_read(anew: pytest.MonkeyPatch, tmp_path) -> None:
    (tmp_path / "data").mkdir()
    anew.setattr(sobol_points.resources, "files", lambda _: tmp_path)
    sobol_points.store_points(DRAWS)
    (written,) = tmp_path.rglob("*.json")
    anew.undo()
    folder = sobol_points.resources.files("calc").joinpath("data")
    assert written.read_bytes() == folder.joinpath("points.json").read_bytes()
