"""Symbols of one prompt's energy as others have estimated or measured it."""

from calc.base.domains import NOT_NEGATIVE
from calc.base.quantities import define

define(
    "fleet_energy_per_prompt", r"e_\mathrm{prompt,fleet}", "Wh/prompt", "IT energy of a fleet for each of its prompts",
    basis="at_it",
)  # fmt: skip
define(
    "active_chip_energy", r"e_\mathrm{active}", "Wh/prompt", "energy of the busy chips alone, for one prompt",
    basis="at_chip",
)  # fmt: skip
define("chip_energy", r"e_\mathrm{chip}", "Wh/prompt", "energy of accelerators as they run in service", basis="at_it")
define(
    "host_energy",
    r"e_\mathrm{host}",
    "Wh/prompt",
    "energy of processors and memory of the servers",
    NOT_NEGATIVE,
    basis="at_it",
)
define("idle_energy", r"e_\mathrm{idle}", "Wh/prompt", "energy of machines kept ready", NOT_NEGATIVE, basis="at_it")
define(
    "stack_energy_per_prompt", r"e_\mathrm{prompt,stack}", "Wh/prompt", "site energy of one prompt, part by part",
    basis="at_site",
)  # fmt: skip
