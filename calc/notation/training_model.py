"""Symbols of a training run from the model alone: its parameters, its operations, its GPU-hours, its failures."""

from calc.base.domains import COUNT, FRACTION, NOT_NEGATIVE, Domain
from calc.base.quantities import alias, define

_SHARE = Domain(0, 1, False, False, "a fraction from 0 to 1")

# The architecture.
define("model_width", r"h_\mathrm{model}", "1", "numbers that stand for one token between layers", COUNT)
define("query_width", r"h_\mathrm{Q}", "1", "numbers of all heads' queries for one token", COUNT)
define("key_width", r"h_\mathrm{K}", "1", "numbers of all keys for one token, and of all values", COUNT)
define("feedforward_width", r"h_\mathrm{ff}", "1", "width inside one feed-forward network", COUNT)
define("feedforward_matrices", r"n_\mathrm{ff}", "1", "matrices of a feed-forward network: 2, or 3 if gated", COUNT)
define("feedforward_networks", r"E_\mathrm{ff}", "1", "feed-forward networks in a layer: 1, or its experts", COUNT)
define("vocabulary", "V", "1", "tokens that the model knows", COUNT)
define("embedding_tables", r"n_\mathrm{table}", "1", "tables of the vocabulary: 1 if input and output share it", COUNT)
define(
    "sequence_tokens",
    r"s_\mathrm{seq}",
    "token",
    "tokens of one text in training, each of which looks at the others",
    COUNT,
)
define("classic_parameter_count", r"N_\mathrm{classic}", "parameter", "parameters of a model of GPT-3's design")
define("parameter_count", r"N_\mathrm{arch}", "parameter", "parameters, from the architecture")

# Operations and rates.
define("attention_share", r"a_\mathrm{see}", "1", "share of the text that a token is counted to look at", FRACTION)
define("attention_training_flop", r"C_\mathrm{att}", "FLOP", "operations of attention in the run, beside 6ND")
define("recomputed_share", r"r_\mathrm{again}", "1", "share of the forward pass that is done twice", _SHARE)
define(
    "hardware_flop", r"C_\mathrm{hard}", "FLOP", "operations that the GPUs do, with what is recomputed",
    basis="recomputed",
)  # fmt: skip
define(
    "hardware_utilisation", r"U_\mathrm{hard}", "1", "share of the dense peak that the GPUs do (HFU)", FRACTION,
    basis="recomputed",
)  # fmt: skip
alias("hfu", "hardware_utilisation")
define("gpu_rate", r"F_\mathrm{GPU}", "TFLOP/s/GPU", "model operations that one GPU does in a second")
define("gpu_token_rate", r"\dot D_\mathrm{GPU}", "token/s/GPU", "tokens that one GPU trains on in a second")
define("step_utilisation", r"U_\mathrm{step}", "1", "utilisation of a running step, attention counted", FRACTION)
define("clock_rate", r"f_\mathrm{clock}", "GHz/GPU", "cycles of a GPU in a second, at the greatest speed")
define("compute_units", r"n_\mathrm{unit}", "1", "matrix units of one GPU", COUNT)
define(
    "unit_operations", r"w_\mathrm{unit}", "FLOP", "operations of one matrix unit in a cycle: two a multiply-add", COUNT
)
define("counted_peak", r"F_\mathrm{count}", "TFLOP/s/GPU", "dense peak, from clock, units and their width")
define("pin_rate", r"f_\mathrm{pin}", "Gbit/s", "bits that one pin of a memory stack carries in a second")
define("stack_pins", r"w_\mathrm{stack}", "1", "data pins of one memory stack", COUNT)
define("memory_stacks", r"n_\mathrm{stack}", "1", "memory stacks of one GPU", COUNT)
define("stacked_bandwidth", r"\beta_\mathrm{stack}", "TB/s/GPU", "peak rate of one GPU's memory, from its stacks")

