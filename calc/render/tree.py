"""A derivation's chain as an indented list: each result with what it comes from below it."""

from __future__ import annotations

from collections.abc import Iterator

from calc.analysis.results import show_used
from calc.analysis.standing import beside_words, figure_words, value_words
from calc.model.step import Step, Used, origin_of

__all__ = ["markdown", "text"]


def text(shown: Step) -> str:
    """With lines that show what belongs to what.

    Examples
    --------
    >>> from calc import server_count
    >>> print(text(server_count.derive()))
    Server count (server-count): servers = 3,125 servers, from what the article states, book
    ├─ gpus = 25,000 GPUs, book, estimate: mohit2026, What does it take to train one giant LLM
    └─ gpus_per_server = 8 GPUs/server, book, specification: nvidia2020dgxa100, sec. 1.1.1, Component Specifications
       the book’s estimate: 3,125 servers, 2,500 to 3,130 servers in nine draws of ten (gpt-4-estimate)
    """
    said = [f"   {words}" for words in beside_words(shown)]
    return "\n".join([_result(shown, value_words(shown)), *_below(shown, ""), *said]).replace("\N{NO-BREAK SPACE}", " ")


def markdown(shown: Step) -> str:
    """As a nested list."""
    result = "; ".join([_result(shown, value_words(shown)), *beside_words(shown)])
    return "\n".join([f"- {result}", *_nested(shown, 1)]).replace("\N{NO-BREAK SPACE}", " ")


def _result(shown: Step, value: str) -> str:
    formula = shown.formula
    return f"{formula.title} ({formula.id}): {formula.result.name} = {value}, {origin_of(shown)}"


def _line(used: Used) -> str:
    if isinstance(used.origin, Step):
        return _result(used.origin, figure_words(used.origin))
    said = [show_used(used).text, origin_of(used.origin), used.kind]
    place = f": {used.source}, {used.locator}" if used.source else ""
    return f"{used.quantity.name} = {', '.join(said)}{place}"


def _below(shown: Step, margin: str) -> Iterator[str]:
    for number, used in enumerate(shown.used, 1):
        last = number == len(shown.used)
        yield f"{margin}{'└─' if last else '├─'} {_line(used)}"
        if isinstance(used.origin, Step):
            yield from _below(used.origin, margin + ("   " if last else "│  "))


def _nested(shown: Step, depth: int) -> Iterator[str]:
    for used in shown.used:
        yield f"{'  ' * depth}- {_line(used)}"
        if isinstance(used.origin, Step):
            yield from _nested(used.origin, depth + 1)
