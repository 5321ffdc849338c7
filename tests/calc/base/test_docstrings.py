"""What a function says of itself, also where Python leaves docstrings out of what it compiles."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from calc.base import docstrings
from calc.base.docstrings import docstring


def said() -> None:
    """Said.

    And more.
    """


def silent() -> None:
    return None


@pytest.mark.parametrize("level", [0, 1])
def test_what_there_is(level: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docstrings, "sys", SimpleNamespace(flags=SimpleNamespace(optimize=level)))
    assert docstring(said) == said.__doc__
    monkeypatch.setattr(said, "__doc__", None)
    assert docstring(said) == docstring(silent) == ""


def test_from_the_source_where_it_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docstrings, "sys", SimpleNamespace(flags=SimpleNamespace(optimize=2)))
    whole, module = said.__doc__, docstrings.__doc__
    assert docstring(said) == whole
    monkeypatch.setattr(said, "__doc__", None)
    monkeypatch.setattr(docstrings, "__doc__", None)
    assert docstring(said) == whole
    assert docstring(docstrings) == module
    assert docstring(silent) == ""


def test_what_has_no_file_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docstrings, "sys", SimpleNamespace(flags=SimpleNamespace(optimize=2)))
    space: dict[str, Any] = {}
    exec("def made(): pass\nclass Made: pass", space)
    assert docstring(space["made"]) == ""
    assert docstring(SimpleNamespace.__init__) == SimpleNamespace.__init__.__doc__
