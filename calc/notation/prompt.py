"""Symbols of one prompt: its operations, its time on a GPU, its share of a server's power."""

from calc.base.domains import FRACTION
from calc.base.quantities import define

define("response_tokens", r"n_\mathrm{out}", "token/prompt", "tokens in one answer")
define("prompt_flop", r"C_\mathrm{prompt}", "FLOP/prompt", "operations of answering one prompt")
define(
    "serving_utilisation", r"U_\mathrm{serve}", "1", "share of the dense peak that becomes FLOP while serving", FRACTION
)
define("prompt_gpu_time", r"t_\mathrm{prompt}", "GPU*s/prompt", "GPU time that one prompt takes")
define("gpu_share_power", r"P_\mathrm{share}", "W/GPU", "IT power of one GPU's share of its server", basis="at_it")
define("token_throughput", r"\dot n_\mathrm{server}", "token/s/server", "tokens that one server handles in a second")
define("token_energy", r"e_\mathrm{token}", "J/token", "IT energy of one token", basis="at_it")
