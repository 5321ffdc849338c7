"""The calculators of *Tokens to Terawatts*: formulas with units, sources and derivations.

>>> from calc import scenario
>>> from calc.formulas.training import training_energy
>>> training_energy(servers=3125, server_power="6.5 kW/server", training_time="90 day")
43.875
>>> training_energy.derive(scenario("gpt-4")).value
43.875
"""

from typing import TYPE_CHECKING

# first what ends quietly and loads quickly, then the notation, which defines the symbols that all else names
import calc.base.collector
import calc.base.stopped
import calc.notation
from calc import formulas
from calc.analysis.solution import Solution
from calc.api import Derivation, Formula, all_formulas, formula, formula_by_id, table
from calc.base.errors import CalcError
from calc.base.moved import moved, watch_imports
from calc.base.quantities import Quantity, all_quantities, quantity
from calc.base.units import registry
from calc.book.planner import plan
from calc.formulas import *  # noqa: F403  # each module's formulas
from calc.model.case import Case
from calc.model.case_file import load_case
from calc.model.input import Input
from calc.model.scenario import Scenario
from calc.model.scenario_file import load_scenario, scenario, scenario_names

__version__ = "0.2.0.dev0"

__all__ = [
    "CalcError", "Case", "Derivation", "Formula", "Input", "Quantity", "Scenario", "Solution", "all_formulas",
    "all_quantities", "formula", "formula_by_id", "load_case", "load_scenario", "plan", "quantity", "registry",
    "scenario", "scenario_names", "table",
]  # fmt: skip
__all__ += formulas.__all__

watch_imports()
calc.base.collector.go_on()

if not TYPE_CHECKING:  # for type checkers a name that is not there is an error anyway

    def __getattr__(name: str) -> object:
        raise AttributeError(moved().get(f"calc.{name}") or f"module 'calc' has no attribute {name!r}")
