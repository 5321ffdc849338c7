"""sphinxext-opengraph without its own pictures, for which it would import matplotlib's pyplot: a fifth of a second."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

__all__ = ["get_tags"]

_CARDS = "sphinxext.opengraph._social_cards"
_ABSENT: dict[str, Any] = {"DEFAULT_SOCIAL_CONFIG": {}, "create_social_card": None}  # as where there is no matplotlib

if _CARDS not in sys.modules:
    sys.modules[_CARDS] = ModuleType(_CARDS)
    sys.modules[_CARDS].__dict__.update(_ABSENT)

from sphinxext.opengraph import get_tags  # noqa: E402
