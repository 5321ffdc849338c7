"""Options that several commands take, and what completes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from calc.base.errors import CalcError, UnknownNameError, nearest
from calc.base.limits import SHOWN

if TYPE_CHECKING:
    from calc.api import Derivation, Formula
    from calc.model.case import Case
    from calc.model.scenario import Scenario

__all__ = [
    "ID",
    "IDLE",
    "SCENARIO",
    "as_of_option",
    "case_option",
    "chosen_entries",
    "derived",
    "entry_options",
    "form",
    "laid_case",
    "scenario_option",
    "set_option",
    "settings",
    "the_case",
    "the_formula",
    "the_scenario",
]

if TYPE_CHECKING:
    _Text = click.ParamType[str]
else:  # click before 8.5 takes no type in brackets
    _Text = click.ParamType

IDLE = "of the case, {names} plays no part in {id}"
F = TypeVar("F", bound=Callable[..., Any])


class _Names(_Text):
    """Text that the shell can complete from a list which calc knows."""

    def __init__(self, name: str, known: Callable[[], Sequence[str]]) -> None:
        self.name = name
        self.known = known

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What begins so; files too, where a file may stand."""
        found = [CompletionItem(one) for one in self.known() if one.startswith(incomplete)]
        return found if found or self.name not in ("SCENARIO", "CASE") else [CompletionItem(incomplete, type="file")]


def _ids() -> list[str]:
    from calc import all_formulas

    return [formula.id for formula in all_formulas()]


def _scenarios() -> Sequence[str]:
    from calc.model.scenario_file import scenario_names

    return scenario_names()


ID = _Names("ID", _ids)
SCENARIO = _Names("SCENARIO", _scenarios)
CASE = _Names("CASE", tuple)


