"""A formula: one equation of the book, traced from a plain function, checked, and compiled."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import sympy as sp

from calc.errors import CalcError, DefinitionError, SolveError, UnknownNameError, nearest
from calc.kernel import Kernel
from calc.quantities import Quantity, alias, quantity
from calc.render.text import formula_docstring
from calc.sources import check_source
from calc.trace import Coefficient, Trace, trace
from calc.values import is_array, is_plain, own_unit_array, own_unit_value

if TYPE_CHECKING:
    import pandas as pd

    from calc.derivation import Derivation
    from calc.scenario import Scenario
    from calc.solve import Solution

__all__ = ["Formula", "all_formulas", "formula", "formula_by_id", "formula_for"]

_FORMULAS: dict[str, Formula] = {}
_BY_RESULT: dict[str, Formula] = {}


class Formula:
    """One equation.

    Attributes
    ----------
    id : hyphenated noun; a permalink.
    title : the id as a title.
    result : the quantity it yields.
    inputs : the quantities it takes.
    written, expression : the sympy expression, as written and in sympy's order.
    summary, assumptions, holds : what it says, what it assumes, where it holds; from the docstring.
    sources : keys of references.bib, each with the place in it.

    Examples
    --------
    >>> from calc import training_energy
    >>> training_energy(servers=3125, server_power="6.5 kW/server", training_time="90 day")
    43.875
    """

    def __init__(
        self, function: Callable[..., Any], *, result: str, source: str, locator: str, title: str | None = None
    ) -> None:
        name = function.__name__
        self.name = name
        self.id = name.replace("_", "-")
        self.title = title or name.replace("_", " ").capitalize()
        self.result = quantity(result)
        self.inputs = tuple(quantity(parameter) for parameter in inspect.signature(function).parameters)
        self.function = function
        self.sources = ((check_source(source, f"formula {self.id!r}"), locator),)
        self.module = function.__module__.rpartition(".")[2]
        self._trace: Trace = trace(function, self.inputs, self.result)
        self.summary, self.assumptions, self.holds, self.example = _read_docstring(function)
        for attribute in ("__module__", "__name__", "__qualname__"):
            setattr(self, attribute, getattr(function, attribute))
        self.__doc__ = formula_docstring(self)

    @property
    def written(self) -> sp.Expr:
        """The expression in the order in which it was written; coefficients keep their units."""
        return self._trace.written

    @property
    def expression(self) -> sp.Expr:
        """The expression, coefficients as plain numbers: ``6*active_parameters*tokens``."""
        whole = self._trace.expression
        return whole.xreplace({part: part.amount for part in whole.atoms(Coefficient)})

    @property
    def numeric(self) -> sp.Expr:
        """The expression with conversion factors folded in: own units in, own unit out."""
        return self._trace.numeric

    @property
    def unit(self) -> str:
        """The result's own unit."""
        return self.result.unit

    @functools.cached_property
    def kernel(self) -> Kernel:
        """The compiled expression."""
        return Kernel(self.numeric, self.inputs, self.result)

    def __repr__(self) -> str:
        return f"<formula {self.id}: {self.result.name} = {self.expression} [{self.unit}]>"

    def __reduce__(self) -> tuple[Any, ...]:
        return formula_by_id, (self.id,)

    def __call__(self, **inputs: Any) -> Any:
        """Evaluate with every input given.

        Parameters
        ----------
        inputs : by quantity name. Plain numbers and arrays are in the quantity's own unit; text such as
            ``"6.5 kW/server"``, pint quantities and derivations are converted.

        Returns
        -------
        The result in its own unit, `unit`: a number; a NumPy array when any input is an array; a Dask array
        that is not yet computed when any is one.

        Raises
        ------
        UnknownNameError, ChainError, UnitError, DomainError : one line each.

        Examples
        --------
        >>> from calc import server_count
        >>> server_count(gpus=25_000, gpus_per_server=8)
        3125
        """
        values = []
        given = dict(inputs)
        arrays = False
        for needed in self.inputs:
            try:
                value = given.pop(needed.name)
            except KeyError:
                return self(**self._named(inputs))
            if is_plain(value):
                needed.domain.check(value, needed.name, needed.unit)
            elif is_array(value):
                value, arrays = own_unit_array(needed, value), True
            else:
                value = _as_float(own_unit_value(needed, value))
            values.append(value)
        if given:
            return self(**self._named(inputs))
        return self.kernel.array(*values) if arrays else self.kernel.scalar(*values)

    def _named(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """The inputs by their quantities' own names, or an error that says which are wrong or missing."""
        accepted = [q.name for q in self.inputs]
        named: dict[str, Any] = {}
        for name, value in inputs.items():
            try:
                key = quantity(name).name
            except UnknownNameError:
                key = name
            if key not in accepted:
                raise UnknownNameError(
                    f"{name!r} is not an input of {self.id}; accepted: {', '.join(accepted)}{nearest(name, accepted)}"
                )
            if key in named:
                raise CalcError(f"{self.id} was given {key} twice")
            named[key] = value
        missing = [name for name in accepted if name not in named]
        if missing:
            raise CalcError(
                f"{self.id} needs {', '.join(missing)}; give it, or take it from a scenario with {self.name}.derive()"
            )
        return named

    def derive(self, scenario: Scenario | str | None = None, **overrides: Any) -> Derivation:
        """Evaluate in a scenario, exactly, and keep where everything came from.

        Parameters
        ----------
        scenario : a scenario or its name; the book's own, ``gpt-4``, when left out.
        overrides : values to take instead of the scenario's, for any quantity of the chain.

        Raises
        ------
        ChainError : an input is missing, the chain has a cycle, or an override plays no part in it.

        Examples
        --------
        >>> from calc import scenario, training_energy
        >>> training_energy.derive(scenario("gpt-4"), servers=5000).value
        70.2
        """
        from calc.chain import derive

        return derive(self, scenario, overrides)

    def sweep(self, scenario: Scenario | str | None = None, **inputs: Any) -> Any:
        """Evaluate the whole chain in a scenario, over arrays for any of its quantities.

        Parameters
        ----------
        scenario : as for `derive`.
        inputs : arrays (NumPy or Dask), in own units, or single values; broadcast against each other.

        Returns
        -------
        An array of results in the own unit.

        Raises
        ------
        As `derive`.

        Examples
        --------
        >>> import numpy as np
        >>> from calc import training_facility_energy
        >>> training_facility_energy.sweep("gpt-4", gpus=np.array([10_000, 25_000]))
        array([21.06, 52.65])
        """
        from calc.chain import sweep

        return sweep(self, scenario, inputs)

    def table(self, scenario: Scenario | str | None = None, **inputs: Any) -> pd.DataFrame:
        """Evaluate over every combination of some inputs, as a pandas DataFrame; see `calc.table`.

        Raises
        ------
        CalcError : pandas is not installed, no input is a list, or as for `sweep`.

        Examples
        --------
        >>> from calc import training_facility_energy
        >>> training_facility_energy.table(pue=[1.1, 1.2], gpus=[25_000]).iloc[0].to_dict()
        {'pue': 1.1, 'gpus': 25000.0, 'training_facility_energy': 48.2625}
        """
        from calc.tables import table

        return table(self, scenario, **inputs)

    def solve_for(self, name: str, scenario: Scenario | str | None = None, **known: Any) -> Solution:
        """Find the value of one quantity of the chain that yields a given result.

        Parameters
        ----------
        name : the unknown.
        scenario : where the other inputs come from, as for `derive`.
        known : the result, and other values to take instead of the scenario's.

        Raises
        ------
        SolveError : the result is not given, or the unknown plays no part.

        Examples
        --------
        >>> from calc import server_count
        >>> print(server_count.solve_for("gpus", servers=3125, gpus_per_server=8))
        gpus is any whole number from 24,993 to 25,000 GPUs
        """
        from calc.solve import solve_for

        return solve_for(self, name, scenario, known)

    def differentiate(self, name: str) -> sp.Expr:
        """How fast the result changes with one input: the exact derivative, as a sympy expression.

        Parameters
        ----------
        name : the input; all quantities are in their own units.

        Raises
        ------
        UnknownNameError : it is not an input.
        SolveError : ⌈⌉ or ⌊⌋ makes the result move in steps.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.differentiate("servers")
        3*server_power*training_time/125000
        """
        wanted = quantity(name)
        if wanted not in self.inputs:
            accepted = [q.name for q in self.inputs]
            raise UnknownNameError(
                f"{name!r} is not an input of {self.id}; accepted: {', '.join(accepted)}{nearest(name, accepted)}"
            )
        if any(part.has(wanted.symbol) for part in self.numeric.atoms(sp.ceiling, sp.floor)):
            raise SolveError(f"{self.id} moves in steps with {wanted.name}, and has no derivative there")
        return sp.diff(self.numeric, wanted.symbol)

    @property
    def used_by(self) -> tuple[Formula, ...]:
        """The formulas that take this one's result as an input."""
        return tuple(f for f in all_formulas() if self.result in f.inputs)


def formula(
    *, result: str, source: str, locator: str, title: str | None = None
) -> Callable[[Callable[..., Any]], Formula]:
    """Make a formula of a function whose parameters are names of quantities.

    Parameters
    ----------
    result : name of the quantity it yields.
    source, locator : key in references.bib, and the place in that source.
    title : where the function's name is not enough.

    Raises
    ------
    DefinitionError : units do not come out, or the result has a formula already.
    UnknownNameError : a quantity is unknown.
    DataError : the source is missing or unknown.

    Examples
    --------
    >>> @formula(result="servers", source="mohit2026", locator="Tensor parallelization")
    ... def server_count_again(gpus, gpus_per_server):
    ...     '''Again.'''
    ...     return gpus / gpus_per_server
    Traceback (most recent call last):
    ...
    calc.errors.DefinitionError: servers has two formulas: 'server-count' and 'server-count-again'
    """

    def define(function: Callable[..., Any]) -> Formula:
        try:
            new = Formula(function, result=result, source=source, locator=locator, title=title)
        except DefinitionError as error:
            raise DefinitionError(f"formula {function.__name__.replace('_', '-')!r}: {error}") from None
        if new.id in _FORMULAS:
            raise DefinitionError(f"formula {new.id!r} is defined twice")
        other = _BY_RESULT.get(new.result.name)
        if other is not None:
            raise DefinitionError(f"{new.result.name} has two formulas: {other.id!r} and {new.id!r}")
        alias(new.name, new.result.name)
        _FORMULAS[new.id] = new
        _BY_RESULT[new.result.name] = new
        return new

    return define


def formula_by_id(name: str) -> Formula:
    """Look a formula up by id, function name, result or alias.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

    Examples
    --------
    >>> formula_by_id("mfu").id
    'flop-utilisation'
    >>> formula_by_id("trainig-energy")
    Traceback (most recent call last):
    ...
    calc.errors.UnknownNameError: 'trainig-energy' is not a formula; did you mean 'training-energy'?
    """
    found = _FORMULAS.get(name.replace("_", "-"))
    if found is None:
        try:
            found = _BY_RESULT.get(quantity(name).name)
        except UnknownNameError:
            found = None
    if found is None:
        raise UnknownNameError(f"{name!r} is not a formula{nearest(name, _FORMULAS)}")
    return found


def formula_for(wanted: Quantity) -> Formula | None:
    """The formula that yields a quantity, if there is one."""
    return _BY_RESULT.get(wanted.name)


def all_formulas() -> tuple[Formula, ...]:
    """All formulas, in the order of their definition."""
    return tuple(_FORMULAS.values())


def _as_float(value: Any) -> float | int:
    return int(value) if value.denominator == 1 else float(value)


def _read_docstring(function: Callable[..., Any]) -> tuple[str, str, str, str]:
    """Split a docstring into summary, assumptions, where it holds, and example."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(function.__doc__ or ""))
    summary, assumptions, holds, example = "", "", "", []
    for paragraph in _lines(paragraphs):
        if paragraph.startswith(">>>"):
            example.append(paragraph)
        elif paragraph.startswith("Assumes "):
            assumptions = _joined(paragraph)
        elif paragraph.startswith("Holds "):
            holds = _joined(paragraph)
        else:
            summary = f"{summary} {_joined(paragraph)}".strip()
    if not summary:
        raise DefinitionError("it has no docstring; say in one sentence what it yields")
    return summary, assumptions, holds, "\n".join(example)


def _lines(paragraphs: list[str]) -> Iterator[str]:
    yield from (paragraph.strip() for paragraph in paragraphs if paragraph.strip())


def _joined(paragraph: str) -> str:
    return " ".join(paragraph.split())
