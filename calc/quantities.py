"""The notation: every symbol of the book, defined once.

The notation page, the tables on the pages, the domains that are enforced and the units that are checked are
all read from here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from calc.domains import AT_LEAST_ONE, COUNT, COUNT_OR_NONE, FRACTION, NOT_NEGATIVE, POSITIVE, Domain
from calc.errors import DefinitionError, UnknownNameError, nearest
from calc.units import Unit, parse_unit

if TYPE_CHECKING:
    import sympy as sp

__all__ = ["Quantity", "alias", "all_quantities", "define", "quantity"]


@dataclass(frozen=True)
class Quantity:
    """One symbol of the book.

    Attributes
    ----------
    name : its name in Python, on the command line and in data files.
    latex : its symbol.
    unit : its own unit; plain numbers are taken in it. ``1`` is a pure number.
    meaning : what it is, in one clause.
    domain : which numbers it may take.
    basis : where a power or energy is counted (``at_chip``, ``at_it``, ``at_site``), or what a peak assumes.

    Examples
    --------
    >>> quantity("server_power").unit, quantity("server_power").basis
    ('kW/server', 'at_it')
    """

    name: str
    latex: str
    unit: str
    meaning: str
    domain: Domain = POSITIVE
    basis: str = "1"

    @cached_property
    def symbol(self) -> sp.Symbol:
        """The sympy symbol, with what its domain lets sympy assume."""
        import sympy

        return sympy.Symbol(self.name, **self.domain.assumptions)

    @cached_property
    def parsed_unit(self) -> Unit:
        """Its own unit, without the basis."""
        return parse_unit(self.unit)

    @cached_property
    def checked_unit(self) -> Unit:
        """Its own unit times its basis: what a formula's check works with."""
        return self.parsed_unit * parse_unit(self.basis)

    @property
    def counted(self) -> str:
        """Where it is counted, in words, or nothing."""
        return _BASES.get(self.basis, "")


_BASES = {
    "at_chip": "at the chips alone",
    "at_it": "at the IT equipment",
    "at_site": "at the site's meter",
    "sparse": "with structured sparsity",
}

_QUANTITIES: dict[str, Quantity] = {}
_ALIASES: dict[str, str] = {}


def define(name: str, latex: str, unit: str, meaning: str, domain: Domain = POSITIVE, basis: str = "1") -> Quantity:
    """Add a quantity to the notation.

    Raises
    ------
    DefinitionError : the name or the symbol is taken, or the name is not a Python identifier.
    UnitError : the unit or basis is unknown.

    Examples
    --------
    >>> define("gpus", "g", "GPU", "again")
    Traceback (most recent call last):
    ...
    calc.errors.DefinitionError: quantity 'gpus' is defined twice
    """
    if name in _QUANTITIES or name in _ALIASES:
        raise DefinitionError(f"quantity {name!r} is defined twice")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        raise DefinitionError(f"{name!r} cannot name a quantity; use lower-case letters, digits and _")
    for other in _QUANTITIES.values():
        if other.latex == latex:
            raise DefinitionError(f"{latex} is the symbol of both {other.name!r} and {name!r}")
    new = Quantity(name, latex, unit, meaning, domain, basis)
    _ = new.checked_unit  # an unknown unit fails here, not at first use
    _QUANTITIES[name] = new
    return new


def alias(name: str, target: str) -> None:
    """Let a second name stand for a quantity, as ``mfu`` does for ``flop_utilisation``."""
    if name not in _QUANTITIES and _ALIASES.setdefault(name, target) != target:
        raise DefinitionError(f"{name!r} is an alias of both {_ALIASES[name]!r} and {target!r}")


def quantity(name: str) -> Quantity:
    """Look a quantity up by name or alias; hyphens count as underscores.

    Raises
    ------
    UnknownNameError : there is none, naming the nearest.

    Examples
    --------
    >>> quantity("mfu").name
    'flop_utilisation'
    >>> quantity("server_pwer")
    Traceback (most recent call last):
    ...
    calc.errors.UnknownNameError: 'server_pwer' is not a quantity; did you mean 'server_power'?
    """
    key = name.replace("-", "_")
    found = _QUANTITIES.get(key) or _QUANTITIES.get(_ALIASES.get(key, ""))
    if found is None:
        raise UnknownNameError(f"{name!r} is not a quantity{nearest(name, [*_QUANTITIES, *_ALIASES])}")
    return found


def all_quantities() -> tuple[Quantity, ...]:
    """All quantities, in the order of their definition."""
    return tuple(_QUANTITIES.values())


# Compute
define("m", "m", "1", "rows of the first matrix", COUNT)
define("n", "n", "1", "columns of the second matrix", COUNT)
define("k", "k", "1", "columns of the first matrix, and rows of the second", COUNT)
define("matmul_flop", r"C_\mathrm{matmul}", "FLOP", "operations in one matrix product")
define("total_parameters", r"N_\mathrm{total}", "parameter", "parameters that the model stores")
define("active_parameters", r"N_\mathrm{active}", "parameter", "parameters that one token passes through")
define("tokens", "D", "token", "tokens that the model is trained on")
define("training_flop", r"C_\mathrm{train}", "FLOP", "operations of the whole training run")
define("peak_flops", r"F_\mathrm{peak}", "TFLOP/s/GPU", "dense peak rate of one GPU, in bf16")
define(
    "sparse_peak_flops", r"F_\mathrm{sparse}", "TFLOP/s/GPU", "peak rate of one GPU with 2:4 sparsity", basis="sparse"
)
define("flop_utilisation", "U", "1", "share of the dense peak that becomes model FLOP (MFU)", FRACTION)
alias("mfu", "flop_utilisation")
define("sparsity_gain", r"G_\mathrm{sparse}", "1", "sparse peak over dense peak", AT_LEAST_ONE, basis="sparse")