class _Format(_Text):
    """One of a few formats."""

    name = "format"

    def __init__(self, accepted: Sequence[str], what: str = "format") -> None:
        self.accepted = accepted
        self.what = what

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take one of them, or name them."""
        if value not in self.accepted:
            accepted = ", ".join(self.accepted)
            raise UnknownNameError(
                f"{value!r} is not a {self.what}; accepted: {accepted}{nearest(value, self.accepted)}"
            )
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """What begins so."""
        return [CompletionItem(one) for one in self.accepted if one.startswith(incomplete)]


def form(*accepted: str, name: str = "--format") -> Callable[[F], F]:
    """The option of the formats that a command writes; the first is what it writes when nothing is said."""
    what = name.removeprefix("--")
    return click.option(
        name,
        what if what != "format" else "form",
        type=_Format(accepted, what),
        default=accepted[0],
        metavar="|".join(accepted),
        help=f"{accepted[0]} when left out.",
    )


def scenario_option(function: F) -> F:
    """``--scenario``."""
    option = click.option(
        "--scenario",
        "given",
        type=SCENARIO,
        metavar="NAME|FILE.toml",
        help="One of the book's, or a file of your own; the formula's own when left out.",
    )
    return option(function)


def case_option(function: F) -> F:
    """``--case``."""
    option = click.option(
        "--case",
        "case",
        type=CASE,
        metavar="ADDRESS|FILE.toml",
        help="What was changed on a page, by its address or the part behind its ?, or by a file; --set goes before it.",
    )
    return option(function)


def set_option(function: F) -> F:
    """``--set``."""
    option = click.option(
        "--set",
        "values",
        multiple=True,
        metavar="NAME=VALUE",
        help="Take a value instead of the scenario's: servers=5000, 'server_power=10.2 kW/server', or a range that is "
        "drawn from: 'server_power=3 to 6.5 kW/server'. Who gives parameters or tokens, or a model, describes another "
        "run than GPT-4's: what is generic then comes from the scenario typical, and the rest is asked for.",
    )
    return option(function)


# As `calc.model.catalogue.KINDS` has them, which costs the import of all of calc; a test holds both together.
KINDS = ("model", "accelerator", "server", "place", "price")


def _ids_of(kind: str) -> Callable[[], Sequence[str]]:
    def ids() -> Sequence[str]:
        from calc.model.catalogue import entries

        return [one.id for one in entries(kind)]

    return ids


def as_of_option(function: F) -> F:
    """``--as-of``."""
    said = "Take the values that series had then: a year, a month or a day, such as 2025-07."
    return click.option("--as-of", "as_of", metavar="DATE", help=said)(function)


def entry_options(function: F) -> F:
    """``--model``, ``--accelerator`` and so on, and ``--as-of``; the command takes them as ``**entries``."""
    function = as_of_option(function)
    for kind in reversed(KINDS):
        said = f"Lay this {kind} of the catalogue over the scenario; see `t2t catalogue {kind}s`."
        function = click.option(f"--{kind}", kind, type=_Names("ID", _ids_of(kind)), metavar="ID", help=said)(function)
    return function


def chosen_entries(entries: Mapping[str, str | None]) -> dict[str, str]:
    """The entries that were asked for, by kind, and the day."""
    return {kind: name for kind, name in entries.items() if name is not None}


def settings(given: Sequence[str], option: str = "--set") -> dict[str, str]:
    """The values of ``--set`` by name."""
    values: dict[str, str] = {}
    for setting in given:
        name, equals, value = setting.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise CalcError(f"{option} takes NAME=VALUE, such as servers=5000, not {setting!r}")
        if name.strip() in values:
            raise CalcError(f"{option} gives {name.strip()} twice")
        if name.strip() in KINDS:
            raise CalcError(
                f"{option} takes a value of a quantity, and {name.strip()} is none; an entry of the catalogue is taken "
                f"with --{name.strip()} {value.strip()}"
            )
        values[name.strip()] = value
    return values


def the_scenario(given: str | None, formula: Formula | None = None, names: Iterable[str] = ()) -> Scenario:
    """A scenario by name or file; when none is given, a formula's own, or for another run than GPT-4's a typical one.

    Parameters
    ----------
    names : of the quantities, and the kinds of entries, for which a reader gives something.
    """
    from calc.base.errors import ChainError
    from calc.book.home import default_scenario
    from calc.model.another_run import another_run, is_another_run
    from calc.model.scenario import DEFAULT
    from calc.model.scenario_file import load_scenario, scenario

    if given is None:
        if is_another_run(names):
            return another_run()
        try:
            return default_scenario(formula) if formula else scenario(DEFAULT)
        except ChainError:
            return scenario(DEFAULT)
    if given.endswith(".toml") or "/" in given or "\\" in given:
        return load_scenario(Path(given))
    try:
        return scenario(given)
    except UnknownNameError as error:
        raise UnknownNameError(f"{error}; or a file of your own, NAME.toml") from None


def the_formula(name: str) -> Formula:
    """A formula by its id; where there is none, the error says how to look for it."""
    from calc import formula_by_id

    try:
        return formula_by_id(name)
    except UnknownNameError as error:
        raise UnknownNameError(f"{error}; `t2t find {name[:SHOWN]}` searches the book") from None


def derived(
    name: str,
    given: str | None,
    values: Sequence[str],
    entries: Mapping[str, str | None] | None = None,
    case: str | None = None,
) -> Derivation:
    """The derivation that a command is about."""
    formula = the_formula(name)
    known = {**settings(values), **chosen_entries(entries or {})}
    base, known = laid_case(formula, given, known, case)
    return formula.derive(base, **known)


def laid_case(
    formula: Formula, given: str | None, known: Mapping[str, Any], case: str | None, more: Iterable[str] = (),
    free: Iterable[str] = (),
) -> tuple[Scenario, dict[str, Any]]:  # fmt: skip
    """The scenario that a command starts from, and all values: those that are given, and a case's.

    What of the case plays no part is said on standard error.

    Parameters
    ----------
    given : the scenario's name or file.
    known : values and entries that go before those of the case.
    case : the case's address or file.
    more, free : names of quantities that are swept or given besides, and of those that are asked for.
    """
    from calc.cli.output import warning

    if case is None:
        return the_scenario(given, formula, [*known, *more]), dict(known)
    from calc.book.cases import laid

    found = laid(the_case(case, given), formula, known, [*more, *free])
    if found.idle:
        warning(IDLE.format(names=", ".join(found.idle), id=formula.id))
    return found.base, dict(found.values)


def the_case(case: str, given: str | None = None) -> Case:
    """A case by its address or file, starting from a scenario where one is named beside it."""
    from dataclasses import replace

    from calc.model.case_file import load_case

    found = load_case(case)
    if given is None:
        return found
    if found.scenario or found.own:
        its = found.scenario or (found.own.name if found.own else "")
        raise CalcError(f"--scenario is {given!r}, and the case starts from {its}; accepted: one of the two")
    base = the_scenario(given)
    return replace(found, scenario=base.name) if base.origin == "book" else replace(found, own=base)
