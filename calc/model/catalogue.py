"""Models and accelerators to choose from: facts that age, each with its source, in ``data/choices``."""

from __future__ import annotations

import functools
from importlib import resources

from calc.base.errors import UnknownNameError, nearest
from calc.model.scenario import Scenario
from calc.model.scenario_file import read_scenario

__all__ = ["ACCELERATORS", "MODELS", "choice"]

MODELS = ("gpt-3", "palm-540b", "llama-3.1-405b")
ACCELERATORS = ("a100", "h100", "b200")


@functools.cache
def choice(name: str) -> Scenario:
    """What is known of one model (parameters, tokens) or accelerator (power, dense peak, server).

    Raises
    ------
    UnknownNameError : there is none of that name, naming the nearest.
    DataError : its file is wrong.

    Examples
    --------
    >>> choice("h100")["server_power"].value
    Fraction(51, 5)
    """
    names = (*MODELS, *ACCELERATORS)
    if name not in names:
        raise UnknownNameError(f"{name!r} is no choice; accepted: {', '.join(names)}{nearest(name, names)}")
    file = f"{name}.toml"
    text = resources.files("calc").joinpath(f"data/choices/{file}").read_text(encoding="utf-8")
    return read_scenario(text, name, file, ())
