"""Symbols of one step of serving: what it reads, computes and waits for, what it draws, and what a token takes."""

from calc.base.domains import COUNT, COUNT_OR_NONE, FRACTION, NOT_NEGATIVE, Domain
from calc.base.quantities import define

_SHARE = Domain(0, 1, False, False, "a fraction from 0 to 1")
_SWITCH = Domain(0, 1, False, True, "0 or 1")

# The model.
define(
    "embedding_parameters",
    r"N_\mathrm{embed}",
    "parameter",
    "parameters of the table in which words are looked up; 0 where the output shares it",
    NOT_NEGATIVE,
)
define("experts", r"n_\mathrm{expert}", "1", "experts in a layer, of which each token takes some; 1 if dense", COUNT)
define("experts_per_token", r"k_\mathrm{expert}", "1", "experts that one token takes; 0 if dense", COUNT_OR_NONE)
define("expert_layers", r"L_\mathrm{expert}", "1", "layers that have experts; 0 if dense", COUNT_OR_NONE)
define("expert_parameters", r"N_\mathrm{expert}", "parameter", "parameters of all experts together", NOT_NEGATIVE)
define("cache_numbers", r"d_\mathrm{KV}", "1/token", "numbers that one layer keeps of one token")
define("window_layers", r"L_\mathrm{window}", "1", "layers that look back over a window only", COUNT_OR_NONE)
define("window_tokens", r"w", "token/prompt", "tokens of that window", NOT_NEGATIVE)
define(
    "state_size", r"m_\mathrm{state}", "MB/prompt", "state that layers without a cache keep of one text", NOT_NEGATIVE
)
define("weight_bytes", r"b_\mathrm{w}", "B/parameter", "bytes of one parameter that is not an expert's")
define("expert_bytes", r"b_\mathrm{x}", "B/parameter", "bytes of one expert's parameter")
define("fp8_arithmetic", r"\delta_8", "1", "1 where products are computed in FP8, else 0", _SWITCH)

# The work.
define("instance_gpus", r"g_\mathrm{inst}", "GPU", "GPUs that serve one copy of the model together", COUNT)
define("batch", r"n_\mathrm{batch}", "prompt", "answers that one copy of the model writes at once")
define(
    "prompt_tokens", r"n_\mathrm{in}", "token/prompt", "tokens of one prompt, with all that is sent along", NOT_NEGATIVE
)
define("cached_share", r"h", "1", "share of a prompt whose keys and values are at hand already", _SHARE)
define("length_variation", r"c^2", "1", "variance of the length of answers over their mean squared", NOT_NEGATIVE)

# What a step does.
define("experts_read", r"f", "1", "share of the experts that a step reads", _SHARE)
define("read_tokens", r"T_\mathrm{in}", "token", "tokens of prompts that are read in a step", NOT_NEGATIVE)
define(
    "mean_context",
    r"n_\mathrm{back}",
    "token/prompt",
    "tokens that an answer looks back on, a mean while it is written",
)
define("weights_read", r"Q_\mathrm{w}", "GB/GPU", "weights that a GPU reads in a step")
define("answer_cache", r"q", "GB/prompt", "cache that a step reads for one answer")
define("cache_read", r"Q_\mathrm{KV}", "GB/GPU", "cache that a GPU reads in a step")
define("write_flop", r"W_\mathrm{out}", "TFLOP/GPU", "operations of a GPU in a step for the tokens written")
define("read_flop", r"W_\mathrm{in}", "TFLOP/GPU", "operations of a GPU in a step for the prompts read", NOT_NEGATIVE)
define("expert_flop", r"W_\mathrm{x}", "TFLOP/GPU", "operations of a GPU in a step in experts", NOT_NEGATIVE)
define(
    "serving_peak", r"F_\mathrm{serve}", "TFLOP/s/GPU", "dense peak rate of one GPU, at the precision of the products"
)

define("software_time", r"\sigma_\mathrm{soft}", "1", "time of a step over that of the software measured")
define(
    "attention_copies", r"n_\mathrm{attn}", "1", "copies of attention, each of which serves answers of its own", COUNT
)

# The hardware.
define("memory_bandwidth", r"\beta_\mathrm{mem}", "TB/s/GPU", "rate at which one GPU can read its memory")

define("fp8_peak_flops", r"F_8", "TFLOP/s/GPU", "dense peak rate of one GPU, in FP8")
define("fp4_peak_flops", r"F_4", "TFLOP/s/GPU", "dense peak rate of one GPU, in FP4")

