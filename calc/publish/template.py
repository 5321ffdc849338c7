"""A scenario of one's own, to start from: a file that builds on one of the book's and changes nothing yet."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING

from calc.base.units import convert, plain_number
from calc.model.scenario import DEFAULT
from calc.model.scenario_file import scenario

if TYPE_CHECKING:
    from calc.model.input import Input

__all__ = ["template"]

_HEAD = """\
# A scenario of your own. It builds on {name} ({title})
# and changes nothing yet. To change an input, take the # off its lines and put your value in.
#
# Every input says what sort of value it is (kind) and where it comes from:
#   specification, measured, reported, estimate, definition   need source, locator and checked;
#       source is a key of references.bib, locator the place in it, checked the day on which you looked.
#   assumption   needs none of them, but a note that says why.
# low and high are the range; leave them out where you know none.
#
# Use it: t2t show training-energy --scenario THIS-FILE.toml

title = "My own"
about = "What is other than in {name}, and why."
extends = "{name}"
"""


def template(name: str = DEFAULT) -> str:
    """A TOML file that extends a scenario of the book, with each of its inputs ready to be changed.

    Raises
    ------
    UnknownNameError : there is no such scenario.

    Examples
    --------
    >>> 'extends = "gpt-4"' in template()
    True
    """
    base = scenario(name)
    head = _HEAD.format(name=name, title=base.title)
    return head + "\n" + "\n".join(_table(given) for given in base.inputs.values())


def _table(given: Input) -> str:
    """One input as it is, commented out, and called an assumption, as another value would be."""
    unit = given.unit
    lines = [f"# {given.quantity.meaning}; the book's value: {given.kind}", f"#[inputs.{given.quantity.name}]"]
    for key, number in (("value", given.value), ("low", given.low), ("high", given.high)):
        if key == "value" or number != given.value:
            lines.append(f"#{key} = {_number(convert(number, given.quantity.parsed_unit, unit, key))}")
    lines += [f"#unit = {json.dumps(unit.text, ensure_ascii=False)}"] if unit.text != "1" else []
    lines += ['#kind = "assumption"', f"#note = {json.dumps(f'why {given.quantity.name} is so')}"]
    return "\n".join(lines) + "\n"


def _number(number: Fraction) -> str:
    text = plain_number(number)
    return text if Fraction(text) == number else repr(float(number))
