"""Symbols of answering."""

from calc.base.quantities import define

define("prompts_per_day", r"\dot n_\mathrm{prompt}", "prompt/day", "prompts answered in a day")
define("energy_per_prompt", r"e_\mathrm{prompt}", "Wh/prompt", "IT energy of one prompt", basis="at_it")
define("daily_serving_energy", r"\dot E_\mathrm{serve}", "MWh/day", "IT energy of one day of serving", basis="at_it")
define("serving_power", r"P_\mathrm{serve}", "MW", "mean IT power of serving", basis="at_it")
define("serving_time", r"t_\mathrm{serve}", "day", "length of the period of serving")
define("serving_energy", r"E_\mathrm{serve}", "GWh", "IT energy of the period of serving", basis="at_it")
define("breakeven_time", r"t_\mathrm{even}", "day", "days of serving that use as much energy as the run")
define("breakeven_prompts", r"n_\mathrm{even}", "prompt", "prompts that use as much energy as the run")
