"""A million scenarios through the formulas, beside the same arithmetic written by hand."""

from __future__ import annotations

import functools
import statistics

import numpy as np
from numpy.typing import NDArray

from bench.measure import Row, in_turns, peak_memory
from calc import training_energy, training_facility_energy

__all__ = ["rows"]

SCENARIOS = 1_000_000
_TIME, _CHECKED, _MEMORY = 1.10, 1.50, 1.50
_Floats = NDArray[np.float64]


def inputs(count: int = SCENARIOS) -> dict[str, _Floats]:
    """Arrays for the five inputs of the chain from GPU count to facility energy."""
    random = np.random.default_rng(2026)
    return {
        "gpus": random.integers(1_000, 200_000, count).astype(np.float64),
        "gpus_per_server": random.choice([4.0, 8.0, 16.0, 72.0], count),
        "server_power": random.uniform(3.0, 15.0, count),
        "training_time": random.uniform(10.0, 200.0, count),
        "pue": random.uniform(1.05, 1.6, count),
    }


def facility_energy_by_hand(
    gpus: _Floats, gpus_per_server: _Floats, server_power: _Floats, training_time: _Floats, pue: _Floats
) -> _Floats:
    """The whole chain in GWh, as anyone would write it."""
    servers = np.ceil(gpus / gpus_per_server)
    energy = server_power * servers * training_time * 24 / 1e6
    return pue * energy


def training_energy_by_hand(server_power: _Floats | float, servers: _Floats, training_time: _Floats) -> _Floats:
    """One formula in GWh, as anyone would write it."""
    return server_power * servers * training_time * 24 / 1e6


def training_energy_checked_by_hand(server_power: _Floats, servers: _Floats, training_time: _Floats) -> _Floats:
    """The same with the checks that the formula makes: above 0, finite, and of whole servers."""
    for name, values in (("server power", server_power), ("servers", servers), ("training time", training_time)):
        if not (values.min() > 0 and np.isfinite(values.max())):
            raise ValueError(f"{name} must be above 0 and finite")
    if np.any(np.floor(servers) != servers):
        raise ValueError("servers must be whole")
    energy = training_energy_by_hand(server_power, servers, training_time)
    if not (energy.min() > 0 and np.isfinite(energy.max())):
        raise ValueError("the energy must be above 0 and finite")
    return energy


def rows(rounds: int) -> list[Row]:
    """Time and peak memory of the chain and of one formula alone, as ratios."""
    values = inputs()
    one = {
        "server_power": values["server_power"],
        "servers": np.ceil(values["gpus"] / values["gpus_per_server"]),
        "training_time": values["training_time"],
    }
    chain = functools.partial(training_facility_energy.sweep, "gpt-4", **values)
    chain_by_hand = functools.partial(facility_energy_by_hand, **values)
    alone = functools.partial(training_energy, **one)
    unchecked = functools.partial(training_energy, checked=False, **one)
    one_number = one | {"server_power": 6.5}
    among_arrays = functools.partial(training_energy, checked=False, **one_number)
    among_by_hand = functools.partial(training_energy_by_hand, **one_number)
    alone_by_hand = functools.partial(training_energy_by_hand, **one)
    checked_by_hand = functools.partial(training_energy_checked_by_hand, **one)
    np.testing.assert_allclose(chain(), chain_by_hand(), rtol=1e-13)
    for one_way in (alone, unchecked, checked_by_hand):
        np.testing.assert_allclose(one_way(), alone_by_hand(), rtol=1e-13)
    np.testing.assert_allclose(among_arrays(), among_by_hand(), rtol=1e-13)
    found = []
    for what, ours, by_hand, target in (
        ("GPU count to facility energy, chain", chain, chain_by_hand, _TIME),
        ("training-energy alone, as checked by hand", alone, checked_by_hand, _CHECKED),
        ("training-energy alone, checked=False", unchecked, alone_by_hand, _TIME),
        ("the same with a number among the arrays", among_arrays, among_by_hand, _TIME),
    ):
        # The ratio of each round's pair, so that a slow spell of the machine falls on both.
        mine, theirs = in_turns([ours, by_hand], rounds)
        ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        detail = f"{statistics.median(mine) * 1e3:.1f} ms, NumPy {statistics.median(theirs) * 1e3:.1f} ms"
        found.append(Row(f"{what}: time over NumPy", ratio, target, "", detail))
        peaks = [peak_memory(call) for call in (ours, by_hand)]
        detail = f"{peaks[0] / 1e6:.1f} MB, NumPy {peaks[1] / 1e6:.1f} MB"
        found.append(Row(f"{what}: peak memory over NumPy", peaks[0] / peaks[1], _MEMORY, "", detail))
    return found
