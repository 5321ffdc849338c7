"""Symbols of the hardware and of how a model is laid out on it."""

from calc.base.domains import COUNT, COUNT_OR_NONE
from calc.base.quantities import define

define("gpus", r"N_\mathrm{GPU}", "GPU", "GPUs in the run", COUNT)
define("gpus_per_server", r"g_\mathrm{server}", "GPU/server", "GPUs in one server", COUNT)
define("servers", r"N_\mathrm{server}", "server", "servers in the run", COUNT)
define("layers", "L", "layer/replica", "layers of the model", COUNT)
define("pipeline_stages", "p", "stage/replica", "pipeline stages that one copy of the model is cut into", COUNT)
define("layers_per_stage", "l", "layer/stage", "layers in one stage, on average")
define("gpus_per_stage", r"g_\mathrm{stage}", "GPU/stage", "GPUs that share one stage (tensor parallelism)", COUNT)
define("gpus_per_replica", r"g_\mathrm{replica}", "GPU/replica", "GPUs that hold one copy of the model", COUNT)
define("state_bytes", r"b_\mathrm{state}", "B/parameter", "memory that training keeps for one parameter, in all")
define("training_memory", r"m_\mathrm{train}", "GB/GPU", "memory that one GPU needs for its part of a copy in training")
define("gpu_memory", r"m_\mathrm{GPU}", "GB/GPU", "memory of one GPU")
define("replicas", r"N_\mathrm{replica}", "replica", "copies of the model trained side by side", COUNT)
define("spare_gpus", r"N_\mathrm{spare}", "GPU", "GPUs that belong to no complete copy", COUNT_OR_NONE)
