"""``hours``: a grid by month and hour, and what a load makes of it."""

from __future__ import annotations

import click

from calc.cli.options import form
from calc.cli.output import as_json, as_table, write

__all__ = ["hours_command"]

_FORMS = {"intensity": ".0f"}


@click.command(
    "hours",
    epilog="""\b
examples:
  t2t hours
  t2t hours us-cal-ciso
  t2t hours us-ercot --of wind --format csv
  t2t hours us-cal-ciso --format json
""",
)
@click.argument("place", metavar="[PLACE]", default="")
@click.option("--of", "kind", default="intensity", metavar="KIND", help="intensity, or a source such as solar.")
@form("text", "markdown", "csv", "json")
def hours_command(place: str, kind: str, form: str) -> int:
    """A grid by month and hour: carbon of a generated kWh, life cycle and on the average, or a source's share of it.

    Without PLACE: the places whose hours are known, with means of all hours and of each day's eight cleanest and
    dirtiest.
    """
    from calc.analysis.hours import cleanest, mean
    from calc.model.hours import AXIS, places, shape

    if not place:
        rows = []
        for name in places():
            one = shape(name)
            ends = [mean(one, cleanest(one, 8, dirtiest=last)) for last in (False, True)]
            rows.append([name, *(f"{value:.1f}" for value in (mean(one), *ends))])
        head = ("place", "mean, gCO2e/kWh", "cleanest 8 hours", "dirtiest 8 hours")
        if form == "json":
            return write(as_json([dict(zip(("place", "mean", "clean", "dirty"), row, strict=True)) for row in rows]))
        return write(as_table(head, rows, form))
    one = shape(place, kind)
    if form == "json":
        found = {"place": one.place, "kind": one.kind, "unit": one.unit, "axis": list(AXIS), "mean": mean(one)}
        return write(as_json(found | {"value": [list(row) for row in one.values]}))
    spec = _FORMS.get(kind, ".3f")
    rows = [[str(month + 1), *(format(value, spec) for value in row)] for month, row in enumerate(one.values)]
    return write(as_table(("month", *(f"{hour:02}" for hour in range(24))), rows, form))
