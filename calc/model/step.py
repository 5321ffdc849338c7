"""A step: a formula evaluated in a scenario, with all that its value came from.

`calc.api.Derivation` is a step with all that can be asked of one.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from fractions import Fraction

import sympy as sp

from calc.base.display import Displayed
from calc.base.errors import DomainError
from calc.base.quantities import Quantity
from calc.base.units import Unit, convert, parse_unit
from calc.model.distributions import Distribution, distribution
from calc.model.input import Input
from calc.model.scenario import Choice, Scenario
from calc.symbolic.bounds import bounds
from calc.symbolic.equation import Equation
from calc.symbolic.evaluate import evaluate
from calc.symbolic.trace import compose

__all__ = ["Given", "Origin", "Step", "Used", "origin_of", "used_as"]


@dataclass(frozen=True)
class Given:
    """A value that somebody gave instead of the scenario's, in the quantity's own unit, perhaps with a range.

    Attributes
    ----------
    quantity : what it is a value of.
    value : exact.
    ends : the least and the greatest value, where a range was given.
    drawn : how likely the values between are, one of `calc.model.distributions.KINDS`; what an empty text stands for is
        `calc.model.distributions.fitting`'s to say.
    note : what they say of it, where it comes from a file of theirs.
    """

    quantity: Quantity
    value: Fraction
    ends: tuple[Fraction, Fraction] | None = None
    drawn: str = ""
    note: str = ""

    @property
    def low(self) -> Fraction:
        """The least that it may be."""
        return self.ends[0] if self.ends else self.value

    @property
    def high(self) -> Fraction:
        """The most that it may be."""
        return self.ends[1] if self.ends else self.value

    @property
    def unit(self) -> Unit:
        """The unit to show it in: the quantity's own."""
        return self.quantity.parsed_unit

    @functools.cached_property
    def distribution(self) -> Distribution:
        """How likely its values are."""
        low, high = map(float, self.ends or (self.value, self.value))
        return distribution(self.drawn, float(self.value), low, high, self.quantity.domain)


@dataclass(frozen=True)
class Used:
    """One input of a derivation, whatever it came from.

    Attributes
    ----------
    quantity : what it is.
    value : exact, in the own unit.
    unit : the unit to show it in.
    kind : an input's kind, ``derived`` or ``given``.
    source, locator : where it came from: a key and a place, or nothing and a formula's id.
    origin : the object itself.
    """

    quantity: Quantity
    value: Fraction
    unit: str
    kind: str
    source: str | None
    locator: str | None
    origin: Origin


