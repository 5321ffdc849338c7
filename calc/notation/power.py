"""Symbols of power."""

from calc.base.domains import FRACTION
from calc.base.quantities import define

define("gpu_tdp", r"P_\mathrm{TDP}", "W/GPU", "rated power of one GPU (TDP)", basis="at_chip")
define("gpu_power", r"P_\mathrm{GPUs}", "MW", "rated power of the GPUs, without their servers", basis="at_chip")
define("server_power", r"P_\mathrm{server}", "kW/server", "power of one server", basis="at_it")
define(
    "measured_server_power", r"\bar P_\mathrm{server}", "kW/server", "measured power of one server in training",
    basis="at_it",
)  # fmt: skip
define("server_load", r"\lambda_\mathrm{server}", "1", "measured over rated power of one server", FRACTION)
define("it_power", r"P_\mathrm{IT}", "MW", "power of the IT equipment", basis="at_it")
