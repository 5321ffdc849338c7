"""What people hold: `Formula`, which is an equation of the book, and `Derivation`, one evaluated in a scenario.

Each method is a line that hands on to the room where the work is done.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from calc.analysis import bands, budget, results, sampling, solve, standing, threshold
from calc.analysis.budget import Budget
from calc.analysis.solution import Solution
from calc.api.frame import table
from calc.base.moved import Gone
from calc.base.units import registry as units
from calc.book.cases import case_of, in_case
from calc.book.companions import companions
from calc.model import chain, compiled, registry
from calc.model.case import Case
from calc.model.scenario import Scenario
from calc.model.step import Step
from calc.render import chain_graph, citation, latex, markdown
from calc.render.record import record
from calc.symbolic.equation import Equation

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    import pint
    from numpy.typing import NDArray

__all__ = ["Derivation", "Formula"]


class Formula(Equation):
    """One equation of the book; its attributes, and an example of a call, are those of `Equation`."""

    differentiate = Gone("calc.Formula")

    def __reduce__(self) -> tuple[Any, ...]:
        return registry.formula_by_id, (self.id,)

    def derive(self, scenario: Scenario | Case | str | None = None, **overrides: Any) -> Derivation:
        """Evaluate in a scenario, exactly, and keep where everything came from.

        Parameters
        ----------
        scenario : a scenario or its name, or a case, whose idle parts are left out; when left out the book's own,
            ``gpt-4``, or ``typical`` for another run, which parameters, tokens or a model describe.
        overrides : values to take instead of the scenario's, or ranges, for any quantity of the chain; and entries of
            the catalogue to lay over it by their kind, as in ``server="dgx-h100"``. A value goes before an entry.

        Raises
        ------
        ChainError : an input is missing, the chain has a cycle, or an override or an entry plays no part in it.

        Examples
        --------
        >>> from calc import scenario, training_energy
        >>> training_energy.derive(scenario("gpt-4"), servers=5000).value
        70.2
        >>> training_energy.derive("gpt-4", accelerator="h100-sxm")
        <derivation training-energy in gpt-4 + h100-sxm: 68.9 GWh>
        """
        return cast(Derivation, chain.derive(self, *in_case(self, scenario, overrides)))

    def sweep(self, scenario: Scenario | Case | str | None = None, **inputs: Any) -> Any:
        """Evaluate the whole chain in a scenario, over arrays for any of its quantities.

        Parameters
        ----------
        scenario : as for `derive`.
        inputs : arrays (NumPy or Dask), in own units, or single values; broadcast against each other; and entries of
            the catalogue, as for `derive`.

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
        return compiled.sweep(self, *in_case(self, scenario, inputs))

    def table(self, scenario: Scenario | Case | str | None = None, **inputs: Any) -> pd.DataFrame:
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
        return table(self, scenario, **inputs)

    def solve_for(self, name: str, scenario: Scenario | Case | str | None = None, **known: Any) -> Solution:
        """Find the value of one quantity of the chain that yields a given result.

        Parameters
        ----------
        name : the unknown.
        scenario : where the other inputs come from, as for `derive`.
        known : the result, other values to take instead of the scenario's, and entries, as for `derive`.

        Raises
        ------
        SolveError : the result is not given, or the unknown plays no part.

        Examples
        --------
        >>> from calc import server_count
        >>> print(server_count.solve_for("gpus", servers=3125, gpus_per_server=8))
        gpus is any whole number from 24,993 to 25,000 GPUs
        """
        return solve.solve_for(self, name, *in_case(self, scenario, known, [name]))

    @property
    def used_by(self) -> tuple[Formula, ...]:
        """The formulas that take this one's result as an input."""
        return cast("tuple[Formula, ...]", registry.used_by(self))


