"""Writes the catalogue's places, calc/data/catalogue/places-*.toml, from tools/places.csv: ``python tools/places.py``.

A cell that is empty falls back to the nation's, and its note says so; what no row has is named in the entry's `about`.
What follows from the hours of a balancing area, in calc/data/hours, is worked out by `calc.analysis.hours`. Provinces,
zones and grids of which the one published intensity is Electricity Maps' (ODbL, share-alike) are left out.
`usa` and `chn` stand in places.toml, where the articles' values of them are; ``--print usa`` shows theirs.
``--mix`` shows what each nation's mix makes of the IPCC's medians for each source, beside what Ember has.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))  # it may be run as a script

from calc.analysis import hours  # noqa: E402
from calc.base.errors import UnknownNameError  # noqa: E402
from calc.book.mixes import MEDIANS  # noqa: E402
from calc.model.hours import places as places_of_hours  # noqa: E402
from calc.model.hours import shape  # noqa: E402

CHECKED = "2026-11-25"
FILES = {
    "countries": ("world", "region", "country"),
    "usgrids": ("us balancing area", "eGRID subregion"),
    "states": ("us state",),
}
KINDS = {
    "world": "The world.", "region": "A union of nations.", "country": "A nation.", "us state": "A state.",
    "us balancing area": "A balancing area of the United States.", "eGRID subregion": "A subregion of EPA's eGRID.",
}  # fmt: skip
BY_HAND = ("usa", "chn")
ALIASES = {
    "us-tex-erco": "us-ercot", "us-mida-pjm": "us-pjm", "us-cal-ciso": "us-caiso", "us-midw-miso": "us-miso",
    "us-cent-swpp": "us-spp", "us-ten-tva": "us-tva", "gbr": "uk", "eu27": "eu",
}  # fmt: skip
RECALLED = "Recalled, not seen."


class Column(NamedTuple):
    """How a column becomes an input: its quantity, unit, kind, source, and how its locator is written."""

    name: str
    column: str
    unit: str
    kind: str
    source: str
    locator: str
    note: str = ""
    falls_back: bool = False


LIFE = "Of all that the grid generates, with upstream methane. Imports are left out, and no range is published."
COLUMNS = (
    Column("carbon_intensity", "ci_life_ember", "gCO2e/kWh", "estimate", "ember2025yearly",
           "emissions intensity, life cycle, {ci_life_ember_year}", LIFE, falls_back=True),
    Column("direct_intensity", "ci_egrid2022_co2e", "gCO2e/kWh", "reported", "epa2024egrid",
           "eGRID2022, subregion's total output emission rate, CO2e", "At the stack, without what is upstream."),
    Column("direct_intensity", "ci_direct_prod", "gCO2e/kWh", "reported", "aib2025residual",
           "production mix, direct CO2, {ci_direct_prod_year}",
           "At the stack, CO2 alone. Plants' factors are AIB's own, and differ from Ember's."),
    Column("marginal_intensity", "ci_marginal_om_unfccc2021", "gCO2e/kWh", "estimate", "unfccc2021ifi",
           "operating margin, version 3.1 of 2021", "A planning figure for project finance, and no measured margin.",
           falls_back=True),
    Column("grid_delivery", "loss_pct", "%", "reported", "worldbank2025indicators",
           "EG.ELC.LOSS.ZS, {loss_year}: losses of {loss_pct} % of output",
           "Of all customers; a large site at high voltage loses less.", falls_back=True),
    Column("national_demand", "demand_twh", "TWh/year", "reported", "ember2025yearly",
           "demand, {demand_year}: generation and net imports", "With losses and power stations' own use."),
    Column("household_use", "household_kwh", "kWh/(household*year)", "estimate", "wec2014households",
           "{household_source}, {household_year}", "An older or typical figure, not this year's.", True),
    Column("electricity_price", "ind_price_usd", "USD/kWh", "reported", "eia2024epa", "{ind_price_source}",
           "Mean revenue from industry in that year's money, and no data centre's tariff."),
    Column("peak_demand", "peak_gw", "GW", "reported", "gridpeaks2026", "{peak_source}, {peak_date}"),
    Column("population", "population", "person", "reported", "worldbank2025indicators",
           "SP.POP.TOTL, {population_year}"),
    Column("grid_water", "ewif_l_kwh", "L/kWh", "estimate", "reig2020water", "consumption, mean of the grid",
           "Of each generated kWh; reservoirs' evaporation is in it. As another project quotes it."),
)  # fmt: skip
Row = dict[str, str]


def rows() -> dict[str, Row]:
    """Every row of the table, by id."""
    with (ROOT / "tools" / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def quoted(text: str) -> str:
    """A text as TOML has it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def value_of(column: Column, row: Row) -> str:
    """A cell as the quantity has it: what arrives, where the source has what is lost."""
    cell = row[column.column]
    if not cell:
        return ""
    if column.column == "loss_pct":
        return str(100 - int(cell))
    return f"{int(cell):_}" if column.column == "population" else cell


