"""A step as text, Markdown, MyST, LaTeX, JSON, JavaScript and SVG; nothing here computes."""

from __future__ import annotations

import json
import os
from types import ModuleType

from calc.analysis.budget import Budget
from calc.analysis.solution import Solution
from calc.analysis.threshold import Threshold
from calc.base.display import as_bundle, as_text
from calc.base.memo import kept
from calc.model.registry import all_formulas, used_by
from calc.model.scenario import Scenario
from calc.model.step import Step
from calc.render import latex, markdown, text, uncertainty
from calc.render.record import record

__all__ = ["as_format"]

as_text.register(Step, text.derivation_text)
as_text.register(Solution, text.solution_text)
as_text.register(Budget, uncertainty.budget_text)
as_text.register(Threshold, uncertainty.threshold_words)


@as_text.register
def _(shown: Scenario) -> str:
    return f"scenario {shown.name}: {shown.title}"


def _dialect() -> ModuleType:
    """The book's build sets CALC_MARKDOWN=myst, and gets the directives that make a card of a derivation.

    Every other notebook gets plain Markdown, which all of them can show.
    """
    if os.environ.get("CALC_MARKDOWN") != "myst":
        return markdown
    from calc.render import card  # what only a build of the book needs

    return card


def _bundle(shown: Step | Scenario | Budget | Threshold, name: str) -> dict[str, str]:
    made: str = getattr(_dialect(), name)(shown)
    return {"text/markdown": made, "text/plain": str(shown)} if made else {"text/plain": str(shown)}


def _of_step(shown: Step) -> dict[str, str]:
    """Worked out once for a step, which stays what it is; what uses it may become more."""
    users = tuple(one.id for one in used_by(shown.formula))
    # Names alone, and no module: a step may be pickled, with all that it keeps.
    key = ("bundle", _dialect().__name__, len(all_formulas()), users)
    return dict(kept(shown, key, lambda: _bundle(shown, "derivation")))


as_bundle.register(Step, _of_step)
as_bundle.register(Scenario, lambda shown: _bundle(shown, "scenario"))
as_bundle.register(Budget, lambda shown: _bundle(shown, "budget"))
as_bundle.register(Threshold, lambda shown: _bundle(shown, "threshold"))


def as_format(step: Step, name: str) -> str:
    """A step in one of the formats of the command line: text, markdown, latex or json."""
    if name == "json":
        return json.dumps(record(step), ensure_ascii=False, indent=2)
    if name == "latex":
        return latex.equation(step)
    return markdown.derivation(step) if name == "markdown" else str(step)
