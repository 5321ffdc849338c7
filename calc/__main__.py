"""``python -m calc``: list the formulas, and show a derivation as text, Markdown, LaTeX or JSON."""

from __future__ import annotations

import gc

# A short-lived process: sympy's import makes many objects, and searching them for garbage finds none.
gc.disable()

import argparse  # noqa: E402
import os  # noqa: E402
import re  # noqa: E402
import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from typing import NoReturn  # noqa: E402

_FORMATS = ("text", "markdown", "latex", "json")
_EXAMPLES = """examples:
  python -m calc list
  python -m calc show training-energy
  python -m calc show training-energy --set servers=5000 --set "server_power=10.2 kW/server"
  python -m calc show training-facility-energy --format json

exit codes: 0 done, 2 bad input (one line on standard error says what was given and what is accepted)"""


class _Parser(argparse.ArgumentParser):
    """argparse with its errors on one line."""

    def error(self, message: str) -> NoReturn:
        chosen = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if chosen:
            from calc.errors import nearest

            commands = re.findall(r"\w+", chosen[2])
            message = f"{chosen[1]!r} is not a command; accepted: {', '.join(commands)}{nearest(chosen[1], commands)}"
        self.exit(2, f"calc: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="python -m calc",
        description="The formulas of Tokens to Terawatts.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="list|show", parser_class=_Parser)
    lister = commands.add_parser("list", help="ids, titles, results", description="Ids, titles and results.")
    _scenario_option(lister)
    shower = commands.add_parser(
        "show",
        help="one derivation",
        description="One derivation: equation, numbers, result, inputs with sources.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shower.add_argument("id", metavar="ID", help="such as training-energy")
    _scenario_option(shower)
    shower.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        dest="values",
        help="take a value instead of the scenario's: servers=5000, 'server_power=10.2 kW/server'",
    )
    shower.add_argument("--format", default="text", metavar="|".join(_FORMATS), help="text when left out")
    return parser


def _scenario_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scenario", metavar="NAME", help="gpt-4 when left out")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    The exit code: 0, or 2 for bad input.
    """
    options = _parser().parse_args(arguments)
    from calc.errors import CalcError

    try:
        text = _list(options.scenario) if options.command == "list" else _show(options)
    except CalcError as error:
        print(f"calc: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    return _write(text)


def _write(text: str) -> int:
    try:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us, head for instance, has enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UnicodeEncodeError:
        sys.stdout.buffer.write((text + "\n").encode("utf-8"))
    return 0


def _list(scenario_name: str | None) -> str:
    from calc import all_formulas, scenario
    from calc.errors import ChainError
    from calc.render.numbers import show

    base = scenario("gpt-4" if scenario_name is None else scenario_name)
    rows = []
    for formula in all_formulas():
        try:
            result = show(formula.derive(base).exact, formula.result).text
        except ChainError:
            result = f"({formula.result.unit}; {base.name} lacks an input)"
        rows.append((formula.id, formula.title, result.replace("\N{NO-BREAK SPACE}", " ")))
    widths = [max(len(row[i]) for row in rows) for i in range(2)]
    return "\n".join(f"{name:{widths[0]}}  {title:{widths[1]}}  {result}" for name, title, result in rows)


def _show(options: argparse.Namespace) -> str:
    from calc import formula_by_id
    from calc.errors import UnknownNameError, nearest
    from calc.render import as_format

    if options.format not in _FORMATS:
        raise UnknownNameError(
            f"{options.format!r} is not a format; accepted: {', '.join(_FORMATS)}{nearest(options.format, _FORMATS)}"
        )
    derivation = formula_by_id(options.id).derive(options.scenario, **_values(options.values))
    return as_format(derivation, options.format)


def _values(settings: list[str]) -> dict[str, str]:
    from calc.errors import CalcError

    values: dict[str, str] = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise CalcError(f"--set takes NAME=VALUE, such as servers=5000, not {setting!r}")
        if name.strip() in values:
            raise CalcError(f"--set gives {name.strip()} twice")
        values[name.strip()] = value
    return values


if __name__ == "__main__":
    sys.exit(main())
