"""``case``: what was changed, read from an address or a file, shown, and written to either."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from calc.base.errors import DataError
from calc.cli.options import (
    CASE,
    chosen_entries,
    entry_options,
    form,
    scenario_option,
    set_option,
    settings,
    the_case,
)
from calc.cli.output import as_json, as_table, write, written

if TYPE_CHECKING:
    from calc.model.case import Case

__all__ = ["case_command"]


@click.command(
    "case",
    epilog="""\b
examples:
  t2t case "servers=5000&server_power=3~6.5"
  t2t case --scenario gpt-4 --set "server_power=3 to 6.5 kW/server" --address
  t2t case "scenario=gpt-4&servers=5000" --output mine.toml
  t2t show training-energy --case mine.toml
""",
)
@click.argument("wanted", metavar="[ADDRESS|FILE.toml]", default="", type=CASE)
@click.option("--address", "bare", is_flag=True, help="Only its address: what stands behind the ? of a page's.")
@click.option(
    "--output",
    "--toml",
    "output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write it as a scenario's file; a new one.",
)
@scenario_option
@entry_options
@set_option
@form("text", "markdown", "csv", "json")
def case_command(
    wanted: str, given: str | None, bare: bool, output: Path | None, form: str, values: tuple[str, ...],
    **entries: str | None,
) -> int:  # fmt: skip
    """What a case changes: each value, its range, and what the scenario has that it starts from.

    ADDRESS is that of a page with your numbers in it, or the part of it behind the ?. What --set and the options of
    the catalogue give is put on top, and --scenario is where it starts from.
    """
    from calc.book.cases import named
    from calc.model.case_given import with_given
    from calc.render import case as render

    found = with_given(the_case(wanted, given), {**settings(values), **chosen_entries(entries)})
    found = named(found) if found.page else found
    if output is not None:
        return _written(named(found), output, form)
    if bare:
        address = found.address
        return write(as_json({"address": address}) if form == "json" else address)
    if form == "json":
        return write(as_json(render.case_data(found)))
    if form == "csv":
        return write(as_table(render.HEAD, render.case_rows(found), form))
    return write(render.case_markdown(found) if form == "markdown" else render.case_text(found))


def _written(case: Case, output: Path, form: str) -> int:
    from calc.base.atomic_files import write_file
    from calc.model.case_file import case_toml

    text = case_toml(case)
    if output.exists():
        raise DataError(f"{output} is there already; accepted: a new file")
    write_file(output, text.encode())
    said = f"{output} is written; use it with --case {output}"
    return written(output, as_json({"written": str(output)}) if form == "json" else said)
