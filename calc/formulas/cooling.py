"""Cooling: tons of it, the flow of a liquid loop, what a tower evaporates and takes in, and what that saves."""

from calc.api import formula
from calc.symbolic.trace import coefficient

__all__ = [
    "cooling_load",
    "loop_flow",
    "saved_power",
    "saved_power_water",
    "spent_water",
    "tower_intake",
    "tower_water",
]


@formula(result="cooling_load", source="mepanet2024chiller", locator="1 ton is 12,000 Btu/h", title="Tons of cooling")
def cooling_load(it_power):
    """Heat of a site's IT equipment in the tons in which chillers are sold.

    Assumes that all electricity of the IT leaves as heat.

    >>> round(cooling_load(it_power="3.517 MW"))
    1000
    """
    return it_power


@formula(result="loop_flow", source="mepanet2024chiller", locator="F = Q / (500 ∆T)", title="Flow of a liquid loop")
def loop_flow(it_power, liquid_share, coolant_heat, coolant_rise):
    """Flow of coolant that carries the heat of IT equipment away.

    Assumes a loop without leaks of heat. Half the rise takes twice the flow, and pumps that draw far more.

    >>> round(loop_flow(it_power="9 kW", liquid_share=1, coolant_heat=4.18, coolant_rise=10), 1)
    12.9
    """
    return it_power * liquid_share / (coolant_heat * coolant_rise)


@formula(
    result="tower_water", source="gorhamschaffler2010tower", locator="2 gpm for each million Btu/h",
    title="What towers evaporate",
)  # fmt: skip
def tower_water(it_power, tower_share, evaporation_heat):
    """Water that cooling towers evaporate to carry away the heat of the IT equipment.

    Assumes that evaporation alone cools; on a cold day the air takes a part. Heat of chillers and pumps comes on top.

    >>> round(tower_water(it_power="1 MW", tower_share=1, evaporation_heat=2.43), 1)
    24.7
    """
    return it_power * tower_share / evaporation_heat


@formula(
    result="tower_intake", source="gorhamschaffler2010tower", locator="correction factor by cycles of concentration",
    title="What towers take in",
)  # fmt: skip
def tower_intake(it_power, tower_share, evaporation_heat, tower_cycles):
    """Water that cooling towers take in: what evaporates, and what is drained before it is too salty.

    Assumes that no drops are blown away. What is drained goes to the sewer, and is withdrawn but not consumed.

    Holds for more than one cycle.

    >>> round(tower_intake(it_power="1 MW", tower_share=1, evaporation_heat=2.43, tower_cycles=3), 1)
    37.0
    """
    evaporated = it_power * tower_share / evaporation_heat
    return evaporated * coefficient(1, "withdrawn") * tower_cycles / (tower_cycles - 1)


@formula(
    result="spent_water", source="isoiec30134wue", locator="definition of WUE", title="Water that towers take more"
)
def spent_water(wet_wue, dry_wue):
    """Water that towers evaporate more than dry cooling does, for each kWh of IT.

    Assumes the same servers and the same weather.

    >>> spent_water(wet_wue=1.5, dry_wue=0.5)
    1.0
    """
    return wet_wue - dry_wue


@formula(
    result="saved_power", source="greengrid2012pue", locator="definition of PUE", title="Electricity that towers save"
)
def saved_power(dry_pue, wet_pue):
    """Electricity that towers save at the meter, for each kWh of IT.

    Assumes the same servers and the same weather.

    >>> saved_power(dry_pue=1.5, wet_pue=1.25)
    0.25
    """
    return dry_pue - wet_pue


@formula(
    result="saved_power_water", source="google2022cooling", locator="water-cooled sites use less energy",
    title="Water for a kWh that it saves",
)  # fmt: skip
def saved_power_water(spent_water, saved_power):
    """Water that evaporates on the site for each kWh that evaporation saves there.

    Assumes the same servers and the same weather for both kinds of cooling.

    Holds beside the water of the power station, which that kWh would have taken too.

    >>> saved_power_water(spent_water=1, saved_power=0.1)
    10.0
    """
    return spent_water / saved_power
