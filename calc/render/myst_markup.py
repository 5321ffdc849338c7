"""The markup of MyST: tables, directives with the book's own names, and text in which nothing is markup."""

from __future__ import annotations

import re

from calc.render.text import listed

__all__ = ["breaking", "cited", "directive", "fold", "plain", "ranged", "references", "table"]


def table(head: list[str], rows: list[list[str]], kind: str, widths: list[int]) -> str:
    """A table whose cells are MyST; `kind` is its class in HTML, and `widths` are shares of its width."""
    lines = []
    for row in [head, *rows]:
        for number, cell in enumerate(row):
            indented = cell.replace("\n", "\n    ").replace("\n    \n", "\n\n")
            lines.append(f"{'* ' if number == 0 else '  '}- {indented}")
    return directive(
        "list-table", "\n".join(lines), **{"header-rows": "1", "widths": " ".join(map(str, widths)), "class": kind}
    )


def directive(name: str, body: str, argument: str = "", **options: str) -> str:
    """A fenced directive; its fence is longer than any inside it."""
    inside = [len(run) for run in re.findall(r"`{3,}", body)]
    fence = "`" * (max([2, *inside]) + 1)
    lines = [f"{fence}{{{name}}} {argument}".rstrip(), *(f":{key}: {value}" for key, value in options.items() if value)]
    return "\n".join([*lines, "", body, fence]) if body else "\n".join([*lines, fence])


def fold(title: str, body: str, kind: str, short: str = "") -> str:
    """A part that a reader opens; in a card's row of them it has a short name, with which its title begins."""
    return directive("fold", body, argument=title, kind=kind, short=short) if body else ""


def plain(text: str) -> str:
    """Text in which MyST finds no markup but code between backticks."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(p if p.startswith("`") else re.sub(r"([\\$*_\[\]<>{}#|])", r"\\\1", p) for p in parts)


def ranged(value: str, spread: str) -> str:
    """A value with its range below it; a narrow column may break before a unit."""
    return breaking(f"{value}\n\n{spread}" if spread else value)


def breaking(text: str) -> str:
    """Numbers that a narrow column may break before their unit."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def cited(key: str, locator: str) -> str:
    """A source, and the place in it."""
    return f"{{cite:t}}`{key}`, {plain(locator)}"


def references(ids: list[str]) -> str:
    """Links to cards, as a sentence lists them."""
    return listed([f"{{ref}}`{name}`" for name in ids])
