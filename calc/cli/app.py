"""The group of commands, which loads each only when it is asked for; and its errors, each on one line."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from calc.base.dates import build_moment
from calc.base.docstrings import docstring
from calc.base.errors import CalcError, UnknownNameError, nearest
from calc.base.stopped import OutOfTime
from calc.base.visible import bearable, visible

__all__ = ["COMPLETE", "OWN_FAULT", "PROGRAM", "cli", "fault", "main", "one_line"]

PROGRAM = "t2t"
COMPLETE = "_T2T_COMPLETE"
OWN_FAULT = 70  # EX_SOFTWARE of sysexits.h
_INTERRUPTED = 130  # as shells have it: 128 and the signal's number

# Module and one line of help, so that `--help` and completion load none of them.
_COMMANDS = {
    "list": ("calc.cli.show", "Ids, titles and results."),
    "find": ("calc.cli.find", "What the book has on some words."),
    "quantities": ("calc.cli.find", "The symbols: names, units, meanings, what each accepts."),
    "show": ("calc.cli.show", "One derivation: equation, numbers, result, inputs with sources."),
    "solve": ("calc.cli.solve", "The value of an input that yields a given result."),
    "chain": ("calc.cli.show", "What a result rests on, down to the inputs."),
    "cite": ("calc.cli.show", "How to cite a derivation, or the book."),
    "table": ("calc.cli.sweep", "A result over ranges of one input or two."),
    "compare": ("calc.cli.compare", "The results of two scenarios, side by side."),
    "claim": ("calc.cli.claim", "A sentence that somebody says, held against the book."),
    "audit": ("calc.cli.compare", "What the articles claim, held against the book."),
    "export": ("calc.cli.files", "All records as files."),
    "diff": ("calc.cli.compare", "What moved between two versions' records, and why."),
    "catalogue": ("calc.cli.catalogue", "Models, accelerators, servers, places and prices to choose."),
    "hours": ("calc.cli.hours", "A grid by month and hour: its carbon, or a source's share."),
    "case": ("calc.cli.case", "What you changed: from an address or a file, and to either."),
    "scenario": ("calc.cli.files", "The inputs of a scenario, or a template for one of your own."),
    "serve-mcp": ("calc.cli.serve_mcp", "The book as tools of a language model's client."),
    "completion": ("calc.cli.files", "The script that completes commands in your shell."),
}

EPILOG = """\b
examples:
  t2t list
  t2t find water
  t2t show training-energy --set servers=5000 --set "server_power=10.2 kW/server"
  t2t solve training-energy --for servers --result "87.75 GWh"
  t2t cite training-energy --style bibtex
  t2t table training-energy --sweep gpus=10000:30000:5 --format markdown

\b
exit codes:
  0  done
  1  done, and the answer is no: nothing solves it, results moved, a verdict or a claim does not hold
  2  bad input; one line on standard error says what was given and what is accepted
  70  a fault of this program; the line says how to report it
  130  stopped by Ctrl-C; 129 and 143 by a signal that hangs up or ends: 128 and its number
"""


def _explained(command: click.Command) -> click.Command:
    """A command with its help, which is its function's docstring, under ``python -OO`` too."""
    if command.help is None and command.callback is not None:
        command.help = inspect.cleandoc(docstring(command.callback))
    return command


class _Lazy(click.Group):
    """A group that imports a command's module when the command is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which one needs them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import it."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name][0])
        return _explained(getattr(module, f"{cmd_name.replace('-', '_')}_command"))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which are accepted."""
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            accepted = ", ".join(_COMMANDS)
            raise UnknownNameError(f"{args[0]!r} is not a command; accepted: {accepted}{nearest(args[0], _COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[click.shell_completion.CompletionItem]:
        """Complete a command's name, without loading any."""
        found = [
            click.shell_completion.CompletionItem(name, help=text)
            for name, (_, text) in _COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return found or click.Command.shell_complete(self, ctx, incomplete)


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from calc import __version__
        from calc.cli.output import write

        write(f"{PROGRAM} {__version__}")
        ctx.exit()


@click.group(cls=_Lazy, epilog=EPILOG, no_args_is_help=False, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Say the version.")
def cli() -> None:
    """Compute, check, compare and cite the formulas of Tokens to Terawatts."""


_explained(cli)


def main(arguments: Sequence[str] | None = None, program: str = "python -m calc") -> int:
    """Run the command line.

    Returns
    -------
    The exit code: 0, 1 where the answer is no, 2 for bad input, 70 for a fault of our own, 130 where it was stopped, or
    128 and the number of the signal that did it.
    """
    label = PROGRAM if program == PROGRAM else "calc"
    try:
        given = list(sys.argv[1:] if arguments is None else arguments)
        if any("\0" in one for one in given):  # which only a program can pass on
            raise CalcError("an argument has a null character in it, which no name and no value has")
        build_moment()  # every command says the same of a day that is none
        code = cli.main(given, prog_name=program, complete_var=COMPLETE, standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.UsageError as error:
        return _refuse(label, _usage(error))
    except CalcError as error:
        return _refuse(label, str(error))
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except SystemExit as left:
        # click ends so when a reader has closed the pipe in the middle of a help text.
        if type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            return 0
        return left.code if isinstance(left.code, int) else 0
    except OSError as error:  # a full disk under standard output
        return _refuse(label, f"cannot write: {error.strerror or error}")
    except OutOfTime as error:
        return _refuse(label, str(error))
    except MemoryError:
        return _refuse(label, "this takes more memory than there is; ask for fewer rows or draws")
    except Exception as error:
        return _own_fault(label, error)


def _refuse(label: str, message: str, code: int = 2) -> int:
    with contextlib.suppress(OSError):  # nobody listens
        print(f"{label}: {one_line(message)}", file=sys.stderr)
    return code


def one_line(message: str) -> str:
    """A message as one line of bearable length, which steers no terminal."""
    return bearable(visible(" ".join(message.split())))


def _own_fault(label: str, error: Exception) -> int:
    """Say that something went wrong here, and how to report it; T2T_TRACEBACK=1 shows where."""
    if os.environ.get("T2T_TRACEBACK"):
        traceback.print_exc()
    return _refuse(
        label, f"{fault(error)}; please report this line and the command, as SECURITY.md and README.md say where; "
        "T2T_TRACEBACK=1 shows more",
        OWN_FAULT,
    )  # fmt: skip


def fault(error: Exception) -> str:
    """That something is wrong with this program, and where."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(where.filename).name}, line {where.lineno}"
    return f"a fault of this program, not of yours: {type(error).__name__} in {place}: {error}"


def _usage(error: click.UsageError) -> str:
    """What click found wrong, in a line that says what is accepted."""
    command = error.ctx.command if error.ctx else cli
    if isinstance(error, click.NoSuchOption):
        options = [name for option in command.params for name in option.opts if name.startswith("--")] + ["--help"]
        name = error.option_name
        whose = PROGRAM if command is cli else command.name
        return f"{name!r} is not an option of {whose}; accepted: {', '.join(options)}{nearest(name, options)}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        param = error.param
        name = param.opts[0] if isinstance(param, click.Option) else (param.metavar or (param.name or "").upper())
        return f"{command.name} takes {name}, which is missing; see {command.name} --help"
    if command is cli and "Missing command" in error.format_message():
        return f"arguments are required: a command; accepted: {', '.join(_COMMANDS)}"
    message = error.format_message().rstrip(".")
    return f"{message[:1].lower()}{message[1:]}; see {command.name if command is not cli else PROGRAM} --help"
