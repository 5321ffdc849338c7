"""What Sphinx's HTML builder does again for each page though nothing of it can have changed, done once.

Code is marked with colours once, though a chapter and a permanent page have the same lines; templates are not looked at
anew in the middle of a build; and no word of progress is put together that nobody reads.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.builders.html import StandaloneHTMLBuilder

__all__ = ["do_once"]


def do_once(builder: StandaloneHTMLBuilder) -> None:
    """Let a builder that is set up do so."""
    bridge: Any = builder.highlighter
    # A warning would be told but once: it is an error, and stops the build.
    bridge.highlight_block = _remembered(bridge.highlight_block, but="location")
    bridge.get_formatter = _remembered(bridge.get_formatter)
    templates: Any = builder.templates
    if environment := getattr(templates, "environment", None):  # as Sphinx's own bridge has one
        environment.auto_reload = False
    logging.getLogger("sphinx.sphinx.events").setLevel(logging.INFO)


def _remembered(work_out: Callable[..., Any], but: str = "") -> Callable[..., Any]:
    """The same function, which works out once what it is asked for in the same words, but for one of them."""
    known: dict[str, Any] = {}

    def found(*given: Any, **more: Any) -> Any:
        key = repr((given, sorted((name, value) for name, value in more.items() if name != but)))
        if key not in known:
            known[key] = work_out(*given, **more)
        return known[key]

    return found
