"""A derivation as text, Markdown, MyST, LaTeX, JSON, JavaScript and SVG; nothing here computes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calc.budget import Budget
    from calc.derivation import Derivation
    from calc.scenario import Scenario
    from calc.threshold import Threshold

__all__ = ["as_format", "bundle"]


def bundle(shown: Derivation | Scenario | Threshold | Budget) -> dict[str, str]:
    """What a notebook shows for an object.

    The book's build sets CALC_MARKDOWN=myst, and gets the directives that make a card of a derivation; every
    other notebook gets plain Markdown, which all of them can show.
    """
    from calc.budget import Budget
    from calc.derivation import Derivation
    from calc.render import markdown
    from calc.render import myst as book
    from calc.scenario import Scenario

    dialect = book if os.environ.get("CALC_MARKDOWN") == "myst" else markdown
    if isinstance(shown, Derivation):
        return {"text/markdown": dialect.derivation(shown), "text/plain": str(shown)}
    if isinstance(shown, Budget):
        return {"text/markdown": dialect.budget(shown), "text/plain": str(shown)}
    if not isinstance(shown, Scenario):
        return {"text/markdown": dialect.threshold(shown), "text/plain": str(shown)}
    return {"text/markdown": dialect.scenario(shown), "text/plain": f"scenario {shown.name}: {shown.title}"}


def as_format(derivation: Derivation, name: str) -> str:
    """A derivation in one of the formats of the command line: text, markdown, latex or json."""
    if name == "json":
        import json

        return json.dumps(derivation.to_dict(), ensure_ascii=False, indent=2)
    if name == "latex":
        from calc.render import latex

        return latex.equation(derivation)
    if name == "markdown":
        from calc.render import markdown

        return markdown.derivation(derivation)
    return str(derivation)
