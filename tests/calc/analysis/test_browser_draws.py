"""What a browser draws inputs from: distributions as they are stated, and the points of Sobol' by SciPy's own."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from calc import scenario
from calc.analysis.browser_draws import browser_draws, browser_points, distribution_data
from calc.analysis.sobol_points import DIMENSIONS, SEED
from calc.base.domains import COUNT, FRACTION, POSITIVE
from calc.model.distributions import Distribution


@pytest.mark.parametrize(
    ("drawn", "data"),
    [
        (Distribution("point", 2.0, 2.0, 2.0, POSITIVE), ["point", 2, 2, 2]),
        (Distribution("triangular", 3.5, 4.0, 5.25, POSITIVE), ["triangular", 3.5, 4, 5.25]),
        (Distribution("uniform", 1000.0, 2000.0, 3000.0, COUNT), ["uniform", 1000, 2000, 3000]),
        (Distribution("normal", 1.0, 2.0, 3.0, POSITIVE, spread=0.5), ["normal", 1, 2, 3, 0.5]),
        (Distribution("beta", 0.1, 0.25, 0.5, FRACTION, spread=0.125), ["beta", 0.1, 0.25, 0.5, 0.125]),
        (Distribution("uniform", 1e15, 2e15, 1e30, POSITIVE), ["uniform", 10**15, 2 * 10**15, 1e30]),
        (Distribution("values", 1.0, 3.0, 9.0, POSITIVE, values=(9.0, 1.0, 3.0)), ["values", 1, 3, 9]),
    ],
    ids=lambda one: f"{one.kind}-{one.high:g}" if isinstance(one, Distribution) else "",
)
def test_a_distribution_is_its_kind_and_what_is_stated(drawn: Distribution, data: list[object]) -> None:
    found = distribution_data(drawn)
    assert found == data
    assert [type(one) for one in found[1:] if drawn.kind != "values"] == [
        type(one) for one in data[1:] if drawn.kind != "values"
    ]


def test_the_points_are_those_of_sobol() -> None:
    """The first number is the first point; each next differs by one step, that of the lowest bit of its place."""
    made = browser_points([2, 0, 1, 2])
    assert list(made) == [0, 1, 2]
    engine = qmc.Sobol(DIMENSIONS, bits=30, rng=np.random.default_rng(SEED))
    known = engine.random_base2(6)
    for dimension, text in made.items():
        point, *steps = (int(text[at : at + 6], 36) for at in range(0, len(text), 6))
        points = [point]
        for place in range(1, 64):
            point ^= steps[(place & -place).bit_length() - 1]
            points.append(point)
        assert np.array(points) / 2**30 == pytest.approx(known[:, dimension], abs=0)


def test_an_input_alone_has_a_dimension_and_those_that_go_together_have_weights() -> None:
    found = browser_draws(scenario("gpt-4-estimate"))
    assert all(set(one) in ({"p", "d"}, {"z", "d"}) for one in found.values())
    dimensions = [one["p"] for one in found.values() if "p" in one]
    assert len(set(dimensions)) == len(dimensions)
    for one in found.values():
        if "z" in one:
            assert sum(weight**2 for weight, _ in one["z"]) == pytest.approx(1)
