"""Derivations and formulas as plain text, for the terminal and for docstrings."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import sympy as sp

from calc.analysis.results import PrintedLine, printed_line, used_range
from calc.analysis.serving_coverage import is_beyond, sentence
from calc.analysis.serving_taken import taken_for_granted
from calc.analysis.solution import Solution
from calc.analysis.standing import BAND, RESTS, SPREAD, beside_words, value_words
from calc.base import tables
from calc.base.decimals import Shown
from calc.base.numbers import ABOUT, between, show_given, show_spread, show_step
from calc.base.quantities import Quantity
from calc.base.unit_words import unit_text
from calc.book.cases import case_of
from calc.model.step import Step, Used, origin_of
from calc.render.aged import aged_words
from calc.render.case import case_line
from calc.render.chosen import chosen_words
from calc.render.companions import companion_rows
from calc.symbolic.printing import right_hand_side

__all__ = [
    "BARE", "INTERVAL", "NUMERICAL", "SPELT", "THE", "derivation_text", "described", "drawn_words", "listed",
    "scenario_name", "solution_text", "spoken", "whose", "with_article",
]  # fmt: skip

SPELT = {
    "flop": "FLOP", "flops": "FLOP/s", "gpu": "GPU", "gpus": "GPUs", "it": "IT", "kv": "KV", "nvlink": "NVLink",
    "pue": "PUE", "tdp": "TDP", "wue": "WUE",
}  # fmt: skip
# The words of an interval: any whole number above 3 to below 5.
INTERVAL = {
    "whole": "any whole number", "any": "any value", "above": "above", "from": "from", "to": "to", "below": "to below",
    "about": ABOUT,
}  # fmt: skip


THE, BARE = "the", ("the", "a", "an", "what", "how")  # the article, and what stands without one
NUMERICAL = " (found numerically: it has no closed form)"


def spoken(name: str) -> str:
    """The name of a quantity as people write it.

    Examples
    --------
    >>> spoken("campus_it_power"), spoken("gpus_per_server")
    ('campus IT power', 'GPUs per server')
    """
    return " ".join(SPELT.get(word, word) for word in name.split("_"))


def with_article(meaning: str) -> str:
    """What a quantity is, within a sentence.

    Examples
    --------
    >>> with_article("power of one server"), with_article("what a server costs")
    ('the power of one server', 'what a server costs')
    """
    return meaning if meaning.split()[0] in BARE else f"{THE} {meaning}"


def described(one: Quantity) -> str:
    """What a quantity is, where it is counted, and its unit.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> described(quantity("server_power"))
    'power of one server, at the IT equipment, in kW/server'
    """
    unit = "a pure number" if one.unit == "1" else f"in {unit_text(one.unit)}"
    return ", ".join(part for part in (one.meaning, one.counted, unit) if part)


def derivation_text(derivation: Step) -> str:
    """A derivation in full: equation, numbers, result, range, inputs with sources, assumptions, chain."""
    formula = derivation.formula
    line = printed_line(derivation)
    values = {name: shown.text for name, shown in line.values.items()}
    result = formula.result
    margin = " " * len(result.name)
    lines = [
        f"{formula.title} ({formula.id}), in scenario {scenario_name(derivation)}",
        "",
        f"{result.name} = {right_hand_side(formula.written)}",
        f"{margin} = {right_hand_side(formula.written, values)}",
        f"{margin} {' ' if is_beyond(derivation) else line.sign} {value_words(derivation)}",
        *(f"{margin}   {words}" for words in beside_words(derivation)),
    ]
    lines += ["", whose(derivation)] if derivation.is_own else []
    lines += [carried] if (carried := case_line(case_of(derivation))) else []
    lines += ["", covered] if (covered := sentence(derivation)) else []
    lines += taken_for_granted(derivation)
    if beside := companion_rows(derivation):
        lines += ["", "Beside it", tables.aligned([list(row) for row in beside], margin="  ")]
    lines += ["", "Inputs"]
    lines.append(tables.aligned([_input_row(used, line) for used in derivation.used], margin="  "))
    if formula.assumptions:
        lines += ["", formula.assumptions]
    lines += [formula.holds] if formula.holds else []
    lines += ["", f"Source: {', '.join(f'{key}, {where}' for key, where in formula.sources)}"]
    if len(derivation.chain) > 1:
        lines.append(f"Chain: {' → '.join(step.formula.id for step in derivation.chain)}")
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def scenario_name(derivation: Step) -> str:
    """The scenario's name; of one that is not the book's, with what it builds on."""
    found = derivation.scenario
    if found.origin == "book":
        return found.name
    return f"{found.name} (yours{f', after {found.extends}' if found.extends else ''})"


def whose(derivation: Step) -> str:
    """A sentence on the inputs that are not the book's and the entries that were chosen, or nothing."""
    names = [leaf.quantity.name for leaf in derivation.yours]
    rests = [f"your choice of {listed(chosen_words(derivation))}"] if derivation.chosen else []
    rests += [f"{'a number' if len(names) == 1 else 'numbers'} of yours, {listed(names)}"] if names else []
    return f"Not the book's figure: it rests on {', and on '.join(rests)}." if rests else ""


