"""The calculators of *Tokens to Terawatts*: formulas with units, sources and derivations.

>>> from calc import scenario, training_energy
>>> training_energy(servers=3125, server_power="6.5 kW/server", training_time="90 day")
43.875
>>> training_energy.derive(scenario("gpt-4")).value
43.875
"""

from calc.chain import derive
from calc.derivation import Derivation
from calc.errors import CalcError
from calc.formula import Formula, all_formulas, formula, formula_by_id
from calc.formulas import *  # noqa: F403  # its __all__ is the list of formulas
from calc.formulas import __all__ as _formulas
from calc.quantities import Quantity, all_quantities, quantity
from calc.scenario import Input, Scenario, load_scenario, scenario, scenario_names
from calc.solve import Solution
from calc.tables import table
from calc.units import registry

__version__ = "0.1.0"

__all__ = [
    "CalcError", "Derivation", "Formula", "Input", "Quantity", "Scenario", "Solution", "all_formulas",
    "all_quantities", "derive", "formula", "formula_by_id", "load_scenario", "quantity", "registry", "scenario",
    "scenario_names", "table", *_formulas,
]  # fmt: skip
