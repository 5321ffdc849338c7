"""What the numbers of a chart come from, as a page's script takes it: cards, and what is asked of each."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from calc.base.errors import CalcError
from calc.model.input import Input
from calc.model.scenario_file import scenario

if TYPE_CHECKING:
    from calc.model.step import Step

__all__ = ["Values"]

_LONG = 40  # characters


@dataclass
class Values:
    """The values of one chart, each once, for all of its drawings.

    Attributes
    ----------
    cards : of each formula in a scenario what its chain starts from, as `calc.render.javascript.card` has it.
    values : what is asked of a card: ``c`` its place, ``s`` what makes it this value and no other, in own units;
        ``p`` the percentile, ``x`` the input that is sought, ``o`` the input that runs along an axis and ``k`` what one
        of its steps is; or ``n`` an input of the card, with ``e`` the end of its range.
    pieces : the parts of texts that follow.
    hows : what is worked out of values at more than one place.
    units : of quantities, those in which texts have them.
    """

    cards: list[dict[str, Any]] = field(default_factory=list)
    values: list[dict[str, Any]] = field(default_factory=list)
    pieces: list[list[Any]] = field(default_factory=list)
    hows: list[Any] = field(default_factory=list)
    units: dict[str, set[str]] = field(default_factory=dict)
    _places: dict[str, int] = field(default_factory=dict)

    def of(
        self, step: Step, set_by: dict[str, Any], point: int | None = None, unknown: str = "",
        wanted: Any = None,
    ) -> list[int]:  # fmt: skip
        """The place of a step's value, in a list; of one percentile of its draws, or of an input that is sought."""
        about, own = _about(step), dict[str, Any]()
        with contextlib.suppress(CalcError):
            own = {name: _number(one.value) for name, one in scenario(_base(step)).inputs.items()}
        values = {name: value for name, (value, _) in about["values"].items()}
        laid = {leaf.quantity.name for leaf in step.other}
        fixed = {name: value for name, value in values.items() if name in laid or own.get(name) != value}
        # The card has what its scenario has, whoever asks for it first.
        about["values"] = {name: [own.get(name, value), unit] for name, (value, unit) in about["values"].items()}
        place = self._card(about)
        fixed = {name: value for name, value in (fixed | set_by).items() if name in values}
        if unknown:
            fixed.pop(unknown, None)
            fixed[step.formula.result.name] = wanted
        asked: dict[str, Any] = {"c": place, "s": fixed}
        if point is not None:
            asked["p"] = point
        if unknown:
            asked["x"] = unknown
        return [self._at(asked)]

    def given(self, of: str, name: str, end: str, value: float) -> list[int]:
        """The place of an input's value, or of an end of its range."""
        asked = {"n": name, "of": of, "b": value}
        return [self._at(asked | ({"e": end} if end in ("low", "high") else {}))]

    def along(self, base: list[int], name: str, per: float) -> list[Any]:
        """The place of a value as one of its inputs runs along an axis."""
        one = self.values[base[0]]
        fixed = {key: value for key, value in one["s"].items() if key != name}
        return ["w", self._at({**one, "s": fixed, "o": name, "k": per})]

    def _card(self, about: dict[str, Any]) -> int:
        key = json.dumps([about["formula"], about["scenario"], sorted(about["values"])])
        if key not in self._places:
            self._places[key] = len(self.cards)
            self.cards.append(about)
        return self._places[key]

    def _at(self, asked: dict[str, Any]) -> int:
        key = json.dumps(asked, sort_keys=True)
        if key not in self._places:
            self._places[key] = len(self.values)
            self.values.append(asked)
        return self._places[key]

    def once(self, how: Any) -> Any:
        """The same, or the place among `hows` of one that is long."""
        key = json.dumps(how)
        if len(key) < _LONG:
            return how
        if key not in self._places:
            self._places[key] = len(self.hows)
            self.hows.append(how)
        return ["h", self._places[key]]

    def data(self) -> dict[str, Any]:
        """Cards and values as the page has them.

        An input comes with the card that takes it from its scenario, if one does; without one it follows by itself, if
        the chart has no other of its name.
        """
        return {
            "cards": self.cards,
            "hows": self.hows,
            "values": [self._input(one) if "n" in one else one for one in self.values],
        }

    def needs(self) -> dict[str, Any]:
        """What a page's script must have: cards, formulas of which an input is sought, inputs, and units of texts."""
        sought = {self.cards[one["c"]]["formula"] for one in self.values if "x" in one}
        inputs = {one["n"] for one in self.values if "n" in one}
        units = {name: sorted(texts) for name, texts in self.units.items()}
        return {"cards": self.cards, "sought": sorted(sought), "inputs": sorted(inputs), "units": units}

    def _input(self, one: dict[str, Any]) -> dict[str, Any]:
        name = one["n"]
        takes = next(
            (value for value in self.values
             if "c" in value and name not in value["s"] and value.get("o") != name and value.get("x") != name
             and self.cards[value["c"]]["scenario"] == one["of"] and name in self.cards[value["c"]]["values"]),
            None,
        )  # fmt: skip
        kept = {key: value for key, value in one.items() if key != "of"}
        if takes:
            return kept | {"c": takes["c"], "s": takes["s"]}
        elsewhere = {value["of"] for value in self.values if value.get("n") == name}
        used = any(name in value.get("s", ()) or name in (value.get("o"), value.get("x")) for value in self.values)
        return kept | ({} if used or len(elsewhere) > 1 else {"f": 1})


def _base(step: Step) -> str:
    """The scenario that entries of the catalogue were laid over."""
    return step.scenario.name.partition(" + ")[0]


def _about(step: Step) -> dict[str, Any]:
    """What a page's script makes a step of."""
    values = {
        leaf.quantity.name: [_number(leaf.value), leaf.unit.text if isinstance(leaf, Input) else leaf.quantity.unit]
        for leaf in step.leaves
    }
    return {"formula": step.formula.id, "scenario": _base(step), "values": values}


def _number(value: Fraction) -> float | int:
    return int(value) if value.denominator == 1 and abs(value) <= 2**53 else float(value)
