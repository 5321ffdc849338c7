"""Citations looked up once: pybtex searches all installed packages for its plug-ins at every single one.

Registered at run time, which pybtex offers, they are found at once; that is a fifth of the time of a build. The style
of the bibliography is registered too, with a memory that stays with what was read of the pages. Of 7,000 citations one
in six is another than those before it on its page.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, ClassVar

from pybtex.plugin import find_plugin, register_plugin
from pybtex.richtext import Text
from sphinxcontrib.bibtex.domain import BibtexDomain

if TYPE_CHECKING:
    from pybtex.database import BibliographyData, Entry
    from pybtex.style import FormattedEntry
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata
    from sphinxcontrib.bibtex.directives import BibliographyKey

PLUGINS = (("pybtex.backends", "plaintext"), ("pybtex.backends", "docutils"), ("pybtex.style.formatting", "plain"))
STYLE: Any = find_plugin(*PLUGINS[-1])


class Plain(STYLE):  # type: ignore[misc]
    """The same style, which formats an entry once as long as the entry says the same.

    Attributes
    ----------
    known : what each entry looks like in the list of sources, by all that it says.
    """

    known: ClassVar[dict[str, FormattedEntry]] = {}

    def format_entry(self, label: str, entry: Entry, bib_data: BibliographyData | None = None) -> FormattedEntry:
        """An entry with its label, as pybtex formats it."""
        if "crossref" in entry.fields:  # it says what another one says, too
            return super().format_entry(label, entry, bib_data)
        key = f"{label} {entry.key} {entry!r}"
        if key not in self.known:
            self.known[key] = super().format_entry(label, entry, bib_data)
        return self.known[key]


class Citations(BibtexDomain):
    """The same citations, of which each is put into words once a page: a table of inputs names a source many times."""

    def get_filtered_entries(self, bibliography_key: BibliographyKey) -> list[tuple[str, Entry]]:
        """The sources of a list: of each all citations are asked about, and six in seven say what another said."""
        every = self.citation_refs
        once = {(ref.docname, *(target.key for target in ref.targets)): ref for ref in every}
        self.data["citation_refs"] = list(once.values())
        try:
            return list(super().get_filtered_entries(bibliography_key))
        finally:
            self.data["citation_refs"] = every

    def resolve_xref(
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str, *about: Any
    ) -> Any:
        """The links of a citation, as sphinxcontrib-bibtex makes them."""
        known = builder.__dict__.setdefault("book_citations", {})
        key = (fromdocname, typ, target)
        if key not in known:
            found = super().resolve_xref(env, fromdocname, builder, typ, target, *about)
            if not found.children:  # it is warned of wherever it stands
                return found
            known[key] = found
        return known[key].deepcopy()


def recall(app: Sphinx, env: BuildEnvironment) -> None:
    """Use and fill the memory that goes with what was read."""
    Plain.known = env.__dict__.setdefault("book_entries", Plain.known)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register what sphinxcontrib-bibtex asks for, under the names it asks for."""
    if not hasattr(Text.from_latex, "cache_info"):
        Text.from_latex = functools.cache(Text.from_latex)  # the same names at every citation; a text never changes
    for group, name in PLUGINS:
        register_plugin(group, name, find_plugin(group, name), force=True)
    register_plugin(*PLUGINS[-1], Plain, force=True)
    app.setup_extension("sphinxcontrib.bibtex")
    app.add_domain(Citations, override=True)
    app.connect("env-updated", recall, priority=100)  # before sphinxcontrib-bibtex, which formats all entries there
    return {"parallel_read_safe": True, "parallel_write_safe": True}
