"""A scenario drawn as a whole: one table of draws, on which every derivation is evaluated.

Each input is drawn once, whatever uses it, so that ratios and differences of results stay right. The draws are
Sobol' points (`calc.analysis.sobol_points`), one dimension an input, put through the input's quantiles. An input
finds its dimension by its name: another input added to the scenario leaves its draws as they are, unless both names
fall on one dimension, when the later in the alphabet moves on by one.

A range that a reader gives for an input keeps the input's points, and with them its correlation: what goes together
still does, over the reader's range as over the scenario's. One for an input that the scenario does not draw has points
of its own, which hang on its name and not on what else was given.
"""

from __future__ import annotations

import functools
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from calc.analysis.sobol_points import BITS, DIMENSIONS, SEED, sobol
from calc.base import limits
from calc.base.errors import CalcError, DomainError
from calc.base.memo import kept
from calc.base.moved import Gone
from calc.base.quantities import Quantity, all_quantities
from calc.model.chain import as_scenario, derive
from calc.model.correlation import matrix
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.model.step import Given, Step
from calc.symbolic.equation import Equation
from calc.symbolic.guards import guards
from calc.symbolic.kernel import Kernel
from calc.symbolic.trace import put_in, rational

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Floats = NDArray[np.float64]

__all__ = [
    "BITS", "DRAWS", "SEED", "SHARES", "Draws", "dimensions_from", "drawn", "draws", "of", "quantiles", "uncertain",
]  # fmt: skip

DRAWS = 2**14  # doubling them moves the percentiles of the book's results by less than what is printed of them
SHARES = (0.05, 0.5, 0.95)  # of the draws lie below the percentiles that the book prints


def uncertain(step: Step) -> tuple[Input | Given, ...]:
    """The inputs of a derivation's chain that have a range, a reader's too, in the order in which it takes them.

    Examples
    --------
    >>> from calc import training_energy
    >>> [one.quantity.name for one in uncertain(training_energy.derive("gpt-4-estimate"))]
    ['gpus', 'active_parameters', 'flop_utilisation', 'server_power']
    """
    return tuple(leaf for leaf in step.leaves if not leaf.distribution.is_point)


def dimensions(names: Iterable[str]) -> dict[str, int]:
    """The Sobol' dimension of each input."""
    taken: dict[int, str] = {}
    for name in sorted(names):
        taken[next(at for at in dimensions_from(name) if at not in taken)] = name
    return {name: at for at, name in taken.items()}


def dimensions_from(name: str) -> Iterator[int]:
    """All dimensions in the order in which a quantity takes the first that is free: that of its name first."""
    first = zlib.crc32(name.encode())
    return ((first + more) % DIMENSIONS for more in range(DIMENSIONS))


