"""Everything that can be wrong with what calc is given, each as one clear line."""

from __future__ import annotations

from collections.abc import Iterable

from calc.base.visible import bearable, line

__all__ = [
    "BrokenError",
    "CalcError",
    "ChainError",
    "DataError",
    "DefinitionError",
    "DomainError",
    "PrintError",
    "SolveError",
    "UnitError",
    "UnknownNameError",
    "an",
    "name_given",
    "nearest",
]


class CalcError(ValueError):
    """Base of every error of this package; its text is one line: given, accepted, nearest.

    Whatever stands in it of what was given steers no terminal.
    """

    def __init__(self, message: object = "") -> None:
        super().__init__(bearable(line(str(message))))


class UnknownNameError(CalcError, KeyError):
    """A name that is not a formula, quantity, unit or scenario."""

    # KeyError would print the message in quotes.
    __str__ = ValueError.__str__


class UnitError(CalcError):
    """A unit that cannot be read, or one of the wrong dimension."""


class DomainError(CalcError):
    """A number outside the domain of its quantity."""


class ChainError(CalcError):
    """A missing input, a cycle, or an input that plays no part."""


class DefinitionError(CalcError):
    """A formula or quantity that must not exist as written."""


class BrokenError(CalcError):
    """A formula or quantity of the book that cannot be defined, where it is needed."""


class DataError(CalcError):
    """A data file with a typo, a duplicate, or a value without its source."""


class SolveError(CalcError):
    """An equation that cannot be solved for the quantity asked."""


class PrintError(CalcError):
    """An expression with a part that the target language does not have."""


def name_given(name: object, what: str) -> str:
    """A name that is a text, as names are.

    Parameters
    ----------
    what : it is of, with its article.

    Raises
    ------
    UnknownNameError : it is something else.

    Examples
    --------
    >>> name_given(5, "a scenario")
    Traceback (most recent call last):
    ...
    calc.base.errors.UnknownNameError: an int is not the name of a scenario; accepted: a text
    """
    if isinstance(name, str):
        return name
    raise UnknownNameError(f"{an(type(name).__name__)} is not the name of {what}; accepted: a text")


def an(noun: str) -> str:
    """A noun with its article; those with u are units, and sound otherwise.

    Examples
    --------
    >>> an("accelerator"), an("server"), an("unit")
    ('an accelerator', 'a server', 'a unit')
    """
    return f"{'an' if noun[:1] in tuple('aeioAEIO') else 'a'} {noun}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name is nearest, as an ending for a message.

    Parameters
    ----------
    name : the name that was given.
    known : the names that would have been accepted.

    Returns
    -------
    A clause that begins with a semicolon, or an empty text when nothing is near.

    Examples
    --------
    >>> nearest("trainig-energy", ["training-energy", "pue"])
    "; did you mean 'training-energy'?"
    >>> nearest("zzz", ["pue"])
    ''
    """
    import difflib  # only errors need it, and start-up time counts

    names = sorted(set(known))
    folded: dict[str, str] = {}
    for known_name in names:
        folded.setdefault(known_name.casefold(), known_name)
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return f"; did you mean {folded[close[0]]!r}?" if close else ""
