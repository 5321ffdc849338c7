"""``list``, ``show``, ``chain``, ``cite``: what a derivation is, what it rests on, how it is cited."""

from __future__ import annotations

import click

from calc.cli.options import ID, derived, entry_options, form, scenario_option, set_option, the_scenario
from calc.cli.output import as_json, as_table, paint, progress, write

__all__ = ["chain_command", "cite_command", "list_command", "show_command"]


@click.command(
    "list",
    epilog="""\b
examples:
  t2t list
  t2t list --scenario mine.toml --format json
""",
)
@scenario_option
@form("text", "markdown", "csv", "json")
def list_command(given: str | None, form: str) -> int:
    """Ids, titles and results.

    Each formula in its own scenario, or all in the one that is given. What cannot be defined is said on standard error.
    """
    from calc import all_formulas
    from calc.base.broken import all_broken
    from calc.cli.list_rows import listed

    chosen = the_scenario(given) if given is not None else None
    rows = listed(progress("list")(all_formulas()), chosen)
    for broken in all_broken():
        click.echo(f"error: {broken}", err=True)
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
""",
)
@click.argument("name", metavar="ID", type=ID)
@scenario_option
@entry_options
@set_option
@click.option("--range", "spread", is_flag=True, help="Only how far the result may lie, and which inputs move it.")
@form("text", "markdown", "latex", "json")
def show_command(
    name: str, given: str | None, values: tuple[str, ...], spread: bool, form: str, **entries: str | None
) -> int:
    """One derivation: equation, numbers, result, inputs with sources.

    ID is such as training-energy. Every number is marked as the book's or yours. What --set gives goes before an entry
    of the catalogue, and that before the scenario.
    """
    from calc.render import as_format

    shown = derived(name, given, values, entries)
    if spread:
        from calc.cli.list_rows import spread_as

        return write(spread_as(shown, form))
    text = as_format(shown, form)
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
@entry_options
@set_option
@form("text", "markdown", "json", "svg")
def chain_command(name: str, given: str | None, values: tuple[str, ...], form: str, **entries: str | None) -> int:
    """What a result rests on, down to the inputs."""
    from calc.render import tree

    shown = derived(name, given, values, entries)
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
""",
)
@click.argument("name", metavar="ID|book", type=ID)
@scenario_option
@entry_options
@set_option
@form("text", "bibtex", "csl", name="--style")
@form("text", "json")
def cite_command(
    name: str, given: str | None, values: tuple[str, ...], style: str, form: str, **entries: str | None
) -> int:
    """How to cite a derivation, or the book.

    Where a number or the choice of an entry is yours, the citation says that it is your own calculation, and carries
    it.
    """
    from calc.render import citation as cite
    from calc.render.citation_parts import book_page, link

    cited = book_page() if name == "book" else derived(name, given, values, entries)
    if form == "json":
        styles = {"text": cite.sentence(cited), "bibtex": cite.bibtex(cited), "csl": cite.csl(cited)}
        return write(as_json(styles | {"link": link(cited)}))
    return write(cite.as_style(cited, style))