class Draws(Mapping[str, "_Floats"]):
    """Draws of all inputs of a scenario that have a range, by name, in own units; each read is the same array.

    Parameters
    ----------
    scenario : the scenario.
    count : how many draws; a power of two is spread most evenly.

    Examples
    --------
    >>> from calc import breakeven_time
    >>> from calc import scenario
    >>> table = Draws(scenario("gpt-4"), 1024)
    >>> table["gpus"].shape
    (1024,)
    >>> table.evaluate(breakeven_time).shape
    (1024,)
    """

    dask = Gone("calc.sampling.Draws")

    def __init__(self, scenario: Scenario, count: int = DRAWS) -> None:
        if not 1 <= count <= limits.DRAWS:
            raise CalcError(f"{count} draws were asked for; accepted: from 1 to {limits.DRAWS}")
        self.scenario = scenario
        self.count = count
        self._names = [name for name, one in scenario.inputs.items() if not one.distribution.is_point]
        self.dimensions = dimensions(self._names)
        self._kept: dict[str, _Floats] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __getitem__(self, name: str) -> _Floats:
        if name not in self.dimensions:
            raise KeyError(name)
        if name not in self._kept:
            drawn = self.scenario.inputs[name].distribution.ppf(self.shares(name))
            drawn.flags.writeable = False
            self._kept[name] = drawn
        return self._kept[name]

    @property
    def together(self) -> tuple[str, ...]:
        """The inputs that the scenario correlates, in the order in which it names them."""
        return tuple(dict.fromkeys(name for one in self.scenario.correlations for name in (one.first, one.second)))

    def shares(self, name: str) -> _Floats:
        """Where the draws of an input lie in its distribution, from 0 to 1."""
        return self._correlated[name] if name in self.together else sobol(self.dimensions[name], self.count)

    def points(self, names: Iterable[str]) -> list[_Floats]:
        """Shares for ranges that a reader gives: an input's own, or those of a dimension that no input has."""
        taken = {*self.dimensions.values(), *self.spare.values()}
        found = []
        for name in names:
            if name in self.dimensions:
                found.append(self.shares(name))
                continue
            at = self.spare.get(name)
            if at is None:  # of a quantity that is not the book's
                at = next(free for free in dimensions_from(name) if free not in taken)
                taken.add(at)
            found.append(sobol(at, self.count))
        return found

    @functools.cached_property
    def spare(self) -> Mapping[str, int]:
        """The dimension of each quantity that the scenario does not draw: by name, whatever else is given."""
        taken, found = set(self.dimensions.values()), {}
        for name in sorted({q.name for q in all_quantities()} - self.dimensions.keys()):
            at = next((free for free in dimensions_from(name) if free not in taken), None)
            if at is None:
                break
            taken.add(at)
            found[name] = at
        return found

    @functools.cached_property
    def _weights(self) -> _Floats:
        """What makes independent normal draws of the inputs in `together` go together."""
        import numpy as np

        return np.asarray(np.linalg.cholesky(matrix(self.together, self.scenario.correlations)))

    def mixed(self, name: str) -> list[tuple[str, float]]:
        """Whose normal draws, each with which weight, make those of an input that goes together with others."""
        row = self._weights[self.together.index(name)].tolist()
        return [(one, weight) for one, weight in zip(self.together, row, strict=True) if weight]

    @functools.cached_property
    def _correlated(self) -> dict[str, _Floats]:
        """A Gaussian copula: independent normal draws, made to go together, and turned back into shares."""
        import numpy as np
        from scipy.special import ndtr, ndtri

        normal = np.array([ndtri(sobol(self.dimensions[name], self.count)) for name in self.together])
        return {name: ndtr(row) for name, row in zip(self.together, self._weights @ normal, strict=True)}

    def evaluate(self, formula: Equation, **given: Any) -> _Floats:
        """A formula's result in every draw, in its own unit.

        Parameters
        ----------
        given : values to take instead of the scenario's, as for `Formula.derive`; they have no range.

        Raises
        ------
        As `Formula.derive`; DomainError also where one draw's result is outside the result's domain.
        """
        return of(derive(formula, self.scenario, given), self)


def draws(given: Scenario | str | None = None, count: int = DRAWS) -> Draws:
    """The table of draws of a scenario, made once.

    Examples
    --------
    >>> draws("gpt-4") is draws("gpt-4")
    True
    """
    base = as_scenario(given)
    return kept(base, (Draws, count), lambda: Draws(base, count))


def kernel(step: Step) -> Kernel:
    """The compiled chain of a step: a function of the inputs that have a range, in the order of `uncertain`."""
    return kept(step, Kernel, lambda: _compiled(step))


def _compiled(step: Step) -> Kernel:
    free = tuple(one.quantity for one in uncertain(step))
    numbers = {leaf.quantity.symbol: rational(leaf.value) for leaf in step.leaves if leaf.quantity not in free}
    steps = [(one.formula.result, put_in(one.expression, numbers)) for one in step.chain]
    return Kernel(steps[-1][1], free, step.formula.result, guards(steps[:-1]))


def drawn(step: Step, table: Draws) -> dict[Quantity, _Floats]:
    """The draws of each input of a chain that has a range, a reader's own too, in the order of `uncertain`."""
    own = iter(table.points([one.quantity.name for one in uncertain(step) if isinstance(one, Given)]))
    return {one.quantity: one.distribution.ppf(next(own)) if isinstance(one, Given) else table[one.quantity.name]
            for one in uncertain(step)}  # fmt: skip


def of(step: Step, table: Draws | None = None) -> _Floats:
    """A step's result in every draw, in its own unit, of shape ``(count,)``; the scenario's own table when left out.

    Raises
    ------
    DomainError : a result of the chain is outside its domain; says in how many draws.
    """
    import numpy as np

    exact, table = float(step.exact), draws(step.scenario) if table is None else table  # refuses what needs no draw
    if not (values := list(drawn(step, table).values())):
        return np.full(table.count, exact)
    try:
        return np.asarray(kernel(step).array(*values, checked="result"))
    except DomainError as error:
        count = int(kernel(step).refused(*values).sum())
        raise DomainError(f"in {count} of {table.count} draws {error}") from None


def quantiles(values: _Floats, shares: tuple[float, ...] = SHARES) -> tuple[float, ...]:
    """The values below which these shares of the draws lie; halfway between two draws where it falls on an edge.

    Parameters
    ----------
    values : draws, of shape ``(count,)``.
    shares : each from 0 to 1.

    Examples
    --------
    >>> import numpy as np
    >>> quantiles(np.arange(100.0))
    (4.5, 49.5, 94.5)
    """
    import numpy as np

    return tuple(np.quantile(values, shares, method="hazen").tolist())
