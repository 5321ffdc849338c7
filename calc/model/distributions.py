"""How likely the values of an input are: its distribution, stated in the scenario or picked by rule.

Where a scenario gives no more than low, value and high, `fitting` picks:

- no range: a point.
- a fraction: PERT, a beta distribution stretched over the range, with the value as its most likely one.
- low above 0 and high at least ten times low: lognormal, of which low and high are the 5 and 95 % points, as nobody
  who writes 1 to 100 means 50.
- all else: triangular from low to high, with the value as its peak. This is the usual choice for bounds and a best
  estimate (GUM, 4.3.9), and less sure of itself than PERT.
- a value outside its range, which needs a reason: uniform, as the range then knows no best estimate.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from calc.base.domains import Domain
from calc.base.errors import DataError, nearest
from calc.base.moved import Gone
from calc.model import quantile_functions

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from calc.model.quantile_functions import Continuous

    _Floats = NDArray[np.float64]

__all__ = ["KINDS", "KIND_WORDS", "RANGE_FROM", "WIDE", "Z95", "Distribution", "distribution", "fitting"]

KINDS = ("point", "uniform", "triangular", "pert", "normal", "lognormal", "beta", "values")
KIND_WORDS = {"pert": "PERT", "values": "{count} published values"}  # where it is not the kind's own name
RANGE_FROM = {
    "source": "the source's own range",
    "sources": "a spread of sources",
    "judgement": "the book's judgement",
}
WIDE = 10  # high over low, from which on a range is taken to be one of orders of magnitude
Z95 = 1.6448536269514722  # the normal distribution's 95 % point


@dataclass(frozen=True)
class Distribution:
    """How likely the values of one input are; all numbers are in its quantity's own unit.

    Attributes
    ----------
    kind : one of `KINDS`.
    low, value, high : the ends, and the likeliest value; for normal and beta the value is the mean, for lognormal low
        and high are the 5 and 95 % points.
    domain : what no draw leaves; whole quantities stay whole.
    spread : the standard deviation of a normal or a beta distribution.
    values : the published values of which each is as likely as the next.

    Examples
    --------
    >>> from calc import scenario
    >>> power = scenario("gpt-4-estimate")["server_power"].distribution
    >>> power.kind, round(power.mean, 3), round(power.uncertainty, 3)
    ('triangular', 4.533, 0.306)
    """

    kind: str
    low: float
    value: float
    high: float
    domain: Domain
    spread: float = 0
    values: tuple[float, ...] = ()

    scipy = Gone("calc.distributions.Distribution")

    @property
    def is_point(self) -> bool:
        """Whether there is but one value."""
        return self.kind == "point"

    @property
    def words(self) -> str:
        """What it is called on the page."""
        return KIND_WORDS.get(self.kind, self.kind).format(count=len(self.values))

    @property
    def mean(self) -> float:
        """The mean, before anything outside the domain is cut off."""
        a, m, b = self.low, self.value, self.high
        match self.kind:
            case "uniform":
                return (a + b) / 2
            case "triangular":
                return (a + m + b) / 3
            case "pert":
                return (a + 4 * m + b) / 6
            case "lognormal":
                middle, sigma = self._logarithms
                return math.exp(middle + sigma**2 / 2)
            case "values":
                return sum(self.values) / len(self.values)
        return m

    @property
    def uncertainty(self) -> float:
        """The standard deviation, which the GUM calls standard uncertainty, before the domain cuts anything off."""
        a, m, b = self.low, self.value, self.high  # of which only differences, or a narrow one may come out below 0
        match self.kind:
            case "uniform":
                return (b - a) / math.sqrt(12)
            case "triangular":
                return math.sqrt(((m - a) ** 2 + (b - m) ** 2 + (b - a) ** 2) / 36)
            case "pert":
                return math.sqrt((4 * (m - a) + b - a) * (4 * (b - m) + b - a) / 252)
            case "lognormal":
                sigma = self._logarithms[1]
                return self.mean * math.sqrt(math.expm1(sigma**2))
            case "values":
                mean = self.mean
                return math.sqrt(sum((x - mean) ** 2 for x in self.values) / len(self.values))
            case "normal" | "beta":
                return self.spread
        return 0.0

    @property
    def _logarithms(self) -> tuple[float, float]:
        """Mean and standard deviation of a lognormal distribution's logarithm."""
        low, high = math.log(self.low), math.log(self.high)
        return (low + high) / 2, (high - low) / (2 * Z95)

    @property
    def continuous(self) -> Continuous:
        """Its quantile function, and how much of it lies below a value, before the domain cuts anything off.

        Raises
        ------
        DataError : a point and a list of values have none.
        """
        a, m, b = self.low, self.value, self.high
        width = b - a
        match self.kind:
            case "uniform":
                return quantile_functions.uniform(a, b)
            case "triangular":
                return quantile_functions.triangular(a, m, b)
            case "pert":
                return quantile_functions.beta(1 + 4 * (m - a) / width, 1 + 4 * (b - m) / width, a, b)
            case "normal":
                return quantile_functions.normal(m, self.spread)
            case "lognormal":
                middle, sigma = self._logarithms
                return quantile_functions.lognormal(math.exp(middle), sigma)
            case "beta":
                size = m * (1 - m) / self.spread**2 - 1
                return quantile_functions.beta(m * size, (1 - m) * size)
        raise DataError(f"a {self.kind} is no continuous distribution")

    @functools.cached_property
    def _inside(self) -> tuple[float, float]:
        """Which share of the distribution lies below the domain, and up to its upper end."""
        return self.continuous.cdf(self.domain.low), self.continuous.cdf(self.domain.high)

    def ppf(self, shares: _Floats) -> _Floats:
        """The values below which these shares of the draws lie; its name is SciPy's.

        Examples
        --------
        >>> from calc import scenario
        >>> import numpy as np
        >>> scenario("gpt-4")["gpus"].distribution.ppf(np.array([0.05, 0.5, 0.95]))
        array([21118., 23536., 24873.])
        """
        import numpy as np

        u = np.asarray(shares, dtype=float)
        if self.kind == "point":
            return np.full(u.shape, self.value)
        if self.kind == "values":
            ordered = np.sort(np.array(self.values))
            return np.asarray(ordered[np.minimum((u * len(ordered)).astype(int), len(ordered) - 1)])
        below, above = self._inside
        with np.errstate(all="ignore"):  # what is too large becomes infinity, and is refused
            found = self.continuous.ppf(below + u * (above - below))
        if self.domain.whole:
            found = np.clip(np.rint(found), math.ceil(self.domain.low), self.domain.high)
        return np.asarray(found)


