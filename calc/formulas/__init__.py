# ruff: noqa: I001  # the order is the book's, and the order in which formulas are listed
"""The book's formulas, one module a chapter. Importing this package defines and checks them all."""

from calc.formulas.compute import (
    flop_utilisation,
    matmul_flop,
    sparsity_gain,
    training_flop,
)
from calc.formulas.parallelism import (
    gpus_per_replica,
    layers_per_stage,
    replica_count,
    server_count,
    spare_gpus,
)
from calc.formulas.power import cluster_power, gpu_power, server_load
from calc.formulas.training import metered_training_energy, training_energy
from calc.formulas.serving import (
    breakeven_prompts,
    breakeven_time,
    daily_serving_energy,
    serving_energy,
    serving_power,
)
from calc.formulas.prompt import gpu_share_power, prompt_energy, prompt_flop, prompt_gpu_time, token_energy
from calc.formulas.estimates import fleet_energy_per_prompt, stack_energy_per_prompt
from calc.formulas.fleet import (
    fleet_power,
    kv_cache_per_prompt,
    kv_cache_per_token,
    kv_memory,
    lineup_energy,
    peak_prompt_rate,
    prompts_in_flight,
    prompts_per_server,
    provisioned_servers,
    response_time,
    serving_servers,
    token_servers,
)
from calc.formulas.facility import (
    facility_power,
    overhead_power,
    overhead_share,
    pue,
    serving_facility_energy,
    site_energy_per_prompt,
    total_facility_energy,
    training_facility_energy,
)
from calc.formulas.water import site_water, source_water
from calc.formulas.grid import (
    electricity_use,
    energy_per_resident,
    equivalent_residents,
    national_demand,
    residential_use,
)

__all__ = [
    "breakeven_prompts",
    "breakeven_time",
    "cluster_power",
    "daily_serving_energy",
    "electricity_use",
    "energy_per_resident",
    "equivalent_residents",
    "facility_power",
    "fleet_energy_per_prompt",
    "fleet_power",
    "flop_utilisation",
    "gpu_power",
    "gpu_share_power",
    "gpus_per_replica",
    "kv_cache_per_prompt",
    "kv_cache_per_token",
    "kv_memory",
    "layers_per_stage",
    "lineup_energy",
    "matmul_flop",
    "metered_training_energy",
    "national_demand",
    "overhead_power",
    "overhead_share",
    "peak_prompt_rate",
    "prompt_energy",
    "prompt_flop",
    "prompt_gpu_time",
    "prompts_in_flight",
    "prompts_per_server",
    "provisioned_servers",
    "pue",
    "replica_count",
    "residential_use",
    "response_time",
    "server_count",
    "server_load",
    "serving_energy",
    "serving_facility_energy",
    "serving_power",
    "serving_servers",
    "site_energy_per_prompt",
    "site_water",
    "source_water",
    "spare_gpus",
    "sparsity_gain",
    "stack_energy_per_prompt",
    "token_energy",
    "token_servers",
    "total_facility_energy",
    "training_energy",
    "training_facility_energy",
    "training_flop",
]
