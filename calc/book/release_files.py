"""Releases as files: what ``data/releases`` keeps of each, and the records that the site and `export` write."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from calc.base.errors import DataError

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
        data = json.loads(text)
        if "results" in data:
            return from_kept(data)
        if "derivations" in data:
            return from_records(data["derivations"], data["version"], data["released"])
        return from_records([data], data["version"], "")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        what = f"has no {error}" if isinstance(error, KeyError) else str(error)
        raise DataError(f"{file} is not a record: {what}; accepted: files that `export` wrote") from None


def from_records(records: list[Mapping[str, Any]], version: str, released: str) -> Release:
    """Full records, as the site publishes them."""
    results = {
        one["id"]: Result(
            one["id"],
            one["title"],
            one["scenario"],
            Fraction(one["exact"]),
            one["unit"],
            {leaf["name"]: (Fraction(leaf["exact"]), leaf["unit"]) for leaf in one["leaves"]},
            {step["id"]: step["hash"] for step in one["chain"]},
        )
        for one in records
    }
    return Release(version, released, results)


def from_kept(data: Mapping[str, Any]) -> Release:
    """What `kept` wrote."""
    results = {}
    for name, one in data["results"].items():
        stated = data["inputs"][one["scenario"]]
        inputs = {key: (Fraction(stated[key][0]), stated[key][1]) for key in one["inputs"]}
        formulas = {key: data["formulas"][key] for key in one["formulas"]}
        results[name] = Result(
            name, one["title"], one["scenario"], Fraction(one["value"]), one["unit"], inputs, formulas
        )
    return Release(data["version"], data["released"], results)


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
