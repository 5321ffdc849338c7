"""GPUs that sites are said to hold, beside those that their power feeds by the formulas of a campus."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction

from calc.base.dates import last_day
from calc.base.text_files import packaged_text
from calc.base.toml_tables import Key, Table, read
from calc.model.chain import derive
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario
from calc.model.source_keys import check_source
from calc.model.step import Step

__all__ = ["FILE", "Report", "read_reports", "reports"]

FILE = "gpu_reports.toml"
_KEYS = {
    "id": Key(needed=True),
    "title": Key(needed=True),
    "date": Key("text or date", needed=True),
    "power": Key("number", needed=True),
    "counted": Key(needed=True, choices=("site", "IT")),
    "gpus": Key("whole number", needed=True),
    "scenario": Key(needed=True),
    "source": Key(needed=True),
    "locator": Key(needed=True),
    "checked": Key("date", needed=True),
    "note": Key(),
}
_TOP = {"report": Key("tables", needed=True, of=_KEYS, unique=True)}


@dataclass(frozen=True)
class Report:
    """What is said of one site, and what the formulas make of its power.

    Attributes
    ----------
    id, title, date : which site, and when it was said.
    power, counted : in MW, of the site or of its IT equipment.
    gpus : as many as are reported.
    source, locator, note : where it stands, and what to know of it.
    fed : the GPUs that the power feeds, at the rating of their servers.
    """

    id: str
    title: str
    date: str
    power: Fraction
    counted: str
    gpus: int
    source: str
    locator: str
    note: str
    fed: Step

    @property
    def difference(self) -> float:
        """GPUs fed over GPUs reported, less one.

        Examples
        --------
        >>> round(reports()[0].difference, 2)
        -0.1
        """
        return float(self.fed.exact) / self.gpus - 1


@functools.cache
def reports() -> tuple[Report, ...]:
    """Every report, in the order of the file."""
    return read_reports(packaged_text(FILE))


def read_reports(text: str) -> tuple[Report, ...]:
    """Reports from TOML.

    Raises
    ------
    DataError : naming file, line and key.
    """
    return tuple(_report(table) for table in read(text, FILE, _TOP)["report"])


def _report(table: Table) -> Report:
    date = str(table["date"])
    with table.blamed("date"):
        last_day(date)
    with table.blamed("source"):
        check_source(table["source"])
    with table.blamed("scenario"):
        base = scenario(table["scenario"])
    power = f"{float(table['power'])} MW"
    given = {"campus_it_power": power} if table["counted"] == "IT" else {"campus_power": power}
    with table.blamed():
        fed = derive(formula_by_id("campus-gpus"), base, given)
        _ = fed.exact
    return Report(
        table["id"], table["title"], date, table["power"], table["counted"], table["gpus"], table["source"],
        table["locator"], table.text("note"), fed,
    )  # fmt: skip
