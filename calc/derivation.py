"""A derivation: a formula evaluated in a scenario, with all that its value came from."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.errors import DomainError
from calc.evaluate import evaluate
from calc.formula import Formula
from calc.quantities import Quantity, quantity
from calc.scenario import Input, Scenario
from calc.units import convert, parse_unit, registry

if TYPE_CHECKING:
    import numpy as np
    import pint
    from numpy.typing import NDArray

    from calc.budget import Budget
    from calc.solve import Solution

__all__ = ["Derivation", "Given", "Origin", "Used", "origin_of", "used_as"]


@dataclass(frozen=True)
class Given:
    """A value that somebody gave instead of the scenario's, in the quantity's own unit."""

    quantity: Quantity
    value: Fraction


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
class Derivation:
    """A formula evaluated in a scenario.

    Attributes
    ----------
    formula : the formula.
    scenario : where the inputs came from that were not given.
    inputs : what each input came from: an `Input`, a `Derivation` or a `Given`.

    Examples
    --------
    >>> from calc import training_energy
    >>> d = training_energy.derive("gpt-4")
    >>> d.value, d.unit, d.to("MWh")
    (43.875, 'GWh', 43875.0)
    >>> d
    <derivation training-energy in gpt-4: 43.9 GWh>
    >>> [step.formula.id for step in d.chain]
    ['server-count', 'training-energy']
    """

    formula: Formula
    scenario: Scenario
    inputs: tuple[Origin, ...]

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
        if value is None:
            raise DomainError(result.domain.message("undefined", result.name, result.unit))
        result.domain.check(value, result.name, result.unit)
        return value

    @property
    def value(self) -> float | int:
        """The value in the own unit: an int where only whole numbers make sense, otherwise a float."""
        return int(self.exact) if self.formula.result.domain.whole else float(self.exact)

    @property
    def unit(self) -> str:
        """The own unit of the result."""
        return self.formula.unit

    @property
    def quantity(self) -> pint.Quantity[float]:
        """The value as a pint quantity.

        Examples
        --------
        >>> from calc import cluster_power
        >>> print(cluster_power.derive("gpt-4").quantity.to("kW"))
        20312.5 kilowatt
        """
        unit = registry().parse_units(self.unit if self.unit != "1" else "")
        value: pint.Quantity[float] = registry().Quantity(self.value, unit)
        return value

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
    def chain(self) -> tuple[Derivation, ...]:
        """The derivations that it rests on, itself last; what is used comes before what uses it."""
        from calc.chain import chain_of

        return chain_of(self)

    @functools.cached_property
    def leaves(self) -> tuple[Input | Given, ...]:
        """The inputs of the whole chain that are not derived, each once."""
        found: dict[str, Input | Given] = {}
        for step in self.chain:
            for origin in step.inputs:
                if not isinstance(origin, Derivation):
                    found[origin.quantity.name] = origin
        return tuple(found.values())

    @functools.cached_property
    def range(self) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest value, in the own unit.

        Every input of the chain that has a range may lie anywhere in it. None where the value does not simply
        rise or fall in each of them.

        Examples
        --------
        >>> from calc import training_energy
        >>> [float(bound) for bound in training_energy.derive("gpt-4").range]
        [16.2, 48.75]
        """
        from calc.interval import value_range

        return value_range(self)

    @functools.cached_property
    def draws(self) -> NDArray[np.float64]:
        """The result in every draw of the scenario, in the own unit; all alike where no input has a range.

        Raises
        ------
        DomainError : one of them is outside the result's domain.
        """
        from calc.sampling import of

        return of(self)

    @functools.cached_property
    def _percentiles(self) -> tuple[float, ...] | None:
        from calc.sampling import quantiles, uncertain

        return quantiles(self.draws) if uncertain(self) else None

    @property
    def low(self) -> float | None:
        """The value that 5 % of the draws lie below, in the own unit; None where no input has a range."""
        return self._percentiles[0] if self._percentiles else None

    @property
    def median(self) -> float | None:
        """The value that half of the draws lie below, in the own unit; None where no input has a range.

        Examples
        --------
        >>> from calc import training_energy
        >>> d = training_energy.derive("gpt-4")
        >>> round(d.low), round(d.median), round(d.high)
        (24, 36, 43)
        """
        return self._percentiles[1] if self._percentiles else None

    @property
    def high(self) -> float | None:
        """The value that 95 % of the draws lie below, in the own unit; None where no input has a range."""
        return self._percentiles[2] if self._percentiles else None

    def budget(self) -> Budget | None:
        """What its uncertainty is made of: see `calc.budget.budget`; None where no input has a range."""
        from calc.budget import budget

        return budget(self)

    def probability(self, *, above: Any = None, below: Any = None) -> float:
        """The share of the draws above, or below, a limit: a number in the own unit, or text with a unit.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.derive("gpt-4").probability(above="100 GWh")
        0.0
        """
        from calc.threshold import probability

        return probability(self, above=above, below=below)

    @functools.cached_property
    def digits(self) -> int:
        """How many significant digits of the value are shown; `calc.render.numbers.digits_known` has the rule."""
        from calc.render.numbers import DIGITS, digits_known

        found = self.budget()
        return DIGITS if found is None else digits_known(float(self.exact), found.uncertainty)

    def solve_for(self, name: str, **known: Any) -> Solution:
        """Find the value of one quantity of the chain that yields a given result, the other inputs as they are.

        Raises
        ------
        SolveError : the result is not given, or the unknown plays no part.

        Examples
        --------
        >>> from calc import scenario, training_energy
        >>> d = training_energy.derive(scenario("gpt-4"), servers=5000)
        >>> print(d.solve_for("training_time", training_energy="78 GWh"))
        training_time is 100 days
        """
        given = {leaf.quantity.name: leaf.value for leaf in self.leaves if isinstance(leaf, Given)}
        given.pop(quantity(name).name, None)
        return self.formula.solve_for(name, self.scenario, **{**given, **known})

    @property
    def changed(self) -> tuple[Given, ...]:
        """The inputs of the chain that somebody gave instead of the scenario's."""
        return tuple(leaf for leaf in self.leaves if isinstance(leaf, Given))

    @functools.cached_property
    def yours(self) -> tuple[Input | Given, ...]:
        """The inputs of the chain that are not the book's: given, or from a scenario of somebody's own."""
        return tuple(leaf for leaf in self.leaves if origin_of(leaf) == "yours")

    def draw(self) -> str:
        """The chain as a graph, in SVG; no other program is needed.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.derive("gpt-4").draw()[:4]
        '<svg'
        """
        from calc.render.svg import chain

        return chain(self)

    def to_dict(self) -> dict[str, Any]:
        """The derivation as plain data, as `python -m calc show --format json` prints it."""
        from calc.render.record import record

        return record(self)

    def to_latex(self) -> str:
        r"""Symbols, numbers and result, one line each, as LaTeX for math mode.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.derive().to_latex().splitlines()[-2]
        '&= 43.9\\,\\mathrm{GWh}'
        """
        from calc.render import latex

        return latex.equation(self)

    def to_markdown(self) -> str:
        """Equation, inputs with sources, assumptions and chain as plain Markdown, its math between dollar signs."""
        from calc.render import markdown

        return markdown.derivation(self)

    def cite(self, style: str = "text") -> str:
        """How to cite it: a sentence (``text``), ``bibtex`` or ``csl`` (CSL-JSON).

        Where an input is not the book's, what is cited says so and carries it.

        Raises
        ------
        UnknownNameError : the style is none of them.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.derive().cite("bibtex").splitlines()[0]
        '@misc{t2t-training-energy,'
        """
        from calc.render.cite import as_style

        return as_style(self, style)

    def __repr__(self) -> str:
        from calc.render.numbers import show

        changed = "".join(f", {given.quantity.name} changed" for given in self.changed)
        result = show(self.exact, self.formula.result, digits=self.digits).text.replace("\N{NO-BREAK SPACE}", " ")
        return f"<derivation {self.formula.id} in {self.scenario.name}{changed}: {result}>"

    def __str__(self) -> str:
        from calc.render.text import derivation_text

        return derivation_text(self)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        from calc.render import bundle

        return bundle(self)


Origin = Input | Derivation | Given


def origin_of(origin: Origin) -> str:
    """Whose number it is: ``book``, or ``yours`` where it is given, from a file of one's own, or rests on such.

    Examples
    --------
    >>> from calc import training_energy
    >>> origin_of(training_energy.derive()), origin_of(training_energy.derive(servers=5000))
    ('book', 'yours')
    """
    if isinstance(origin, Derivation):
        return "yours" if origin.yours else "book"
    return origin.origin if isinstance(origin, Input) else "yours"


def used_as(origin: Origin) -> Used:
    """An input as a derivation uses it, whatever it came from."""
    if isinstance(origin, Input):
        return Used(origin.quantity, origin.value, origin.unit.text, origin.kind, origin.source, origin.locator, origin)
    if isinstance(origin, Given):
        return Used(origin.quantity, origin.value, origin.quantity.unit, "given", None, None, origin)
    return Used(origin.formula.result, origin.exact, origin.unit, "derived", None, origin.formula.id, origin)
