"""``export``, ``scenario``, ``completion``: what is written to be kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from calc.base.errors import CalcError, DataError, UnknownNameError, nearest
from calc.cli.options import SCENARIO, as_of_option, form, the_scenario
from calc.cli.output import as_json, as_table, progress, write, written

if TYPE_CHECKING:
    from calc.model.input import Input

__all__ = ["completion_command", "export_command", "scenario_command"]

_SHELLS = ("bash", "zsh", "fish")


@click.command(
    "export",
    epilog="""\b
examples:
  t2t export records
  t2t export records --format json

\b
Files: derivations.json, .csv and .bib, derivations/ID.json, derivation.schema.json, references.bib and references.json
(CSL-JSON); SHA256SUMS lists them. They replace an earlier export whole or not at all, and nothing else.
""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@form("text", "json")
def export_command(folder: Path, form: str) -> int:
    """All records as files, in DIR.

    DIR is new, empty, or holds an earlier export.
    """
    from calc.publish.export import export

    names = export(folder, progress("export"))
    if form == "json":
        return written(folder, as_json({"folder": str(folder), "files": names}))
    return written(folder, f"{len(names)} files in {folder}")


@click.command(
    "scenario",
    epilog="""\b
examples:
  t2t scenario
  t2t scenario hgx-h100 --format json
  t2t scenario --template --output mine.toml
  t2t show training-energy --scenario mine.toml
""",
)
@click.argument("name", metavar="[NAME|FILE.toml]", required=False, type=SCENARIO)
@click.option("--template", "wanted", is_flag=True, help="A file to start a scenario of your own from, built on NAME.")
@click.option("--output", metavar="FILE", type=click.Path(path_type=Path), help="Write the template there; a new file.")
@as_of_option
@form("text", "markdown", "csv", "json")
def scenario_command(name: str | None, wanted: bool, output: Path | None, as_of: str | None, form: str) -> int:
    """The inputs of a scenario, or a template for one of your own.

    Without a name: the scenarios that there are.
    """
    if wanted:
        return _template(name, output, form)
    if output is not None:
        raise CalcError("--output goes with --template")
    if name is None:
        return _names(form)
    from calc.model import as_of as dates

    shown = dates.as_of(the_scenario(name), as_of)
    rows = [_row(given) for given in shown.inputs.values()]
    if form == "json":
        about = {"name": shown.name, "title": shown.title, "about": shown.about, "extends": shown.extends}
        return write(as_json(about | {"origin": shown.origin, "inputs": rows}))
    if form == "csv":
        head = tuple(rows[0])
        return write(
            as_table(head, [["" if row[key] is None else str(row[key]) for key in head] for row in rows], form)
        )
    from calc.analysis.results import input_range, show_input

    lines = [
        (one.quantity.name, show_input(one).text, input_range(one), one.origin, one.kind, one.source or "")
        for one in shown.inputs.values()
    ]
    return write(as_table(("input", "value", "range", "whose", "kind", "source"), lines, form))


def _template(name: str | None, output: Path | None, form: str) -> int:
    from calc.base.atomic_files import write_file
    from calc.model.scenario import DEFAULT
    from calc.publish.template import template

    text = template(name or DEFAULT)
    if output is None:
        return write(as_json({"template": text}) if form == "json" else text.rstrip("\n"))
    if output.exists():
        raise DataError(f"{output} is there already; accepted: a new file")
    write_file(output, text.encode())
    said = f"{output} is written; take the # off what you change"
    return written(output, as_json({"written": str(output)}) if form == "json" else said)


def _names(form: str) -> int:
    from calc.model.scenario_file import scenario, scenario_names

    found = [scenario(name) for name in scenario_names()]
    if form == "json":
        return write(as_json([{"name": one.name, "title": one.title, "about": one.about} for one in found]))
    return write(
        as_table(("scenario", "title", "inputs"), [(s.name, s.title, str(len(s.inputs))) for s in found], form)
    )


def _row(given: Input) -> dict[str, Any]:
    from calc.render.record import number

    q = given.quantity
    return {
        "name": q.name,
        "value": number(given.value, q),
        "unit": q.unit,
        "low": number(given.low, q),
        "high": number(given.high, q),
        "kind": given.kind,
        "source": given.source,
        "locator": given.locator,
        "checked": given.checked.isoformat() if given.checked else None,
        "note": given.note,
        "origin": given.origin,
        "date": given.date or None,
        "series": given.series or None,
    }


@click.command(
    "completion",
    epilog="""\b
examples:
  t2t completion bash >> ~/.bashrc
  t2t completion zsh >> ~/.zshrc
  t2t completion fish > ~/.config/fish/completions/t2t.fish
""",
)
@click.argument("shell", metavar="|".join(_SHELLS))
@form("text", "json")
def completion_command(shell: str, form: str) -> int:
    """The script that completes commands, ids and scenarios in your shell."""
    from click.shell_completion import ShellComplete, get_completion_class

    from calc.cli.app import COMPLETE, PROGRAM, cli

    if shell not in _SHELLS:
        raise UnknownNameError(f"{shell!r} is not a shell; accepted: {', '.join(_SHELLS)}{nearest(shell, _SHELLS)}")
    found = get_completion_class(shell)
    assert found is not None
    # The class's own, as that of bash first asks an installed bash for its version.
    script = ShellComplete.source(found(cli, {}, PROGRAM, COMPLETE))
    return write(as_json({"shell": shell, "script": script}) if form == "json" else script.rstrip("\n"))
