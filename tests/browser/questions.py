"""What people ask, and what a search must have among its first three: card ids, chapters, questions of the FAQ."""

from __future__ import annotations

# The first forty are readers' own words, as they were taken down; the others are ours, for what those do not touch.
QUESTIONS: dict[str, set[str]] = {
    "how much energy does one chatgpt question use": {"faq#how-much-energy-does-one-chatgpt-question-use"},
    "is 0.3 Wh per prompt right": {"faq#is-0-3-wh-per-prompt-right", "site-energy-per-prompt"},
    "does a prompt use as much as a light bulb": {"faq#how-much-energy-does-one-chatgpt-question-use"},
    "energy of a reasoning model": {"faq#how-much-more-does-a-reasoning-model-use"},
    "how much water per prompt": {"prompt-water", "faq#how-much-water-does-a-prompt-drink"},
    "co2 per prompt": {"prompt-carbon", "faq#how-much-co2-does-a-prompt-emit"},
    "chatgpt vs google search": {"faq#is-it-more-than-a-google-search"},
    "energy per token": {"served-token-energy", "token-energy", "one-token"},
    "image generation energy": {"faq#how-much-energy-does-an-image-take"},
    "does being polite cost energy": {"faq#does-being-polite-cost-energy"},
    "how much power does chatgpt use per day": {"faq#how-much-power-does-chatgpt-use-in-a-day", "serving"},
    "how many gpus to serve a million users": {"faq#how-many-gpus-does-it-take-to-serve-a-million-users"},
    "tokens per second h100 llama 70b": {"one-token", "serving-rate"},
    "cost per million tokens": {"token-cost", "token-electricity-cost"},
    "what does batch size do": {"one-token"},
    "kv cache size": {"kv-cache-per-token", "kv-cache-per-prompt"},
    "why is inference bigger than training": {"training-inference", "serving", "quiet-giant"},
    "how much energy to train gpt-4": {"training-energy", "faq#how-much-energy-did-it-take-to-train-gpt-4"},
    "how long to train llama 405b": {"gpu-hours", "training-time", "entry-llama3-1-405b"},
    "what is mfu": {"flop-utilisation", "training-run", "term-utilisation"},
    "gpu hours of deepseek v3": {"gpu-hours", "required-gpu-hours", "entry-deepseek-v3"},
    "why 208 replicas": {"replica-count", "parallelism"},
    "why not use all gpus at once": {"training-factory", "faq#why-not-just-add-machines"},
    "6ND": {"training-flop"},
    "flops to train gpt-3": {"entry-gpt3-175b", "training-flop", "how-good-training"},
    "how many gpus failed": {"run-limits", "failure-interval"},
    "power of an nvl72 rack": {"entry-gb200-nvl72"},
    "dgx h100 kw": {"entry-dgx-h100"},
    "how many gpus in 1 GW": {"faq#how-many-gpus-fit-in-one-gigawatt", "power-planning", "campus-gpus"},
    "what is pue": {"pue", "term-PUE", "cooling-pue"},
    "double counting pue": {"cooling-pue"},
    "colossus power": {"power-planning"},
    "stargate abilene": {"power-planning"},
    "how much cooling for 100 MW": {"cooling-pue", "overhead-power", "facility-power"},
    "data centers ireland share": {"place", "entry-irl"},
    "virginia data centers": {"place", "entry-us-va"},
    "us electricity 2030 forecast": {"grid"},
    "china solar vs data centers": {"china"},
    "is it more than bitcoin": {"mining", "faq#is-it-more-than-bitcoin"},
    "43.9": {"training-energy"},
    "how many homes does chatgpt power": {"faq#how-many-homes-is-that", "equivalent-households"},
    "bottle of water": {"bottle-prompts"},
    "is AI getting more efficient": {"faq#is-it-getting-better", "levers"},
    "ERCOT": {"place", "entry-us-tex-erco"},
    "Ireland": {"place", "entry-irl"},
    "emissions of training": {"training-carbon", "carbon"},
    "llama 3.1 405b": {"entry-llama3-1-405b"},
    "N_GPU": {"quantity-gpus", "input-gpt-4-gpus"},
    "electricity cost of a prompt": {"prompt-electricity-cost"},
    "mixture of experts": {"levers", "term-mixture-of-experts", "active-share"},
    "how often to save a checkpoint": {"checkpoint-interval", "daly-interval", "run-limits"},
    "pipeline bubble": {"ideal-bubble", "total-bubble", "interleaved-bubble"},
    "how do I cite a number": {"how-to-cite"},
    "can I believe these numbers": {"how-sure", "index"},
    "gemini 0.24 Wh": {"stack-energy-per-prompt", "prompt-energy"},
    "gas turbines memphis": {"power-planning", "turbine-power"},
    "tensor parallelism": {"parallelism", "term-tensor-parallelism"},
    "how big is a training run compared to a city": {"city"},
    "amdahl": {"amdahl-speedup"},
    "3125 servers": {"server-count"},
}


def names(place: str) -> set[str]:
    """What a found address is: its chapter, its card or entry, and on the page of questions which of them."""
    page, _, mark = place.partition("#")
    chapter = page.rpartition("/")[2].removesuffix(".html")
    if chapter == "faq":
        return {f"faq#{mark}"}
    return {chapter, mark} if chapter not in ("catalogue", "notation", "inputs", "glossary") else {mark}
