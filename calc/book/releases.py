"""What moved from one version of the book to another, and which input or formula moved it.

Two sets of records are compared: folders or files that `python -m calc export` or the site wrote, or what is kept of
each release in ``data/releases``. ``python -m calc.book.releases`` keeps this version's results there; it is run once,
when the version is released.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import resources
from pathlib import Path

from calc.base.atomic_files import write_file
from calc.base.errors import CalcError, DataError, nearest
from calc.base.limits import RECORDS
from calc.base.text_files import file_text
from calc.base.units import convert, parse_unit
from calc.book.citation_file import book
from calc.book.home import book_derivations
from calc.book.release_files import Release, Result, joined, kept, read
from calc.model.chain import derive
from calc.model.fingerprint import formula_hash
from calc.model.registry import formula_by_id
from calc.model.scenario_file import scenario
from calc.model.step import Step, used_as

__all__ = [
    "Cause",
    "Changes",
    "Move",
    "Release",
    "Result",
    "compare",
    "find",
    "history",
    "keep",
    "now",
    "release_names",
]

NOW = "now"
_SAME = Fraction(1, 10**12)  # relative: the last digits of an irrational result depend on the machine


@dataclass(frozen=True)
class Cause:
    """Why a result moved.

    Attributes
    ----------
    kind : ``input``, ``formula`` or ``scenario``.
    name : the input's name or the formula's id.
    old, new : an input's value and unit, or None where there was or is none; nothing for a formula.
    stays : the scenario in which the result was shown before, where it still has the same value there.
    """

    kind: str
    name: str
    old: tuple[Fraction, str] | None = None
    new: tuple[Fraction, str] | None = None
    stays: str = ""


@dataclass(frozen=True)
class Move:
    """A result that is another than it was."""

    old: Result
    new: Result
    causes: tuple[Cause, ...]

    @property
    def change(self) -> Fraction | None:
        """New over old, less one; None where the old was 0 or the units cannot be converted."""
        old = _in_unit(self.old.value, self.old.unit, self.new.unit)
        return None if not old else self.new.value / old - 1


@dataclass(frozen=True)
class Changes:
    """What moved between two versions; of the first version, all is new."""

    old: Release | None
    new: Release
    moved: tuple[Move, ...]
    added: tuple[Result, ...]
    gone: tuple[Result, ...]

    @property
    def nothing(self) -> bool:
        """Whether each has the results of the other."""
        return not (self.moved or self.added or self.gone)


def compare(old: Release | None, new: Release) -> Changes:
    """What moved, and why.

    Examples
    --------
    >>> compare(now(), now()).nothing
    True
    """
    before: Mapping[str, Result] = old.results if old else {}
    moved = [
        Move(before[name], result, _causes(before[name], result))
        for name, result in new.results.items()
        if name in before and not _same(before[name].value, before[name].unit, result.value, result.unit)
    ]
    added = [result for name, result in new.results.items() if name not in before]
    gone = [result for name, result in before.items() if name not in new.results]
    return Changes(old, new, tuple(moved), tuple(added), tuple(gone))


def _causes(old: Result, new: Result) -> tuple[Cause, ...]:
    """The inputs and formulas of either chain that differ."""
    found = []
    if old.scenario != new.scenario:
        stays = old.scenario if _still(old) else ""
        found.append(Cause("scenario", f"{old.scenario} → {new.scenario}", stays=stays))
        if stays:  # another scenario is shown, and nothing else moved: its inputs are other ones by nature
            return tuple(found)
    for name in dict.fromkeys([*new.inputs, *old.inputs]):
        was, is_ = old.inputs.get(name), new.inputs.get(name)
        if was is None or is_ is None or not _same(*was, *is_):
            found.append(Cause("input", name, was, is_))
    formulas = dict.fromkeys([*new.formulas, *old.formulas])
    found += [Cause("formula", name) for name in formulas if old.formulas.get(name) != new.formulas.get(name)]
    return tuple(found)


def _still(old: Result) -> bool:
    """Whether a result is today what it was, in the scenario that it was shown in."""
    try:
        present = derive(formula_by_id(old.id), scenario(old.scenario), {})
        return _same(old.value, old.unit, present.exact, present.formula.unit)
    except CalcError:
        return False


def _same(old: Fraction, old_unit: str, new: Fraction, new_unit: str) -> bool:
    converted = _in_unit(old, old_unit, new_unit)
    return converted is not None and abs(new - converted) <= _SAME * max(abs(new), abs(converted))


def _in_unit(value: Fraction, unit: str, wanted: str) -> Fraction | None:
    if unit == wanted:
        return value
    try:
        return convert(value, parse_unit(unit), parse_unit(wanted), "result")
    except CalcError:
        return None


def now() -> Release:
    """The results of the book as it is; of no day where this version is no release."""
    released = book().released.isoformat() if book().is_release else ""
    return Release(book().version, released, {one.formula.id: _result(one) for one in book_derivations()})


def _result(one: Step) -> Result:
    """What a full record of it would say of what matters here, without all else that a record has."""
    leaves = {leaf.quantity.name: (used_as(leaf).value, leaf.quantity.unit) for leaf in one.leaves}
    formulas = {step.formula.id: formula_hash(step.formula) for step in one.chain}
    formula = one.formula
    return Result(formula.id, formula.title, one.scenario.name, one.exact, formula.unit, leaves, formulas)


def history() -> tuple[Changes, ...]:
    """Each release against the one before it, newest first; the book as it is comes first where it is no release yet.

    Examples
    --------
    >>> history()[-1].old is None
    True
    """
    kept = [find(name) for name in release_names()]
    present = now()
    if not kept or kept[-1].version != present.version:
        kept.append(replace(present, released=""))
    return tuple(compare(old, new) for old, new in zip([None, *kept], kept, strict=False))[::-1]


def release_names() -> tuple[str, ...]:
    """The versions of which results are kept, oldest first."""
    folder = resources.files("calc").joinpath("data/releases")
    names = [file.name.removesuffix(".json") for file in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted((name for name in names if re.match(r"\d", name)), key=_order))


def _order(version: str) -> tuple[tuple[int, ...], bool, str]:
    """1.10 comes after 1.9, and 1.0rc1 before 1.0."""
    match = re.match(r"[\d.]+", version)
    plain = match[0] if match else ""
    numbers = tuple(int(part) for part in plain.split(".") if part)
    return numbers, version == plain, version


def find(where: str) -> Release:
    """Results by name: ``now``, a version that is kept, or a file or folder of records.

    Raises
    ------
    DataError : there is none, or it holds no records.
    """
    if where == NOW:
        return now()
    names = release_names()
    if where in names:
        text = resources.files("calc").joinpath(f"data/releases/{where}.json").read_text(encoding="utf-8")
        return read(text, f"{where}.json")
    path = Path(where)
    if path.is_dir():
        whole = path / "derivations.json"
        if whole.is_file():
            return find(str(whole))
        files = sorted(path.glob("*.json"))
        if not files:
            raise DataError(f"{path} holds no records; accepted: a folder that `export` wrote")
        return joined([find(str(file)) for file in files])
    if not path.is_file():
        known = (NOW, *names)
        raise DataError(
            f"{where!r} is no file, folder or release; accepted: records that `export` wrote, {', '.join(known)}"
            f"{nearest(where, known)}"
        )
    return read(file_text(path, most=RECORDS), str(path))


def keep(folder: Path) -> Path:
    """Keep this version's results.

    Raises
    ------
    DataError : this version is no release, or it was released with other results.
    """
    present = now()
    if not present.released:
        raise DataError(f"{present.version} is no release; set the version in calc/__init__.py and CITATION.cff first")
    file = folder / f"{present.version}.json"
    if file.exists() and not compare(find(str(file)), present).nothing:
        raise DataError(f"{present.version} was released with other results; give these a version of their own")
    folder.mkdir(parents=True, exist_ok=True)
    write_file(file, (json.dumps(kept(present), ensure_ascii=False, indent=1) + "\n").encode())
    return file


if __name__ == "__main__":
    print(keep(Path(__file__).parents[1] / "data" / "releases"))