# What is fitted to measurements.
define("bandwidth_reached", r"e_\mathrm{mem}", "1", "reached over rated bandwidth of the memory", FRACTION)
define("arithmetic_reached", r"e_\mathrm{peak}", "1", "reached over rated arithmetic", FRACTION)
define("expert_arithmetic_reached", r"e_\mathrm{x}", "1", "the same in experts, where few tokens meet", FRACTION)
define("fp8_gain", r"s_8", "1", "gain in speed of products in FP8")
define("expert_layer_wait", r"\tau_\mathrm{x}", "µs", "wait for each layer with experts", NOT_NEGATIVE)
define("fp8_layer_wait", r"\tau_8", "µs", "further wait for each of them in FP8", NOT_NEGATIVE)
define(
    "host_step_overhead", r"\tau_\mathrm{host}", "ms", "time of a step in which GPUs wait for the host", NOT_NEGATIVE
)
define(
    "host_answer_overhead",
    r"\tau_\mathrm{host,1}",
    "µs/prompt",
    "further such time for each answer in work",
    NOT_NEGATIVE,
)
define("floor_power_share", r"\phi_0", "1", "power of a GPU that is awake and does nothing, over its rating", FRACTION)
define("byte_energy", r"\varepsilon_\mathrm{mem}", "J/GB", "energy of a GPU to read from its memory", basis="at_chip")
define("operation_energy_share", r"\kappa_\mathrm{op}", "1", "energy of an operation over rating by peak")
define(
    "expert_power_share", r"\phi_\mathrm{x}", "1", "further power while experts compute, over the rating", NOT_NEGATIVE
)
define("power_cap_share", r"\phi_\mathrm{max}", "1", "most that a GPU draws for long, over its rating", FRACTION)

# Time, power, energy.
define("write_time", r"t_\mathrm{out}", "ms", "time of a step for the weights: read, or computed with")
define("read_time", r"t_\mathrm{in}", "ms", "time of a step for prompts", NOT_NEGATIVE)
define("cache_time", r"t_\mathrm{KV}", "ms", "time of a step for reading the past")
define("expert_time", r"t_\mathrm{x}", "ms", "time of a step for computing in experts", NOT_NEGATIVE)
define("expert_wait", r"t_\mathrm{wait}", "ms", "time of a step for sorting tokens to experts", NOT_NEGATIVE)
define(
    "host_overhead",
    r"t_\mathrm{host}",
    "ms",
    "time of a step for the host: to schedule it and to take in its tokens",
    NOT_NEGATIVE,
)
define("decode_step_time", r"t_\mathrm{decode}", "ms", "time of a step, in which each answer grows by a token")
define("serving_rate", r"\dot n_\mathrm{token}", "token/s", "tokens that one copy of the model writes in a second")
define("step_energy", r"E_\mathrm{step}", "J/GPU", "energy of a GPU's step, above that of being awake", basis="at_chip")
define("instance_power", r"P_\mathrm{inst}", "W", "power of the GPUs of one copy", basis="at_chip")
define("gpu_token_energy", r"e_\mathrm{GPU}", "J/token", "energy of the GPUs for one token written", basis="at_chip")

# Memory.
define("instance_memory", r"M_\mathrm{need}", "GB", "memory that weights and caches of one copy take")
define("usable_share", r"\mu", "1", "share of a GPU's memory that weights and caches may take", FRACTION)
define("memory_batch", r"n_\mathrm{fit}", "prompt", "answers whose caches fit beside the weights")

# The whole site.
define("host_power", r"P_\mathrm{host}", "W/GPU", "power of the rest of a server for each of its GPUs", basis="at_chip")
define(
    "supply_efficiency", r"\eta_\mathrm{supply}", "1", "power out of a server's supplies over power in", FRACTION,
    basis="at_chip/at_it",
)  # fmt: skip
define(
    "idle_power_share", r"\phi_\mathrm{idle}", "1", "power of a GPU that waits for prompts, over its rating", FRACTION
)
define("busy_share", r"u", "1", "share of the time in which the machines serve", FRACTION)
define("busy_power", r"P_\mathrm{busy}", "W", "IT power of one copy at work", basis="at_it")
define("idle_power", r"P_\mathrm{idle}", "W", "IT power of one copy that waits", basis="at_it")
define(
    "served_token_energy", r"e_\mathrm{IT}", "J/token", "IT energy of one token, with machines that wait", basis="at_it"
)
define("site_token_energy", r"e_\mathrm{site}", "Wh/ktoken", "energy at the site of a thousand tokens", basis="at_site")
define("answer_energy", r"e_\mathrm{answer}", "Wh/prompt", "energy at the site of one answer", basis="at_site")

# How many answers at once.
define("token_promise", r"t_\mathrm{promise}", "ms", "most that a reader shall wait from token to token")
define("whole_weights_time", r"t_\mathrm{w,all}", "ms", "time to read all weights, with every expert")
define("promised_time", r"t_\mathrm{left}", "ms", "time of a step that a promise leaves for weights and answers")
define("answer_write_time", r"t_\mathrm{out,1}", "ms/prompt", "time of a step to compute one more answer")
define(
    "answer_expert_time", r"t_\mathrm{x,1}", "ms/prompt", "time of a step to compute one more answer in experts",
    NOT_NEGATIVE,
)  # fmt: skip
define("read_ratio", r"r_\mathrm{in}", "1", "prompt tokens that are read for each token written", NOT_NEGATIVE)
define("answer_cache_time", r"t_\mathrm{KV,1}", "ms/prompt", "time of a step to read the past of one more answer")
define("answer_other_time", r"t_\mathrm{else,1}", "ms/prompt", "time of a step that one more answer takes beside")
define("promise_batch", r"n_\mathrm{quick}", "prompt", "answers at once that keep the promise")
