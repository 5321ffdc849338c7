"""What makes the same work take less energy: fewer parameters in use, fewer bits, drafts, newer chips."""

from calc.api import formula

__all__ = [
    "accepted_tokens",
    "active_share",
    "flop_per_energy",
    "lever_gain",
    "levered_prompt_energy",
    "speculative_speedup",
    "speculative_work",
    "weight_memory",
    "work_energy",
]


@formula(
    result="active_share", source="du2022glam", locator="sec. 1 and Table 4: parameters activated for each token",
    title="Share of parameters in use",
)  # fmt: skip
def active_share(active_parameters, total_parameters):
    """Share of a mixture of experts that one token passes through.

    Assumes that routing a token to its experts costs nothing.

    Holds as the share of the arithmetic, against a dense model that stores as many parameters.

    >>> round(active_share(active_parameters=280e9, total_parameters=1.7e12), 3)
    0.165
    """
    return active_parameters / total_parameters


@formula(
    result="flop_per_energy", source="top5002022green", locator="the measure of the list: FLOP/s for each watt",
    title="Operations for each joule",
)  # fmt: skip
def flop_per_energy(gpus_per_server, peak_flops, flop_utilisation, server_power):
    """Model operations that a server does with one joule.

    Assumes that the server draws `server_power` while its GPUs reach `flop_utilisation` of their dense peak.

    Holds for one kind of number: the peak is that of bf16, and fp8 or fp4 have others.

    >>> e = flop_per_energy(gpus_per_server=8, peak_flops=312, flop_utilisation="36 %", server_power=6.5)
    >>> round(e, 1)
    138.2
    """
    return gpus_per_server * peak_flops * flop_utilisation / server_power


@formula(
    result="work_energy", source="patterson2021carbon", locator="sec. 2 and Table 4: energy from operations and rates",
    title="Energy of the run, from its operations",
)  # fmt: skip
def work_energy(training_flop, flop_per_energy):
    """IT energy of a run: its operations over the operations that a joule pays for.

    Assumes the same utilisation throughout.

    Holds as a second way to the energy that servers, power and days give.

    >>> round(work_energy(training_flop=2.184e25, flop_per_energy=138.27), 1)
    43.9
    """
    return training_flop / flop_per_energy


@formula(
    result="weight_memory", source="frantar2023gptq", locator="sec. 1: 175 billion parameters take 326 GB in FP16",
    title="Memory of the weights",
)  # fmt: skip
def weight_memory(total_parameters, weight_bits):
    """Memory that a model's parameters take, and that must be read for a pass that uses them all.

    Assumes one width for all of them; scales and the tables of words often keep more bits.

    >>> weight_memory(total_parameters="1.7e12 parameter", weight_bits=16)
    3400.0
    """
    return total_parameters * weight_bits


@formula(
    result="accepted_tokens", source="leviathan2023speculative", locator="sec. 3.1, equation 1",
    title="Tokens for each pass",
)  # fmt: skip
def accepted_tokens(acceptance_rate, drafted_tokens):
    """Tokens that one pass of the large model yields, when a small model has drafted some.

    The drafts are accepted up to the first that fails, and the pass itself adds one.

    Assumes that each draft is accepted with the same chance, whatever came before.

    Holds for a chance below one; at one, all drafts are accepted and one more comes.

    >>> round(accepted_tokens(acceptance_rate=0.8, drafted_tokens=5), 2)
    3.69
    """
    return (1 - acceptance_rate ** (drafted_tokens + 1)) / (1 - acceptance_rate)


@formula(
    result="speculative_speedup", source="leviathan2023speculative", locator="sec. 3.3, theorem 3.8",
)  # fmt: skip
def speculative_speedup(accepted_tokens, drafted_tokens, draft_cost):
    """How many times as fast tokens come out with drafting as without.

    Assumes that the large model checks all drafts in the time of one pass, so that its arithmetic has room to spare.

    Holds for small batches; a server that is busy with many prompts at once has no room to spare.

    >>> round(speculative_speedup(accepted_tokens=3.69, drafted_tokens=5, draft_cost=0.02), 2)
    3.35
    """
    return accepted_tokens / (drafted_tokens * draft_cost + 1)


@formula(
    result="speculative_work", source="leviathan2023speculative", locator="sec. 3.4, theorem 3.11",
    title="Speculative work",
)  # fmt: skip
def speculative_work(accepted_tokens, drafted_tokens, draft_work):
    """Operations with drafting over operations without: what the drafts that fail cost.

    Assumes that every draft is checked, and the ones after the first failure are thrown away.

    >>> round(speculative_work(accepted_tokens=3.69, drafted_tokens=5, draft_work=0), 2)
    1.63
    """
    return (drafted_tokens * (draft_work + 1) + 1) / accepted_tokens


@formula(
    result="lever_gain", source="patterson2022plateau", locator="GLaM beside GPT-3: less energy by a factor",
    title="Gain of a lever",
)  # fmt: skip
def lever_gain(energy_before, energy_after):
    """How many times less energy the same work takes.

    Assumes that both were counted in the same place, and that the work is the same.

    >>> round(lever_gain(energy_before="4.0822 J", energy_after="2.5613 J"), 2)
    1.59
    """
    return energy_before / energy_after


@formula(
    result="levered_prompt_energy", source="chung2025mlenergy", locator="energy of a response, by model and setting",
    title="Energy per prompt with the lever",
)  # fmt: skip
def levered_prompt_energy(energy_per_prompt, lever_gain):
    """Energy of one prompt when a lever applies to all of it.

    Assumes that what is around the GPUs falls with them, and that the gain seen on one model is had on another.

    >>> round(levered_prompt_energy(energy_per_prompt=0.3, lever_gain=1.594), 3)
    0.188
    """
    return energy_per_prompt / lever_gain
