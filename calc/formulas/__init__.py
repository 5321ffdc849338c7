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
from calc.formulas.grid import (
    electricity_use,
    energy_per_resident,
    equivalent_residents,
    grid_share,
    national_demand,
    residential_use,
)

__all__ = [
    "breakeven_time",
    "cluster_power",
    "daily_serving_energy",
    "electricity_use",
    "energy_per_resident",
    "equivalent_residents",
    "facility_power",
    "flop_utilisation",
    "gpu_power",
    "gpus_per_replica",
    "grid_share",
    "layers_per_stage",
    "matmul_flop",
    "metered_training_energy",
    "national_demand",
    "pue",
    "replica_count",
    "residential_use",
    "server_count",
    "server_load",
    "serving_energy",
    "serving_facility_energy",
    "serving_power",
    "site_energy_per_prompt",
    "spare_gpus",
    "sparsity_gain",
    "total_facility_energy",
    "training_energy",
    "training_facility_energy",
    "training_flop",
]
