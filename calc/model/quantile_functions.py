"""Quantile functions of the distributions that inputs have, and how much of each lies below a value.

SciPy has these distributions, in `scipy.stats`, which takes four times as long to load as the special functions that it
works them out with. So these are called here as it calls them, in the same order: quantiles have the same bits, as a
test sees to. `scipy.special` in turn is loaded only by a distribution that needs it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Floats = NDArray[np.float64]

__all__ = ["Continuous", "beta", "lognormal", "normal", "triangular", "uniform"]


@dataclass(frozen=True)
class Continuous:
    """A continuous distribution: one in standard form, stretched and then moved.

    Attributes
    ----------
    below : the share of the standard form that lies below a value within its ends.
    quantile : the values of the standard form below which shares from 0 to 1 lie.
    ends : those of the standard form.
    start, width : where its 0 comes to lie, and its 1 beyond that, in the unit of what is drawn.
    """

    below: Callable[[float], Any]
    quantile: Callable[[_Floats], Any]
    ends: tuple[float, float] = (0, 1)
    start: float = 0
    width: float = 1

    def cdf(self, value: float) -> float:
        """The share of the draws that lies below a value; its name, as that of `ppf`, is SciPy's.

        Examples
        --------
        >>> triangular(2, 4, 6).cdf(4), triangular(2, 4, 6).cdf(7)
        (0.5, 1.0)
        """
        x = (value - self.start) / self.width
        low, high = self.ends
        return 0.0 if x <= low else 1.0 if x >= high else float(self.below(x))

    def ppf(self, shares: _Floats) -> _Floats:
        """The values below which these shares of the draws lie; not a number for what is no share.

        Examples
        --------
        >>> import numpy as np
        >>> uniform(2, 4).ppf(np.array([0, 0.25, 1, 1.5]))
        array([2. , 2.5, 4. , nan])
        """
        import numpy as np

        within = np.where((shares >= 0) & (shares <= 1), shares, np.nan)
        return np.asarray(self.quantile(within) * self.width + self.start)


def uniform(low: float, high: float) -> Continuous:
    """Each value from low to high as likely as the next."""
    return Continuous(float, lambda q: q, start=low, width=high - low)


def triangular(low: float, peak: float, high: float) -> Continuous:
    """Ever likelier from low up to the peak, and less from there to high: two straight lines."""
    c = (peak - low) / (high - low)

    def below(x: float) -> float:
        return x * x / c if x < c else (x * x - 2 * x + c) / (c - 1)

    def quantile(q: _Floats) -> _Floats:
        import numpy as np

        return np.where(q < c, np.sqrt(c * q), 1 - np.sqrt((1 - c) * (1 - q)))

    return Continuous(below, quantile, start=low, width=high - low)


def beta(a: float, b: float, low: float = 0, high: float = 1) -> Continuous:
    """The beta distribution of two shapes above 0, from low to high."""
    from scipy.special import betainc, betaincinv

    return Continuous(lambda x: betainc(a, b, x), lambda q: betaincinv(a, b, q), start=low, width=high - low)


def normal(mean: float, deviation: float) -> Continuous:
    """The normal distribution of a mean and a standard deviation."""
    from scipy.special import ndtr, ndtri

    return Continuous(ndtr, ndtri, (-math.inf, math.inf), mean, deviation)


def lognormal(median: float, deviation: float) -> Continuous:
    """What has a normal logarithm, of a median and of that logarithm's standard deviation."""
    import numpy as np
    from scipy.special import ndtr, ndtri

    return Continuous(
        lambda x: ndtr(np.log(x) / deviation), lambda q: np.exp(deviation * ndtri(q)), (0, math.inf), width=median
    )
