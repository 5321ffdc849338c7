"""``list``, ``show``, ``chain``, ``cite``: what a derivation is, what it rests on, how it is cited."""

from __future__ import annotations

import json

import click

from calc.cli.extras import asked_in, taken_by, taken_data, warn
from calc.cli.options import (
    ID,
    as_of_option,
    case_option,
    derived,
    entry_options,
    form,
    scenario_option,
    set_option,
    the_case,
    the_scenario,
)
from calc.cli.output import as_json, as_table, paint, progress, write

__all__ = ["chain_command", "cite_command", "list_command", "show_command"]


@click.command(
    "list",
    epilog="""\b
examples:
  t2t list
  t2t list water
  t2t list --scenario mine.toml --format json
""",
)
@click.argument("words", metavar="[WORD]...", nargs=-1)
@scenario_option
@case_option
@as_of_option
@form("text", "markdown", "csv", "json")
def list_command(words: tuple[str, ...], given: str | None, case: str | None, as_of: str | None, form: str) -> int:
    """Ids, titles and results.

    Each formula in its own scenario, or all in the one that is given; with words, those that have them in their id,
    title, summary or symbols. What cannot be defined is said on standard error.
    """
    from calc import all_formulas
    from calc.book.finding import matching
    from calc.cli.list_rows import listed
    from calc.model.registry import check_all

    broken = check_all()
    chosen = the_scenario(given) if given is not None else None
    if case is not None:
        from calc.book.cases import case_scenario

        chosen = case_scenario(the_case(case, given))
    if as_of is not None:
        from calc.model import as_of as dates

        chosen = dates.as_of(chosen or the_scenario(None), as_of)
    wanted = matching(words)
    rows = listed(progress("list")([one for one in all_formulas() if one.id in wanted]), chosen)
    for one in broken:
        click.echo(f"error: {one}", err=True)
    if form == "json":
        return write(as_json(rows))
    if form == "csv":
        head = ("id", "title", "scenario", "value", "unit", "origin", "bound", "stated", "estimate")
        return write(
            as_table(head, [["" if row[key] is None else str(row[key]) for key in head] for row in rows], form)
        )
    own = chosen is not None and chosen.origin == "yours"
    keys = ("id", "title", "result", *(["origin"] if own else []))
    lines = [[row[key] or "" for key in keys] for row in rows]
    return write(as_table(keys, lines, "plain" if form == "text" else form))


@click.command(
    "show",
    epilog="""\b
examples:
  t2t show training-energy
  t2t show training-energy --set servers=5000 --set "server_power=10.2 kW/server"
  t2t show training-energy --accelerator h100-sxm
  t2t show training-facility-energy --scenario mine.toml --format json
  t2t show training-energy --range
  t2t show training-energy --unit MWh
  t2t show training-energy --set "server_power=3 to 6.5 kW/server" --explain
  t2t show token-energy --per "1,000 tokens"
  t2t show training-flop --set active_parameters=70B --set tokens=1.4T
  t2t show built-share --scenario abilene --as-of 2026-01
  t2t show training-energy --case "scenario=gpt-4&server_power=3~6.5"
""",
)
@click.argument("name", metavar="ID", type=ID)
@scenario_option
@case_option
@entry_options
@set_option
@click.option("--range", "spread", is_flag=True, help="Only how far the result may lie, and which inputs move it.")
@click.option("--explain", is_flag=True, help="Also the chain: which input entered where.")
@click.option("--unit", metavar="UNIT", help="The result's unit, such as MWh.")
@click.option("--per", metavar="NUMBER THINGS", help="The result for so many of what it is counted by: '1000 tokens'.")
@form("text", "markdown", "latex", "json")
def show_command(
    name: str, given: str | None, case: str | None, values: tuple[str, ...], spread: bool, explain: bool,
    unit: str | None, per: str | None, form: str, **entries: str | None,
) -> int:  # fmt: skip
    """One derivation: equation, numbers, result, inputs with sources.

    ID is such as training-energy. Every number is marked as the book's or yours. What --set gives goes before an entry
    of the catalogue, and that before the scenario.
    """
    from calc.render import as_format, tree

    shown = warn(derived(name, given, values, entries, case))
    asked = asked_in(shown, unit, per)
    if spread:
        from calc.cli.list_rows import spread_as

        return write(
            "\n\n".join([spread_as(asked.step, form), *([] if form in ("json", "latex") else taken_by(shown, form))])
        )
    text = as_format(asked.step, form)
    if form == "json":
        return write(as_json({**json.loads(text), **asked.data, "taken": taken_data(shown)}))
    if form == "latex":
        return write(text)
    below = [*asked.lines, *taken_by(shown, form)]
    if explain:
        below.append(tree.markdown(shown) if form == "markdown" else tree.text(shown))
    text = "\n\n".join([text, *below])
    return write(paint(text) if form == "text" else text)


@click.command(
    "chain",
    epilog="""\b
examples:
  t2t chain training-facility-energy
  t2t chain training-energy --format svg > chain.svg
""",
)
@click.argument("name", metavar="ID", type=ID)
@scenario_option
@case_option
@entry_options
@set_option
@form("text", "markdown", "json", "svg")
def chain_command(
    name: str, given: str | None, case: str | None, values: tuple[str, ...], form: str, **entries: str | None
) -> int:
    """What a result rests on, down to the inputs."""
    from calc.render import tree

    shown = warn(derived(name, given, values, entries, case))
    if form == "json":
        record = shown.to_dict()
        kept = (
            "id", "title", "scenario", "value", "unit", "bound", "stated", "stated_by", "estimate", "origin", "chain",
            "leaves", "version", "hash",
        )  # fmt: skip
        return write(as_json({key: record[key] for key in kept}))
    if form == "svg":
        return write(shown.draw())
    text = tree.markdown(shown) if form == "markdown" else tree.text(shown)
    return write(paint(text) if form == "text" else text)


@click.command(
    "cite",
    epilog="""\b
examples:
  t2t cite training-energy
  t2t cite training-energy --style bibtex >> report.bib
  t2t cite book --style csl
  t2t cite training-energy --set servers=5000
  t2t cite training-energy --case mine.toml --style bibtex
""",
)
@click.argument("name", metavar="ID|book", type=ID)
@scenario_option
@case_option
@entry_options
@set_option
@form("text", "bibtex", "csl", name="--style")
@form("text", "json")
def cite_command(
    name: str, given: str | None, case: str | None, values: tuple[str, ...], style: str, form: str,
    **entries: str | None,
) -> int:  # fmt: skip
    """How to cite a derivation, or the book.

    Where a number or the choice of an entry is yours, the citation says that it is your own calculation, and carries
    it.
    """
    from calc.book.cases import carried
    from calc.render import citation as cite
    from calc.render.case import case_data
    from calc.render.citation_parts import Page, book_page, link

    cited = book_page() if name == "book" else warn(derived(name, given, values, entries, case))
    if form == "json":
        styles = {"text": cite.sentence(cited), "bibtex": cite.bibtex(cited), "csl": cite.csl(cited)}
        case_of_it = None if isinstance(cited, Page) else carried(cited)
        more = {"case": case_data(case_of_it)} if case_of_it else {}
        return write(as_json(styles | {"link": link(cited)} | more))
    return write(cite.as_style(cited, style))