@dataclass(frozen=True)
class Derivation(Step):
    """A formula evaluated in a scenario, and all that can be asked of the result; its attributes are those of `Step`.

    Examples
    --------
    >>> from calc import training_energy
    >>> training_energy.derive("gpt-4")
    <derivation training-energy in gpt-4: 43.9 GWh>
    """

    formula: Formula

    @property
    def quantity(self) -> pint.Quantity[float]:
        """The value as a pint quantity.

        Examples
        --------
        >>> from calc import cluster_power
        >>> print(cluster_power.derive("gpt-4").quantity.to("kW"))
        20312.5 kilowatt
        """
        unit = units().parse_units(self.unit if self.unit != "1" else "")
        value: pint.Quantity[float] = units().Quantity(self.value, unit)
        return value

    @functools.cached_property
    def draws(self) -> NDArray[np.float64]:
        """The result in every draw of the scenario, in the own unit; all alike where no input has a range.

        Raises
        ------
        DomainError : one of them is outside the result's domain.
        """
        return sampling.of(self)

    @property
    def low(self) -> float | None:
        """The value that 5 % of the draws lie below, in the own unit; None where no input has a range."""
        points = bands.percentiles(self)
        return points[0] if points else None

    @property
    def median(self) -> float | None:
        """The value that half of the draws lie below, in the own unit; None where no input has a range.

        Examples
        --------
        >>> from calc import training_energy
        >>> d = training_energy.derive("gpt-4-estimate")
        >>> round(d.low), round(d.median), round(d.high)
        (27, 30, 34)
        """
        points = bands.percentiles(self)
        return points[1] if points else None

    @property
    def high(self) -> float | None:
        """The value that 95 % of the draws lie below, in the own unit; None where no input has a range."""
        points = bands.percentiles(self)
        return points[2] if points else None

    def budget(self) -> Budget | None:
        """What its uncertainty is made of: see `calc.analysis.budget.budget`; None where no input has a range."""
        return budget.budget(self)

    def probability(self, *, above: Any = None, below: Any = None) -> float:
        """The share of the draws above, or below, a limit: a number in the own unit, or text with a unit.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.derive("gpt-4").probability(above="100 GWh")
        0.0
        """
        return threshold.probability(self, above=above, below=below)

    @property
    def digits(self) -> int:
        """How many significant digits of the value are shown; `calc.base.numbers.digits_known` has the rule."""
        return results.digits(self)

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
        return solve.solve_step(self, name, known)

    @property
    def companions(self) -> tuple[Derivation, ...]:
        """What is asked for next to it, with the same values given: of a run its days, GPU-hours and rent."""
        return cast("tuple[Derivation, ...]", companions(self))

    @property
    def case(self) -> Case | None:
        """What was changed, as it travels in an address or a file; None of a figure of the book."""
        return case_of(self)

    def draw(self) -> str:
        """The chain as a graph, in SVG; no other program is needed.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.derive("gpt-4").draw()[:4]
        '<svg'
        """
        return chain_graph.chain(self)

    def to_dict(self) -> dict[str, Any]:
        """The derivation as plain data, as `python -m calc show --format json` prints it."""
        return record(self)

    def to_latex(self) -> str:
        r"""Symbols, numbers and result, one line each, as LaTeX for math mode.

        Examples
        --------
        >>> from calc import training_energy
        >>> training_energy.derive().to_latex().splitlines()[-2]
        '&= 43.9\\,\\mathrm{GWh}'
        """
        return latex.equation(self)

    def to_markdown(self) -> str:
        """Equation, inputs with sources, assumptions and chain as plain Markdown, its math between dollar signs."""
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
        return citation.as_style(self, style)

    def __repr__(self) -> str:
        changed = "".join(f", {given.quantity.name} changed" for given in self.changed)
        result = standing.bare_words(self).replace("\N{NO-BREAK SPACE}", " ")
        return f"<derivation {self.formula.id} in {self.scenario.name}{changed}: {result}>"


Formula.step = Derivation
