"""Symbols of the arithmetic: models, tokens, operations, peaks."""

from calc.base.domains import AT_LEAST_ONE, COUNT, FRACTION
from calc.base.quantities import alias, define

define("m", "m", "1", "rows of the first matrix", COUNT)
define("n", "n", "1", "columns of the second matrix", COUNT)
define("k", "k", "1", "columns of the first matrix, and rows of the second", COUNT)
define("matmul_flop", r"C_\mathrm{matmul}", "FLOP", "operations in one matrix product")
define("total_parameters", r"N_\mathrm{total}", "parameter", "parameters that the model stores")
define("active_parameters", r"N_\mathrm{active}", "parameter", "parameters that one token passes through")
define("tokens", "D", "token", "tokens that the model is trained on")
define("training_flop", r"C_\mathrm{train}", "FLOP", "operations of the whole training run")
define("peak_flops", r"F_\mathrm{peak}", "TFLOP/s/GPU", "dense peak rate of one GPU, in bf16")
define(
    "sparse_peak_flops", r"F_\mathrm{sparse}", "TFLOP/s/GPU", "peak rate of one GPU with 2:4 sparsity", basis="sparse"
)
define("flop_utilisation", "U", "1", "share of the dense peak that becomes model FLOP (MFU)", FRACTION)
alias("mfu", "flop_utilisation")
define("sparsity_gain", r"G_\mathrm{sparse}", "1", "sparse peak over dense peak", AT_LEAST_ONE, basis="sparse")