# Hardware and its layout
define("gpus", r"N_\mathrm{GPU}", "GPU", "GPUs in the run", COUNT)
define("gpus_per_server", r"g_\mathrm{server}", "GPU/server", "GPUs in one server", COUNT)
define("servers", r"N_\mathrm{server}", "server", "servers in the run", COUNT)
define("layers", "L", "layer/replica", "layers of the model", COUNT)
define("pipeline_stages", "p", "stage/replica", "pipeline stages that one copy of the model is cut into", COUNT)
define("layers_per_stage", "l", "layer/stage", "layers in one stage, on average")
define("gpus_per_stage", r"g_\mathrm{stage}", "GPU/stage", "GPUs that share one stage (tensor parallelism)", COUNT)
define("gpus_per_replica", r"g_\mathrm{replica}", "GPU/replica", "GPUs that hold one copy of the model", COUNT)
define("replicas", r"N_\mathrm{replica}", "replica", "copies of the model trained side by side", COUNT)
define("spare_gpus", r"N_\mathrm{spare}", "GPU", "GPUs that belong to no complete copy", COUNT_OR_NONE)

# Power
define("gpu_tdp", r"P_\mathrm{TDP}", "W/GPU", "rated power of one GPU (TDP)", basis="at_chip")
define("gpu_power", r"P_\mathrm{GPUs}", "MW", "rated power of the GPUs, without their servers", basis="at_chip")
define("server_power", r"P_\mathrm{server}", "kW/server", "rated power of one server", basis="at_it")
define(
    "measured_server_power", r"\bar P_\mathrm{server}", "kW/server", "measured power of one server in training",
    basis="at_it",
)  # fmt: skip
define("server_load", r"\lambda_\mathrm{server}", "1", "measured over rated power of one server", FRACTION)
define("it_power", r"P_\mathrm{IT}", "MW", "power of the IT equipment", basis="at_it")
define("pue", r"\mathrm{PUE}", "1", "facility power over IT power", AT_LEAST_ONE, basis="at_site/at_it")
define("facility_power", r"P_\mathrm{site}", "MW", "power of the whole site", basis="at_site")

# Training energy
define("training_time", r"t_\mathrm{train}", "day", "length of the run")
define(
    "metered_training_energy",
    r"E_\mathrm{metered}",
    "GWh",
    "IT energy of the run that a meter would show",
    basis="at_it",
)
define("training_energy", r"E_\mathrm{train}", "GWh", "IT energy of the run", basis="at_it")
define("training_facility_energy", r"E_\mathrm{train,site}", "GWh", "energy of the run at the site", basis="at_site")

# Serving
define("prompts_per_day", r"\dot n_\mathrm{prompt}", "prompt/day", "prompts answered in a day")
define("energy_per_prompt", r"e_\mathrm{prompt}", "Wh/prompt", "IT energy of one prompt", basis="at_it")
define("daily_serving_energy", r"\dot E_\mathrm{serve}", "MWh/day", "IT energy of one day of serving", basis="at_it")
define("serving_power", r"P_\mathrm{serve}", "MW", "mean IT power of serving", basis="at_it")
define("serving_time", r"t_\mathrm{serve}", "day", "length of the period of serving")
define("serving_energy", r"E_\mathrm{serve}", "GWh", "IT energy of the period of serving", basis="at_it")
define("serving_facility_energy", r"E_\mathrm{serve,site}", "GWh", "energy of serving at the site", basis="at_site")
define("breakeven_time", r"t_\mathrm{even}", "day", "days of serving that use as much energy as the run")
define(
    "total_facility_energy", r"E_\mathrm{site}", "GWh", "energy of the run and of serving at the site", basis="at_site"
)

define(
    "site_energy_per_prompt", r"e_\mathrm{prompt,site}", "Wh/prompt", "energy of one prompt at the site",
    basis="at_site",
)  # fmt: skip

# People and grids
define("residents", r"N_\mathrm{person}", "person", "residents of the city compared with")
define("months", r"t_\mathrm{city}", "month", "months of the city's use")
define(
    "energy_per_resident", r"e_\mathrm{person}", "kWh/(person*month)",
    "monthly use by each resident that would equal the run", basis="at_it",
)  # fmt: skip
define("population", r"N_\mathrm{nation}", "person", "people who live in the nation")
define("residential_sales", r"E_\mathrm{home}", "TWh/year", "electricity sold to the nation's homes")
define("electricity_sales", r"E_\mathrm{sales}", "TWh/year", "electricity sold to all of the nation's customers")
define("residential_use", r"e_\mathrm{home}", "kWh/(person*month)", "electricity that a person uses at home")
define("electricity_use", r"e_\mathrm{all}", "kWh/(person*month)", "electricity used for each person, in all sectors")
define(
    "equivalent_residents", r"N_\mathrm{equal}", "person", "people whose use at home equals the run",
    basis="at_it",
)  # fmt: skip
define("datacentre_demand", r"E_\mathrm{DC}", "TWh/year", "electricity that the nation's data centres use")
define("datacentre_share", "s", "1", "their share of the nation's electricity", FRACTION)
define("national_demand", r"E_\mathrm{nation}", "TWh/year", "electricity that the nation uses", NOT_NEGATIVE)
