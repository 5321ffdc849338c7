"""What sets a step apart from the card of its formula: the numbers that a link to the card carries."""

from __future__ import annotations

from fractions import Fraction
from urllib.parse import quote

from calc.base.errors import ChainError
from calc.base.quantities import Quantity
from calc.book.home import home
from calc.model.step import Step, Used

__all__ = ["apart", "in_address", "plain_number"]


def apart(step: Step) -> dict[Quantity, Fraction]:
    """The inputs to change on the formula's card for the step's value to stand there, in their own units.

    A card shows its formula where it is at home. An input that both work out in the same way is gone into; any other
    is named where the two differ.

    Examples
    --------
    >>> from calc import server_count, training_flop
    >>> {q.name: int(value) for q, value in apart(server_count.derive("gpt-4", gpus=16_000)).items()}
    {'gpus': 16000}
    >>> apart(training_flop.derive("gpt-4"))
    {}
    """
    try:
        card = home(step.formula)
    except ChainError:
        return {}
    found: dict[Quantity, Fraction] = {}
    seen: set[str] = set()
    _compare(step, card, found, seen)
    return found


def _compare(step: Step, card: Step, found: dict[Quantity, Fraction], seen: set[str]) -> None:
    shown = {used.quantity: used for used in card.used}
    for used in step.used:
        q = used.quantity
        if q.name not in seen:
            seen.add(q.name)
            _differ(used, shown[q], found, seen)


def _differ(used: Used, shown: Used, found: dict[Quantity, Fraction], seen: set[str]) -> None:
    if isinstance(used.origin, Step) and isinstance(shown.origin, Step):
        _compare(used.origin, shown.origin, found, seen)
    elif used.value != shown.value:
        found[used.quantity] = used.value


def in_address(step: Step) -> str:
    """What of a link to the card stands between "?" and "#", as the pages read it; empty where nothing differs.

    Examples
    --------
    >>> from calc import server_count, training_flop
    >>> in_address(server_count.derive("gpt-4", gpus=16_000)), in_address(training_flop.derive("gpt-4"))
    ('gpus=16000', '')
    """
    return "&".join(f"{q.name}={quote(plain_number(value, q))}" for q, value in apart(step).items())


def plain_number(value: Fraction, q: Quantity) -> str:
    """A number as the pages read it from an address: decimal, in the own unit.

    Examples
    --------
    >>> from calc.base.quantities import quantity
    >>> plain_number(Fraction(3125), quantity("servers")), plain_number(Fraction(6, 5), quantity("pue"))
    ('3125', '1.2')
    """
    return str(int(value)) if q.domain.whole else repr(float(value)).removesuffix(".0")