def listed(parts: Sequence[str]) -> str:
    """Some texts as a sentence lists them: a, b and c.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _input_row(used: Used, line: PrintedLine) -> list[str]:
    spread = used_range(used)
    place = f"{used.source}, {used.locator}" if used.source else (used.locator or "")
    place += f" ({aged})" if (aged := aged_words(used.origin)) else ""
    return [used.quantity.name, line.values[used.quantity.name].text, spread, origin_of(used.origin), used.kind, place]


def solution_text(solution: Solution) -> str:
    """A solution in one sentence."""
    q, values = solution.quantity, solution.values
    if values.is_empty:
        near = [
            f"{_values_text(some, q)} yields {show_step(result, solution.result).text}"
            for some, result in solution.nearest
        ]
        text = "; ".join(
            [f"no {q.name} solves it: {solution.reason}", ", ".join(near)]
            if near
            else [f"no {q.name} solves it: {solution.reason}"]
        )
    elif isinstance(values, sp.FiniteSet) and len(values) > 1:
        shown = [_shown(value, q).text for value in sorted(values)]
        text = f"{q.name} has no single value: {', '.join(shown)} all solve it"
    elif isinstance(values, sp.FiniteSet):
        text = f"{q.name} is {_shown(values.inf, q).text}"
    elif q.domain.whole:
        text = f"{q.name} is {INTERVAL['whole']} {_values_text(values, q, with_unit=True)}"
    else:
        text = f"{q.name} is {INTERVAL['any']} {_values_text(values, q, with_unit=True)}"
    text += NUMERICAL if solution.numerical else ""
    text += f"; {drawn}" if (drawn := _drawn(solution)) else ""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _drawn(solution: Solution) -> str:
    """What it lies between over the draws of ranges that somebody gave."""
    if not solution.ranges:
        return ""
    names = listed(solution.ranges)
    if solution.points is None:
        return f"at the values of {names}, as not every draw of their ranges has a solution"
    points = show_spread(solution.points, solution.quantity, Fraction(solution.points[1]))
    return f"{drawn_words(points)}, {RESTS.format(names=names)}"


def drawn_words(points: tuple[Shown, ...]) -> str:
    """The 5, 50 and 95 % points as a clause; without the middle one where all are printed alike.

    Examples
    --------
    >>> drawn_words((Shown("24", 0, ""), Shown("35", 0, ""), Shown("43", 0, "")))
    '24 to 43 in nine draws of ten, half of them below 35'
    >>> drawn_words((Shown("24", 0, ""),) * 3)
    'about 24 in nine draws of ten'
    """
    low, middle, high = points
    return (BAND if low.value == high.value else SPREAD).format(range=between(low, high), median=middle.text)


def _values_text(values: sp.Set, q: Quantity, with_unit: bool = False) -> str:
    """A number, or the words for an interval: ``from 24,993 to 25,000``."""
    low, high = _shown(values.inf, q), None if values.sup is sp.oo else _shown(values.sup, q)
    last = high or low
    if isinstance(values, sp.FiniteSet):
        return low.text if with_unit else low.number
    from_word = INTERVAL["above" if values.left_open else "from"]
    if high is None:
        return f"{from_word} {last.text if with_unit else last.number}"
    to_word = INTERVAL["below" if values.right_open else "to"]
    return f"{from_word} {low.number} {to_word} {last.text if with_unit else last.number}"


def _shown(value: sp.Expr, q: Quantity) -> Shown:
    number = Fraction(int(value.p), int(value.q)) if isinstance(value, sp.Rational) else Fraction(float(value))
    return show_given(number, q, q.unit)