@dataclass(frozen=True, repr=False)
class Step(Displayed):
    """A formula evaluated in a scenario.

    Attributes
    ----------
    formula : the formula.
    scenario : where the inputs came from that were not given.
    inputs : what each input came from: an `Input`, a `Step` or a `Given`.
    order : the names of what somebody gave, in the order in which it was given.

    Examples
    --------
    >>> from calc import training_energy
    >>> d = training_energy.derive("gpt-4")
    >>> d.value, d.unit, d.to("MWh")
    (43.875, 'GWh', 43875.0)
    >>> [step.formula.id for step in d.chain]
    ['server-count', 'training-energy']
    """

    formula: Equation
    scenario: Scenario
    inputs: tuple[Origin, ...]
    order: tuple[str, ...] = field(default=(), compare=False)

    @functools.cached_property
    def exact(self) -> Fraction:
        """The value in the own unit, without rounding wherever the formula is rational.

        Raises
        ------
        DomainError : it is outside the result's domain.
        """
        values = {used.quantity.symbol: used.value for used in self.used}
        result = self.formula.result
        value = evaluate(self.formula.numeric, values)
        try:
            if value is None:
                raise DomainError(result.domain.message("undefined", result.name, result.unit))
            result.domain.check(value, result.name, result.unit)
        except DomainError as error:
            raise DomainError(f"{error}; {self._made_of}") from None
        return value

    @property
    def _made_of(self) -> str:
        """What the value was worked out from, for a message about it."""
        yours = [leaf.quantity.name for leaf in self.yours]
        book = [leaf.quantity.name for leaf in self.leaves if origin_of(leaf) == "book"]
        parts = [f"your {', '.join(yours)}"] if yours else []
        parts += [f"{', '.join(book)} of scenario {self.scenario.name}"] if book else []
        return f"{self.formula.id} works it out from {' and '.join(parts)}"

    @property
    def value(self) -> float | int:
        """The value in the own unit: an int where only whole numbers make sense, otherwise a float."""
        return int(self.exact) if self.formula.result.domain.whole else float(self.exact)

    @property
    def unit(self) -> str:
        """The own unit of the result."""
        return self.formula.unit

    def to(self, unit: str) -> float:
        """The value in another unit of the same dimension.

        Raises
        ------
        UnitError : the unit is unknown or of another dimension.
        """
        result = self.formula.result
        return float(convert(self.exact, result.parsed_unit, parse_unit(unit), result.name))

    def __float__(self) -> float:
        return float(self.value)

    @functools.cached_property
    def used(self) -> tuple[Used, ...]:
        """The inputs of the formula, in the order in which it takes them."""
        return tuple(used_as(origin) for origin in self.inputs)

    @functools.cached_property
    def chain(self) -> tuple[Step, ...]:
        """The steps that it rests on, itself last, each once; what is used comes before what uses it."""
        seen: dict[str, Step] = {}
        for origin in self.inputs:
            if isinstance(origin, Step):
                seen |= {step.formula.id: step for step in origin.chain}
        return (*seen.values(), self)

    @functools.cached_property
    def leaves(self) -> tuple[Input | Given, ...]:
        """The inputs of the whole chain that are not derived, each once."""
        found: dict[str, Input | Given] = {}
        for step in self.chain:
            for origin in step.inputs:
                if not isinstance(origin, Step):
                    found[origin.quantity.name] = origin
        return tuple(found.values())

    @functools.cached_property
    def expression(self) -> sp.Expr:
        """Its whole chain as one expression of the symbols of its `leaves`, own units to own unit."""
        parts = {u.quantity.symbol: u.origin.expression for u in self.used if isinstance(u.origin, Step)}
        return compose(self.formula.numeric, parts)

    @functools.cached_property
    def range(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest value, in the own unit.

        Every input of the chain that has a range may lie anywhere in it. None where the value does not simply
        rise or fall in each of them.

        Raises
        ------
        DomainError : the value, an end of the range, or an end of one further up the chain, is outside its domain.

        Examples
        --------
        >>> from calc import training_energy
        >>> [float(bound) for bound in training_energy.derive("gpt-4").range]
        [35.1, 43.875]
        """
        _ = self.exact, [origin.range for origin in self.inputs if isinstance(origin, Step)]  # which may refuse
        found = bounds(self.expression, {leaf.quantity.symbol: (leaf.low, leaf.high) for leaf in self.leaves})
        result = self.formula.result
        for end in found or ():
            if end not in result.domain:
                ranged = [leaf.quantity.name for leaf in self.leaves if leaf.low != leaf.high]
                said = result.domain.message(f"{float(end):.6g}", result.name, result.unit)
                raise DomainError(f"{said}, at an end of what {', '.join(ranged)} may be; {self._made_of}")
        return found

    @property
    def changed(self) -> tuple[Given, ...]:
        """The inputs of the chain that somebody gave instead of the scenario's, in the order in which they did."""
        return tuple(leaf for leaf in self.yours if isinstance(leaf, Given))

    @functools.cached_property
    def yours(self) -> tuple[Input | Given, ...]:
        """The inputs of the chain that are not the book's: from a scenario of somebody's own, then what was given."""
        found = (leaf for leaf in self.leaves if origin_of(leaf) == "yours")
        return tuple(
            sorted(
                found,
                key=lambda leaf: (
                    [*self.order, leaf.quantity.name].index(leaf.quantity.name) if isinstance(leaf, Given) else -1
                ),
            )
        )

    @functools.cached_property
    def chosen(self) -> tuple[Choice, ...]:
        """The entries of the catalogue that somebody chose and that it rests on, by themselves or by what they bring.

        Examples
        --------
        >>> from calc import training_energy
        >>> [choice.id for choice in training_energy.derive(accelerator="h100").chosen]
        ['h100-sxm']
        """
        entries = {leaf.entry for leaf in self.leaves if isinstance(leaf, Input)}
        return tuple(choice for choice in self.scenario.choices if entries & choice.ids)

    @property
    def is_own(self) -> bool:
        """Whether it is somebody's own calculation and no figure of the book: an input or an entry was changed."""
        return bool(self.yours or self.chosen)

    @functools.cached_property
    def other(self) -> tuple[Input | Given, ...]:
        """The inputs of the chain that the book does not have there: `yours`, and those of entries that were chosen."""
        ids = frozenset().union(*(choice.ids for choice in self.chosen))
        return tuple(
            leaf for leaf in self.leaves if leaf in self.yours or (isinstance(leaf, Input) and leaf.entry in ids)
        )


Origin = Input | Step | Given


def origin_of(origin: Origin) -> str:
    """Whose number it is: ``book``, or ``yours`` where it is given, from a file of one's own, or rests on such.

    A value of the book's catalogue stays the book's; a result with an entry that somebody chose is theirs.

    Examples
    --------
    >>> from calc import training_energy
    >>> origin_of(training_energy.derive()), origin_of(training_energy.derive(servers=5000))
    ('book', 'yours')
    """
    if isinstance(origin, Step):
        return "yours" if origin.is_own else "book"
    return origin.origin if isinstance(origin, Input) else "yours"


def used_as(origin: Origin) -> Used:
    """An input as a derivation uses it, whatever it came from."""
    if isinstance(origin, Input):
        return Used(origin.quantity, origin.value, origin.unit.text, origin.kind, origin.source, origin.locator, origin)
    if isinstance(origin, Given):
        return Used(origin.quantity, origin.value, origin.quantity.unit, "given", None, None, origin)
    return Used(origin.formula.result, origin.exact, origin.unit, "derived", None, origin.formula.id, origin)
