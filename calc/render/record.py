"""A derivation as plain data, for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calc.errors import DomainError
from calc.render import latex

if TYPE_CHECKING:
    from calc.derivation import Derivation

__all__ = ["record"]


def record(derivation: Derivation) -> dict[str, Any]:
    """The keys of `python -m calc show --format json`.

    Returns
    -------
    ``value`` is in ``unit``, the result's own unit, in full precision; so are ``low``, ``median`` and ``high``, the 5,
    50 and 95 % points of its draws, or null where no input has a range. An input that was derived has the formula's
    id as its locator and no source; one that somebody gave has neither.

    Examples
    --------
    >>> from calc import gpu_power
    >>> record(gpu_power.derive("gpt-4"))["value"]
    10.0
    """
    from calc import __version__

    formula = derivation.formula
    inputs = [
        {
            "name": used.quantity.name,
            "value": int(used.value) if used.quantity.domain.whole else float(used.value),
            "unit": used.quantity.unit,
            "kind": used.kind,
            "source": used.source,
            "locator": used.locator,
        }
        for used in derivation.used
    ]
    sources = [key for key, _ in formula.sources]
    sources += [used.source for used in derivation.used if used.source]
    return {
        "id": formula.id,
        "title": formula.title,
        "scenario": derivation.scenario.name,
        "value": derivation.value,
        "unit": formula.unit,
        **_percentiles(derivation),
        "latex": f"{formula.result.latex} = {latex.symbols(formula)}",
        "substituted": latex.substituted(derivation),
        "inputs": inputs,
        "sources": list(dict.fromkeys(sources)),
        "version": __version__,
    }


def _percentiles(derivation: Derivation) -> dict[str, float | None]:
    try:
        return {"low": derivation.low, "median": derivation.median, "high": derivation.high}
    except DomainError:  # a draw that is impossible leaves no percentiles
        return dict.fromkeys(("low", "median", "high"))
