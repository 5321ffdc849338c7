"""How many answers one copy of a model writes at once, where nobody says: what memory and a promised pace allow."""

from sympy import Min

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "answer_cache_time",
    "answer_expert_time",
    "answer_other_time",
    "answer_write_time",
    "largest_batch",
    "promise_batch",
    "promised_time",
    "read_ratio",
    "whole_weights_time",
]

_BOOK = "All About Transformer Inference, step time (general)"


@formula(
    result="whole_weights_time", source="austin2025scaling", locator=_BOOK, title="Time for all weights",
)  # fmt: skip
def whole_weights_time(
    weight_bytes, total_parameters, expert_parameters, embedding_parameters, expert_bytes, instance_gpus,
    bandwidth_reached, memory_bandwidth,
):  # fmt: skip
    """Time to read all weights once, with every expert.

    Assumes a batch so large that some token takes each expert.

    >>> round(whole_weights_time(
    ...     weight_bytes=2, total_parameters="70.55e9 parameter", expert_parameters=0,
    ...     embedding_parameters="1.05e9 parameter", expert_bytes=2, instance_gpus=4, bandwidth_reached=0.8,
    ...     memory_bandwidth=3.35,
    ... ), 2)
    12.97
    """
    others = weight_bytes * (total_parameters - expert_parameters - embedding_parameters)
    read = others + expert_bytes * expert_parameters
    return read / (instance_gpus * bandwidth_reached * memory_bandwidth)


@formula(
    result="answer_write_time", source="austin2025scaling", locator=_BOOK, title="Computing time of one more answer",
)  # fmt: skip
def answer_write_time(active_parameters, embedding_parameters, instance_gpus, arithmetic_reached, serving_peak):
    """Time of a step to compute the token of one more answer.

    Assumes what `write-flop` does.

    >>> round(answer_write_time(
    ...     active_parameters="70.55e9 parameter", embedding_parameters="1.05e9 parameter", instance_gpus=4,
    ...     arithmetic_reached=0.5, serving_peak=989,
    ... ), 3)
    0.07
    """
    work = coefficient(2, "FLOP/(parameter*prompt)") * (active_parameters - embedding_parameters)
    return work / (instance_gpus * arithmetic_reached * serving_peak)


@formula(
    result="answer_expert_time", source="austin2025scaling", locator=_BOOK,
    title="Time in experts of one more answer",
)  # fmt: skip
def answer_expert_time(
    expert_parameters, experts_per_token, experts, instance_gpus, expert_arithmetic_reached, peak_flops
):
    """Time of a step to compute the token of one more answer in the experts that it takes.

    Assumes what `expert-flop` and `expert-time` do.

    >>> round(answer_expert_time(
    ...     expert_parameters="654e9 parameter", experts_per_token=8, experts=256, instance_gpus=8,
    ...     expert_arithmetic_reached=0.1, peak_flops=989,
    ... ), 4)
    0.0517
    """
    work = coefficient(2, "FLOP/(parameter*prompt)") * expert_parameters * experts_per_token / experts
    return work / (instance_gpus * expert_arithmetic_reached * peak_flops)


@formula(
    result="answer_cache_time", source="austin2025scaling", locator=_BOOK, title="Time for the past of one more answer",
)  # fmt: skip
def answer_cache_time(answer_cache, instance_gpus, kv_heads, attention_copies, bandwidth_reached, memory_bandwidth):
    """Time of a step to read the past of one more answer.

    Assumes what `cache-read` and `cache-time` do.

    >>> round(answer_cache_time(
    ...     answer_cache="0.325 GB/prompt", instance_gpus=4, kv_heads=8, attention_copies=1, bandwidth_reached=0.8,
    ...     memory_bandwidth=3.35,
    ... ), 4)
    0.0303
    """
    shared = Min(instance_gpus, coefficient(1, "GPU") * kv_heads * attention_copies)
    return answer_cache / (shared * bandwidth_reached * memory_bandwidth)


@formula(
    result="read_ratio", source="austin2025scaling", locator="Serving LLaMA 3-70B, What about prefill?",
    title="Prompt tokens read for each token written",
)  # fmt: skip
def read_ratio(cached_share, prompt_tokens, response_tokens):
    """Tokens of new prompts that are read for each token that is written.

    Assumes what `read-tokens` does: prompts arrive as fast as answers end.

    >>> read_ratio(cached_share=0.5, prompt_tokens=600, response_tokens=400)
    0.75
    """
    return (1 - cached_share) * prompt_tokens / response_tokens


@formula(
    result="answer_other_time", source="austin2025scaling", locator=_BOOK, title="Further time of one more answer",
)  # fmt: skip
def answer_other_time(read_ratio, answer_write_time, answer_expert_time, answer_cache_time, host_answer_overhead):
    """Time of a step that one more answer takes beside computing its token: its prompt, its past, experts, the host.

    Assumes that it reads a prompt in as many steps as it writes tokens.

    >>> round(answer_other_time(
    ...     read_ratio=1.236, answer_write_time=0.07, answer_expert_time=0, answer_cache_time=0.0303,
    ...     host_answer_overhead=40,
    ... ), 3)
    0.157
    """
    prompt = read_ratio * (answer_write_time + answer_expert_time)
    return prompt + answer_expert_time + answer_cache_time + host_answer_overhead


@formula(
    result="promised_time", source="austin2025scaling", locator="Serving LLaMA 3-70B, latency and throughput",
    title="Time that a promise leaves",
)  # fmt: skip
def promised_time(token_promise, software_time, expert_wait, host_step_overhead):
    """Time of a step that a promised pace leaves for weights and answers.

    Assumes that the waits for experts and for the host are the same however many answers are in work.

    >>> promised_time(token_promise=50, software_time=1, expert_wait=10, host_step_overhead=2.5)
    37.5
    """
    return token_promise / software_time - expert_wait - host_step_overhead


@formula(
    result="promise_batch", source="austin2025scaling", locator="Serving LLaMA 3-70B, latency and throughput",
    title="Largest batch that keeps a promise",
)  # fmt: skip
def promise_batch(promised_time, whole_weights_time, answer_other_time, answer_write_time):
    """Answers at once with which each reader waits no longer than promised from token to token.

    The step is the longer of reading the weights and computing with them, so the batch is the smaller of two.

    Assumes that every expert is read, which a small batch does not do: the promise is kept with some to spare.

    >>> round(promise_batch(
    ...     promised_time=47.5, whole_weights_time=13, answer_other_time=0.117, answer_write_time=0.07
    ... ), 1)
    254.0
    """
    read = (promised_time - whole_weights_time) / answer_other_time
    return Min(read, promised_time / (answer_other_time + answer_write_time))


@formula(
    result="batch", source="austin2025scaling", locator="Serving LLaMA 3-70B, batch sizes that memory allows",
    title="Largest batch",
)  # fmt: skip
def largest_batch(memory_batch, promise_batch):
    """Answers that one copy of a model writes at once, where nobody says how many: what memory and the promise allow.

    Assumes that there are enough readers to fill it. An operator who promises more speed has a smaller one.

    >>> largest_batch(memory_batch=451, promise_batch=267)
    267.0
    """
    return Min(memory_batch, promise_batch)
