"""Symbols of the servers that answer: memory, concurrency, peaks, reserves, and several models side by side."""

from calc.base.domains import AT_LEAST_ONE, COUNT, COUNT_OR_NONE, NOT_NEGATIVE
from calc.base.quantities import define

define("kv_layers", r"L_\mathrm{KV}", "1", "layers that keep keys and values", COUNT)
define("kv_heads", r"h_\mathrm{KV}", "1", "heads in a layer that have keys and values of their own", COUNT)
define("head_size", r"d_\mathrm{head}", "1", "numbers in one head's key, and in its value", COUNT)
define("number_size", r"b", "B", "bytes in which one number is kept")
define("kv_cache_per_token", r"m_\mathrm{token}", "kB/token", "memory that keys and values of one token take")
define("context_tokens", r"n_\mathrm{context}", "token/prompt", "tokens that the model looks back on, for one prompt")
define("kv_cache_per_prompt", r"m_\mathrm{prompt}", "GB/prompt", "memory that keys and values of one prompt take")
define("server_memory", r"M_\mathrm{server}", "GB/server", "memory of the GPUs in one server")
define("reserved_memory", r"M_\mathrm{model}", "GB/server", "memory that the model's weights and working space take")
define("kv_memory", r"M_\mathrm{KV}", "GB/server", "memory that is left for keys and values")
define("prompts_per_server", r"n_\mathrm{server}", "prompt/server", "prompts that one server answers at once", COUNT)
define("peak_to_mean", r"\kappa_\mathrm{peak}", "1", "busiest moment of the day over the day's mean", AT_LEAST_ONE)
define("peak_prompt_rate", r"\dot n_\mathrm{peak}", "prompt/s", "prompts that arrive in the busiest second")
define("first_token_time", r"t_\mathrm{first}", "s", "wait for the first token of an answer", NOT_NEGATIVE)
define("token_time", r"t_\mathrm{token}", "s*prompt/token", "time from one token of an answer to the next")
define("response_time", r"t_\mathrm{answer}", "s", "time from a prompt to the end of its answer")
define("prompts_in_flight", r"n_\mathrm{flight}", "prompt", "prompts that are being answered at one moment")
define("serving_servers", r"N_\mathrm{serve}", "server", "servers that the busiest moment needs", COUNT)
define("groups_needed", r"g_\mathrm{need}", "1", "groups of servers that can carry the load", COUNT)
define("groups_spare", r"g_\mathrm{spare}", "1", "further groups, in case that as many fail", COUNT_OR_NONE)
define("provisioned_servers", r"N_\mathrm{installed}", "server", "servers that are installed, with the reserve", COUNT)
define("fleet_power", r"P_\mathrm{fleet}", "MW", "rated power of the servers that are installed", basis="at_it")
define("input_tokens_per_day", r"\dot n_\mathrm{in}", "token/day", "tokens of prompts that are read in a day")
define("output_tokens_per_day", r"\dot n_\mathrm{out}", "token/day", "tokens of answers that are written in a day")
define("prefill_throughput", r"\dot n_\mathrm{prefill}", "token/s/server", "tokens that a server reads in a second")
define("decode_throughput", r"\dot n_\mathrm{decode}", "token/s/server", "tokens that a server writes in a second")
define("busy_servers", r"\bar N_\mathrm{busy}", "server", "servers at work, as the mean of a day")
define("quick_prompts", r"\dot n_\mathrm{quick}", "prompt/day", "prompts that the small model answers in a day")
define("quick_energy", r"e_\mathrm{quick}", "Wh/prompt", "energy of one of them at the site", basis="at_site")
define("standard_prompts", r"\dot n_\mathrm{std}", "prompt/day", "prompts that the standard model answers in a day")
define("standard_energy", r"e_\mathrm{std}", "Wh/prompt", "energy of one of these at the site", basis="at_site")
define(
    "long_prompts", r"\dot n_\mathrm{long}", "prompt/day", "prompts that get long answers of the large model in a day"
)
define("long_energy", r"e_\mathrm{long}", "Wh/prompt", "energy of one such prompt at the site", basis="at_site")
define(
    "lineup_energy", r"\dot E_\mathrm{lineup}", "MWh/day", "energy of a day of all models at the site", basis="at_site"
)
