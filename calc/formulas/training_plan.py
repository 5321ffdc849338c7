"""A run from its GPU-hours, what fills a pipeline's waits, what a layer keeps, and a model's life in energy."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "activation_bytes",
    "best_served_tokens",
    "data_loss",
    "kept_utilisation",
    "layer_activation_memory",
    "life_energy",
    "life_flop",
    "life_serving_energy",
    "loss_tokens",
    "research_energy",
    "run_days",
    "run_utilisation",
    "size_pull",
    "zero_bubble",
]


@formula(
    result="run_days", source="metallama2024cards", locator="Hardware and software: training time in GPU hours",
    title="Days of the run",
)  # fmt: skip
def run_days(gpu_hours, gpus):
    """Days that a run takes, from the GPU-hours that a card prints and the number of its GPUs.

    Assumes that every GPU is kept for the whole of the run.

    Holds as the least number of days: a run that has fewer GPUs at its beginning lasts longer.

    >>> round(run_days(gpu_hours="30.84e6 GPU*h", gpus=16_384), 1)
    78.4
    """
    return gpu_hours / gpus


@formula(
    result="run_utilisation", source="chowdhery2022palm", locator="appendix B, model FLOPs utilization",
    title="MFU of a run, from GPU-hours",
)  # fmt: skip
def run_utilisation(training_flop, gpu_hours, peak_flops):
    """Share of the dense peak that becomes model FLOP over all of the hours that a run's GPUs were paid for.

    Assumes that the hours are those of this run alone.

    Holds for the run: stops, restarts and small first batches are in it, which the utilisation of a step leaves out.

    >>> round(run_utilisation(training_flop=3.79e25, gpu_hours="30.84e6 GPU*h", peak_flops=989.5), 3)
    0.345
    """
    return training_flop / (gpu_hours * peak_flops)


@formula(
    result="kept_utilisation", source="grattafiori2024llama3",
    locator="sec. 3.3.2, table 4: 38 to 43 % in steps; model card: GPU-hours",
    title="What a run keeps of its steps' MFU",
)  # fmt: skip
def kept_utilisation(run_utilisation, step_utilisation):
    """Utilisation of a run over that of its steps.

    Assumes that both count the same operations against the same peak.

    Holds as an upper bound of {eq}`goodput` where the run did nothing else than train: also small batches, long texts
    and trials within the hours lower it.

    >>> round(kept_utilisation(run_utilisation="34.5 %", step_utilisation="41 %"), 2)
    0.84
    """
    return run_utilisation / step_utilisation


@formula(
    result="zero_bubble", source="qi2024zerobubble", locator="sec. 2: handcrafted schedules ZB-H1 and ZB-H2",
    title="Pipeline bubble, filled with weights' gradients",
)  # fmt: skip
def zero_bubble(pipeline_stages, microbatches, waits_filled, weight_gradient_share):
    """Idle time of a pipeline over its busy time, when the gradients of weights are put off to fill the waits.

    On the way back a stage owes two things: the gradient of its input, for which the stage before it waits, and that
    of its weights, for which nobody does.

    Assumes stages of equal work, and an optimiser that does not wait for all stages.

    Holds with 0 for the plain schedule, 2 for one that needs no more memory (ZB-H1), and 3 for one that keeps twice as
    many activations (ZB-H2), with which nothing is left if the three parts of the work take equally long.

    >>> round(zero_bubble(pipeline_stages=8, microbatches=24, waits_filled=2, weight_gradient_share="1/3"), 4)
    0.0972
    """
    waits = coefficient(1, "microbatch/stage") * (pipeline_stages - coefficient(1, "stage/replica"))
    return waits / microbatches * (1 - waits_filled * weight_gradient_share)


@formula(
    result="activation_bytes", source="korthikanti2022recompute", locator="sec. 4, equation 2: sbh(34 + 5as/h)",
    title="Bytes that a layer keeps",
)  # fmt: skip
def activation_bytes(linear_bytes, score_bytes, attention_heads, sequence_tokens, model_width):
    """Bytes that a layer keeps for each number of each token, until the way back has passed it.

    Assumes 2 bytes a number, a feed-forward network four times as wide as the model, and dropout.

    Holds with 34 and 5 if all is kept; with 34 and 0 if scores of attention are recomputed or never written
    down, as flash attention has it; and with 2 and 0 if only the layer's input is kept.

    >>> activation_bytes(linear_bytes=34, score_bytes=5, attention_heads=96, sequence_tokens=2048, model_width=12_288)
    114.0
    """
    scores = coefficient(1, "1/token") * attention_heads * sequence_tokens / model_width
    return linear_bytes + score_bytes * scores


@formula(
    result="layer_activation_memory", source="korthikanti2022recompute",
    locator="sec. 4.2.2, equation 4: sbh/t (34 + 5as/h)", title="Activations of a layer",
)  # fmt: skip
def layer_activation_memory(activation_bytes, model_width, microbatch_tokens, tensor_gpus):
    """Memory that the activations of one layer take on one GPU, for each microbatch that is under way.

    Assumes that all of the layer is shared out evenly, its norms too (sequence parallelism).

    Holds for each layer of a GPU's stage and each microbatch that has gone forwards and not yet back: up to as many as
    the pipeline has stages.

    >>> m = layer_activation_memory(
    ...     activation_bytes=34, model_width=16_384, microbatch_tokens=8192, tensor_gpus=8)
    >>> round(m, 3)
    0.57
    """
    kept = coefficient(1, "microbatch/replica") * activation_bytes * model_width * microbatch_tokens
    return kept / tensor_gpus


@formula(
    result="data_loss", source="hoffmann2022chinchilla", locator="sec. 3.3, equation 10: L = E + A/N^α + B/D^β",
    title="Loss left to the text",
)  # fmt: skip
def data_loss(training_loss, loss_floor, size_factor, active_parameters, size_exponent):
    """Part of a loss that comes from having read too little: what the floor and the size of the model leave of it.

    Assumes the law of the loss.

    Holds for sizes that leave some. A size that is too small takes all of the loss by itself, however much it reads.

    >>> round(data_loss(
    ...     training_loss=1.993, loss_floor=1.69, size_factor=406.4, active_parameters=280e9, size_exponent=0.34
    ... ), 3)
    0.251
    """
    size = coefficient(1, "1/parameter") * active_parameters
    return training_loss - loss_floor - size_factor / size**size_exponent


@formula(
    result="loss_tokens", source="sardana2024inference", locator="sec. 2: data that a loss needs at a size",
    title="Tokens for a loss",
)  # fmt: skip
def loss_tokens(data_factor, data_loss, data_exponent):
    """Tokens that a model of some size must read to end with a given loss: {eq}`training-loss`, the other way round.

    Assumes what the law of the loss assumes. No number of tokens is enough for a size that is too small.

    >>> d = loss_tokens(data_factor=410.7, data_loss=0.1552, data_exponent=0.283)
    >>> round(d / 1e12, 2)
    1.24
    """
    return coefficient(1, "token") * (data_factor / data_loss) ** (1 / data_exponent)


@formula(
    result="life_flop", source="sardana2024inference", locator="sec. 2: 6ND for training and 2ND for inference",
    title="FLOP of training and serving",
)  # fmt: skip
def life_flop(training_flop, active_parameters, served_tokens):
    """Model operations of a model's life: those of its training, and two for each parameter and token that it serves.

    Assumes that reading a token takes as many operations as writing one, and short texts.

    >>> round(life_flop(training_flop=4.5e22, active_parameters=13e9, served_tokens=2e12) / 1e22, 6)
    9.7
    """
    return training_flop + coefficient(2, "FLOP/(parameter*token)") * active_parameters * served_tokens


@formula(
    result="size_pull", source="hoffmann2022chinchilla", locator="sec. 3.3, equation 10, differentiated",
    title="What size gains over data",
)  # fmt: skip
def size_pull(size_exponent, size_factor, active_parameters, data_exponent, data_factor, loss_tokens):
    """How many times as much a percent more parameters lowers the loss as a percent more tokens does.

    Assumes the law of the loss.

    Holds as one for the size that training alone makes best; above one the model is smaller than that, and has read
    more.

    >>> g = size_pull(
    ...     size_exponent=0.336, size_factor=406.4, active_parameters=7e9, data_exponent=0.283, data_factor=410.7,
    ...     loss_tokens=1.2393e12)
    >>> round(g, 2)
    1.53
    """
    size = size_exponent * size_factor / (coefficient(1, "1/parameter") * active_parameters) ** size_exponent
    data = data_exponent * data_factor / (coefficient(1, "1/token") * loss_tokens) ** data_exponent
    return size / data


@formula(
    result="best_served_tokens", source="sardana2024inference",
    locator="sec. 2, equation 3: least training and inference at a fixed loss, differentiated",
    title="Served tokens for which a size is best",
)  # fmt: skip
def best_served_tokens(loss_tokens, serving_utilisation, flop_utilisation, size_pull):
    """Tokens a model must serve for its size to take the least energy of all sizes that end with its loss.

    A smaller model must read more to become as good, and takes less each time it answers. Where both balance, the slope
    of the whole is nothing.

    Assumes that an operation in serving takes as many times the energy of one in training as its utilisation is lower,
    and the law of the loss.

    Holds for models smaller than {eq}`optimal-parameters` has it; any larger one is beaten by a smaller one that serves
    nobody at all. Solved for the parameters, with a loss that is given, it is the size to train.

    >>> s = best_served_tokens(
    ...     loss_tokens=1.2393e12, serving_utilisation="36 %", flop_utilisation="36 %", size_pull=1.53)
    >>> round(s / 1e12, 2)
    1.97
    """
    return 3 * loss_tokens * serving_utilisation / flop_utilisation * (size_pull - 1)


@formula(
    result="life_serving_energy", source="epoch2025chatgpt", locator="spreadsheet: FLOP of a token over the peak",
    title="Energy of a life of answers",
)  # fmt: skip
def life_serving_energy(active_parameters, served_tokens, peak_flops, serving_utilisation, gpu_share_power, pue):
    """Energy at the site of all tokens that a model serves, from its operations.

    Assumes one utilisation for reading and writing, and servers that are never idle.

    Holds as a first estimate: {eq}`site-token-energy` counts memory and batches, which decide in a service.

    >>> e = life_serving_energy(
    ...     active_parameters=70e9, served_tokens=1e13, peak_flops=989.5, serving_utilisation="10 %",
    ...     gpu_share_power="969 W/GPU", pue=1.15)
    >>> round(e, 2)
    4.38
    """
    hours = coefficient(2, "FLOP/(parameter*token)") * active_parameters * served_tokens
    return hours / (peak_flops * serving_utilisation) * gpu_share_power * pue


@formula(
    result="life_energy", source="sardana2024inference", locator="abstract: to train and deploy a model",
    title="Energy of a model's life",
)  # fmt: skip
def life_energy(run_facility_energy, life_serving_energy):
    """Energy at the site of a model's training and of all that it answers.

    Assumes one final run; {eq}`research-energy` has the trials before it.

    >>> round(life_energy(run_facility_energy="7.6 GWh", life_serving_energy="4.4 GWh"), 6)
    12.0
    """
    return run_facility_energy + life_serving_energy


@formula(
    result="research_energy", source="epoch2026finalruns", locator="about 10 % of R&D compute for final runs",
    title="Energy of a year of research",
)  # fmt: skip
def research_energy(run_facility_energy, final_run_share):
    """Energy at the site of all computing that led to a model: trials, failed runs, and the final run.

    Assumes that trials take as much energy for a GPU-hour as the final run.

    Holds for developers who try much; one who repeats what others found may need little more than the run.

    >>> round(research_energy(run_facility_energy="7.6 GWh", final_run_share="10 %"), 6)
    76.0
    """
    return run_facility_energy / final_run_share
