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
from calc.formulas.serving import breakeven_time, daily_serving_energy, serving_energy, serving_power
from calc.formulas.facility import (
    facility_power,
    pue,
    serving_facility_energy,
    site_energy_per_prompt,
    total_facility_energy,
    training_facility_energy,
)
from calc.formulas.campus import (
    build_rate,
    campus_energy,
    campus_gpus,
    campus_it_power,
    campus_servers,
    turbine_power,
)
from calc.formulas.grid import (
    demand_growth,
    future_capacity,
    future_demand,
    future_national_demand,
    national_demand,
)
from calc.formulas.china import renewable_coverage, renewable_generation, solar_generation, wind_generation
from calc.formulas.city import (
    city_use,
    electricity_use,
    energy_per_resident,
    equivalent_households,
    equivalent_residents,
    household_use,
    residential_use,
)
from calc.formulas.mining import (
    block_time,
    hashprice,
    mining_energy,
    mining_power,
    mining_revenue,
    serving_revenue,
)

__all__ = [
    "block_time",
    "breakeven_time",
    "build_rate",
    "campus_energy",
    "campus_gpus",
    "campus_it_power",
    "campus_servers",
    "city_use",
    "cluster_power",
    "daily_serving_energy",
    "demand_growth",
    "electricity_use",
    "energy_per_resident",
    "equivalent_households",
    "equivalent_residents",
    "facility_power",
    "flop_utilisation",
    "future_capacity",
    "future_demand",
    "future_national_demand",
    "gpu_power",
    "gpus_per_replica",
    "hashprice",
    "household_use",
    "layers_per_stage",
    "matmul_flop",
    "metered_training_energy",
    "mining_energy",
    "mining_power",
    "mining_revenue",
    "national_demand",
    "pue",
    "renewable_coverage",
    "renewable_generation",
    "replica_count",
    "residential_use",
    "server_count",
    "server_load",
    "serving_energy",
    "serving_facility_energy",
    "serving_power",
    "serving_revenue",
    "site_energy_per_prompt",
    "solar_generation",
    "spare_gpus",
    "sparsity_gain",
    "total_facility_energy",
    "training_energy",
    "training_facility_energy",
    "training_flop",
    "turbine_power",
    "wind_generation",
]
