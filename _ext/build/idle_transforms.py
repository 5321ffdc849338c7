"""Transforms of Sphinx's and of its extensions pass over a page that has nothing of what they look for.

Each goes through all nodes of a page, of which the book has 300,000, and many look for what hardly any page has:
footnotes, rST's citations, C++. Which kinds of nodes a page has is found once, and they run where theirs is among them.
No transform makes nodes of these kinds, so that what was read is all that there is.

Quotation marks are looked for in the paragraphs that have any, and languages of code at code.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_nb.ext.execution_tables import ExecutionStatsNode, ExecutionStatsPostTransform
from myst_nb.ext.glue.crossref import PendingGlueReference, ReplacePendingGlueReferences
from myst_nb.sphinx_ import SelectMimeType
from sphinx import addnodes, transforms
from sphinx.builders.latex.transforms import FootnoteDocnameUpdater
from sphinx.domains import c, citation, cpp
from sphinx.transforms import i18n, post_transforms
from sphinx.transforms.post_transforms import code, images
from sphinx.transforms.references import SphinxDanglingReferences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.util.typing import ExtensionMetadata

# What each looks for; where none of it is on a page, it has nothing to do there.
LOOKED_FOR: dict[type[Any], tuple[type[nodes.Node], ...]] = {
    i18n.PreserveTranslatableMessages: (addnodes.translatable,),
    i18n.RemoveTranslatableInline: (nodes.field_body, addnodes.versionmodified),  # where Sphinx has such lines made
    transforms.DefaultSubstitutions: (nodes.substitution_reference,),
    transforms.HandleCodeBlocks: (nodes.block_quote,),
    transforms.AutoIndexUpgrader: (addnodes.index,),
    transforms.ReorderConsecutiveTargetAndIndexNodes: (addnodes.index,),
    transforms.DoctestTransform: (nodes.doctest_block,),
    transforms.GlossarySorter: (addnodes.glossary,),
    citation.CitationDefinitionTransform: (nodes.citation,),
    citation.CitationReferenceTransform: (nodes.citation_reference,),
    FootnoteDocnameUpdater: (nodes.footnote, nodes.footnote_reference),
    ReplacePendingGlueReferences: (PendingGlueReference,),
    ExecutionStatsPostTransform: (ExecutionStatsNode,),
    c.AliasTransform: (c.AliasNode,),
    cpp.AliasTransform: (cpp.AliasNode,),
    images.ImageDownloader: (nodes.image,),
    images.DataURIExtractor: (nodes.image,),
    post_transforms.PropagateDescDomain: (addnodes.desc_signature,),
}
# What makes a paragraph one that quotation marks, dashes or dots are put right in.
SIGNS = re.compile(r"""["'`\\&]|--|\.\s?\.""")

# Those that ask each node of a page what it is, or call a function with it: of what kind all are that they would take.
NARROWED: dict[type[Any], type[Any]] = {
    transforms.AutoNumbering: nodes.General,
    SelectMimeType: nodes.container,
}

_last: list[tuple[nodes.document, frozenset[type]]] = []


def kinds(document: nodes.document) -> frozenset[type]:
    """The kinds of nodes on a page, found when it is first asked of it."""
    if not _last or _last[0][0] is not document:
        _last[:] = [(document, frozenset(_kinds(document)))]
    return _last[0][1]


def _kinds(node: nodes.Node) -> set[type]:
    """Those at and below a node; what knows its own is not looked through."""
    found, waiting = set[type](), [node]
    while waiting:
        node = waiting.pop()
        found.add(type(node))
        if known := getattr(node, "kinds", None):
            found |= known
        else:
            waiting += node.children
    return found


def has(document: nodes.document, wanted: tuple[type[nodes.Node], ...]) -> bool:
    """Whether a page has a node of one of these kinds."""
    return any(issubclass(kind, wanted) for kind in kinds(document))


def idle(transform: type[Any], wanted: tuple[type[nodes.Node], ...]) -> type[Any]:
    """The same transform, which leaves a page alone that has nothing for it."""

    def apply(self: Any, **given: Any) -> None:
        if has(self.document, wanted):
            super(made, self).apply(**given)

    return (made := _made(transform, apply))


