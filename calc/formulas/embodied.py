"""The making of chips, servers and buildings, spread over life and use; and software by ISO/IEC 21031."""

from calc.api import formula

__all__ = ["building_carbon", "flop_embodied", "server_embodied", "software_embodied", "software_rate"]


@formula(
    result="server_embodied", source="luccioni2023bloom", locator="sec. 4.1: a server, and its GPUs",
    title="Making a server",
)  # fmt: skip
def server_embodied(host_embodied, gpu_embodied, gpus_per_server):
    """Carbon of making a server with its GPUs.

    Assumes cradle to gate: mines, plants and transport of parts. Switches and cables come on top.

    >>> round(server_embodied(host_embodied=5700, gpu_embodied=164, gpus_per_server=8))
    7012
    """
    return host_embodied + gpu_embodied * gpus_per_server


@formula(
    result="flop_embodied", source="nvidia2025intensity", locator="embodied carbon intensity, g for each exaFLOP",
    title="Making, for each exaFLOP",
)  # fmt: skip
def flop_embodied(gpu_embodied, peak_flops, service_life):
    """Carbon of making a GPU, for each exaFLOP that it could do if it worked at its peak for all of its life.

    Assumes full use at the peak, which no GPU reaches, so that it is a least value.

    Holds beside no figure that counts operations really done, and the electricity with them.

    >>> round(flop_embodied(gpu_embodied=164, peak_flops=1979, service_life=4), 2)
    0.66
    """
    return gpu_embodied / (peak_flops * service_life)


@formula(
    result="building_carbon", source="uptime2024shell", locator="embodied carbon of a shell",
    title="Making the building, by the year",
)  # fmt: skip
def building_carbon(facility_power, building_embodied, building_life):
    """Carbon of making a site's building, with its cooling and electrics, for each year that it stands.

    Assumes one life for the shell and for what is in it, though batteries and chillers are renewed two or three times.

    >>> round(building_carbon(facility_power="100 MW", building_embodied=1000, building_life=20))
    5000
    """
    return facility_power * building_embodied / building_life


@formula(
    result="software_embodied", source="isoiec21031", locator="M = TE × (TiR / EL) × (RR / ToR)",
    title="A software's part of making its hardware",
)  # fmt: skip
def software_embodied(whole_embodied, reserved_time, service_life, reserved_share):
    """Embodied carbon of a piece of software: by the time and the share of the hardware that are reserved for it.

    Assumes that reserved hardware is the software's, whether it works or waits.

    >>> round(software_embodied(whole_embodied=1.53312, reserved_time=1, service_life=3, reserved_share=0.125), 5)
    0.00729
    """
    return whole_embodied * reserved_time * reserved_share / service_life


@formula(
    result="software_rate", source="isoiec21031", locator="SCI = (E × I + M) per R",
    title="Software carbon intensity (SCI)",
)  # fmt: skip
def software_rate(software_energy, carbon_intensity, grid_delivery, software_embodied, functional_units):
    """Software carbon intensity: carbon of use and of making, for each unit of use.

    Assumes one place and its average. The standard leaves the losses of the grid to whoever states the intensity.

    Holds location-based. The standard lets no certificate lower it.

    >>> round(software_rate(software_energy=5.5, carbon_intensity=420, grid_delivery=1, software_embodied=411,
    ...     functional_units=1))
    2721
    """
    return (software_energy * carbon_intensity / grid_delivery + software_embodied) / functional_units
