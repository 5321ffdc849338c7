"""One step of serving, in which every answer in work grows by a token: what it reads, and what it computes."""

from sympy import Max, Min

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "answer_cache",
    "cache_read",
    "expert_flop",
    "expert_parameters",
    "experts_read",
    "mean_context",
    "read_flop",
    "read_tokens",
    "weights_read",
    "write_flop",
]

_OPERATIONS = "FLOP/(parameter*token)"


@formula(
    result="expert_parameters", source="deepseekai2024v3", locator="sec. 4.2: experts routed, and taken by a token",
    title="Parameters of experts",
)  # fmt: skip
def expert_parameters(total_parameters, active_parameters, experts_per_token, experts):
    """Parameters of all experts: those that one token leaves untouched, over the share of experts that it leaves.

    Assumes that experts are alike, and that a token passes through all else.

    Holds for dense models too: one expert, of which no token takes any, has no parameters.

    >>> expert_parameters(
    ...     total_parameters="671e9 parameter", active_parameters="37e9 parameter", experts_per_token=8, experts=256
    ... ) / 1e9
    654.4516129032259
    """
    return (total_parameters - active_parameters) / (1 - experts_per_token / experts)


@formula(
    result="experts_read", source="huang2025moesd", locator="expected number of experts that are activated",
    title="Experts read in a step",
)  # fmt: skip
def experts_read(experts_per_token, experts, batch):
    """Share of the experts that at least one token of a step takes, and that must be read for it.

    Assumes that tokens choose independently, and all experts alike.

    Holds for the tokens written; prompts that are read on the way touch nearly all.

    >>> round(experts_read(experts_per_token=8, experts=256, batch=64), 3)
    0.869
    """
    return 1 - Max(0, 1 - experts_per_token / experts) ** (batch / coefficient(1, "prompt"))


@formula(
    result="read_tokens", source="austin2025scaling", locator="Serving LLaMA 3-70B, What about prefill?",
    title="Prompt tokens read in a step",
)  # fmt: skip
def read_tokens(batch, cached_share, prompt_tokens, response_tokens):
    """Tokens of new prompts that a step has to read beside writing.

    An answer takes as many steps as it has tokens, and in that time its prompt is read once.

    Assumes that prompts arrive as fast as answers end.

    >>> read_tokens(batch=128, cached_share=0, prompt_tokens=600, response_tokens=300)
    256.0
    """
    return coefficient(1, "token/prompt") * batch * (1 - cached_share) * prompt_tokens / response_tokens


@formula(
    result="mean_context", source="kleinrock1975queueing", locator="sec. 5.2: mean residual life", title="Mean context"
)
def mean_context(prompt_tokens, response_tokens, length_variation):
    """Tokens that an answer in work looks back on: the prompt, and what is written already.

    Long answers are in work for longer, so that one met in work is longer than the mean of all.

    Assumes that the lengths of prompts and of answers are independent.

    >>> mean_context(prompt_tokens=634, response_tokens=359, length_variation=1)
    993.0
    """
    return prompt_tokens + response_tokens * (1 + length_variation) / 2


@formula(
    result="weights_read", source="austin2025scaling", locator="All About Transformer Inference, theoretical estimates",
    title="Weights read in a step",
)  # fmt: skip
def weights_read(
    weight_bytes, total_parameters, expert_parameters, embedding_parameters, expert_bytes, experts_read, instance_gpus
):
    """Weights that each GPU reads from its memory in a step, however many answers are in work.

    They are all that belong to no expert, and the experts that a token takes.

    Assumes that the GPUs share the weights equally. Of the table of words only a few rows are read, so it is left out.

    >>> round(weights_read(
    ...     weight_bytes=2, total_parameters="70.55e9 parameter", expert_parameters=0,
    ...     embedding_parameters="1.05e9 parameter", expert_bytes=2, experts_read=0, instance_gpus=4,
    ... ), 2)
    34.75
    """
    return (
        weight_bytes * (total_parameters - expert_parameters - embedding_parameters)
        + expert_bytes * expert_parameters * experts_read
    ) / instance_gpus


