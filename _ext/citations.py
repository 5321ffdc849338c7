"""Citations looked up once: pybtex searches all installed packages for its plug-ins at every single one.

Registered at run time, which pybtex offers, they are found at once; that is a fifth of the time of a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pybtex.plugin import find_plugin, register_plugin

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

PLUGINS = (("pybtex.backends", "plaintext"), ("pybtex.backends", "docutils"), ("pybtex.style.formatting", "plain"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what sphinxcontrib-bibtex asks for, under the names it asks for."""
    for group, name in PLUGINS:
        register_plugin(group, name, find_plugin(group, name), force=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
