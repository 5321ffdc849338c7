"""What the book has on some words: formulas, quantities, scenarios, entries of the catalogue, and chapters."""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from calc.base.errors import CalcError
from calc.base.limits import SEARCH
from calc.base.quantities import all_quantities
from calc.model.catalogue import KINDS, entries
from calc.model.registry import all_formulas
from calc.model.scenario_file import scenario, scenario_names

__all__ = ["Found", "find", "matching", "words_near"]

_CHAPTERS = Path(__file__).parents[2] / "chapters"  # beside the package in the book's folder; a wheel has none
_KIND_ORDER = ("formula", "quantity", "scenario", *KINDS.values(), "chapter")


@dataclass(frozen=True)
class Found:
    """Something that the book has.

    Attributes
    ----------
    kind : formula, quantity, scenario, a kind of the catalogue, or chapter.
    name : by which it is called.
    title : what it is.
    more : further words by which it is found.
    """

    kind: str
    name: str
    title: str
    more: str

    @property
    def text(self) -> str:
        """All of its words, in small letters and parted by blanks."""
        return _plain(f"{self.name} {self.title} {self.more}")


def find(words: Iterable[str]) -> list[Found]:
    """What has all of some words, the best first: in its name, then in its title, then elsewhere.

    Raises
    ------
    CalcError : the words are longer than a question.

    Examples
    --------
    >>> [one.name for one in find(["training", "energy"]) if one.kind == "formula"][0]
    'training-energy'
    """
    wanted = _wanted(words)
    met = [one for one in _everything() if wanted and all(word in one.text for word in wanted)]

    def rank(one: Found) -> tuple[int, int]:
        name, title = _plain(one.name), _plain(one.title)
        place = 0 if all(word in name for word in wanted) else 1 if all(word in title for word in wanted) else 2
        return place, _KIND_ORDER.index(one.kind)

    return sorted(met, key=rank)


def matching(words: Iterable[str]) -> frozenset[str]:
    """The ids of the formulas that have all of some words; all where there are no words.

    Examples
    --------
    >>> "site-water" in matching(["water"]), "training-energy" in matching(["water"])
    (True, False)
    """
    wanted = _wanted(words)
    return frozenset(one.name for one in _formulas() if all(word in one.text for word in wanted))


def words_near(words: Iterable[str]) -> list[str]:
    """Words that the book has, near to some that it has not."""
    known = sorted({part for one in _everything() for part in one.text.split() if len(part) > 3})
    return [near for word in _wanted(words) for near in difflib.get_close_matches(word, known, n=2, cutoff=0.75)]


def _wanted(words: Iterable[str]) -> list[str]:
    """The words that are looked for, each once."""
    given = list(words)
    if (length := sum(map(len, given))) > SEARCH:
        raise CalcError(f"{length} characters to look for were given; at most {SEARCH} are read")
    return list(dict.fromkeys(part for word in given for part in _plain(word).split()))


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


@functools.cache
def _everything() -> tuple[Found, ...]:
    return (*_formulas(), *_quantities(), *_scenarios(), *_entries(), *_chapters())


def _formulas() -> Iterator[Found]:
    for one in all_formulas():
        inputs = " ".join(q.name for q in one.inputs)
        yield Found("formula", one.id, one.title, f"{one.summary} {one.result.name} {inputs}")


def _quantities() -> Iterator[Found]:
    return (Found("quantity", q.name, q.meaning, f"{q.unit} {q.counted}") for q in all_quantities())


def _scenarios() -> Iterator[Found]:
    return (Found("scenario", name, (one := scenario(name)).title, one.about) for name in scenario_names())


def _entries() -> Iterator[Found]:
    for kind in KINDS.values():
        for one in entries(kind):
            yield Found(kind, one.id, one.title, f"{one.about} {' '.join(one.aliases)}")


def _chapters() -> Iterator[Found]:
    for file in sorted(_CHAPTERS.glob("*.md")):
        heads = re.findall(r"^#{1,3} (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
        if heads:
            yield Found("chapter", file.stem, heads[0], " ".join(heads[1:]))
