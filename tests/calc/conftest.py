"""What the tests of calc share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from calc.base.quantities import _ALIASES, _QUANTITIES
from calc.model.registry import _BY_RESULT, _FORMULAS


@pytest.fixture
def sandbox() -> Iterator[None]:
    """Formulas and quantities that a test defines are gone after it."""
    registries = (_FORMULAS, _BY_RESULT, _QUANTITIES, _ALIASES)
    before = [dict(registry) for registry in registries]
    yield
    for registry, kept in zip(registries, before, strict=True):
        registry.clear()
        registry.update(kept)