def fitting(value: float, low: float, high: float, domain: Domain) -> Distribution:
    """The distribution for an input of which only low, value and high are known; the rule is this module's.

    Examples
    --------
    >>> from calc.base.domains import FRACTION, POSITIVE
    >>> [fitting(v, a, b, d).kind for v, a, b, d in
    ...  [(6.5, 3, 6.5, POSITIVE), (0.5, 0.3, 0.6, FRACTION), (2, 1, 20, POSITIVE), (1, 1, 1, POSITIVE)]]
    ['triangular', 'pert', 'lognormal', 'point']
    """
    if low == high and value == low:
        kind = "point"
    elif not low <= value <= high:
        kind = "uniform"
    elif domain.high == 1:
        kind = "pert"
    elif low > 0 and high >= WIDE * low:
        kind = "lognormal"
    else:
        kind = "triangular"
    return Distribution(kind, low, value, high, domain)


def distribution(
    kind: str, value: float, low: float, high: float, domain: Domain, *, spread: float | None = None,
    values: tuple[float, ...] = (),
) -> Distribution:  # fmt: skip
    """A distribution as a scenario states it.

    Parameters
    ----------
    kind : one of `KINDS`; what an empty text stands for is `fitting`'s to say.
    value, low, high : in the quantity's own unit.
    spread : the standard deviation of a normal or beta distribution; a normal one may have low and high, its 5 and
        95 % points, instead.
    values : of kind ``values``.

    Raises
    ------
    DataError : one line that says what is impossible.

    Examples
    --------
    >>> from calc.base.domains import POSITIVE
    >>> distribution("normal", 5, 5, 5, POSITIVE, spread=-1)
    Traceback (most recent call last):
    ...
    calc.base.errors.DataError: spread -1 is not above 0
    """
    if spread is not None and not spread > 0:
        raise DataError(f"spread {spread:g} is not above 0")
    if spread is not None and kind not in ("normal", "beta"):
        raise DataError(f"spread belongs to a normal or beta distribution, not to {kind or 'none'}")
    if values and kind != "values":
        raise DataError(f"a list of values belongs to the distribution 'values', not to {kind or 'none'}")
    if not kind:
        return fitting(value, low, high, domain)
    if kind not in KINDS:
        raise DataError(f"distribution {kind!r} is none of {', '.join(KINDS)}{nearest(kind, KINDS)}")
    if kind == "values":
        if len(values) < 2:
            raise DataError("the distribution 'values' needs a list of two published values or more")
        return Distribution(kind, min(values), value, max(values), domain, values=values)
    if kind in ("normal", "beta"):
        return _with_spread(kind, value, low, high, domain, spread)
    if kind != "point" and low == high:
        raise DataError(f"a {kind} distribution needs low and high")
    if kind in ("triangular", "pert") and not low <= value <= high:
        raise DataError(f"a {kind} distribution has its value between low and high")
    if kind == "lognormal" and low <= 0:
        raise DataError("a lognormal distribution needs low above 0")
    return Distribution(kind, low, value, high, domain)


def _with_spread(
    kind: str, value: float, low: float, high: float, domain: Domain, spread: float | None
) -> Distribution:
    if spread is None:
        if kind == "beta" or low == high:
            raise DataError(f"a {kind} distribution needs a spread" + (", or low and high" if kind == "normal" else ""))
        spread = (high - low) / (2 * Z95)
    if kind == "beta":
        if domain.high != 1:
            raise DataError("a beta distribution is for fractions")
        if spread**2 >= value * (1 - value):
            raise DataError(f"no fraction with mean {value:g} can have a spread of {spread:g}")
    return Distribution(kind, low, value, high, domain, spread)
