"""The landing page: five answers with their bands, and the way from a token to the grid as a row of steps.

Both are lists, so their numbers are the book's own values and links, their words grow with the reader's letters, and a
screen reader reads them as what they are. A phone shows them as columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes

from _ext.elements.piece import Piece, Word, html_only
from calc.base.errors import CalcError
from calc.book.lookup import refer
from calc.render.bars import bar

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

    from _ext.elements.piece import RoleResult

_PINS = "".join(f"M{x} 4v6M{x} 38v6M4 {x}h6M38 {x}h6" for x in (16, 24, 32))
# Strokes on a square of 48.
DRAWINGS = {
    "token": '<path d="M8 8h32v24H22l-8 9v-9H8zM15 16h18M15 23h11"/>',
    "chip": f'<rect x="10" y="10" width="28" height="28" rx="3"/><path d="M18 18h12v12H18z{_PINS}"/>',
    "server": '<path d="M8 6h32v10H8zM8 19h32v10H8zM8 32h32v10H8z"/>'
    '<path d="M13 11h.1M13 24h.1M13 37h.1M22 11h13M22 24h13M22 37h13"/>',
    "power": '<path d="M27 4 11 27h11l-3 17 18-25H26z"/>',
    "site": '<path d="M4 42V20l12-8v8l12-8v8l12-8v30zM10 28h6v6h-6zM22 28h6v6h-6zM34 42V28"/>',
    "energy": '<rect x="7" y="14" width="34" height="22" rx="3"/><path d="M41 21h4v8h-4M14 20v10M21 20v10M28 20v10"/>',
    "grid": '<path d="m16 44 6-40h4l6 40M18 30l13 8M19 22l11 8M30 30l-13 8M29 22l-11 8"/>'
    '<path d="M8 18h32M8 18v5M40 18v5M12 10h24M12 10v5M36 10v5"/>',
}  # fmt: skip


class Icon(Word):
    """``{icon}`chip```: one of the drawings; nothing outside HTML."""

    def run(self) -> RoleResult:
        """The drawing, hidden from screen readers, as the words beside it say the same."""
        if self.text not in DRAWINGS:
            return self.refuse(f"{self.text!r} is not drawn; accepted: {', '.join(DRAWINGS)}")
        svg = f'<svg class="icon" viewBox="0 0 48 48" aria-hidden="true">{DRAWINGS[self.text]}</svg>'
        return html_only(svg), []


class Bar(Word):
    """``{bar}`training-energy; spread```: the value's bar, with the ends that its reference asks for."""

    def run(self) -> RoleResult:
        """The bar, hidden from screen readers, as the words beside it say the same."""
        try:
            found = refer(self.text)
        except CalcError as error:
            return self.refuse(error)
        return html_only(bar(float(found.low), float(found.value), float(found.high))), []


class Steps(Piece):
    """``{chain-steps}``: a numbered list whose items follow from each other, drawn with arrows between."""

    has_content = True
    kind: ClassVar = "steps"

    def run(self) -> list[nodes.Node]:
        """The list in a frame of its own."""
        made = nodes.container(classes=[self.kind])
        made += self.parse_content_to_nodes()
        return [made]


class Answers(Steps):
    """``{answers}``: a list of questions, each with its figure, its band and what it is of."""

    kind = "answers"


class Doors(Steps):
    """``{doors}``: a list of links to where a reader can go on."""

    kind = "doors"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the role and the directive."""
    app.add_role("icon", Icon())
    app.add_role("bar", Bar())
    app.add_directive("chain-steps", Steps)
    app.add_directive("answers", Answers)
    app.add_directive("doors", Doors)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
