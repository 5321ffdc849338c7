"""Ways to foretell a run's utilisation from those of other runs, none of which has seen the run itself.

Each works in logarithms, in which utilisations scatter alike above and below, and yields a Student distribution: where
its middle is, how wide it is, and how much was known of its width.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["METHODS", "STATED", "Expected", "Method", "chance_of_so_few"]

Seen = Sequence[tuple[str, float]]  # of each other run, its generation and the logarithm of its utilisation
_FEWEST = 5  # runs of a generation, below which its own mean says too little
_Z95 = 1.6448536269514722  # the normal distribution's 95 % point


@dataclass(frozen=True)
class Expected:
    """A Student distribution of a logarithm.

    Attributes
    ----------
    middle, spread : its centre and its scale.
    freedom : its degrees of freedom.
    """

    middle: float
    spread: float
    freedom: int

    @property
    def reach(self) -> float:
        """How far the 5 and the 95 % point are from the middle, by the expansion of Cornish and Fisher."""
        z, z3, z5 = _Z95, _Z95**3, _Z95**5
        n = self.freedom
        return self.spread * (z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n**2))

    def score(self, found: float) -> float:
        """The logarithm of its density where something was found: the higher, the better it was foretold.

        Examples
        --------
        >>> round(Expected(0, 1, 10).score(0), 3), round(Expected(0, 1, 10).score(2), 3)
        (-0.944, -2.794)
        """
        n, off = self.freedom, (found - self.middle) / self.spread
        height = math.lgamma((n + 1) / 2) - math.lgamma(n / 2) - math.log(n * math.pi) / 2 - math.log(self.spread)
        return height - (n + 1) / 2 * math.log1p(off**2 / n)


@dataclass(frozen=True)
class Method:
    """One way to foretell.

    Attributes
    ----------
    name, title : what it is called.
    expect : from the runs that were seen and a generation to what is to be expected.
    """

    name: str
    title: str
    expect: Callable[[Seen, str], Expected]


def _of(seen: Seen, generation: str) -> list[float]:
    return [value for name, value in seen if name == generation]


def _one_more(values: Sequence[float]) -> Expected:
    """One more of a sample, of which neither mean nor spread is known but from the sample."""
    n = len(values)
    return Expected(statistics.fmean(values), statistics.stdev(values) * math.sqrt(1 + 1 / n), n - 1)


def _together(seen: Seen, _: str) -> Expected:
    return _one_more([one for __, one in seen])


def _own(seen: Seen, generation: str) -> Expected:
    alike = _of(seen, generation)
    return _one_more(alike) if len(alike) >= _FEWEST else _together(seen, generation)


def _common(seen: Seen, generation: str) -> Expected:
    """Means by generation, where there are enough runs, and one spread about them all: analysis of variance."""
    groups: dict[str, list[float]] = {}
    for name, _ in seen:
        groups.setdefault(name, _of(seen, name))
    everything = [value for _, value in seen]
    large = {name: statistics.fmean(values) for name, values in groups.items() if len(values) >= _FEWEST}
    rest = statistics.fmean(everything)
    squares = sum((value - large.get(name, rest)) ** 2 for name, value in seen)
    freedom = len(seen) - len(large) - (1 if len(large) < len(groups) else 0)
    count = len(groups[generation]) if generation in large else len(everything)
    return Expected(large.get(generation, rest), math.sqrt(squares / freedom * (1 + 1 / count)), freedom)


def _shrunk(seen: Seen, generation: str) -> Expected:
    """Means by generation drawn towards that of all, the more the fewer runs: generations as a sample of their own."""
    groups: dict[str, list[float]] = {}
    for name, _ in seen:
        groups.setdefault(name, _of(seen, name))
    total, count = len(seen), len(groups)
    means = {name: statistics.fmean(values) for name, values in groups.items()}
    middle = statistics.fmean(value for _, value in seen)
    within = sum((value - means[name]) ** 2 for name, value in seen) / (total - count)
    between = sum(len(values) * (means[name] - middle) ** 2 for name, values in groups.items()) / (count - 1)
    size = (total - sum(len(values) ** 2 for values in groups.values()) / total) / (count - 1)
    apart = max(0.0, (between - within) / size)
    weights = {name: 1 / (apart + within / len(values)) for name, values in groups.items()}
    whole = sum(weights.values())
    of_all = sum(weights[name] * means[name] for name in groups) / whole
    own = apart / (apart + within / len(groups[generation])) if generation in groups and apart else 0.0
    variance = within + (1 - own) * apart + (1 - own) ** 2 / whole
    return Expected(own * means.get(generation, 0.0) + (1 - own) * of_all, math.sqrt(variance), total - count)


METHODS: Mapping[str, Method] = {
    one.name: one
    for one in (
        Method("together", "all runs together", _together),
        Method("own", "mean and spread of the generation", _own),
        Method("common", "mean of the generation, spread of all", _common),
        Method("shrunk", "generations as a sample of their own", _shrunk),
    )
}
STATED = "common"  # the one that the tables and the chart have


def chance_of_so_few(inside: int, count: int, share: float = 0.9) -> float:
    """How likely so few, or fewer, of some bands hold what they should if each does with the share that it states.

    Examples
    --------
    >>> round(chance_of_so_few(24, 28), 2)
    0.31
    """
    return sum(math.comb(count, k) * share**k * (1 - share) ** (count - k) for k in range(inside + 1))
