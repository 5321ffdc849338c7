"""What a symbol means, without a script: words under an equation that is pointed at, and links in prose."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import make_refnode

from _ext.elements.piece import Word
from calc.base.errors import CalcError
from calc.base.quantities import quantity
from calc.render.text import described

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

    from _ext.elements.piece import RoleResult

_SYMBOL = "calc-symbol"
_MARK = re.compile(r'(<mrow data-quantity="(\w+)")>')


def with_words(mathml: str, name: str) -> tuple[str, str]:
    """An equation whose symbols are counted, and the list of what they mean; empty where it has none.

    The list is the equation's description for a screen reader, under the id ``name``. The style sheet shows the words
    of the symbol under the pointer by its place among them.
    """
    places: dict[str, int] = {}

    def counted(mark: re.Match[str]) -> str:
        return f'{mark[1]} data-place="{places.setdefault(mark[2], len(places) + 1)}">'

    mathml = _MARK.sub(counted, mathml)
    if not places:
        return mathml, ""
    words = "".join(f"<span>{escape(described(quantity(one)))}</span> " for one in places)
    return mathml, f'<span class="symbol-words" id="{name}">{words.strip()}</span>'


class SymbolRole(Word):
    """``{symbol}`server_power```: a quantity's symbol in prose, linked to the notation, and saying what it is."""

    def run(self) -> RoleResult:
        """The symbol as inline math, inside a link."""
        try:
            found = quantity(self.text)
        except CalcError as error:
            return self.refuse(error)
        symbol = nodes.math(found.latex, found.latex)
        return self.link(_SYMBOL, f"quantity-{found.name}", symbol, reftitle=described(found))


def resolve_symbol(
    app: Sphinx, env: BuildEnvironment, node: addnodes.pending_xref, content: nodes.Element
) -> nodes.Node | None:
    """Link a symbol to its line of the notation; in a book without that page it stays as it is."""
    if node["reftype"] != _SYMBOL:
        return None
    place = env.domains.standard_domain.anonlabels.get(node["reftarget"])
    if place is None:
        return content
    link = make_refnode(app.builder, node["refdoc"], *place, content, node["reftitle"])
    link["classes"].append("symbol")
    return link


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the role."""
    app.add_role("symbol", SymbolRole())
    app.connect("missing-reference", resolve_symbol)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
