"""Symbols of scaling: what GPUs lose by sharing one job."""

from calc.base.domains import COUNT, FRACTION, FRACTION_OR_NONE, NOT_NEGATIVE
from calc.base.quantities import define

# One job on more GPUs
define("base_gpus", r"N_0", "GPU", "GPUs of the smaller run that speed is counted against", COUNT)
define("base_utilisation", r"U_0", "1", "utilisation in the smaller run", FRACTION)
define("measured_gpus", r"N_1", "GPU", "GPUs of the larger run that was measured", COUNT)
define("measured_utilisation", r"U_1", "1", "utilisation in the larger run", FRACTION)
define("serial_share", "s_0", "1", "share of the smaller run's time that more GPUs do not shorten", FRACTION_OR_NONE)
define("speedup", "S", "1", "how many times as fast as the smaller run")
define("scaling_efficiency", r"\eta", "1", "speed reached over speed in proportion to the GPUs", FRACTION)
define("aggregate_rate", r"R", "PFLOP/s", "model operations of all GPUs in a second")

# One step of a run
define("batch_tokens", "B", "token", "tokens that all replicas together read in one step")
define("step_time", r"t_\mathrm{step}", "s", "time of one step, a mean over the run")
define("gradient_bytes", r"b_\mathrm{grad}", "B/parameter", "size of the correction to one parameter, as it is sent")
define("gradient_volume", r"V_\mathrm{grad}", "GB/GPU", "corrections that one GPU has to share in a step")
define("link_latency", r"\alpha", "µs/replica", "delay of one hop in the ring, whatever its size", NOT_NEGATIVE)
define(
    "network_bandwidth", r"\beta_\mathrm{net}", "GB/s/GPU", "rate of one GPU's network link to other servers, one way"
)
define("nvlink_bandwidth", r"\beta_\mathrm{NVLink}", "GB/s/GPU", "rate of one GPU's NVLink inside its server, one way")
define(
    "allreduce_time", r"t_\mathrm{ring}", "s", "time to add up the corrections of all replicas, in a ring", NOT_NEGATIVE
)
define("sync_overlap", r"\omega", "1", "share of that time that is hidden behind computing", FRACTION_OR_NONE)
define("sync_share", r"\sigma", "1", "share of a step in which the GPUs only exchange corrections", FRACTION_OR_NONE)

# The pipeline
define("microbatch_tokens", r"b_\mathrm{micro}", "token/microbatch", "tokens in one microbatch", COUNT)
define("microbatches", "M", "microbatch/replica", "microbatches that a replica's share of a step is cut into", COUNT)
define("ideal_bubble", r"f_\mathrm{ideal}", "1", "idle time of a stage over its busy time", NOT_NEGATIVE)
define("total_bubble", r"f_\mathrm{total}", "1", "idle time of a stage over all of its time", FRACTION_OR_NONE)
define("slowest_stage", r"l_\mathrm{max}", "layer/stage", "layers in the fullest stage", COUNT)
define("stage_balance", r"\kappa", "1", "mean layers of a stage over those of the fullest", FRACTION)
