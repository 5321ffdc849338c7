"""Formulas on numbers, on arrays, and on Dask arrays that stay lazy."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calc import replica_count, server_count, spare_gpus, training_energy, training_facility_energy
from calc.base.errors import DomainError
from calc.base.limits import COUNT
from calc.symbolic.kernel import Kernel
from tests.calc.support import FORMULAS, by_symbol, cancelled, inputs_of, outcome, refused
from tests.sampling import cases
from tests.together import each


@each("one", FORMULAS)
@settings(max_examples=cases(40, 13))
@given(data=st.data())
def test_an_array_gives_what_single_numbers_give(one, data):
    """To the last bit or two, and an error where they give an error."""
    values = data.draw(inputs_of(one))
    single = outcome(one, **values)
    array = outcome(one, **{name: np.array([value, value]) for name, value in values.items()})
    if isinstance(single, type):
        assert array is single
    elif isinstance(array, type):  # the numbers of an array leave out whole ones above this
        assert max(single, *values.values()) > COUNT
    else:
        assert array.dtype == np.float64
        # One less nearly one has the last bit of one, and not of itself.
        last_bit = 2**-52 if one.id in ("experts-read", "yearly-growth") else 0
        if not np.allclose(array, single, rtol=4e-15, atol=last_bit):  # NumPy's powers end in other bits
            np.testing.assert_allclose(array, [single, single], rtol=4e-15 * cancelled(one, by_symbol(one, values)))
        assert single in one.result.domain


@each("tenths", range(1, 200))
def test_ceil_and_floor_of_quotients_that_are_whole(tenths):
    """0.3/0.1 is 2.9999999999999996 and 0.6/0.2 is 2.9999999999999996 too."""
    quotient = Kernel(server_count.numeric, server_count.inputs, server_count.result)
    assert quotient.scalar(tenths * 0.1, 0.1) == tenths
    assert replica_count.kernel.scalar(tenths * 0.1, 0.1) == tenths


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_counts_stay_whole(gpus, size):
    servers, replicas = -(-gpus // size), gpus // size
    assert server_count(gpus=gpus, gpus_per_server=size) == servers
    assert type(server_count(gpus=gpus, gpus_per_server=size)) is int
    assert server_count.derive(gpus=gpus, gpus_per_server=size).value == servers
    if replicas:
        assert replica_count(gpus=gpus, gpus_per_replica=size) == replicas
        assert spare_gpus(gpus=gpus, replicas=replicas, gpus_per_replica=size) == gpus % size


@pytest.mark.parametrize("shape", [(0,), (1,), (3, 4), (2, 3, 4), (200_003,)], ids=str)
def test_shapes(shape):
    servers = np.arange(1, np.prod(shape, dtype=int) + 1).reshape(shape)
    energy = training_energy(servers=servers, server_power=6.5, training_time=90)
    assert energy.shape == shape
    np.testing.assert_allclose(energy, 6.5 * servers * 90 * 24 / 1e6, rtol=1e-14)


def test_broadcasting():
    energy = training_energy(servers=np.array([[1], [2]]), server_power=np.array([1.0, 2.0, 3.0]), training_time=1)
    np.testing.assert_allclose(energy * 1e6 / 24, [[1, 2, 3], [2, 4, 6]])


@pytest.mark.parametrize("dtype", ["i1", "u2", "i4", "i8", "u8", "f2", "f4", "f8", ">f8"])
def test_kinds_of_numbers(dtype):
    assert training_energy(servers=np.array([8, 16], dtype), server_power=1, training_time=1).tolist() == [
        0.000192,
        0.000384,
    ]


def test_views_are_read_and_not_written():
    servers = np.arange(1.0, 21.0)[::-2]
    servers.flags.writeable = False
    kept = servers.copy()
    training_energy(servers=servers, server_power=1, training_time=1)
    assert (servers == kept).all()


def test_the_last_of_a_million_is_checked():
    servers = np.ones(1_000_000)
    servers[-1] = 0
    with refused(DomainError, "servers = 0 server"):
        training_energy(servers=servers, server_power=1, training_time=1)


def test_a_kernel_travels():
    again = pickle.loads(pickle.dumps(training_energy.kernel))
    assert again.scalar(6.5, 3125, 90) == 43.875
    assert pickle.loads(pickle.dumps(training_energy)) is training_energy


class TestDask:
    """Dask arrays: nothing is computed before its time, and then the same comes out."""

    @pytest.fixture
    def da(self):
        return pytest.importorskip("dask.array", reason="dask is an optional dependency, and is not installed")

    @pytest.fixture
    def gpus(self):
        return np.arange(1.0, 1001.0)

    def test_lazy_and_equal(self, da, gpus):
        import dask

        def never(*args, **kwargs):
            raise AssertionError("something was computed")

        with dask.config.set(scheduler=never):
            lazy = training_facility_energy.sweep("gpt-4", gpus=da.from_array(gpus, chunks=300), pue=1.1)
            called = training_energy(servers=da.from_array(gpus, chunks=7), server_power=6.5, training_time="90 day")
        assert lazy.shape == (1000,)
        assert lazy.dtype == np.float64
        with dask.config.set(scheduler="synchronous"):
            assert (lazy.compute() == training_facility_energy.sweep("gpt-4", gpus=gpus, pue=1.1)).all()
            assert (called.compute() == training_energy(servers=gpus, server_power=6.5, training_time=90)).all()

    def test_mixed_with_numpy_and_broadcast(self, da, gpus):
        lazy = training_energy(
            servers=da.from_array(gpus, chunks=100)[:, None], server_power=np.array([1.0, 2.0]), training_time=1
        )
        expected = training_energy(servers=gpus[:, None], server_power=np.array([1.0, 2.0]), training_time=1)
        assert (lazy.compute(scheduler="synchronous") == expected).all()

    def test_other_processes(self, da, gpus):
        lazy = training_facility_energy.sweep("gpt-4", gpus=da.from_array(gpus, chunks=500))
        computed = lazy.compute(scheduler="processes", num_workers=2)
        assert (computed == training_facility_energy.sweep("gpt-4", gpus=gpus)).all()

    def test_an_error_surfaces_when_computed(self, da, gpus):
        gpus[700] = 0.5
        lazy = server_count(gpus=da.from_array(gpus, chunks=100), gpus_per_server=8)
        with refused(DomainError, "gpus = 0.5 GPU", "a whole number, at least 1"):
            lazy.compute(scheduler="synchronous")


def test_whole_numbers_beyond_64_bits_stay_what_they_are() -> None:
    """The product of parameters and tokens of a large run: NumPy's whole numbers would wrap round without a word."""
    from calc import formula_by_id
    from calc.analysis.results import percentiles

    shown = formula_by_id("optimal-tokens").derive("run-llama-3.1-405b", size_factor="300 to 500")
    band = percentiles(shown)
    assert band is not None
    ends = [formula_by_id("optimal-tokens").derive("run-llama-3.1-405b", size_factor=end).value for end in (500, 300)]
    assert ends[0] < band[0] < band[1] < band[2] < ends[1]
