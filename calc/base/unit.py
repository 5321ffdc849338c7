"""What a unit is: an exact factor to its base units, and the powers of its dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from calc.base.errors import UnitError

__all__ = ["Unit", "unit_of"]


@dataclass(frozen=True)
class Unit:
    """A unit as a factor to its base units and the powers of its dimensions.

    Attributes
    ----------
    text : the unit as it was written, such as ``kW/server``.
    factor : how many base units one of it is; exact.
    dimensions : dimension and power, sorted, without zero powers.

    Examples
    --------
    >>> from calc.base.units import parse_unit
    >>> parse_unit("kWh/day").factor
    Fraction(125, 3)
    """

    text: str
    factor: Fraction
    dimensions: tuple[tuple[str, Fraction], ...]

    def __mul__(self, other: Unit) -> Unit:
        text = "·".join(part for part in (self.text, other.text) if part != "1") or "1"
        return unit_of(text, self.factor * other.factor, self._added(other, 1))

    def __truediv__(self, other: Unit) -> Unit:
        return unit_of(f"({self.text})/({other.text})", self.factor / other.factor, self._added(other, -1))

    def __pow__(self, power: Fraction) -> Unit:
        if power.denominator != 1 and self.factor != 1:
            raise UnitError(f"a root of {self.text} has no exact factor; take the root of a pure number")
        factor = self.factor ** int(power) if power.denominator == 1 else Fraction(1)
        return unit_of(f"({self.text})^{power}", factor, {name: p * power for name, p in self.dimensions})

    def _added(self, other: Unit, sign: int) -> dict[str, Fraction]:
        powers = dict(self.dimensions)
        for name, power in other.dimensions:
            powers[name] = powers.get(name, Fraction(0)) + sign * power
        return powers

    @property
    def is_number(self) -> bool:
        """Whether it has no dimension at all."""
        return not self.dimensions

    def describe(self) -> str:
        """Name the dimensions, as in ``energy / time / server``, for messages.

        Examples
        --------
        >>> from calc.base.units import parse_unit
        >>> parse_unit("kW/server").describe()
        'energy / server / time'
        """
        above = [_power(name, p) for name, p in self.dimensions if p > 0]
        below = [_power(name, -p) for name, p in self.dimensions if p < 0]
        return " / ".join([" · ".join(above) or "1", *below]) if self.dimensions else "a pure number"


def _power(name: str, power: Fraction) -> str:
    plain = name.strip("[]").replace("_", " ")
    return plain if power == 1 else f"{plain}^{power}"


def unit_of(text: str, factor: Fraction, powers: Mapping[str, Fraction]) -> Unit:
    """A unit of a factor and of powers of dimensions, those that are zero left out."""
    return Unit(text, factor, tuple(sorted((name, p) for name, p in powers.items() if p)))