def source_of(column: Column, row: Row) -> str:
    """The source's key: of one column it depends on whose figure the row has."""
    if column.name == "population" and row["kind"] == "us state":
        return "uscensus2023"
    if column.name == "household_use" and row["household_source"].startswith("EIA"):
        return "eia2023household"
    return column.source


def table(column: Column, one: Row, parent: Row | None) -> list[str]:
    """The table of one value, or nothing where neither the place nor its nation has it."""
    row, notes = one, [column.note]
    if not value_of(column, one):
        if not (column.falls_back and parent and value_of(column, parent)):
            return []
        row = parent
        notes.insert(0, f"The whole nation's ({parent['name']}), as this place's own is not in the data.")
    if column.column in row["recalled"].split():
        notes.append(RECALLED)
    if column.name in ("carbon_intensity", "direct_intensity") and row is one:
        wanted = "stacks" if column.name == "direct_intensity" else ""
        notes += [one["note"]] if one["note"] and ("stacks" in one["note"]) == bool(wanted) else []
    locator = f"{one['name']}: {column.locator.format(**row)}"
    if source_of(column, row) == "uscensus2023":
        locator = f"{row['name']}, 1 July {row['population_year']}"
    note = " ".join(part for part in notes if part)
    lines = [
        f"[{one['id']}.{column.name}]", f"value = {value_of(column, row)}", f'unit = "{column.unit}"',
        f'kind = "{column.kind}"', f'source = "{source_of(column, row)}"', f"locator = {quoted(locator)}",
        f"checked = {CHECKED}",
    ]  # fmt: skip
    return [*lines, *([f"note = {quoted(note)}"] if note else []), ""]


def tables(one: Row, parent: Row | None) -> dict[str, list[str]]:
    """The tables of one place's values, by quantity."""
    found: dict[str, list[str]] = {}
    for column in COLUMNS:
        if column.name not in found and (lines := table(column, one, parent)):
            found[column.name] = lines
    return found


HOURS_NOTE = (
    "Sum over 12 months and 24 hours, of what the balancing area generated in 2022, with the IPCC's medians; "
    "imports are left out."
)
CLOUDS = "Mean days have no clouds, and shares of generation stand for output, so that in truth less is covered."


def hour_values(place: str) -> dict[str, tuple[float, str, str, str]]:
    """What follows from a place's hours: value, unit, locator and note, by quantity."""
    one = shape(place)
    clean, dirty = (hours.mean(one, hours.cleanest(one, 8, dirtiest=last)) for last in (False, True))
    found = {
        "hours_intensity": (round(hours.mean(one), 1), "gCO2e/kWh", "mean of all hours", HOURS_NOTE),
        "clean_intensity": (round(clean, 1), "gCO2e/kWh", "mean of each day's cleanest eight hours", HOURS_NOTE),
        "dirty_intensity": (round(dirty, 1), "gCO2e/kWh", "mean of each day's dirtiest eight hours", HOURS_NOTE),
    }
    try:
        _, by_hour = hours.match(hours.solar_supply(place), hours.even())
        left = hours.unmatched_mean(place)
    except UnknownNameError:  # no solar power by the hour
        return found
    said = "hours that solar power leaves to an even load"
    return found | {
        "unmatched_intensity": (round(left, 1), "gCO2e/kWh", said, f"{HOURS_NOTE} {CLOUDS}"),
        "hourly_match": (round(100 * by_hour, 1), "%", "an even load and as much solar power, hour by hour", CLOUDS),
    }


