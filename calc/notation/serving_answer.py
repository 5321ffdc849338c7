"""Symbols of a whole answer from its tokens, of others' ways to foretell it, and of the fleet that serves many."""

from calc.base.domains import COUNT, NOT_NEGATIVE
from calc.base.quantities import define

# One answer from its tokens.
define("prompt_token_time", r"t_\mathrm{in,1}", "ms/token", "time of a step that one more prompt token takes to read")
define(
    "input_token_energy", r"e_\mathrm{in}", "J/token", "energy of the GPUs to read one prompt token", basis="at_chip"
)
define("token_cache", r"q_\mathrm{token}", "kB/token", "cache that a step reads for one token of the past")
define(
    "cache_energy", r"\varepsilon_\mathrm{KV}", "J/GB", "energy of a GPU to read cache, and to be awake for as long",
    basis="at_chip",
)  # fmt: skip
define(
    "cached_token_energy", r"e_\mathrm{cached}", "J/token",
    "energy of the GPUs to look back on one prompt token through an answer", basis="at_chip",
)  # fmt: skip
define(
    "written_token_energy", r"e_\mathrm{out}", "J/token", "energy of the GPUs for one token written, its prompt apart",
    basis="at_chip",
)  # fmt: skip
define("fresh_tokens", r"n_\mathrm{fresh}", "token/prompt", "tokens of a prompt that must be read", NOT_NEGATIVE)
define("cached_tokens", r"n_\mathrm{cached}", "token/prompt", "tokens of a prompt that are at hand", NOT_NEGATIVE)
define(
    "reasoning_tokens",
    r"n_\mathrm{think}",
    "token/prompt",
    "tokens that a model thinks before it answers",
    NOT_NEGATIVE,
)
define("shown_tokens", r"n_\mathrm{shown}", "token/prompt", "tokens of an answer that are shown")
define(
    "site_overhead", r"\omega_\mathrm{site}", "1", "energy at the site over that of the GPUs", basis="at_site/at_chip"
)
define(
    "whole_answer_energy",
    r"e_\mathrm{whole}",
    "Wh/prompt",
    "energy at the site of an answer, by its tokens",
    basis="at_site",
)
define("speculation_gain", r"s_\mathrm{spec}", "1", "tokens a second with drafting over those without")
define(
    "speculated_token_energy", r"e_\mathrm{spec}", "J/token", "energy of the GPUs for one token, with drafting",
    basis="at_chip",
)  # fmt: skip

# Others' ways.
define(
    "ecologits_slope",
    r"\alpha_\mathrm{e}",
    "Wh/(parameter*token*GPU)",
    "energy of a GPU for a token and parameter",
    basis="at_it",
)
define("ecologits_batch_rate", r"\beta_\mathrm{e}", "1/prompt", "by how much it falls with each answer in work")
define(
    "ecologits_floor",
    r"\gamma_\mathrm{e}",
    "Wh/(token*GPU)",
    "energy of a GPU for a token, whatever the model",
    basis="at_it",
)
define("ecologits_gpu_energy", r"e_\mathrm{e}", "Wh/(token*GPU)", "energy of one GPU for a token", basis="at_it")
define("ecologits_time_slope", r"\alpha_\mathrm{t}", "ms/parameter", "time of a token for each parameter")
define("ecologits_batch_time", r"\beta_\mathrm{t}", "ms/prompt", "time of a token for each answer in work")
define("ecologits_time_floor", r"\gamma_\mathrm{t}", "ms", "time of a token, whatever the model")
define("request_latency", r"t_\mathrm{request}", "s", "time from a request to the end of its answer")
define("ecologits_step_time", r"t_\mathrm{e}", "ms", "time of a token")
define("ecologits_host_power", r"P_\mathrm{e}", "W/GPU", "power of a server beside its GPUs, for each", basis="at_it")
define(
    "ecologits_answer_energy", r"e_\mathrm{e,answer}", "Wh/prompt", "energy at the site of one answer", basis="at_site"
)
define("implied_utilisation", r"U_\mathrm{e}", "1", "share of the peak that the time of a token implies")
define("roofline_bandwidth_share", r"\rho_\mathrm{mem}", "1", "share of the bandwidth that a roofline takes as reached")
define("roofline_arithmetic_share", r"\rho_\mathrm{peak}", "1", "share of the peak that a roofline takes as reached")
define(
    "roofline_answer_energy", r"e_\mathrm{roof}", "Wh/prompt", "energy of the GPUs, at their rating, for one answer",
    basis="at_chip",
)  # fmt: skip

# The fleet.
define("model_copies", r"N_\mathrm{copy}", "1", "copies of a model that serve the busiest moment", COUNT)
define("fleet_gpus", r"N_\mathrm{fleet,GPU}", "GPU", "GPUs of all copies", COUNT)
define("fleet_racks", r"N_\mathrm{rack}", "server", "servers, or racks that are counted as one, of all copies", COUNT)
define("fleet_busy_power", r"P_\mathrm{fleet,busy}", "MW", "power at the site while every copy works", basis="at_site")
define("fleet_mean_power", r"P_\mathrm{fleet,mean}", "MW", "mean power at the site of a fleet", basis="at_site")
define("campus_copies", r"N_\mathrm{campus,copy}", "1", "copies of a model that a campus can run", COUNT)
define("campus_token_rate", r"\dot n_\mathrm{campus}", "token/s", "tokens that a campus can write in a second")
