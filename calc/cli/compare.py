"""``compare``, ``audit``, ``diff``: results held against others'."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from calc.base.errors import CalcError
from calc.cli.options import SCENARIO, case_option, chosen_entries, entry_options, form, the_case, the_scenario
from calc.cli.output import as_json, as_table, paint, progress, write

if TYPE_CHECKING:
    from calc.api import Formula
    from calc.model.scenario import Scenario

_Compared = tuple[dict[str, Any], tuple[str, ...]]  # a row as data, and both of its values as text

__all__ = ["audit_command", "compare_command", "compared_inputs", "compared_results", "diff_command"]


@click.command(
    "compare",
    epilog="""\b
examples:
  t2t compare gpt-4 llama-3
  t2t compare gpt-4 mine.toml --format markdown
  t2t compare gpt-4 --accelerator h100-sxm
  t2t compare gpt-4 --case "servers=5000&server_power=3~6.5"
""",
)
@click.argument("first", metavar="SCENARIO", type=SCENARIO)
@click.argument("second", metavar="[SCENARIO]", required=False, type=SCENARIO)
@case_option
@entry_options
@form("text", "markdown", "csv", "json")
def compare_command(first: str, second: str | None, case: str | None, form: str, **entries: str | None) -> int:
    """The results of two scenarios, side by side.

    A scenario is one of the book's or a file of your own. What one of them lacks the inputs for is left blank; what
    both lack is left out. The inputs in which they differ come first. Entries of the catalogue are laid over the second
    scenario, or over the first again where no second is named; and so is a case that names no scenario of its own.
    """
    from calc import all_formulas
    from calc.base.tables import words
    from calc.model.choose import choose
    from calc.render.taken import taken_data, taken_line

    chosen = chosen_entries(entries)
    if second is None and case is None and not chosen:
        raise CalcError(
            "compare takes a second SCENARIO, or entries of the catalogue to lay over the first: --accelerator h100-sxm"
        )
    one = the_scenario(first)
    two = choose(_second(first, second, case), chosen)
    inputs = compared_inputs(one, two)
    same = [given for q, given in one.inputs.items() if (other := two.inputs.get(q)) and other.value == given.value]
    results = [row for formula in progress("compare")(all_formulas()) if (row := compared_results(formula, one, two))]
    if form == "json":
        return write(as_json({
            "first": {"name": one.name, "origin": one.origin}, "second": {"name": two.name, "origin": two.origin},
            "inputs": [row for row, _ in inputs], "results": [row for row, _ in results],
            "taken": taken_data(same, one),
        }))  # fmt: skip
    if form == "csv":
        keys = ("name", "unit", "first", "second", "first_origin", "second_origin")
        rows = [["" if row[key] is None else str(row[key]) for key in keys] for row, _ in [*inputs, *results]]
        return write(as_table(keys, rows, form))
    names = [words(base.name) if form == "markdown" else base.name for base in (one, two)]
    heads = [name + " (yours)" * (base.origin == "yours") for base, name in zip((one, two), names, strict=True)]
    parts = [
        as_table([what, *heads, "change"], [_line(row, texts) for row, texts in rows], form)
        for what, rows in (("input", inputs), ("result", results))
        if rows
    ]
    alike = taken_line(same, one, form).replace("From", f"The same in {names[1]}, and from", 1)
    return write("\n\n".join([*parts, *([alike] if alike else [])]) or f"{one.name} and {two.name} are the same")


def _second(first: str, second: str | None, case: str | None) -> Scenario:
    if case is None:
        return the_scenario(first if second is None else second)
    from calc.book.cases import case_scenario

    found = the_case(case)
    fixed = found.scenario or found.own
    return case_scenario(the_case(case, second if fixed or second else first))


def _line(row: dict[str, Any], texts: tuple[str, ...]) -> list[str]:
    """A row for reading: both values, and by how much the second is more than the first."""
    from calc.base.decimals import percent

    first, second = (None if row[side] is None else Fraction(repr(row[side])) for side in ("first", "second"))
    change = percent(second / first - 1) if first and second is not None else ""
    return [row["name"], *texts, change]


def compared_inputs(one: Scenario, two: Scenario) -> list[_Compared]:
    """The inputs that only one has, or that differ."""
    from calc.base.numbers import show_given
    from calc.base.quantities import quantity

    rows = []
    for name in dict.fromkeys([*one.inputs, *two.inputs]):
        q = quantity(name)
        ours, theirs = one.get(q), two.get(q)
        if ours and theirs and ours.value == theirs.value:
            continue
        values = [(given.value, given.origin) if given else None for given in (ours, theirs)]
        unit = next(given for given in (ours, theirs) if given).unit.text  # one unit a line
        texts = tuple(show_given(given.value, q, unit).text if given else "" for given in (ours, theirs))
        rows.append((_row(name, q.name, q.unit, values), texts))
    return rows


def compared_results(formula: Formula, one: Scenario, two: Scenario) -> _Compared | None:
    from calc.analysis.results import show_result
    from calc.analysis.standing import value_words
    from calc.base.errors import CalcError
    from calc.base.unit_words import singular
    from calc.model.step import origin_of

    unit: str | None = None
    values: list[tuple[Fraction, str] | None] = []
    texts: list[str] = []
    for base in (one, two):
        try:
            found = formula.derive(base)
            unit = unit or singular(show_result(found).unit) or None  # one a line
            values.append((found.exact, origin_of(found)))
            texts.append(value_words(found, unit))
        except CalcError:  # it lacks an input, or has one that this formula cannot take
            values.append(None)
            texts.append("")
    if values == [None, None]:
        return None
    return _row(formula.id, formula.result.name, formula.unit, values), tuple(texts)


def _row(name: str, quantity_name: str, unit: str, values: list[Any]) -> dict[str, Any]:
    from calc.base.quantities import quantity
    from calc.render.record import number

    q = quantity(quantity_name)
    row: dict[str, Any] = {"name": name, "unit": unit}
    for side, found in zip(("first", "second"), values, strict=True):
        row[side] = number(found[0], q) if found else None
        row[f"{side}_origin"] = found[1] if found else None
    return row


@click.command(
    "audit",
    epilog="""\b