def hour_tables(row: Row) -> dict[str, list[str]]:
    """Tables of what follows from a place's hours, where they are known."""
    if row["id"] not in places_of_hours():
        return {}
    return {
        name: [
            f"[{row['id']}.{name}]", f"value = {value}", f'unit = "{unit}"', 'kind = "estimate"',
            'source = "eia2022hourly"', f"locator = {quoted(row['name'] + ': ' + locator)}", f"checked = {CHECKED}",
            f"note = {quoted(note)}", "",
        ]
        for name, (value, unit, locator, note) in hour_values(row["id"]).items()
    }  # fmt: skip


def names_of(row: Row) -> list[str]:
    """Other names under which the place is found: its own in small letters, and what people call its grid."""
    short = re.sub(r"[(,].*", "", row["name"]).strip().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", short).strip("-")
    wanted = [plain] if row["kind"] in ("country", "us state") and plain != row["id"] else []
    return wanted + ([ALIASES[row["id"]]] if row["id"] in ALIASES else [])


def entry(row: Row, parent: Row | None) -> str:
    """One place of the catalogue as TOML."""
    values = tables(row, parent)
    missing = [column.name for column in COLUMNS if column.name not in values]
    about = KINDS[row["kind"]]
    if missing:
        about += f" Not in the data: {', '.join(dict.fromkeys(missing))}."
    values |= hour_tables(row)
    lines = [f"[{row['id']}]", f"title = {quoted(row['name'])}", f"about = {quoted(about)}"]
    if names := names_of(row):
        lines.append(f"aliases = [{', '.join(map(quoted, names))}]")
    return "\n".join([*lines, "", *(line for table in values.values() for line in table)])


def written(which: str) -> str:
    """The whole text of one file, such as places-states.toml for ``states``."""
    known = rows()
    parents = {"USA": known["usa"]}
    chosen = [row for row in known.values() if row["kind"] in FILES[which] and row["id"] not in BY_HAND]
    head = "# Written by tools/places.py from tools/places.csv: change these, and run it.\n\n"
    return head + "\n".join(entry(row, parents.get(row["parent"])) for row in chosen)


def mixed(row: Row) -> float | None:
    """Life-cycle intensity of a place's mix, in gCO2e/kWh, or None where the mix is not in the table."""
    shares = {source: row[f"share_{source}"] for source in MEDIANS}
    if not shares["coal"]:
        return None
    return sum(float(share) * MEDIANS[source] for source, share in shares.items() if share)


def mix_file() -> str:
    """The whole text of calc/data/mixes.csv: the shares of each place whose mix is known."""
    lines = [",".join(["place", "name", "year", *MEDIANS])]
    for row in rows().values():
        if mixed(row) is not None:
            shares = [row[f"share_{source}"] for source in MEDIANS]
            lines.append(",".join([row["id"], quoted(row["name"]), row["mix_year"], *shares]))
    return "\n".join(lines) + "\n"


def show_mixes() -> None:
    """Print each place with its mix's intensity, Ember's, and the difference in percent."""
    for row in rows().values():
        if (own := mixed(row)) is not None:
            stated = float(row["ci_life_ember"])
            print(f"{row['id']:5} {own:6.0f} {stated:6.0f} {100 * (own / stated - 1):+5.0f} %")


def main() -> None:
    """Write the files, or print one place, or all mixes."""
    if sys.argv[1:] == ["--mix"]:
        show_mixes()
        return
    if len(sys.argv) > 2:
        print(entry(rows()[sys.argv[2]], None))
        return
    (ROOT / "calc" / "data" / "mixes.csv").write_text(mix_file(), encoding="utf-8")
    for which in FILES:
        path = ROOT / "calc" / "data" / "catalogue" / f"places-{which}.toml"
        path.write_text(written(which), encoding="utf-8")


if __name__ == "__main__":
    main()
