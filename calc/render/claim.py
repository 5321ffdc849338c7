"""A claim held against the book, as text, Markdown and plain data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from calc.analysis.results import input_range, show_input
from calc.analysis.standing import figure_words, sure_words
from calc.base.numbers import show_given
from calc.base.quantities import quantity
from calc.book.citation_file import book
from calc.book.claims import VERDICTS
from calc.book.sentence_verdict import AGREE, Judged, Needed, overall
from calc.book.sentences import Claimed, Sentence
from calc.render import citation
from calc.render.text import with_article

__all__ = ["ASKED", "UNREAD", "data", "markdown", "question", "text"]

_DIGITS = 3
ASKED = "Which is meant? The sentence fits {count}: {options}"
HOW = "; say it, or choose with --as"
LEFT_OPEN = "however it is counted"
WITHIN = "it lies within the book's range"
UNREAD = "Not read: {words}."
NOT_SAID = "not said, taken"  # of a boundary, or an entry of the catalogue


def text(sentence: Sentence, judged: Sequence[Judged]) -> str:
    r"""What was read, the book's figure, the verdict, what would have to be true, and how to cite it; for a terminal.

    Examples
    --------
    >>> from calc.book.sentence_verdict import judge
    >>> from calc.book.sentences import read_sentence
    >>> found = read_sentence("100,000 H100 draw 250 MW at the site")
    >>> print(text(found, [judge(one) for one in found.claims]).replace("\N{NO-BREAK SPACE}", " "))
    100,000 H100 draw 250 MW at the site
    <BLANKLINE>
    Read as  250 MW at the site: power of the whole site (facility-power), with gpus = 100,000 GPUs, ...
    Book     147 MW, 142 to 170 MW in nine draws of ten (scenario typical)
    Verdict  contradicted: what it is held against gives another figure; the claim is 1.71 times the book's figure
    To hold  pue would have to be 1.96, outside its range of 1.08–1.4
    ...
    """
    blocks = [sentence.text]
    if len(judged) > 1:
        blocks.append(_verdict_of_all(sentence, judged))
    for one in judged:
        rows = list(_rows(one, len(judged) == 1))
        width = max(len(head) for head, _ in rows)
        blocks.append("\n".join(f"{head:{width}}  {said}" for head, said in rows))
    if sentence.unread:
        blocks.append(UNREAD.format(words=", ".join(sentence.unread)))
    return "\n\n".join(blocks)


def markdown(sentence: Sentence, judged: Sequence[Judged]) -> str:
    """The same as Markdown: the sentence as a quotation, and a table for each way to read it."""
    blocks = [f"> {sentence.text}"]
    if len(judged) > 1:
        blocks.append(_verdict_of_all(sentence, judged))
    for one in judged:
        lines = [f"| {head} | {said.replace('|', chr(92) + '|')} |" for head, said in _rows(one, len(judged) == 1)]
        blocks.append("\n".join(["| | |", "|---|---|", *lines]))
    if sentence.unread:
        blocks.append(UNREAD.format(words=", ".join(sentence.unread)))
    return "\n\n".join(blocks)


def data(sentence: Sentence, judged: Sequence[Judged]) -> dict[str, Any]:
    """The same as plain data, values in own units."""
    return {
        "text": sentence.text,
        "verdict": overall(judged),
        "ask": [one.reading.id for one in sentence.ask],
        "unread": list(sentence.unread),
        "claims": [_data(one) for one in judged],
    }


def question(sentence: Sentence) -> str:
    """What a reader must choose among, in one line; nothing where it is clear."""
    options = [f"{one.reading.say or with_article(one.reading.quantity.meaning)} ({one.reading.id})"
               for one in sentence.ask]  # fmt: skip
    return ASKED.format(count=len(options), options=", ".join(options)) + HOW if options else ""


def _verdict_of_all(sentence: Sentence, judged: Sequence[Judged]) -> str:
    verdict = overall(judged)
    same = len({one.verdict for one in judged}) == 1
    where = f"{LEFT_OPEN}: " if same else ""
    return f"{question(sentence)}\n\nVerdict: {where}{verdict}: {VERDICTS[verdict]}"


def _rows(one: Judged, alone: bool) -> Iterator[tuple[str, str]]:
    claimed, reading = one.claimed, one.claimed.reading
    where = f" {reading.say}" if reading.say else ""
    where += f" ({NOT_SAID})" if where and alone and not claimed.is_stated else ""
    yield "Read as", f"{claimed.stated.text}{where}: {reading.quantity.meaning} ({reading.id}){_with(claimed)}"
    yield "Book", _figure(one)
    yield "Verdict", _verdict(one)
    for name, found in one.earlier:
        yield "Fits", f"{found.text} ({name.replace('; scenario', ' in')})"
    for needed in one.needed:
        yield "To hold", _needed(needed)
    yield "Cite", _cite(one)


def _with(claimed: Claimed) -> str:
    given = [f"{name} = {show_given(value, q := quantity(name), q.unit).text}" for name, value in claimed.given.items()]
    for kind, one in claimed.choices.items():
        given.append(f"{kind} {one}" + (f" ({NOT_SAID})" if kind in claimed.taken else ""))
    through = claimed.reading.through.items() if claimed.scenario else ()
    given += [f"{name} from {formula}" for name, formula in through if name not in claimed.given]
    given += [f"as of {claimed.as_of}"] if claimed.as_of else []
    return f", with {', '.join(given)}" if given else ""


def _figure(one: Judged) -> str:
    if one.step is not None:
        figure = ", ".join(filter(None, [figure_words(one.step), sure_words(one.step)]))
        return f"{figure} (scenario {one.claimed.scenario})"
    if one.input is not None:
        spread = input_range(one.input)
        dated = f", {one.input.date}" if one.input.date else ""
        return f"{show_input(one.input).text}{f', {spread}' if spread else ''} ({one.claimed.scenario}{dated})"
    return f"no figure: {one.missing}"


def _verdict(one: Judged) -> str:
    said = f"{one.verdict}: {WITHIN if one.within and one.verdict in AGREE else VERDICTS[one.verdict]}"
    if one.factor is None or abs(one.factor - 1) < 0.0005:
        return said
    times = f"{float(f'{one.factor:.{_DIGITS}g}'):,.10g}"
    return f"{said}; the claim is {times} times the book's figure"


def _needed(one: Needed) -> str:
    q = one.quantity
    unit = one.now.unit.text
    rounded = Fraction(math.ceil(one.value)) if q.domain.whole else Fraction(f"{float(one.value):.{_DIGITS}g}")
    value = show_given(rounded, q, unit).text
    spread = input_range(one.now)
    inside = "within" if one.is_inside else "outside"
    place = f"{inside} its range of {spread}" if spread else f"and is {show_input(one.now).text}"
    return f"{q.name} would have to be {value}, {place}"


def _cite(one: Judged) -> str:
    if one.step is not None:
        return citation.sentence(one.step)
    made = f"{', '.join(book().authors)} ({book().released.year}): {book().title}, version {book().version}"
    if one.input is None:
        return f"{made}."
    source = f" ({one.input.source}: {one.input.locator})" if one.input.source else ""
    return f"{made}, {one.input.quantity.name} of {one.claimed.scenario}{source}."


def _data(one: Judged) -> dict[str, Any]:
    claimed, reading = one.claimed, one.claimed.reading

    def number(value: Fraction | None) -> float | None:
        return None if value is None else float(value)

    return {
        "id": reading.id,
        "formula": reading.formula or None,
        "result": reading.quantity.name,
        "meaning": reading.quantity.meaning,
        "boundary": reading.say or None,
        "boundary_stated": claimed.is_stated,
        "unit": reading.quantity.unit,
        "stated": {
            "low": number(claimed.stated.low), "high": number(claimed.stated.high),
            "bound": claimed.stated.word or None, "text": claimed.stated.text, "spelled": claimed.unit,
        },
        "given": {name: number(value) for name, value in claimed.given.items()},
        "choices": dict(claimed.choices),
        "taken": list(claimed.taken),
        "through": dict(reading.through) if claimed.scenario else {},
        "scenario": claimed.scenario,
        "as_of": claimed.as_of or None,
        "book": {"value": number(one.value), "low": number(one.low), "high": number(one.high), "text": _figure(one)},
        "factor": one.factor,
        "verdict": one.verdict,
        "why": _verdict(one),
        "missing": one.missing or None,
        "earlier": [{"reference": name, "text": found.text} for name, found in one.earlier],
        "needed": [
            {
                "name": needed.quantity.name, "value": number(needed.value), "unit": needed.quantity.unit,
                "low": number(needed.now.low), "high": number(needed.now.high), "inside": needed.is_inside,
                "text": _needed(needed),
            }
            for needed in one.needed
        ],
        "citation": _cite(one),
    }  # fmt: skip