def untranslated(transform: type[Any]) -> type[Any]:
    """The same transform, which leaves a book alone that has no folder of translations."""

    def apply(self: Any, **given: Any) -> None:
        if any((Path(self.env.srcdir) / folder).is_dir() for folder in self.config.locale_dirs):
            super(made, self).apply(**given)

    return (made := _made(transform, apply))


def _made(transform: type[Any], apply: Callable[..., None]) -> type[Any]:
    return type(transform.__name__, (transform,), {"apply": apply, "__module__": transform.__module__})


def narrowed(transform: type[Any], kind: type[Any]) -> type[Any]:
    """The same transform, on a page that finds in itself only nodes of one kind."""

    def apply(self: Any, **given: Any) -> None:
        whole = self.document
        self.document = _Narrow(whole, kind)
        try:
            super(made, self).apply(**given)
        finally:
            self.document = whole

    return (made := _made(transform, apply))


class _Narrow:
    """A page that finds in itself only nodes of one kind."""

    def __init__(self, document: nodes.document, kind: Any) -> None:
        self._document, self._kind = document, kind

    def __getattr__(self, name: str) -> Any:
        return getattr(self._document, name)

    def findall(self, condition: type[nodes.Node] | Callable[[nodes.Node], bool]) -> Iterator[nodes.Node]:
        """Those that are of it and are asked for."""
        for node in self._document.findall(self._kind):
            if isinstance(node, condition) if isinstance(condition, type) else condition(node):
                yield node


class Quotes(transforms.SphinxSmartQuotes):
    """Sphinx's, for the paragraphs that have a sign which it changes."""

    def apply(self, **given: Any) -> None:
        """Hand it these paragraphs alone."""
        whole = self.document
        self.document = _Signed(whole, nodes.Node)  # type: ignore[assignment]
        try:
            super().apply(**given)
        finally:
            self.document = whole


class _Signed(_Narrow):
    """A page that finds in itself only the paragraphs with signs."""

    def findall(self, kind: Any) -> Iterator[nodes.Node]:
        """The paragraphs, and what else has text and stands in none."""
        for node in self._document.findall(kind):
            if isinstance(node.parent, nodes.TextElement):
                continue
            # What is in its source stands in its text too, or came from between backquotes.
            if SIGNS.search(getattr(node, "rawsource", "") or "`") and SIGNS.search(node.astext()):
                yield node


class Dangling(SphinxDanglingReferences):
    """Sphinx's, which has a message made of each place that no link leads to, and drops it."""

    def apply(self, **given: Any) -> None:
        """Let none be made."""
        reporter = self.document.reporter
        reporter.info = lambda *_, **__: None  # type: ignore[assignment,method-assign]
        try:
            super().apply(**given)
        finally:
            del reporter.info


class Languages(code.HighlightLanguageTransform):
    """Sphinx's, which goes to each node with a visitor to find the code."""

    def apply(self, **given: Any) -> None:
        """Go to the code itself, where no page sets another language on its way."""
        if has(self.document, (addnodes.highlightlang, addnodes.start_of_file)):
            super().apply(**given)
            return
        visitor = code.HighlightLanguageVisitor(self.document, self.config.highlight_language)
        visitor.visit_document(self.document)
        for block in self.document.findall(nodes.literal_block):
            visitor.visit_literal_block(block)


def replace(app: Sphinx, config: Config) -> None:
    """Put these in the places of the transforms that extensions have registered."""
    instead: dict[type[Any], type[Any]] = {
        transforms.SphinxSmartQuotes: Quotes,
        code.HighlightLanguageTransform: Languages,
        SphinxDanglingReferences: Dangling,
    }
    instead |= {transform: idle(transform, wanted) for transform, wanted in LOOKED_FOR.items()}
    instead |= {transform: narrowed(transform, kind) for transform, kind in NARROWED.items()}
    instead |= {one: untranslated(one) for one in (i18n.TranslationProgressTotaliser, i18n.AddTranslationClasses)}
    for registered in (app.registry.transforms, app.registry.post_transforms):
        registered[:] = [instead.get(one, one) for one in registered]


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listener."""
    app.connect("config-inited", replace, priority=900)  # when all extensions have registered theirs
    return {"parallel_read_safe": True, "parallel_write_safe": True}
