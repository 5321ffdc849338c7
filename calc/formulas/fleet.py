"""From prompts to servers: memory, concurrency, the busiest hour, the reserve, and several models side by side."""

from calc.api import formula
from calc.symbolic.trace import ceil, coefficient, floor

__all__ = [
    "fleet_power",
    "kv_cache_per_prompt",
    "kv_cache_per_token",
    "kv_memory",
    "lineup_energy",
    "peak_prompt_rate",
    "prompts_in_flight",
    "prompts_per_server",
    "provisioned_servers",
    "response_time",
    "serving_servers",
    "token_servers",
]


@formula(
    result="kv_cache_per_token", source="kwon2023vllm", locator="sec. 3, KV cache of a single token",
    title="KV cache of a token",
)  # fmt: skip
def kv_cache_per_token(kv_layers, kv_heads, head_size, number_size):
    """Memory for what one token leaves behind: one key and one value for each head of each layer.

    Assumes that every layer keeps all tokens.

    Holds for ordinary and for grouped attention; designs that compress keys and values together keep less.

    >>> kv_cache_per_token(kv_layers=126, kv_heads=8, head_size=128, number_size=2)
    516.096
    """
    return coefficient(2, "1/token") * kv_layers * kv_heads * head_size * number_size


@formula(
    result="kv_cache_per_prompt", source="kwon2023vllm", locator="sec. 3, memory of one request",
    title="KV cache of a prompt",
)  # fmt: skip
def kv_cache_per_prompt(kv_cache_per_token, context_tokens):
    """Memory that one prompt holds while it is being answered.

    Assumes that no two prompts share a beginning; those that do can share its cache.

    Holds for the tokens held at one moment, of the question and of the answer so far.

    >>> round(kv_cache_per_prompt(kv_cache_per_token="163.84 kB/token", context_tokens=4989), 3)
    0.817
    """
    return kv_cache_per_token * context_tokens


@formula(
    result="kv_memory",
    source="vllm2025memory",
    locator="log: memory reserved for KV cache",
    title="Memory for KV cache",
)
def kv_memory(server_memory, reserved_memory):
    """Memory of a server's GPUs that is left for keys and values.

    Assumes one model in the server.

    Holds where the model fits into one server; larger ones are spread over several.

    >>> kv_memory(server_memory="640 GB/server", reserved_memory="469 GB/server")
    171.0
    """
    return server_memory - reserved_memory


@formula(
    result="prompts_per_server", source="vllm2025memory", locator="log: maximum concurrency for one request's tokens"
)
def prompts_per_server(kv_memory, kv_cache_per_prompt):
    """How many prompts one server can hold at once, if memory is what limits it.

    Assumes prompts of one length.

    Holds as an upper bound: arithmetic, or the wish to answer fast, may set a lower one.

    >>> prompts_per_server(kv_memory=171, kv_cache_per_prompt=2.5748)
    66
    """
    return floor(kv_memory / kv_cache_per_prompt)


@formula(result="peak_prompt_rate", source="xu2020design", locator="ch. 2, example: queries per second and their peak")
def peak_prompt_rate(peak_to_mean, prompts_per_day):
    """Prompts that arrive in the busiest second of a day.

    Assumes that the day is like all others; launches and news are not in it.

    >>> peak_prompt_rate(peak_to_mean=2, prompts_per_day="86_400 prompt/day")
    2.0
    """
    return peak_to_mean * prompts_per_day


@formula(
    result="response_time", source="austin2025scaling", locator="Serving in Practice, reconstructing the decode step"
)
def response_time(first_token_time, response_tokens, token_time):
    """How long an answer takes: the wait for its first token, and then the tokens one by one.

    Assumes that tokens come at one pace.

    Holds for models that write one token after the other; guessing several at once makes the pace faster.

    >>> response_time(first_token_time=1, response_tokens=500, token_time=0.05)
    26.0
    """
    return first_token_time + response_tokens * token_time


@formula(result="prompts_in_flight", source="little2008law", locator="L = λW", title="Prompts in flight (Little's law)")
def prompts_in_flight(peak_prompt_rate, response_time):
    """How many prompts are being answered at one moment.

    Assumes that over the time looked at, as many prompts are finished as arrive.

    Holds for any pattern of arrivals, any length of answers and any order of service.

    >>> prompts_in_flight(peak_prompt_rate="50 prompt/s", response_time="0.2 s")
    10.0
    """
    return peak_prompt_rate * response_time


@formula(result="serving_servers", source="educative2024design", locator="number of servers of a data centre")
def serving_servers(prompts_in_flight, prompts_per_server):
    """Servers that hold all prompts of the busiest moment.

    Assumes that prompts can be spread evenly.

    >>> serving_servers(prompts_in_flight=1000, prompts_per_server=66)
    16
    """
    return ceil(prompts_in_flight / prompts_per_server)


@formula(
    result="provisioned_servers", source="weiss2019stability", locator="the fleet is run at 66 % of its tested load"
)
def provisioned_servers(serving_servers, groups_needed, groups_spare):
    """Servers that are installed, so that some groups of them may fail and the rest carry the load.

    Assumes that all groups are alike, and that a group fails as a whole: a building, a row, a power line.

    Holds for N + k: N groups that the load needs and k that it does not.

    >>> provisioned_servers(serving_servers=100, groups_needed=2, groups_spare=1)
    150
    """
    return ceil(serving_servers * (groups_needed + groups_spare) / groups_needed)


@formula(result="fleet_power", source="devries2023growing", locator="servers times their rating")
def fleet_power(provisioned_servers, server_power):
    """Power of the servers installed, each at the rating on its plate: what a site has to be built for.

    Assumes that all of them could draw their rating at once.

    Holds for planning. What a meter shows over a day is less, as the reserve idles and nights are quiet.

    >>> fleet_power(provisioned_servers=1000, server_power=10.2)
    10.2
    """
    return provisioned_servers * server_power


@formula(result="busy_servers", source="austin2025scaling", locator="Serving in Practice: node-days of a day's tokens")
def token_servers(input_tokens_per_day, prefill_throughput, output_tokens_per_day, decode_throughput):
    """Servers that a day's tokens keep busy: some read prompts, others write answers.

    Assumes that a server does one of the two at a time.

    Holds for the mean of a day.

    >>> day = {"input_tokens_per_day": 608e9, "output_tokens_per_day": 168e9}
    >>> round(token_servers(prefill_throughput=73_700, decode_throughput=14_800, **day), 1)
    226.9
    """
    return input_tokens_per_day / prefill_throughput + output_tokens_per_day / decode_throughput


@formula(
    result="lineup_energy", source="odonnell2025footprint", locator="a day of questions, pictures and videos",
    title="Energy of a line of models",
)  # fmt: skip
def lineup_energy(
    quick_prompts,
    quick_energy,
    standard_prompts,
    standard_energy,
    long_prompts,
    long_energy,
):
    """Energy of a day at the site, when three models share the prompts.

    Assumes one mean energy for each model.

    Holds for any three kinds of requests, and in the same way for more.

    >>> shares = {"quick_prompts": 1250e6, "standard_prompts": 1125e6, "long_prompts": 125e6}
    >>> round(lineup_energy(quick_energy=0.06, standard_energy=0.301, long_energy=3.911, **shares), 1)
    902.5
    """
    return quick_prompts * quick_energy + standard_prompts * standard_energy + long_prompts * long_energy