@formula(
    result="answer_cache", source="austin2025scaling", locator="All About Transformer Inference, What about memory?",
    title="Past read for an answer",
)  # fmt: skip
def answer_cache(cache_numbers, number_size, kv_layers, window_layers, mean_context, window_tokens, state_size):
    """What a step reads of one answer's past: keys and values of every token it looks back on, in every layer.

    Assumes that layers with a window read its tokens only, and that layers with a state read it and write it.

    >>> round(answer_cache(
    ...     cache_numbers=2048, number_size=2, kv_layers=80, window_layers=0, mean_context=993, window_tokens=0,
    ...     state_size=0,
    ... ), 3)
    0.325
    """
    full = (kv_layers - window_layers) * mean_context
    return cache_numbers * number_size * (full + window_layers * Min(mean_context, window_tokens)) + 2 * state_size


@formula(
    result="cache_read", source="austin2025scaling", locator="All About Transformer Inference, What about memory?",
    title="Past read in a step",
)  # fmt: skip
def cache_read(batch, answer_cache, instance_gpus, kv_heads, attention_copies):
    """What each GPU reads in a step of the past of all answers in work.

    Assumes that GPUs share the heads that have keys and values of their own; more GPUs than heads hold copies of them,
    unless each copy of attention serves answers of its own.

    >>> cache_read(batch=128, answer_cache="0.325 GB/prompt", instance_gpus=4, kv_heads=8, attention_copies=1)
    10.4
    """
    return batch * answer_cache / Min(instance_gpus, coefficient(1, "GPU") * kv_heads * attention_copies)


@formula(
    result="write_flop", source="kaplan2020scaling", locator="sec. 2.1, forward pass: 2N for each token",
    title="Operations of writing",
)  # fmt: skip
def write_flop(active_parameters, embedding_parameters, batch, instance_gpus):
    """Operations of each GPU in a step for the tokens that are written, one for each answer.

    Assumes one multiplication and one addition for each parameter that a token passes through. Looking words
    up is none, and attention costs little beside.

    >>> round(write_flop(
    ...     active_parameters="70.55e9 parameter", embedding_parameters="1.05e9 parameter", batch=128, instance_gpus=4
    ... ), 3)
    4.448
    """
    tokens = coefficient(1, "token/prompt") * batch
    return coefficient(2, _OPERATIONS) * (active_parameters - embedding_parameters) * tokens / instance_gpus


@formula(
    result="read_flop", source="kaplan2020scaling", locator="sec. 2.1, forward pass: 2N for each token",
    title="Operations of reading prompts",
)  # fmt: skip
def read_flop(active_parameters, embedding_parameters, read_tokens, instance_gpus):
    """Operations of each GPU in a step for the prompts that are read on the way.

    Assumes what writing does; in long prompts attention costs more beside.

    >>> round(read_flop(
    ...     active_parameters="70.55e9 parameter", embedding_parameters="1.05e9 parameter", read_tokens=158,
    ...     instance_gpus=4,
    ... ), 2)
    5.49
    """
    return coefficient(2, _OPERATIONS) * (active_parameters - embedding_parameters) * read_tokens / instance_gpus


@formula(
    result="expert_flop", source="deepseekai2024v3", locator="sec. 4.2: experts taken by a token",
    title="Operations in experts",
)  # fmt: skip
def expert_flop(expert_parameters, experts_per_token, experts, batch, read_tokens, instance_gpus):
    """Operations of each GPU in a step that are done in experts, of tokens written and read.

    Assumes that every token takes its own few, and that the GPUs share them equally.

    >>> round(expert_flop(
    ...     expert_parameters="653.9e9 parameter", experts_per_token=8, experts=256, batch=1, read_tokens=0,
    ...     instance_gpus=1,
    ... ), 4)
    0.0409
    """
    tokens = coefficient(1, "token/prompt") * batch + read_tokens
    share = experts_per_token / experts
    return coefficient(2, _OPERATIONS) * expert_parameters * share * tokens / instance_gpus
