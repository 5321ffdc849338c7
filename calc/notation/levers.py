"""Symbols of the levers: what makes the same work take less energy."""

from calc.base.domains import COUNT, FRACTION, NOT_NEGATIVE, Domain
from calc.base.quantities import define

# At one the formula is nothing over nothing, and close to it two nearly equal numbers are subtracted.
_ACCEPTED = Domain(0, 0.99, True, False, "a number above 0 and at most 0.99")

define("active_share", r"a", "1", "share of the model's parameters that one token passes through", FRACTION)
define("flop_per_energy", r"\epsilon", "GFLOP/J", "model operations for each joule at the servers", basis="1/at_it")
define("work_energy", r"E_\mathrm{work}", "GWh", "IT energy of the run, from its operations", basis="at_it")
define("weight_bits", r"b_\mathrm{weight}", "bit/parameter", "bits in which one parameter is stored")
define("weight_memory", r"V_\mathrm{weight}", "GB", "memory that the parameters take")
define("acceptance_rate", r"\alpha_\mathrm{draft}", "1", "share of drafted tokens that the model accepts", _ACCEPTED)
define("drafted_tokens", r"\gamma", "1", "tokens that the small model drafts before each pass of the large", COUNT)
define("draft_cost", r"c", "1", "time of the small model's pass over the large one's", NOT_NEGATIVE)
define("draft_work", r"\hat{c}", "1", "operations of the small model over the large one's, for one token", NOT_NEGATIVE)
define("accepted_tokens", r"n_\mathrm{pass}", "1", "tokens that one pass of the large model yields")
define("speculative_speedup", r"S_\mathrm{spec}", "1", "how many times as fast tokens come out with drafting")
define("speculative_work", r"W_\mathrm{spec}", "1", "operations with drafting over operations without")
define("energy_before", r"E_\mathrm{before}", "J", "energy of some piece of work without the lever")
define("energy_after", r"E_\mathrm{after}", "J", "energy of the same work with it")
define("lever_gain", r"G", "1", "energy of the same work without the lever, over the energy with it")
define(
    "levered_prompt_energy", r"e_\mathrm{prompt,lever}", "Wh/prompt", "IT energy of one prompt with the lever",
    basis="at_it",
)  # fmt: skip