# GPU-hours and energy.
define("gpu_hours", r"T_\mathrm{GPU}", "GPU*h", "GPUs of the run times the hours for which it has them")
alias("gpu_time", "gpu_hours")
define("required_gpu_hours", r"T_\mathrm{need}", "GPU*h", "GPU-hours that the operations need at a utilisation")
define(
    "run_chip_energy",
    r"E_\mathrm{run,chip}",
    "GWh",
    "energy of the run, if chips draw their rating and nothing else counts",
    basis="at_chip",
)
define("run_energy", r"E_\mathrm{run}", "GWh", "IT energy of the run, from its GPU-hours", basis="at_it")
define(
    "run_facility_energy",
    r"E_\mathrm{run,site}",
    "GWh",
    "energy of the run at the site, from its GPU-hours",
    basis="at_site",
)

# Failures and checkpoints.
define("gpu_failure_time", r"T_\mathrm{fail}", "GPU*h", "GPU-hours between two stops that nobody planned")
define("failure_interval", r"t_\mathrm{fail}", "min", "mean time between such stops of the whole run")
define("checkpoint_bytes", r"b_\mathrm{check}", "B/parameter", "bytes written for one parameter in a checkpoint")
define("checkpoint_size", r"V_\mathrm{check}", "TB", "size of one checkpoint")
define("checkpoint_bandwidth", r"\beta_\mathrm{check}", "GB/s", "rate at which all GPUs together write a checkpoint")
define("checkpoint_time", r"\delta", "min", "time for which the run stands still to write a checkpoint")
define("checkpoint_interval", r"\tau", "min", "best time between checkpoints, by the first-order rule")
define(
    "checkpoint_waste", r"w_\mathrm{check}", "1", "share of the time that checkpoints cost, by the first-order rule",
    Domain(0, 2, True, False, "a number above 0, at most 2"),
)  # fmt: skip
define("daly_interval", r"\tau_\mathrm{Daly}", "min", "best time between checkpoints, by the higher-order rule")
define("restart_time", r"t_\mathrm{restart}", "min", "time from a stop until the run goes on", NOT_NEGATIVE)
define("goodput", r"\gamma_\mathrm{good}", "1", "share of the time that moves the run forward", FRACTION)

# Memory.
define(
    "kept_bytes", r"b_\mathrm{kept}", "B/parameter", "bytes for one parameter that every replica keeps", NOT_NEGATIVE
)
define("sharded_bytes", r"b_\mathrm{shard}", "B/parameter", "bytes for one parameter that are shared out", NOT_NEGATIVE)
define("state_shards", r"n_\mathrm{shard}", "GPU", "GPUs among which they are shared out", COUNT)
define(
    "sharded_memory",
    r"m_\mathrm{shard}",
    "GB/GPU",
    "memory of one GPU for its part of weights, gradients and optimiser",
)
define(
    "activation_bytes",
    r"b_\mathrm{act}",
    "B*replica/(layer*token)",
    "bytes kept for one number of one token in one layer",
)
define("activation_memory", r"M_\mathrm{act}", "TB", "what a step keeps for its way back, on all GPUs")
define("run_memory", r"V_\mathrm{run}", "TB", "memory of the state of a run and its activations, on all GPUs")
define("fewest_gpus", r"N_\mathrm{GPU,min}", "GPU", "fewest GPUs whose memory holds the run", COUNT)
define("virtual_stages", r"v_\mathrm{stage}", "1", "stretches of layers that one stage of the pipeline has", COUNT)
define(
    "interleaved_bubble",
    r"f_\mathrm{inter}",
    "1",
    "idle over busy time of a stage with several stretches",
    NOT_NEGATIVE,
)

# Size against data.
define("loss_floor", r"L_\infty", "1", "loss that no model of the kind goes below")
define("size_factor", r"A_\mathrm{N}", "1", "how much a model of one parameter would lose by its size")
define("size_exponent", r"\alpha_\mathrm{N}", "1", "how fast that falls with more parameters")
define("data_factor", r"B_\mathrm{D}", "1", "how much a model that has read one token would lose by it")
define("data_exponent", r"\beta_\mathrm{D}", "1", "how fast that falls with more tokens")
define("training_loss", r"L_\mathrm{train}", "1", "loss at the end: nats for each token of a text not seen")
define("optimal_parameters", r"N_\mathrm{opt}", "parameter", "size of the best model for these operations")
define("optimal_tokens", r"D_\mathrm{opt}", "token", "tokens that the best model for these operations reads")
