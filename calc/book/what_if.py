"""What sets a step apart from the card of its formula: the numbers that a link to the card carries."""

from __future__ import annotations

from fractions import Fraction

from calc.base.errors import ChainError
from calc.base.quantities import Quantity
from calc.base.shortest import shortest
from calc.book.home import home
from calc.model.step import Step

__all__ = ["apart", "in_address"]


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
    equal: dict[Quantity, Step] = {}
    _compare(step, card, found, equal, set())
    values = {used.quantity: used.value for one in step.chain for used in one.used}
    while moved := [q for q, derived in equal.items() if _behind(derived) & found.keys()]:
        for q in moved:
            found[q] = values[q]
            del equal[q]
    return found


def _compare(
    step: Step, card: Step, found: dict[Quantity, Fraction], equal: dict[Quantity, Step], seen: set[str]
) -> None:
    """Gather the inputs that differ, and those that are the same by chance: given in the step, derived on the card."""
    shown = {used.quantity: used for used in card.used}
    for used in step.used:
        q, theirs = used.quantity, shown[used.quantity]
        if q.name in seen or q == step.formula.result:
            continue
        seen.add(q.name)
        if isinstance(used.origin, Step) and isinstance(theirs.origin, Step):
            _compare(used.origin, theirs.origin, found, equal, seen)
        elif used.value != theirs.value:
            found[q] = used.value
        elif isinstance(theirs.origin, Step):
            equal[q] = theirs.origin


def _behind(derived: Step) -> set[Quantity]:
    """What a derived input would move with."""
    return {used.quantity for step in derived.chain for used in step.used}


def in_address(step: Step) -> str:
    """What of a link to the card stands between "?" and "#", as the pages read it; empty where nothing differs.

    Examples
    --------
    >>> from calc import server_count, training_flop
    >>> in_address(server_count.derive("gpt-4", gpus=16_000)), in_address(training_flop.derive("gpt-4"))
    ('gpus=16000', '')
    """
    return "&".join(f"{q.name}={shortest(value)}" for q, value in apart(step).items())
