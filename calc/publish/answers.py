"""Answers for programs: a text to read, and the same as plain data, with all that a figure is cited with.

Every answer has ``text``, ``warnings``, ``sources``, ``citation`` and ``version``; that on a result also its band, and
its inputs with their kinds and sources. The keys are described in ``data/published.schema.json``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calc.analysis.bands import percentiles
from calc.analysis.results import show_input
from calc.analysis.serving_coverage import is_beyond
from calc.analysis.standing import beside_words, sure_words, value_words
from calc.book.bibliography import csl_items
from calc.book.citation_file import book
from calc.model.step import Step
from calc.render import as_format
from calc.render.citation import bibtex, csl, sentence
from calc.render.citation_parts import Page, book_page, link
from calc.render.record import number, record

__all__ = ["Answer", "answer", "brief", "citation_data", "of_step", "plain_spaces", "source_data"]

_KEPT = (
    "id", "title", "about", "scenario", "as_of", "value", "unit", "exact", "range", "bound", "stated_by", "estimate",
    "theirs", "models", "coverage", "origin", "changed", "choices", "case", "assumptions", "holds", "hash",
)  # fmt: skip
_STEP = ("id", "title", "result", "value", "unit", "hash")


@dataclass(frozen=True)
class Answer:
    """What a program is told.

    Attributes
    ----------
    text : for reading.
    data : the same as plain data.
    """

    text: str
    data: dict[str, Any]


def answer(
    text: str,
    data: Mapping[str, Any],
    keys: Iterable[str] = (),
    warnings: Iterable[str] = (),
    cited: Step | Page | None = None,
) -> Answer:
    """An answer with what each has: warnings, sources and citation, in its text too.

    Parameters
    ----------
    text, data : what is said, and the same as plain data.
    keys : of the sources that it rests on, in references.bib.
    warnings : a line each.
    cited : what is cited; the book where it is nothing else.

    Examples
    --------
    >>> found = answer("Nothing.", {"found": []})
    >>> sorted(found.data)
    ['citation', 'found', 'sources', 'text', 'version', 'warnings']
    """
    said, sources = list(warnings), source_data(keys)
    cites = citation_data(book_page() if cited is None else cited)
    parts = [text, *(f"Warning: {line}" for line in said)]
    parts += ["\n".join(["Sources", *(f"  {one['key']}: {one['text']}" for one in sources)])] if sources else []
    whole = plain_spaces("\n\n".join([*parts, f"Cite as: {cites['text']}"]))
    more = {"text": whole, "warnings": said, "sources": sources, "citation": cites, "version": book().version}
    return Answer(whole, {**data, **more})


def of_step(step: Step, more: Iterable[str] = ()) -> Answer:
    """A result: what it is, its band, and the inputs of its whole chain; with further lines of warning.

    Raises
    ------
    DomainError : it is outside its domain.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = of_step(training_energy.derive("gpt-4-estimate")).data
    >>> found["result"], found["band"]["text"]
    ('30.4 GWh', '27 to 34 GWh in nine draws of ten')
    >>> found["inputs"][0]["name"], found["inputs"][0]["text"], found["inputs"][0]["kind"]
    ('gpus', '25,000 GPUs', 'estimate')
    """
    whole = record(step)
    data = {key: whole[key] for key in _KEPT if key in whole}
    data["result"] = plain_spaces(value_words(step))
    data["beside"] = [plain_spaces(one) for one in beside_words(step)]
    data["band"] = _band(step)
    data["inputs"] = [
        {**one, "meaning": leaf.quantity.meaning, "text": plain_spaces(show_input(leaf).text)}
        for one, leaf in zip(whole["leaves"], step.leaves, strict=True)
    ]
    data["chain"] = [{key: one[key] for key in _STEP} for one in whole["chain"]]
    said = "; ".join([data["result"], *data["beside"]])
    return answer(f"{said}\n\n{as_format(step, 'text')}", data, whole["sources"], [*more, *whole["warnings"]], step)


def brief(step: Step) -> dict[str, Any]:
    """A result in a few words, for a list: what it is, its band, and where it stands.

    Raises
    ------
    DomainError : it is outside its domain.

    Examples
    --------
    >>> from calc import training_energy
    >>> brief(training_energy.derive("gpt-4"))["result"]
    'at most 43.9 GWh, from what the article states'
    """
    return {
        "id": step.formula.id,
        "title": step.formula.title,
        "scenario": step.scenario.name,
        "value": None if is_beyond(step) else number(step.exact, step.formula.result),
        "unit": step.formula.unit,
        "result": plain_spaces(value_words(step)),
        "beside": [plain_spaces(one) for one in beside_words(step)],
        "band": _band(step),
        "link": link(step),
    }


def _band(step: Step) -> dict[str, Any] | None:
    """The 5, 50 and 95 % points of its draws, in the result's own unit, and in words; None where there are none."""
    points = None if is_beyond(step) or not sure_words(step) else percentiles(step)
    if points is None:
        return None
    return {**dict(zip(("low", "median", "high"), points, strict=True)), "text": plain_spaces(sure_words(step))}


def citation_data(cited: Step | Page) -> dict[str, Any]:
    """How to cite a result, or the book: a sentence, BibTeX, an item of CSL-JSON, and the permanent address.

    Examples
    --------
    >>> citation_data(book_page())["csl"]["type"]
    'book'
    """
    return {"text": sentence(cited), "bibtex": bibtex(cited), "csl": csl(cited), "link": link(cited)}


def source_data(keys: Iterable[str]) -> list[dict[str, Any]]:
    """Sources by key, each with a line to read and its address; null where it has none.

    Examples
    --------
    >>> source_data(["golub2013matrix"])[0]["text"]
    'Golub and Van Loan (2013): Matrix Computations'
    """
    return [_source(key) for key in dict.fromkeys(keys)]


def plain_spaces(text: str) -> str:
    """A text with ordinary spaces, as most programs know no others."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@functools.cache
def _items() -> Mapping[str, dict[str, Any]]:
    return {item["id"]: item for item in csl_items()}


def _source(key: str) -> dict[str, Any]:
    item = _items().get(key, {})
    names = [one.get("literal") or one.get("family", "") for one in item.get("author", item.get("editor", []))]
    who = " and ".join(names) if len(names) < 3 else f"{names[0]} and others"
    year = item.get("issued", {}).get("date-parts", [[""]])[0][0]
    text = f"{who} ({year})" if year else who
    return {
        "key": key,
        "text": ": ".join(part for part in (text, item.get("title", key)) if part),
        "url": item.get("URL"),
    }
