"""Pages with what hardly any has: the transforms that pass over the others do to these what Sphinx's own do."""

import textwrap

import pytest
from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import GlossarySorter
from sphinx.util.docutils import docutils_namespace

from _ext.build.idle_transforms import LOOKED_FOR, idle

PAGES = {
    "index": '''
        # "Quoted" -- and `code` with 'marks'

        It's a "test"... of A--B, of \\"escapes\\", and *"of"* 'half a **line'**. Not of this. & so on. . .

        ```{highlight} python
        ```

        ```
        print("as it is")
        ```

        ```{code-block}
        a = 1
        ```

        > A quote of one -- line.

        ```{glossary}
        :sorted:

        Zebra
          It's striped.

        Ant
          Small.
        ```
        ''',
    "rest": '''
        # Plain

        Nothing to put right here, but a footnote.[^one]

        [^one]: "It" -- is here.

        ```{eval-rst}
        Today is |version|, as [CIT2002]_ says.

        .. [CIT2002] A *book*.

        >>> 1 + 1
        2

        .. index:: single: one; two

        .. cpp:function:: int f(int a)

        .. cpp:alias:: f

        .. versionadded:: 1.0
           Since *then*.

        .. py:function:: g(x)

           :param x: a number
           :returns: another
        ```

        :::{table} A title
        | a | b |
        |---|---|
        | 1 | 2 |
        :::

        ```{code-block} text
        :caption: Code
        a
        ```

        ```
        plain
        ```
        ''',
}  # fmt: skip


def trees(folder, extensions):
    """Each page as it is handed to whoever writes it."""
    with docutils_namespace():
        app = Sphinx(
            folder, None, folder / "html", folder / "trees", "html", status=None, freshenv=True,
            confoverrides={"extensions": ["myst_parser", *extensions], "version": "7", "project": "Q"},
        )  # fmt: skip
        app.builder.read()
        resolved = [app.env.get_and_resolve_doctree(name, app.builder, tags=app.tags) for name in sorted(PAGES)]
    for tree in resolved:
        tree.attributes.pop("translation_progress", None)  # of a book that has no translations
    return [tree.pformat() for tree in resolved]


@pytest.fixture
def folder(tmp_path):
    for name, text in PAGES.items():
        (tmp_path / f"{name}.md").write_text(textwrap.dedent(text), encoding="utf-8")
    return tmp_path


def test_pages_are_what_sphinx_makes_of_them(folder):
    theirs, ours = (trees(folder, extensions) for extensions in ([], ["_ext.build.idle_transforms"]))
    assert ours == theirs
    for page, made in zip(theirs, (("“Quoted” – and", 'language="python"'), ("footnote_reference",)), strict=True):
        assert all(one in page for one in made)


def test_a_page_is_only_looked_through_for_what_it_has():
    asked = []

    class Sorter(GlossarySorter):
        def apply(self, **_):
            asked.append(self.document)

    pages = [new_document(kind.__name__) for kind in (addnodes.glossary, nodes.paragraph)]
    for page, kind in zip(pages, (addnodes.glossary, nodes.paragraph), strict=True):
        page += kind()
        idle(Sorter, LOOKED_FOR[GlossarySorter])(page).apply()
    assert asked == pages[:1]
