"""What a chain yields when it is solved for one of its quantities."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import sympy as sp

from calc.base.display import Displayed
from calc.base.errors import SolveError
from calc.base.quantities import Quantity

__all__ = ["NOT_WHOLE", "Solution"]

SEVERAL = "more than one value yields it"
NOT_WHOLE = "{what} would have to be {needed}, and must be whole"


@dataclass(frozen=True)
class Solution(Displayed):
    """The values of a quantity that yield a given result.

    Attributes
    ----------
    quantity : the unknown.
    values : every value, in the own unit and inside the domain, as a sympy set of real numbers.
    reason : why there is not exactly one, where there is not.
    unrounded : where only whole numbers make sense and none yields the result, the number that would.
    nearest : where none yields the result, the values on either side, each with the result that it does yield.
    numerical : whether it was found by trying numbers, where no closed form is known.
    points : its 5, 50 and 95 % points over the draws, where somebody gave a range; else None.
    ranges : the names of the quantities of which somebody gave a range.

    Examples
    --------
    >>> from calc import training_energy
    >>> s = training_energy.solve_for("servers", "gpt-4", training_energy="87.75 GWh")
    >>> s.value, s.unit
    (6250, 'server')
    >>> s = training_energy.solve_for("servers", "gpt-4", training_energy="100 GWh")
    >>> round(s.unrounded, 2), [(values.inf, float(result)) for values, result in s.nearest]
    (7122.51, [(7122, 99.99288), (7123, 100.00692)])
    """

    quantity: Quantity
    result: Quantity
    values: sp.Set
    reason: str = ""
    unrounded: float | None = None
    nearest: tuple[tuple[sp.Set, Fraction], ...] = ()
    numerical: bool = False
    points: tuple[float, ...] | None = None
    ranges: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.is_single and not self.values.is_empty:
            object.__setattr__(self, "reason", SEVERAL)

    @property
    def unit(self) -> str:
        """The own unit of the unknown."""
        return self.quantity.unit

    @property
    def is_single(self) -> bool:
        """Whether there is exactly one value."""
        return isinstance(self.values, sp.FiniteSet) and len(self.values) == 1

    @property
    def value(self) -> float | int:
        """The one value, in the own unit.

        Raises
        ------
        SolveError : there is none, or more than one; says which.
        """
        if not self.is_single:
            raise SolveError(str(self))
        (only,) = self.values
        return int(only) if only.is_Integer else float(only)

    @property
    def interval(self) -> tuple[float, float]:
        """The least and the greatest value, in the own unit.

        Raises
        ------
        SolveError : there is none.
        """
        if self.values.is_empty:
            raise SolveError(str(self))
        return float(self.values.inf), float(self.values.sup)

    def __float__(self) -> float:
        return self.unrounded if self.unrounded is not None else float(self.value)

    def __repr__(self) -> str:
        return f"<solution: {self}>"
