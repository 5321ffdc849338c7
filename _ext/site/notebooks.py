"""Each page with cells as a notebook to download: its prose with the numbers filled in, its cells as they stand.

The prose comes from the finished page, so every value, citation and number of an equation reads as it does there. No
outputs are written: whoever runs the cells gets their own, and a page built twice gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes

from _ext.elements.cards import fold
from calc import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
ABOUT = (
    "*A chapter of {book}, version {version}, as a notebook. Its cells need the book's calculators: run "
    "`pip install .` in a copy of the book's sources first. Numbers in brackets, such as (4.2), are equations "
    "of the book.*"
)
_MARKUP = re.compile(r"([\\`*_\[\]<>$#|~])")
_BOOK_QUANTITY = re.compile(r"\\bookquantity\{[a-z0-9-]+\}")
_WRAPPED: dict[type[nodes.Node], str] = {nodes.strong: "**", nodes.emphasis: "*"}
_TITLES = {"doc", "std-ref"}  # a link's words, which name a chapter or a card
_PICTURES = (nodes.raw, nodes.image, nodes.target, nodes.comment, nodes.substitution_definition)


def inline(node: nodes.Node) -> str:
    """A part of a line as Markdown. Links inside the book keep their words alone: a download has no neighbours."""
    if isinstance(node, nodes.Text):
        return _MARKUP.sub(r"\\\1", re.sub(r"\s*\n\s*", " ", node.astext()))
    if isinstance(node, nodes.literal):
        return f"`{node.astext()}`"
    if isinstance(node, nodes.math):
        return f"${_latex(node)}$"
    if isinstance(node, _PICTURES):
        return ""
    inside = "".join(map(inline, node.children))
    if isinstance(node, nodes.reference) and str(node.get("refuri", "")).startswith(("https:", "http:")):
        return f"[{inside}]({node['refuri']})"
    is_title = isinstance(node, nodes.inline) and not _TITLES.isdisjoint(node["classes"])
    mark = "*" if is_title else _WRAPPED.get(type(node), "")
    return f"{mark}{inside}{mark}"


def _latex(node: nodes.Node) -> str:
    return _BOOK_QUANTITY.sub("", node.astext()).strip()


def blocks(node: nodes.Node) -> Iterator[str]:
    """The paragraphs, lists and boxes of a part of a page as Markdown."""
    for kind, writer in _BLOCKS.items():
        if isinstance(node, kind):
            yield from writer(node)
            return
    if isinstance(node, nodes.TextElement):
        if text := inline(node).strip():
            yield text
    elif not isinstance(node, _PICTURES):
        yield from _inside(node)


def _inside(node: nodes.Node) -> Iterator[str]:
    for child in node.children:
        yield from blocks(child)


def _joined(node: nodes.Node) -> str:
    return "\n\n".join(_inside(node))


def _indented(text: str, first: str) -> str:
    return first + text.replace("\n", "\n" + " " * len(first)).replace(" " * len(first) + "\n", "\n")


def _items(node: nodes.Element) -> Iterator[str]:
    ordered = isinstance(node, nodes.enumerated_list)
    yield "\n".join(_indented(_joined(item), f"{n}. " if ordered else "- ") for n, item in enumerate(node.children, 1))


def _equation(node: nodes.Element) -> Iterator[str]:
    number = f" \\tag{{{node['number']}}}" if isinstance(node.get("number"), str) else ""
    yield f"$$\n{_latex(node)}{number}\n$$"


def _code(node: nodes.Element) -> Iterator[str]:
    yield f"```{node.get('language', '')}\n{node.astext()}\n```"


def _box(node: nodes.Element) -> Iterator[str]:
    title, *rest = node.children
    parts = [f"**{inline(title)}**", *(part for child in rest for part in blocks(child))]
    yield _quoted("\n\n".join(parts))


def _quote(node: nodes.Element) -> Iterator[str]:
    yield _quoted(_joined(node))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def _fold(node: nodes.Element) -> Iterator[str]:
    yield f"<details><summary>{node['title']}</summary>\n\n{_joined(node)}\n\n</details>"


def _definition(node: nodes.Element) -> Iterator[str]:
    terms = [inline(child) for child in node.children if isinstance(child, nodes.term)]
    rest = (part for child in node.children if isinstance(child, nodes.definition) for part in blocks(child))
    yield _indented("\n\n".join([f"**{', '.join(terms)}**", *rest]), "- ")


def _table(node: nodes.Element) -> Iterator[str]:
    rows = [
        [" ".join(_inside(entry)).replace("\n", " ") for entry in row.findall(nodes.entry)]
        for row in node.findall(nodes.row)
    ]
    if rows:
        rows.insert(1, ["---"] * len(rows[0]))
        yield "\n".join(f"| {' | '.join(row)} |" for row in rows)


_BLOCKS: dict[type, Callable[[Any], Iterator[str]]] = {
    nodes.bullet_list: _items,
    nodes.enumerated_list: _items,
    nodes.math_block: _equation,
    nodes.literal_block: _code,
    nodes.Admonition: _box,
    nodes.block_quote: _quote,
    fold: _fold,
    nodes.definition_list_item: _definition,
    nodes.table: _table,
}


def notebook(page: nodes.document, sources: dict[int, str], about: str) -> dict[str, Any]:
    """The notebook of a page, with the sources of its cells by their place in it."""
    cells: list[dict[str, Any]] = []
    prose: list[str] = []
    left = dict(sorted(sources.items()))

    def add(kind: str, text: str) -> None:
        ran: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
        cell = {"cell_type": kind, "id": f"cell-{len(cells) + 1}", "metadata": {}, "source": text.splitlines(True)}
        cells.append(cell | ran)

    def code_up_to(place: int) -> None:
        if prose:
            add("markdown", "\n\n".join(prose))
            prose.clear()
        for one in [one for one in left if one <= place]:  # with those that the page does not show
            add("code", left.pop(one))

    def walk(node: nodes.Node, depth: int) -> None:
        if isinstance(node, nodes.section):
            for child in node.children:
                walk(child, depth + 1)
        elif isinstance(node, nodes.title):
            prose.append(f"{'#' * depth} {inline(node)}")
            if depth == 1:
                prose.append(about)
        elif isinstance(node, nodes.container) and node.get("nb_element") == "cell_code":
            code_up_to(node["cell_index"])
        else:
            prose.extend(blocks(node))

    for child in page.children:
        walk(child, 0)
    code_up_to(max(sources))
    return {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}


def write(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Write the notebook beside its page, and let the page link to it."""
    if doctree is None or app.builder.name != "html":
        return
    sources: dict[int, str] = app.env.metadata[pagename].get("cells", {})
    if not sources:
        return
    about = ABOUT.format(book=app.config.project, version=__version__)
    target = Path(app.outdir) / f"{pagename}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    made = json.dumps(notebook(doctree, sources, about), ensure_ascii=False, indent=1, sort_keys=True)
    target.write_text(made + "\n", encoding="utf-8")
    context["book_notebook"] = target.name


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("html-page-context", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
