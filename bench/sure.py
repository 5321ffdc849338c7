"""Draws of a whole chain against NumPy, every result sampled and budgeted, and rivals on one sum."""

from __future__ import annotations

import functools
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.measure import Row, in_turns
from calc import Scenario, training_facility_energy
from calc.analysis.sampling import Draws
from calc.model.scenario_file import read_scenario

__all__ = ["rows"]

_ROOT = Path(__file__).resolve().parent.parent
_DRAWS = 1_000_000
_TIME, _BUILD = 1.2, 3.0
_NAMES = ("gpus", "server_power", "training_time", "pue")
# A run whose energy at the site follows from four inputs, all with a range.
_RUN = 'extends = "gpt-4"\n' + "".join(
    f"[inputs.{name}]\nvalue = {value}\nlow = {low}\nhigh = {high}\nunit = '{unit}'\nkind = 'assumption'\nnote = 'x'\n"
    for name, value, low, high, unit in (
        ("gpus", 25_000, 20_000, 25_000, "GPU"), ("server_power", 6.5, 4.0, 6.5, "kW/server"),
        ("training_time", 90, 80, 100, "day"), ("pue", 1.2, 1.1, 1.4, "1"),
    )
)  # fmt: skip

# In a process of its own, as a build has it: with the time that SciPy takes to load.
_ALL = """
import time
import calc
from calc.base.errors import CalcError
from calc.render import uncertainty as spread
from calc.analysis.sampling import uncertain
found = []
for formula in calc.all_formulas():
    for name in ("gpt-4", *calc.scenario_names()):
        try:
            found.append(formula.derive(name))
            break
        except CalcError:
            pass
start = time.process_time()
ranged = [one for one in found if uncertain(one)]
for one in ranged:
    spread.spread_words(one), spread.sentence(one), spread.budget_rows(one, one.budget()), spread.tornado(one)
print(time.process_time() - start, len(ranged))
"""


@functools.cache
def _run() -> Scenario:
    return read_scenario(_RUN, "bench", "bench.toml", ())


def by_hand(gpus: np.ndarray, server_power: np.ndarray, training_time: np.ndarray, pue: np.ndarray) -> np.ndarray:
    """The chain in GWh, as anyone would write it."""
    return pue * (server_power * np.ceil(gpus / 8) * training_time * 24 / 1e6)


def chain_row(rounds: int) -> Row:
    """A million draws from GPUs to energy at the site."""
    table = Draws(_run(), _DRAWS)
    values = {name: table[name] for name in _NAMES}
    ours = functools.partial(table.evaluate, training_facility_energy)
    theirs = functools.partial(by_hand, **values)
    np.testing.assert_allclose(ours(), theirs(), rtol=1e-13)
    mine, numpys = in_turns([ours, theirs], rounds)
    ratio = statistics.median(a / b for a, b in zip(mine, numpys, strict=True))
    detail = f"{statistics.median(mine) * 1e3:.1f} ms, NumPy {statistics.median(numpys) * 1e3:.1f} ms"
    return Row("a million draws, GPUs to energy at the site: time over NumPy", ratio, _TIME, "", detail)


def book_row() -> Row:
    """Every result of the book that has a range: percentiles, budget, shares, picture."""
    command = [sys.executable, "-c", _ALL]
    best, count = min(
        tuple(map(float, subprocess.run(command, cwd=_ROOT, check=True, capture_output=True, text=True).stdout.split()))
        for _ in range(3)
    )
    return Row(
        "all results sampled and budgeted", best, _BUILD, " s", f"{count:.0f} results; CPU time, loading SciPy included"
    )


def _rivals() -> dict[str, Callable[[], object]]:
    """The run's energy at the site, with the same triangles, as other packages compute it; those that are installed."""
    run = _run()
    inputs = [run[name].distribution for name in _NAMES]
    found: dict[str, Callable[[], object]] = {}
    try:
        import squigglepy as sq

        def squiggle() -> object:
            gpus, power, days, pue = (
                sq.sample(sq.triangular(one.low, one.value, one.high), n=100_000) for one in inputs
            )
            return pue * power * np.ceil(gpus / 8) * days * 24 / 1e6

        found["squigglepy"] = squiggle
    except ImportError:
        pass
    try:
        from uncertainties import ufloat

        def first_order() -> object:
            gpus, power, days, pue = (ufloat(one.value, one.uncertainty) for one in inputs)
            return (pue * power * gpus / 8 * days * 24 / 1e6).std_dev

        found["uncertainties"] = first_order
    except ImportError:
        pass
    try:
        import mcerp

        def latin() -> object:
            mcerp.npts = 100_000
            gpus, power, days, pue = (
                mcerp.Tri(one.low, one.value, one.high) if one.low < one.value else mcerp.Uniform(one.low, one.high)
                for one in inputs
            )
            return (pue * power * gpus / 8 * days * 24 / 1e6).std

        found["mcerp"] = latin
    except ImportError:
        pass
    return found


def rival_rows() -> list[Row]:
    """Milliseconds of 100,000 draws of one sum, ours and others'; what is not installed is said loudly."""

    def ours() -> object:
        table = Draws(_run(), 100_000)
        return table.evaluate(training_facility_energy)

    rivals = {"calc": ours, **_rivals()}
    missing = [name for name in ("squigglepy", "uncertainties", "mcerp") if name not in rivals]
    if missing:
        print(f"NOT MEASURED, as not installed: {', '.join(missing)} (pip install --target DIR, then PYTHONPATH=DIR)")
    found = []
    for name, call in rivals.items():
        call()
        seconds = []
        for _ in range(5):
            start = time.perf_counter()
            call()
            seconds.append(time.perf_counter() - start)
        what = "first order" if name == "uncertainties" else "100,000 draws"
        found.append(Row(f"{name}: {what} of the run's energy at the site", min(seconds) * 1e3, None, " ms", ""))
    return found


def rows(rounds: int) -> list[Row]:
    """All of it."""
    return [chain_row(rounds), book_row(), *rival_rows()]
