"""``objects.inv``, by which other projects link to the book: titles of one line, cards at their permanent address.

A label of a figure is called by its whole caption, with line breaks and keys of sources in it; the inventory, which has
a line for each label, then has lines of nobody. A chart has a title, and is called by that.
"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _ext.site.permanent import FOLDER
from _ext.state import homes
from calc.charts import all_charts

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

NAME = "objects.inv"
HEAD = 4  # lines, before what is compressed


def one_line(title: str) -> str:
    r"""A title without line breaks.

    Examples
    --------
    >>> one_line("The most\nof them ")
    'The most of them'
    """
    return " ".join(title.split())


def call(app: Sphinx, env: BuildEnvironment) -> None:
    """Give every label a title of one line, and a chart's its own."""
    labels: Any = env.get_domain("std").data["labels"]  # type: ignore[attr-defined,unused-ignore]
    titles = {f"chart-{chart.id}": chart.title for chart in all_charts()}
    for name, (page, place, title) in labels.items():
        labels[name] = (page, place, one_line(titles.get(name, title)))


def led(text: str, names: set[str]) -> str:
    r"""The lines of an inventory, with cards led to their permanent pages.

    Examples
    --------
    >>> led("pue std:label -1 chapters/site.html#$ PUE\n", {"pue"})
    'pue std:label -1 d/pue/ PUE\n'
    """
    return re.sub(
        r"^(\S+)( std:label \S+) \S+",
        lambda line: f"{line[1]}{line[2]} {FOLDER}/{line[1]}/" if line[1] in names else line[0],
        text,
        flags=re.MULTILINE,
    )


def lead(app: Sphinx, exception: Exception | None) -> None:
    """Lead other projects to a card's permanent page; within the book, links lead to its chapter."""
    if exception or app.builder.name != "html":
        return
    file = Path(app.outdir) / NAME
    *head, body = file.read_bytes().split(b"\n", HEAD)
    text = led(zlib.decompress(body).decode("utf-8"), set(homes(app.env)))
    file.write_bytes(b"\n".join([*head, zlib.compress(text.encode("utf-8"), 9)]))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners."""
    app.connect("env-updated", call)
    app.connect("build-finished", lead)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
