"""An equation of the book: made of a plain function, traced and checked when that is first needed, and compiled."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeVar

import sympy as sp

from calc.base.broken import Broken, note_formula, tolerates
from calc.base.docstrings import docstring as docstring_of
from calc.base.errors import BrokenError, CalcError, DefinitionError, UnknownNameError, nearest
from calc.base.quantities import quantity
from calc.base.unit_words import unit_text
from calc.base.values import is_array, is_plain, own_unit_array, own_unit_value
from calc.symbolic.kernel import Kernel
from calc.symbolic.printing import right_hand_side
from calc.symbolic.trace import Coefficient, Trace, trace

__all__ = ["Equation"]

_T = TypeVar("_T")


class _Documentation(str):
    """The docstring of a class, which for an object of it is that object's own, written when it is asked for."""

    def __get__(self, one: Equation | None, _owner: type[Any]) -> str:
        return self if one is None else docstring(one)


class Equation:
    """One equation, made of a function; it knows no scenario.

    What it is called, takes and yields is known from the start. The function is traced, and its units are checked, when
    something is first asked that needs its expression, or by `check`.

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

    # What an evaluation of it is; the room that has such a class sets it, so that none below need know it.
    step: ClassVar[type[Any]]
    # A short way for many numbers, once a first call has gone the long way, on which what is wrong is found.
    _straight: Callable[..., Any] | None = None

    def __init__(
        self, function: Callable[..., Any], *, result: str, source: str, locator: str, title: str | None = None
    ) -> None:
        name = function.__name__
        self.name = name
        self.id = name.replace("_", "-")
        self.title = title or name.replace("_", " ").capitalize()
        self.result = quantity(result)
        code = function.__code__  # `inspect.signature` says the same, and takes long for hundreds
        self.inputs = tuple(map(quantity, code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]))
        self.function = function
        self.sources = ((source, locator),)
        self.module = (function.__module__ or "").rpartition(".")[2]
        self.broken: Broken | None = None
        for attribute in ("__module__", "__name__", "__qualname__"):
            setattr(self, attribute, getattr(function, attribute))

    def __init_subclass__(cls) -> None:
        cls.__doc__ = _Documentation(cls.__doc__ or "")

    @functools.cached_property
    def _texts(self) -> tuple[str, str, str, str]:
        return self._made(lambda: _read_docstring(self.function))

    @property
    def summary(self) -> str:
        """What it says."""
        return self._texts[0]

    @property
    def assumptions(self) -> str:
        """What it assumes, or nothing."""
        return self._texts[1]

    @property
    def holds(self) -> str:
        """Where it holds, or nothing."""
        return self._texts[2]

    @property
    def example(self) -> str:
        """The example of its docstring, or nothing."""
        return self._texts[3]

    @functools.cached_property
    def _trace(self) -> Trace:
        _ = self._texts
        return self._made(lambda: trace(self.function, self.inputs, self.result))

    def _made(self, make: Callable[[], _T]) -> _T:
        """What is made of the function; of one of the book's what is wrong with it is noted."""
        if self.broken:
            raise self.broken.error()
        try:
            return make()
        except Exception as error:  # whatever a function of symbols may raise
            if not tolerates(self.function.__module__):
                raise
            self.broken = note_formula(self.function, self.result.name, error)
            raise self.broken.error() from None

    def check(self) -> None:
        """Read what it says, trace it and check its units, if that has not been done.

        Raises
        ------
        DefinitionError : they do not come out.
        BrokenError : the same of a formula of the book, of which all else goes on without it.
        """
        _ = self._trace

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
        try:
            self.check()
        except BrokenError as error:
            return f"<{error}>"
        return f"<formula {self.id}: {self.result.name} = {self.expression} [{self.unit}]>"

    def __call__(self, *, checked: bool = True, **inputs: Any) -> Any:
        """Evaluate with every input given.

        Parameters
        ----------
        inputs : by quantity name. Plain numbers and arrays are in the quantity's own unit; text such as
            ``"6.5 kW/server"``, pint quantities and derivations are converted.
        checked : whether arrays are held against their domains, which takes as long again as a short formula; single
            numbers always are.

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
        if self._straight and not checked:
            try:
                found = self._straight(**inputs)
            except TypeError:  # other names; below it is said what is wrong with them
                found = None
            if found is not None:
                return found
        values = []
        arrays = False
        for needed in self.inputs:
            try:
                value = inputs[needed.name]
            except KeyError:
                return self(checked=checked, **self._named(inputs))
            if is_plain(value):
                needed.domain.check(value, needed.name, needed.unit)
            elif is_array(value):
                value, arrays = own_unit_array(needed, value), True
            else:
                value = _as_float(own_unit_value(needed, value))
            values.append(value)
        if len(inputs) > len(values):
            return self(checked=checked, **self._named(inputs))
        if not arrays:
            return self.kernel.scalar(*values)
        if not checked:
            self._straight = self.kernel.straight
        return self.kernel.array(*values, checked=checked)

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


Equation.__doc__ = _Documentation(Equation.__doc__ or "")


def docstring(formula: Equation) -> str:
    """A formula's documentation: what it says, its parameters, equation, source and example."""
    try:
        formula.check()
    except BrokenError as error:
        return str(error)
    parts = [formula.summary]
    parts += [text for text in (formula.assumptions, formula.holds) if text]
    parts.append("Parameters\n----------\n" + "\n".join(
        f"{q.name} : {unit_text(q.unit)}\n    {q.meaning}; {q.domain.words}." for q in formula.inputs
    ))  # fmt: skip
    parts.append(
        f"Returns\n-------\n{formula.result.name} : {unit_text(formula.result.unit)}\n    {formula.result.meaning}."
    )
    parts.append(f"Equation\n--------\n{formula.result.name} = {right_hand_side(formula.written)}")
    parts.append("Source\n------\n" + "\n".join(f"{key}, {where}" for key, where in formula.sources))
    if formula.example:
        parts.append("Examples\n--------\n" + formula.example)
    return "\n\n".join(parts)


def _as_float(value: Any) -> float | int:
    return int(value) if value.denominator == 1 else float(value)


def _read_docstring(function: Callable[..., Any]) -> tuple[str, str, str, str]:
    """Split a docstring into summary, assumptions, where it holds, and example."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(docstring_of(function)))
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
