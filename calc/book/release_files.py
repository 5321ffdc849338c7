"""Releases as files: what ``data/releases`` keeps of each, and the records that the site and `export` write."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.base.errors import DataError
from calc.base.limits import DIGITS, SHOWN
from calc.base.text_files import visible

__all__ = ["Release", "Result", "from_kept", "from_records", "joined", "kept", "read"]


@dataclass(frozen=True)
class Result:
    """One result of a release, and what it was made of.

    Attributes
    ----------
    id, title, scenario : of the derivation.
    value, unit : exact, in the own unit of that time.
    inputs : value and unit of each input of the chain that is not derived, by name.
    formulas : the hash of each formula of the chain, by id.
    """

    id: str
    title: str
    scenario: str
    value: Fraction
    unit: str
    inputs: Mapping[str, tuple[Fraction, str]]
    formulas: Mapping[str, str]


@dataclass(frozen=True)
class Release:
    """The results of one version, by id."""

    version: str
    released: str
    results: Mapping[str, Result]


def joined(parts: list[Release]) -> Release:
    """The results of several files as those of one release, named after the first."""
    results = {name: result for part in parts for name, result in part.results.items()}
    return Release(parts[0].version, parts[0].released, results)


def read(text: str, file: str) -> Release:
    """Read what is kept of a release, all records in one, or a single record.

    Parameters
    ----------
    text : JSON.
    file : its name, for messages.

    Raises
    ------
    DataError : it is none of these.
    """
    try:
        data = json.loads(text, parse_int=_number)
        if "results" in data:
            return from_kept(data)
        if "derivations" in data:
            return from_records(data["derivations"], _text(data["version"]), _text(data["released"]))
        return from_records([data], _text(data["version"]), "")
    except RecursionError:
        raise DataError(f"{file} is not a record: its lists are nested too deep") from None
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError) as error:
        what = f"has no {error}" if isinstance(error, KeyError) else visible(" ".join(str(error).split()))
        what = what if len(what) <= 3 * SHOWN else f"{what[: 3 * SHOWN]}…"
        raise DataError(f"{file} is not a record: {what}; accepted: files that `export` wrote") from None


def _text(value: Any) -> str:
    """A text of a record, which steers no terminal."""
    if not isinstance(value, str):
        raise TypeError(f"{str(value)[:SHOWN]} stands where a text is expected")
    return visible(value)


def _exact(value: Any) -> Fraction:
    """An exact number of a record, as `Fraction` writes it; a power of ten could take all memory."""
    text = _text(value)
    if not re.fullmatch(r"-?[0-9]{1,4000}([./][0-9]{1,4000})?", text):
        raise ValueError(f"{text[:SHOWN]!r} is no number and no fraction of two whole ones")
    return Fraction(text)


def _number(text: str) -> float:
    return float(text) if len(text) <= DIGITS else math.nan


def from_records(records: list[Mapping[str, Any]], version: str, released: str) -> Release:
    """Full records, as the site publishes them."""
    results = {
        _text(one["id"]): Result(
            _text(one["id"]),
            _text(one["title"]),
            _text(one["scenario"]),
            _exact(one["exact"]),
            _text(one["unit"]),
            {_text(leaf["name"]): (_exact(leaf["exact"]), _text(leaf["unit"])) for leaf in one["leaves"]},
            {_text(step["id"]): _text(step["hash"]) for step in one["chain"]},
        )
        for one in records
    }
    return Release(version, released, results)


def from_kept(data: Mapping[str, Any]) -> Release:
    """What `kept` wrote."""
    results = {}
    for name, one in data["results"].items():
        stated = data["inputs"][one["scenario"]]
        inputs = {_text(key): (_exact(stated[key][0]), _text(stated[key][1])) for key in one["inputs"]}
        formulas = {_text(key): _text(data["formulas"][key]) for key in one["formulas"]}
        results[_text(name)] = Result(
            _text(name), _text(one["title"]), _text(one["scenario"]), _exact(one["value"]), _text(one["unit"]), inputs,
            formulas,
        )  # fmt: skip
    return Release(_text(data["version"]), _text(data["released"]), results)


def kept(release: Release) -> dict[str, Any]:
    """What is kept of a release: each input and each formula once."""
    inputs: dict[str, dict[str, list[str]]] = {}
    formulas: dict[str, str] = {}
    results = {}
    for name, one in release.results.items():
        stated = inputs.setdefault(one.scenario, {})
        stated |= {key: [str(value), unit] for key, (value, unit) in one.inputs.items()}
        formulas |= one.formulas
        results[name] = {
            "title": one.title,
            "scenario": one.scenario,
            "value": str(one.value),
            "unit": one.unit,
            "inputs": list(one.inputs),
            "formulas": list(one.formulas),
        }
    return {
        "version": release.version,
        "released": release.released,
        "results": results,
        "inputs": inputs,
        "formulas": formulas,
    }
