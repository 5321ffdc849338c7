"""Symbols of a run from its GPU-hours, of what a layer keeps, and of a model's whole life."""

from calc.base.domains import COUNT, FRACTION, NOT_NEGATIVE, Domain
from calc.base.quantities import define

_SHARE = Domain(0, 1, False, False, "a fraction from 0 to 1")

# From GPU-hours.
define("run_days", r"t_\mathrm{run}", "day", "days of the run, from its GPU-hours")
define("run_utilisation", r"U_\mathrm{run}", "1", "utilisation over all GPU-hours of the run", FRACTION)
define("kept_utilisation", r"\kappa_U", "1", "share of its steps' utilisation that the run keeps", FRACTION)

# What fills a pipeline, and what a layer keeps.
define("weight_gradient_share", r"w_\nabla", "1", "share of a step's work that makes the weights' gradients", FRACTION)
define("waits_filled", r"k_\nabla", "1", "microbatches whose weights' gradients fill a stage's waits", NOT_NEGATIVE)
define("zero_bubble", r"b_\mathrm{zero}", "1", "idle over busy time, weights' gradients filling waits", NOT_NEGATIVE)
define("linear_bytes", r"b_\mathrm{lin}", "B*replica/(layer*token)", "bytes kept for each number, scores apart")
define(
    "score_bytes", r"b_\mathrm{score}", "B*replica/(layer*token)", "bytes kept for each score of attention",
    NOT_NEGATIVE,
)  # fmt: skip
define("attention_heads", r"h_\mathrm{att}", "1", "heads of attention in a layer", COUNT)
define("tensor_gpus", r"g_\mathrm{tensor}", "GPU", "GPUs that share each layer", COUNT)
define("layer_activation_memory", r"M_\mathrm{layer}", "GB/(layer*GPU)", "activations of a layer on one GPU")

# A life: training, and then answering.
define("data_loss", r"L_\mathrm{data}", "1", "part of a loss that is left to the text, when floor and size have theirs")
define("loss_tokens", r"D_L", "token", "tokens that a size must read to end with a given loss")
define("served_tokens", r"D_\mathrm{life}", "token", "tokens that the model reads and writes in its life as a service")
define("life_flop", r"C_\mathrm{life}", "FLOP", "model operations of training and serving together")
define("size_pull", r"\psi", "1", "what one percent of size gains over one percent of data")
define("best_served_tokens", r"D_\mathrm{best}", "token", "tokens to serve for which this size takes the least energy")
define("life_serving_energy", r"E_\mathrm{answers}", "GWh", "energy at the site of its answers", basis="at_site")
define("life_energy", r"E_\mathrm{life}", "GWh", "energy at the site of training and serving", basis="at_site")
define("final_run_share", r"f_\mathrm{final}", "1", "share of a developer's research compute in final runs", FRACTION)
define("research_energy", r"E_\mathrm{research}", "GWh", "energy at the site of trials and final run", basis="at_site")
