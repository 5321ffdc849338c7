"""The page of releases: which results moved, and what moved them."""

from __future__ import annotations

import re

from calc.book.releases import history as releases
from calc.model.registry import all_formulas
from calc.render.releases import markdown

__all__ = ["history"]


def history() -> str:
    """Release by release, newest first: which results moved, from what to what, and what moved them."""

    def linked(match: re.Match[str]) -> str:
        return f"- {{ref}}`{match[1]}` (`{match[1]}`)" if match[1] in known else match[0]

    known = {formula.id for formula in all_formulas()}
    texts = [markdown(changes, level=1) for changes in releases()]
    # Bold, as what a directive makes may hold no heading.
    texts = [re.sub(r"^# (.*)$", r"**\1**", text, count=1, flags=re.MULTILINE) for text in texts]
    return "\n\n".join(re.sub(r"^- `([a-z0-9-]+)`", linked, text, flags=re.MULTILINE) for text in texts)
