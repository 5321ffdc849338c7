"""Operations: of one matrix product, of a training run, and how much of the peak a run reaches."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = ["flop_utilisation", "matmul_flop", "sparsity_gain", "training_flop"]


@formula(
    result="matmul_flop",
    source="golub2013matrix",
    locator="sec. 1.1, table 1.1.2, flop counts",
    title="FLOP of a matrix product",
)
def matmul_flop(m, n, k):
    """Operations in the product of an m × k and a k × n matrix.

    Each of the m·n·k terms takes one multiplication and one addition.

    Assumes the schoolbook method, which GPUs use; a fused multiply-add counts as two operations.

    Holds for any sizes; the exact count is m·n·(2k − 1), which differs by one part in 2k.

    >>> matmul_flop(m=100_000, n=100_000, k=100_000)
    2000000000000000.0
    """
    return coefficient(2, "FLOP") * m * n * k


@formula(result="training_flop", source="kaplan2020scaling", locator="sec. 2.1, C ≈ 6ND", title="Training FLOP")
def training_flop(active_parameters, tokens):
    """Operations of a training run: 2 FLOP for each parameter and token forwards, and 4 backwards.

    Assumes that the work of attention over long contexts is small beside the parameters', that no
    activations are recomputed, and that each token passes through the active parameters only.

    Holds for transformers whose context is short against 12 times their width. Counts model FLOP; full
    recomputation of activations makes the hardware do a third more.

    >>> training_flop(active_parameters="280e9 parameter", tokens="13e12 token")
    2.184e+25
    """
    return coefficient(6, "FLOP/(parameter*token)") * active_parameters * tokens


@formula(
    result="flop_utilisation",
    source="chowdhery2022palm",
    locator="appendix B, model FLOPs utilization",
    title="FLOP utilisation (MFU)",
)
def flop_utilisation(training_flop, gpus, peak_flops, training_time):
    """Share of the GPUs' dense peak that becomes model FLOP over the whole run.

    Assumes the dense peak: against the sparse peak the share would be half, and would mean nothing.

    Holds over calendar time, so that stops and restarts lower it; papers often state it for running steps only.

    >>> flop_utilisation(training_flop=2.184e25, gpus=25_000, peak_flops=312, training_time="90 day")
    0.360082304526749
    """
    return training_flop / (gpus * peak_flops * training_time)


@formula(result="sparsity_gain", source="mishra2021sparse", locator="sec. 2, 2:4 structured sparsity")
def sparsity_gain(sparse_peak_flops, peak_flops):
    """How much faster a GPU's data sheet is with 2:4 sparsity than without.

    Assumes that half of the weights are zero, two in every four; training runs of dense models have none.

    >>> sparsity_gain(sparse_peak_flops=624, peak_flops=312)
    2.0
    """
    return sparse_peak_flops / peak_flops
