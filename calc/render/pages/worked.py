"""Tables of sums that others have printed, done again by the book's formulas."""

from __future__ import annotations

from calc.base.decimals import percent
from calc.book.worked import Worked, left_out, mistakes
from calc.book.worked import worked as all_worked
from calc.render.myst_markup import breaking, cited, plain, table

__all__ = ["errors", "not_computed", "worked"]

_COLLECTED = " ᶜ"  # the figure is of who collected the sum


def worked() -> str:
    """Every published sum, what the formula makes of it, and the command that does."""
    head = ["sum and command", "stated", "here", "off by", "formula", "source"]
    return table(head, [_row(one) for one in all_worked()], "worked", [38, 12, 12, 9, 13, 16])


def _row(one: Worked) -> list[str]:
    printed, own = one.shown
    return [
        f"{plain(one.id)}{_COLLECTED if one.collected else ''}\n\n`{one.command}`",
        breaking(printed.text), breaking(own.text), percent(one.difference), f"{{ref}}`{one.formula.id}`",
        cited(one.source, one.locator),
    ]  # fmt: skip


def not_computed() -> str:
    """The sums that no formula of the book does, and why."""
    rows = [[plain(one.id), plain(one.why), cited(one.source, one.locator)] for one in left_out()]
    return table(["sum", "why it is left out", "source"], rows, "not-computed", [24, 46, 30])


def errors() -> str:
    """Printed figures that their own factors contradict, with the arithmetic."""
    rows = []
    for one in mistakes():
        printed, own = one.shown
        rows.append([
            cited(one.source, one.locator), breaking(printed.text), breaking(own.text),
            f"{plain(one.note)}\n\n`{one.command}`", f"{{ref}}`{one.formula.id}`",
        ])  # fmt: skip
    return table(["where", "printed", "its factors make", "how", "formula"], rows, "mistakes", [22, 11, 13, 40, 14])
