"""What other packages' values mean: said, never dropped without a word."""

from __future__ import annotations

from typing import Any

import numpy as np
import pint
import pytest

from calc import training_energy
from calc.base.errors import CalcError, DomainError, UnitError
from calc.base.foreign import scalar
from tests.calc.support import refused

REST: dict[str, Any] = {"server_power": 6.5, "servers": 1}
OTHER: Any = pint.UnitRegistry()


def test_a_mask_is_no_number() -> None:
    masked = np.ma.array([25_000, 30_000], mask=[False, True])
    with refused(DomainError, "gpus was given an array with 1 masked values"):
        training_energy.sweep("gpt-4", gpus=masked)
    for one in (np.ma.masked, np.ma.array(25_000, mask=True)):  # of which NumPy makes 0, or what lies under the mask
        with refused(DomainError, "a masked value was given"):
            training_energy.derive("gpt-4", gpus=one)
        with refused(DomainError, "a masked value was given"):
            training_energy(servers=one, server_power=6.5, training_time=90)
    with refused(DomainError, "masked values"):
        training_energy(servers=masked, server_power=6.5, training_time=90)
    whole = np.ma.array([25_000, 30_000], mask=[False, False])
    assert training_energy.sweep("gpt-4", gpus=whole).tolist() == [43.875, 52.65]


@pytest.mark.parametrize(
    "value", [np.timedelta64(90, "ns"), np.timedelta64(90, "D"), np.datetime64("2026-01-01", "ns")]
)
def test_a_date_is_no_number(value: Any) -> None:
    with refused(DomainError, "training_time: ", "give a number"):
        training_energy(training_time=value, **REST)
    with pytest.raises(CalcError):
        training_energy(training_time=np.array([value]), **REST)


def test_a_year_of_another_length_is_said() -> None:
    """Pint's own is 365.25 days (a Julian year), the book's 365."""
    with refused(UnitError, "one year is 31557600 second where it comes from, and 31536000 here; give seconds"):
        training_energy(training_time=1 * OTHER.year, **REST)
    with refused(UnitError, "one year is 31557600 second"):
        training_energy(training_time=np.array([1, 2]) * OTHER.year, **REST)
    for same in (365.25 * OTHER.day, 8766 * OTHER.hour, 31557600 * OTHER.second):
        assert training_energy(training_time=same, **REST) == pytest.approx(6.5 * 8766 / 1e6)


def test_a_number_of_numpys_is_a_number() -> None:
    for one in (np.float64(2.5), np.array(2.5), np.ma.array(2.5), np.ma.array(2.5, mask=False)):
        found = scalar(one)
        assert (found, type(found)) == (2.5, float)
    for other in (2.5, "2.5 kW", [2.5], np.array([2.5])):
        assert scalar(other) is other
