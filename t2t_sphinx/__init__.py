"""Figures of Tokens to Terawatts in other Sphinx projects, each with its address, and a warning when it moves.

It reads the book's published records and imports none of its calculators. In a project's ``conf.py``::

    extensions = ["t2t_sphinx"]
    t2t_records = "https://…/v1.2.0/"  # a version of the book, or a folder that `t2t export` wrote

and in its text, in MyST and in reStructuredText::

    {t2t}`training-energy`                            the figure, linked to its permanent page
    {t2t}`training-energy@gpt-4 in MWh with band`     in a scenario, in a unit, with its nine-in-ten band
    :t2t:`training-energy == 30.4 GWh`                as noted; a warning, t2t.moved, once it is another
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from t2t_sphinx.role import Quoter, Role

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__all__ = ["setup"]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the role, its settings, and what looks after the lock."""
    app.add_config_value("t2t_records", "", "env", str)
    app.add_config_value("t2t_version", "", "env", str)
    app.add_config_value("t2t_sha256", "", "env", str)
    app.add_config_value("t2t_lock", "t2t.lock.json", "", str)
    app.add_config_value("t2t_lock_update", False, "", bool)
    quoter = Quoter()
    app.add_role("t2t", Role(quoter))
    app.connect("builder-inited", quoter.start)
    app.connect("env-get-outdated", quoter.outdated)
    app.connect("env-purge-doc", quoter.purge)
    app.connect("env-merge-info", quoter.merge)
    app.connect("build-finished", quoter.finish)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
