"""``table``: a result over ranges of one input or two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from calc.base.errors import CalcError
from calc.cli.options import (
    ID,
    case_option,
    chosen_entries,
    entry_options,
    form,
    laid_case,
    scenario_option,
    set_option,
    settings,
    the_formula,
)
from calc.cli.output import as_json, as_table, progress, warning, write, write_all

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from calc.analysis.sweep import Sweep
    from calc.base.quantities import Quantity

__all__ = ["table_command"]

_LOOKED_AT = 300  # rows of which it is said whether they lie beyond what was measured: each takes milliseconds
_CHUNK = 50_000  # rows of a long table that are written as text at a time


@click.command(
    "table",
    epilog="""\b
examples:
  t2t table training-energy --sweep gpus=10000:30000:5
  t2t table training-facility-energy --sweep gpus=10000:30000:5 --sweep pue=1.1,1.2,1.4 --format markdown
  t2t table training-energy --sweep "server_power=3:11:9 kW/server" --format csv > table.csv
  t2t table training-energy --sweep servers=1:10:4 --unit MWh
  t2t table training-energy --sweep servers=1000:5000:5 --set "server_power=3 to 6.5 kW/server"
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
@click.option("--unit", metavar="UNIT", help="The result's unit, such as MWh.")
@scenario_option
@case_option
@entry_options
@set_option
@form("text", "markdown", "csv", "json")
def table_command(
    name: str,
    ranges: tuple[str, ...],
    unit: str | None,
    given: str | None,
    case: str | None,
    values: tuple[str, ...],
    form: str,
    **entries: str | None,
) -> int:
    """A result over ranges of one input or two.

    Text and Markdown are rounded for reading, one line a value of the first input; CSV and JSON are in full precision,
    one row a combination. Where --set or a case gives a range, each result has its nine-in-ten band.
    """
    from calc.analysis.sweep import read_range, sweep

    formula = the_formula(name)
    if len(ranges) > 2:
        raise CalcError(f"--sweep is given {len(ranges)} times; accepted: once or twice")
    axes: dict[Quantity, Any] = {}
    for text in ranges:
        q, spaced = read_range(text)
        if q in axes:
            raise CalcError(f"--sweep gives {q.name} twice")
        axes[q] = spaced
    base, known = laid_case(
        formula, given, {**settings(values), **chosen_entries(entries)}, case, [q.name for q in axes]
    )
    made = sweep(formula, axes, base, **known)
    _warn(made)
    beyond = _beyond(made)
    if form == "json":
        return write(as_json(_plain(made, unit, beyond)))
    return write_all(_csv(made, unit, beyond)) if form == "csv" else write(_readable(made, form, unit, beyond))


def _warn(made: Sweep) -> None:
    """Say what is odd of the values that were given for the whole table; an axis is there to go far."""
    from calc.analysis.warnings import warnings
    from calc.model.chain import derive

    first = {q.name: float(values[0]) for q, values in made.axes.items()}
    step = derive(made.formula, made.scenario, {**{q.name: value for q, value in made.fixed.items()}, **first})
    for line in warnings(step):
        if not any(line.startswith(f"{name} ") for name in first):
            warning(line)


def _in_unit(made: Sweep, unit: str | None, beyond: Iterable[int]) -> dict[str, tuple[str, NDArray[np.float64]]]:
    """The columns by name with their units; the result's is the one that was asked for, and has no number beyond."""
    from calc.base.units import convert, parse_unit

    columns: dict[str, Any] = {
        q.name: (q.unit, values.astype("int64") if q.domain.whole else values) for q, values in made.columns().items()
    }
    q, factor, own = made.formula.result, 1.0, made.formula.unit
    if unit is not None:
        factor, own = float(convert(Fraction(1), q.parsed_unit, parse_unit(unit), q.name)), unit
        columns[q.name] = own, made.values.ravel() * factor
    if made.bands is not None:
        points = made.bands.reshape(-1, made.bands.shape[-1])
        columns |= {f"{q.name}_{end}": (own, points[:, at] * factor) for end, at in (("low", 0), ("high", -1))}
    if none := list(beyond):
        for name in [name for name in columns if name not in {q.name for q in made.axes}]:
            unit_of, values = columns[name]
            columns[name] = unit_of, values.astype(float)
            columns[name][1][none] = float("nan")
    return columns


def _beyond(made: Sweep) -> dict[int, tuple[str, str]]:
    """By row the bound of a result of serving that lies beyond what was measured, and why it has no value."""
    from itertools import product

    from calc.analysis.serving_coverage import coverage, sentence
    from calc.analysis.standing import bare_words
    from calc.model.chain import derive

    found: dict[int, tuple[str, str]] = {}
    if made.values.size > _LOOKED_AT:
        return found
    names, fixed = [q.name for q in made.axes], {q.name: value for q, value in made.fixed.items()}
    for at, given in enumerate(product(*made.axes.values())):
        step = derive(made.formula, made.scenario, {**fixed, **dict(zip(names, map(float, given), strict=True))})
        lies = coverage(step)
        if lies is None:
            return {}
        if lies.limit is not None:
            found[at] = bare_words(step).replace("\N{NO-BREAK SPACE}", " "), sentence(step)
    return found


