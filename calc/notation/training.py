"""Symbols of the energy of training."""

from calc.base.quantities import define

define("training_time", r"t_\mathrm{train}", "day", "length of the run")
define(
    "metered_training_energy",
    r"E_\mathrm{metered}",
    "GWh",
    "IT energy of the run that a meter would show",
    basis="at_it",
)
define("training_energy", r"E_\mathrm{train}", "GWh", "IT energy of the run", basis="at_it")
