"""A training run from its model: parameters, operations, what one GPU does of them, and its GPU-hours and energy."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "attention_training_flop",
    "classic_parameter_count",
    "counted_peak",
    "gpu_hours",
    "gpu_rate",
    "gpu_token_rate",
    "hardware_flop",
    "hardware_utilisation",
    "parameter_count",
    "required_gpu_hours",
    "run_chip_energy",
    "run_energy",
    "run_facility_energy",
    "stacked_bandwidth",
    "step_utilisation",
]


@formula(
    result="classic_parameter_count", source="narayanan2021megatron",
    locator="sec. 5.1, equation 2: P = 12lh²(1 + 13/(12h) + (V + s)/(12lh))", title="Parameters, classic design",
)  # fmt: skip
def classic_parameter_count(layers, model_width, vocabulary, sequence_tokens):
    """Parameters of a dense transformer of GPT-3's design.

    Assumes a feed-forward network four times as wide as the model, full attention, biases and norms, one table of
    words and one of positions.

    Holds for GPT-2, GPT-3, Megatron and, without the table of positions, BLOOM.

    >>> round(classic_parameter_count(layers=128, model_width=25_600, vocabulary=51_200, sequence_tokens=2048) / 1e9)
    1008
    """
    each = 12 * model_width**2 + 13 * model_width
    places = vocabulary + coefficient(1, "1/token") * sequence_tokens
    return coefficient(1, "parameter") * (coefficient(1, "replica/layer") * layers * each + places * model_width)


@formula(
    result="parameter_count", source="austin2025scaling",
    locator="Training LLaMA 3 on TPUs, counting parameters and FLOPs: table", title="Parameters, from the architecture",
)  # fmt: skip
def parameter_count(
    layers, model_width, query_width, key_width, feedforward_matrices, feedforward_networks, feedforward_width,
    vocabulary, embedding_tables,
):  # fmt: skip
    """Parameters of a transformer with grouped queries, gated feed-forward networks and, perhaps, experts.

    Assumes layers alike. Norms, biases and the router that picks experts are left out: together less than a
    thousandth.

    Holds for all parameters that are stored. Put the experts that one token takes in the place of all, and it counts
    the active ones.

    >>> n = parameter_count(
    ...     layers=80, model_width=8192, query_width=8192, key_width=1024, feedforward_matrices=3,
    ...     feedforward_networks=1, feedforward_width=28_672, vocabulary=128_256, embedding_tables=2)
    >>> round(n / 1e9, 2)
    70.55
    """
    attention = 2 * (query_width + key_width)
    feedforward = feedforward_matrices * feedforward_networks * feedforward_width
    within = coefficient(1, "replica/layer") * layers * (attention + feedforward)
    return coefficient(1, "parameter") * model_width * (within + embedding_tables * vocabulary)


@formula(
    result="attention_training_flop", source="chowdhery2022palm", locator="appendix B: 12LHQT for each token",
    title="FLOP of attention in training",
)  # fmt: skip
def attention_training_flop(layers, query_width, sequence_tokens, attention_share, tokens):
    """Operations by which tokens look at one another in a training run, which 6ND leaves out.

    Assumes that every text has the full length.

    Holds with a share of one as papers count it, and with a half where a token looks back only, as it does in a
    language model. Either way it is small while the text is short against six times the width.

    >>> c = attention_training_flop(
    ...     layers=118, query_width=12_288, sequence_tokens=2048, attention_share=1, tokens=780e9)
    >>> round(c / 1e22, 2)
    2.78
    """
    each = coefficient(12, "FLOP*replica/(layer*token^2)") * layers * query_width * sequence_tokens
    return each * attention_share * tokens


@formula(
    result="hardware_flop", source="korthikanti2022recompute", locator="sec. 6, hardware FLOPs: full recomputation 4/3",
    title="FLOP that the hardware does",
)  # fmt: skip
def hardware_flop(training_flop, recomputed_share):
    """Operations that the GPUs do, when a part of the forward pass is done a second time to save memory.

    Of six operations for each parameter and token two are the forward pass, so that doing all of it again makes eight.

    Assumes that what is done again takes as long as the first time.

    >>> round(hardware_flop(training_flop=3.15e23, recomputed_share=1) / 1e23, 6)
    4.2
    """
    return coefficient(1, "recomputed") * training_flop * (3 + recomputed_share) / 3


@formula(
    result="hardware_utilisation", source="chowdhery2022palm", locator="appendix B, hardware FLOPs utilization",
    title="Hardware utilisation (HFU)",
)  # fmt: skip
def hardware_utilisation(hardware_flop, gpus, peak_flops, training_time):
    """Share of the GPUs' dense peak that they do, recomputed operations counted as often as they are done.

    Assumes the dense peak.

    Holds as a measure of how busy GPUs are; of two runs the one with more of it may well be the slower.

    >>> hardware_utilisation(hardware_flop=4.2e23, gpus=1024, peak_flops=312, training_time="34.75 day")
    0.43785084112197425
    """
    return hardware_flop / (gpus * peak_flops * training_time)


@formula(
    result="gpu_rate", source="narayanan2021megatron", locator="Table 1: achieved teraFLOP/s per GPU",
    title="Rate of one GPU",
)  # fmt: skip
def gpu_rate(peak_flops, flop_utilisation):
    """Model operations that one GPU does in a second, as papers print it.

    Assumes model FLOP: a paper that counts recomputed ones has up to a third more.

    >>> round(gpu_rate(peak_flops=989.5, flop_utilisation="41 %"), 1)
    405.7
    """
    return peak_flops * flop_utilisation


@formula(
    result="gpu_token_rate", source="mosaic2023benchmarks", locator="table of throughput: tokens/sec/device",
    title="Tokens of one GPU in a second",
)  # fmt: skip
def gpu_token_rate(gpu_rate, active_parameters):
    """Tokens that one GPU trains on in a second.

    Assumes six operations for each parameter and token, and so short texts.

    >>> round(gpu_token_rate(gpu_rate=405.7, active_parameters=405e9), 1)
    167.0
    """
    return gpu_rate / (coefficient(6, "FLOP/(parameter*token)") * active_parameters)


@formula(
    result="step_utilisation", source="chowdhery2022palm",
    locator="appendix B: (6N + 12LHQT) for each token over the peak",
    title="MFU of a step, attention counted",
)  # fmt: skip
def step_utilisation(
    gpu_token_rate, active_parameters, layers, query_width, sequence_tokens, attention_share, peak_flops
):
    """Share of the dense peak that becomes model FLOP while steps run, with the operations of attention.

    Assumes that the rate was measured between stops.

    Holds for a step. Over a whole run, with restarts and pauses, the share is lower: see {eq}`flop-utilisation`.

    >>> u = step_utilisation(
    ...     gpu_token_rate="331 token/s/GPU", active_parameters=70.55e9, layers=80, query_width=8192,
    ...     sequence_tokens=8192, attention_share=1, peak_flops=312)
    >>> round(u, 3)
    0.517
    """
    looking = coefficient(12, "FLOP*replica/(layer*token^2)") * layers * query_width * sequence_tokens
    each = coefficient(6, "FLOP/(parameter*token)") * active_parameters + looking * attention_share
    return gpu_token_rate * each / peak_flops


@formula(
    result="counted_peak", source="bekman2026mlengineering",
    locator="compute/accelerator: clock × multiply-adds × 2 × units",
    title="Peak rate, from the chip",
)  # fmt: skip
def counted_peak(clock_rate, compute_units, unit_operations):
    """Dense peak of a GPU: cycles in a second, times matrix units, times what each does in a cycle.

    Assumes the greatest clock, which a GPU at its power limit does not hold.

    >>> round(counted_peak(clock_rate=1.83, compute_units=528, unit_operations=1024), 1)
    989.4
    """
    return clock_rate * compute_units * unit_operations


@formula(
    result="stacked_bandwidth", source="bekman2026mlengineering", locator="compute/accelerator: data rate × width",
    title="Memory bandwidth, from the stacks",
)  # fmt: skip
def stacked_bandwidth(pin_rate, stack_pins, memory_stacks):
    """Peak rate of a GPU's memory: bits on one pin in a second, times pins, times stacks.

    Assumes that all stacks are in use.

    Holds as a peak; programs reach about nine tenths of it.

    >>> round(stacked_bandwidth(pin_rate=8, stack_pins=1024, memory_stacks=8), 3)
    8.192
    """
    return coefficient(1, "1/GPU") * pin_rate * stack_pins * memory_stacks


@formula(
    result="gpu_hours", source="metallama2024cards", locator="Hardware and software: training time in GPU hours",
    title="GPU-hours of a run",
)  # fmt: skip
def gpu_hours(gpus, training_time):
    """GPUs of a run times the hours for which it has them, as model cards print it.

    Assumes that every GPU is kept for the whole of the run.

    Holds in the place of a number of GPUs and a time, neither of which many cards print.

    >>> round(gpu_hours(gpus=2048, training_time="21 day"))
    1032192
    """
    return gpus * training_time


@formula(
    result="required_gpu_hours", source="narayanan2021megatron", locator="sec. 5.1, equation 4, solved for GPUs × time",
    title="GPU-hours that a run needs",
)  # fmt: skip
def required_gpu_hours(training_flop, peak_flops, flop_utilisation):
    """GPU-hours that a model and its data need, at some share of the GPUs' peak.

    Assumes one utilisation for the whole of the run, stops and restarts in it.

    Holds for any number of GPUs: twice as many take half as long, and a little more.

    >>> round(required_gpu_hours(training_flop=3.8e25, peak_flops=989.5, flop_utilisation="34.6 %") / 1e6, 2)
    30.83
    """
    return training_flop / (peak_flops * flop_utilisation)


@formula(
    result="run_chip_energy", source="luccioni2023bloom", locator="sec. 4.2: GPU-hours × TDP",
    title="Energy of the run's chips",
)  # fmt: skip
def run_chip_energy(gpu_hours, gpu_tdp):
    """Energy of a run's GPUs alone, each at its rating: what most model cards state, or let one work out.

    Assumes the rating throughout, which is too much for the chip, and counts nothing else, which is too little for its
    server.

    >>> round(run_chip_energy(gpu_hours="1_082_990 GPU*h", gpu_tdp="400 W/GPU"), 6)
    0.433196
    """
    return gpu_hours * gpu_tdp


@formula(
    result="run_energy", source="patterson2021carbon", locator="sec. 2.5 and Table 4: hours × processors × mean power",
    title="Energy of the run, from GPU-hours",
)  # fmt: skip
def run_energy(gpu_hours, gpu_share_power):
    """IT energy of a run: its GPU-hours times what one GPU and its share of the server draw.

    Assumes the mean power of a server that trains, for all of the time.

    Holds at the servers; switches and storage outside them are not in it.

    >>> round(run_energy(gpu_hours="30.84e6 GPU*h", gpu_share_power="969 W/GPU"), 1)
    29.9
    """
    return gpu_hours * gpu_share_power


@formula(
    result="run_facility_energy", source="patterson2021carbon", locator="sec. 2.5 and Table 4: × PUE",
    title="Energy of the run at the site",
)  # fmt: skip
def run_facility_energy(run_energy, pue):
    """Energy of a run at the site's meter: that at its servers, times PUE.

    Assumes one PUE for the whole of the run.

    >>> round(run_facility_energy(run_energy="3.181 GWh", pue=1.08), 2)
    3.44
    """
    return run_energy * pue