examples:
  t2t audit
  t2t audit --verdict contradicted --format markdown

\b
exit code 1: a verdict does not follow from the numbers.
""",
)
@click.option("--verdict", metavar="WORD", help="Only the claims with this verdict.")
@form("text", "markdown", "csv", "json")
def audit_command(verdict: str | None, form: str) -> int:
    """What the articles claim, held against the book."""
    from calc.base.errors import UnknownNameError, nearest
    from calc.book.claims import VERDICTS, all_claims
    from calc.render.pages.audit import apart

    if verdict is not None and verdict not in VERDICTS:
        raise UnknownNameError(
            f"{verdict!r} is not a verdict; accepted: {', '.join(VERDICTS)}{nearest(verdict, VERDICTS)}"
        )
    claims = [claim for claim in all_claims() if verdict in (None, claim.verdict)]
    wrong = [claim.id for claim in claims if not claim.follows]
    if form == "json":
        from calc.publish.published import claim_data

        write(as_json([claim_data(claim) for claim in claims]))
    else:
        head = ("claim", "article", "stated", "held against", "difference", "verdict")
        rows = [
            (one.id, one.source, one.said, one.against.text if one.against else "", apart(one), one.verdict)
            for one in claims
        ]
        text = as_table(head, rows, form)
        write(paint(text) if form == "text" else text)
    return 1 if wrong else 0


@click.command(
    "diff",
    epilog="""\b
examples:
  t2t diff old/derivations.json new/derivations.json
  t2t diff 0.1.0 now --format markdown

\b
exit codes: 0 nothing moved, 1 something did.
""",
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW", default="now")
@form("text", "markdown", "json")
def diff_command(old: str, new: str, form: str) -> int:
    """What moved between two versions' records, and why.

    OLD and NEW are folders or files that export wrote, versions of which the book keeps the results, or now. The
    Markdown is a section for CHANGELOG.md.
    """
    from calc.book.releases import compare, find
    from calc.render import releases as history

    changes = compare(find(old), find(new))
    if form == "json":
        write(as_json(history.data(changes)))
    else:
        write(history.markdown(changes) if form == "markdown" else history.text(changes))
    return 0 if changes.nothing else 1
