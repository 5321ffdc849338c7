"""What the pages say of a reader's case, and of ranges that they type."""

from __future__ import annotations

from typing import Any

from calc.model.case import WORDS
from calc.model.catalogue import KINDS

__all__ = ["CASE"]

CASE: dict[str, Any] = {
    "words": WORDS,
    "laid": ("scenario", *KINDS.values()),  # of which a page loads the inputs
    "lacks": "{word} {id} has no {name}, which this card starts from.",
    "title": "This page shows your case",
    "label": "Your case",
    "text": "Cards and charts follow it; the text keeps the book’s figures.",
    "one": "{count} change",
    "many": "{count} changes",
    "book": "book: {value}",
    "sought": "to be found",
    "elsewhere": "not used on this page",
    "word": "in the place of the page’s own",
    "fixed": "follows from the inputs here",
    "undo": "Undo",
    "reset": "Reset all",
    "copy": "Copy link",
    "share": "Copy link to this what-if",
    "copied": "The link is copied: it opens the book with your case.",
    "undone": "Undone: {what}.",
    "shown": "Your case: {changes}.",
    "cleared": "Back to the book’s values.",
    "unfit": "Your case does not fit here, and the book’s values are shown: {why}",
    "chart": "The book’s case",
    "yours": "Your case",
    "take": "the chart as a file,",
    "long": "The address is too long to be a case; nothing was changed.",
    "file": "The file is too long to be a case; nothing was changed.",
    "sure": "a number between 0 and 1",
    "unknown": "The address names something that the book does not have; nothing was changed.",
    "outside": "The address gives {name} a value that it cannot have; nothing was changed. Accepted: {accepted}.",
    "range": "Given: “{text}”. Accepted: two ends, the lower first, as in “3 to 6.5”; or a value with its “± 10 %”",
    "points": "Given: “{text}”. Per cent of the value, or points? Write both ends, as in “66 to 86”",
}
