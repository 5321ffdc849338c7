"""Symbols of the water of a prompt, and of what power stations draw and give back.

Water is consumed, so that it evaporates, `on_site` or `at_plant`, which is at power stations; without either it is
both together. What is drawn from a river and given back has the basis `withdrawn` beside that.
"""

from calc.base.domains import NOT_NEGATIVE
from calc.base.quantities import define

define(
    "prompt_site_water",
    r"v_\mathrm{site}",
    "mL/prompt",
    "water that one prompt evaporates at the site",
    NOT_NEGATIVE,
    basis="on_site",
)
define(
    "prompt_source_water",
    r"v_\mathrm{grid}",
    "mL/prompt",
    "water that one prompt evaporates at power stations",
    NOT_NEGATIVE,
    basis="at_plant",
)
define("prompt_water", r"v_\mathrm{prompt}", "mL/prompt", "water that one prompt evaporates in all", NOT_NEGATIVE)
define("bottle_volume", r"V_\mathrm{bottle}", "mL", "volume of a bottle")
define("bottle_prompts", r"n_\mathrm{bottle}", "prompt", "prompts that evaporate as much as a bottle holds")
define(
    "grid_withdrawal",
    r"w_\mathrm{drawn}",
    "L/kWh",
    "water that power stations draw for each kWh, most of it given back",
    NOT_NEGATIVE,
    basis="withdrawn*at_plant/at_site",
)
define(
    "training_withdrawal",
    r"V_\mathrm{drawn}",
    "ML",
    "water that power stations draw for the run, most of it given back",
    NOT_NEGATIVE,
    basis="withdrawn*at_plant",
)
