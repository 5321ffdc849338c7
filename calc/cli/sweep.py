"""``table``: a result over ranges of one input or two."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from calc.base.errors import CalcError
from calc.cli.options import (
    ID,
    chosen_entries,
    entry_options,
    form,
    scenario_option,
    set_option,
    settings,
    the_scenario,
)
from calc.cli.output import as_json, as_table, progress, write, write_all

if TYPE_CHECKING:
    from calc.analysis.sweep import Sweep
    from calc.base.quantities import Quantity

__all__ = ["table_command"]

_CHUNK = 50_000  # rows of a long table that are written as text at a time


@click.command(
    "table",
    epilog="""\b
examples:
  t2t table training-energy --sweep gpus=10000:30000:5
  t2t table training-facility-energy --sweep gpus=10000:30000:5 --sweep pue=1.1,1.2,1.4 --format markdown
  t2t table training-energy --sweep "server_power=3:11:9 kW/server" --format csv > table.csv
""",
)
@click.argument("name", metavar="ID", type=ID)
@click.option(
    "--sweep",
    "ranges",
    multiple=True,
    required=True,
    metavar="NAME=FROM:TO:COUNT",
    help="An input and its values: evenly spaced, with :log by equal ratios, or NAME=VALUE,VALUE,…; a unit may "
    "follow. Give it twice for two inputs.",
)
@scenario_option
@entry_options
@set_option
@form("text", "markdown", "csv", "json")
def table_command(
    name: str,
    ranges: tuple[str, ...],
    given: str | None,
    values: tuple[str, ...],
    form: str,
    **entries: str | None,
) -> int:
    """A result over ranges of one input or two.

    Text and Markdown are rounded for reading, one line a value of the first input; CSV and JSON are in full precision,
    one row a combination.
    """
    from calc import formula_by_id
    from calc.analysis.sweep import read_range, sweep

    formula = formula_by_id(name)
    if len(ranges) > 2:
        raise CalcError(f"--sweep is given {len(ranges)} times; accepted: once or twice")
    axes: dict[Quantity, Any] = {}
    for text in ranges:
        q, spaced = read_range(text)
        if q in axes:
            raise CalcError(f"--sweep gives {q.name} twice")
        axes[q] = spaced
    known = {**settings(values), **chosen_entries(entries)}
    base = the_scenario(given, formula, [*known, *(q.name for q in axes)])
    made = sweep(formula, axes, base, **known)
    if form == "json":
        return write(as_json(_plain(made)))
    return write_all(_csv(made)) if form == "csv" else write(_readable(made, form))


def _plain(made: Sweep) -> dict[str, Any]:
    columns = made.columns()
    listed = [(values.astype(int) if q.domain.whole else values).tolist() for q, values in columns.items()]
    return {
        "id": made.formula.id,
        "scenario": made.scenario.name,
        "origin": "yours",
        "given": {q.name: float(value) for q, value in made.fixed.items()},
        "columns": [{"name": q.name, "unit": q.unit} for q in columns],
        "rows": [list(row) for row in zip(*listed, strict=True)],
    }


def _csv(made: Sweep) -> Iterator[str]:
    """Names with their units above, and every number in full."""
    columns = made.columns()
    lists = [(values.astype(int) if q.domain.whole else values) for q, values in columns.items()]
    yield ",".join(f"{q.name} [{q.unit}]" for q in columns) + "\n"
    for start in progress("table")(range(0, made.values.size, _CHUNK)):
        part = [values[start : start + _CHUNK].tolist() for values in lists]
        yield "\n".join(",".join(map(repr, row)) for row in zip(*part, strict=True)) + "\n"


def _readable(made: Sweep, form: str) -> str:
    """One line a value of the first input, one column a value of the second."""
    from calc.analysis.results import show_swept
    from calc.base.numbers import show_given

    (first, rows), *second = made.axes.items()
    result = made.formula.result
    head = [first.name]
    if second:
        ((other, columns),) = second
        head += [f"{other.name} = {show_given(_exact(value), other, other.unit).text}" for value in columns.tolist()]
    else:
        head.append(result.name)
    texts = [shown.text for shown in show_swept(made)]
    wide = len(texts) // len(rows)
    lines = [
        [show_given(_exact(value), first, first.unit).text, *texts[at * wide : (at + 1) * wide]]
        for at, value in enumerate(rows.tolist())
    ]
    title = f"{result.name}, {made.formula.id} in scenario {made.scenario.name}; swept inputs are yours, not the book's"
    table = as_table([part.replace("\N{NO-BREAK SPACE}", " ") for part in head], lines, form)
    return f"{title}\n\n{table}"


def _exact(value: float) -> Fraction:
    return Fraction(f"{value:.12g}")  # what floating-point arithmetic leaves in the last digits would tip a rounding