def _decimal(value: float) -> float | int:
    """A number without what floating-point arithmetic leaves in its last digits: 0.04212, not 0.042120000000000005."""
    return value if isinstance(value, int) else float(f"{value:.15g}")


def _plain(made: Sweep, unit: str | None, beyond: Mapping[int, tuple[str, str]]) -> dict[str, Any]:
    from calc.model.chain import taken
    from calc.render.taken import taken_data

    columns = _in_unit(made, unit, beyond)
    listed = [[None if one != one else _decimal(one) for one in values.tolist()] for _, values in columns.values()]
    return {
        "id": made.formula.id,
        "scenario": made.scenario.name,
        "origin": "yours",
        "given": {q.name: float(value) for q, value in made.fixed.items()},
        "taken": taken_data(taken(made.formula, made.scenario, [*made.axes, *made.fixed]), made.scenario),
        "columns": [{"name": name, "unit": own} for name, (own, _) in columns.items()],
        "rows": [list(row) for row in zip(*listed, strict=True)],
        **({"beyond": [{"row": at, "why": why} for at, (_, why) in beyond.items()]} if beyond else {}),
    }


def _csv(made: Sweep, unit: str | None, beyond: Mapping[int, tuple[str, str]]) -> Iterator[str]:
    """Names with their units above, and every number in full."""
    columns = _in_unit(made, unit, beyond)
    yield ",".join(f"{name} [{own}]" for name, (own, _) in columns.items()) + "\n"
    for start in progress("table")(range(0, made.values.size, _CHUNK)):
        part = [map(_decimal, values[start : start + _CHUNK].tolist()) for _, values in columns.values()]
        yield "\n".join(",".join(map(repr, row)) for row in zip(*part, strict=True)) + "\n"


def _readable(made: Sweep, form: str, unit: str | None, beyond: Mapping[int, tuple[str, str]]) -> str:
    """One line a value of the first input, one column a value of the second."""
    from calc.analysis.results import show_swept
    from calc.analysis.standing import RESTS
    from calc.base.numbers import show_given
    from calc.base.tables import words
    from calc.model.chain import taken
    from calc.render.taken import taken_line
    from calc.render.text import listed

    (first, rows), *second = made.axes.items()
    result = made.formula.result
    head = [first.name]
    if second:
        ((other, columns),) = second
        head += [f"{other.name} = {show_given(_exact(value), other, other.unit).text}" for value in columns.tolist()]
    else:
        head.append(result.name)
    texts = [shown.text for shown in progress("table")(show_swept(made, unit), made.values.size)]
    texts = _with_bands(made, texts, unit)
    for at, (bound, _) in beyond.items():
        texts[at] = bound
    wide = len(texts) // len(rows)
    lines = [
        [show_given(_exact(value), first, first.unit).text, *texts[at * wide : (at + 1) * wide]]
        for at, value in enumerate(rows.tolist())
    ]
    base = words(made.scenario.name) if form == "markdown" else made.scenario.name
    title = f"{result.name}, {made.formula.id} in scenario {base}; swept inputs are yours, not the book's"
    table = as_table([part.replace("\N{NO-BREAK SPACE}", " ") for part in head], lines, form)
    rest = taken_line(taken(made.formula, made.scenario, [*made.axes, *made.fixed]), made.scenario, form)
    rests = RESTS.format(names=listed(made.ranges)) if made.ranges else ""
    note = f"In brackets: where nine draws of ten lie, {rests}." if rests else ""
    said = "\n".join(dict.fromkeys(why for _, why in beyond.values()))
    return "\n\n".join(part for part in (title, table, note, said, rest) if part)


def _with_bands(made: Sweep, texts: list[str], unit: str | None) -> list[str]:
    """Results with their nine-in-ten bands in brackets, in the unit of the result."""
    if made.bands is None:
        return texts
    from calc.analysis.results import show_swept
    from calc.base.numbers import between, show_spread
    from calc.base.unit_words import singular

    own = unit or singular(next(show_swept(made)).unit) or None
    found = []
    for text, value, points in zip(texts, made.values.flat, made.bands.reshape(-1, made.bands.shape[-1]), strict=True):
        ends = show_spread(tuple(points), made.formula.result, _exact(value), own) if points[0] == points[0] else ()
        found.append(f"{text} ({between(ends[0], ends[-1]).removesuffix(ends[-1].unit).strip()})" if ends else text)
    return found


def _exact(value: float) -> Fraction:
    return Fraction(f"{value:.12g}")  # what floating-point arithmetic leaves in the last digits would tip a rounding
