"""Tables read cell by cell are those that docutils reads as lists of lists, and find in themselves what docutils finds.

Outlines of pages number what Sphinx numbers from the whole of them.
"""

import io

import pytest
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from _ext.elements import rows

# Each cell in one row and column of a table, so that a cell that is read wrongly is named.
CELLS = [
    "word",
    "two words, a comma; 1,000 kW (0.5 to 2)",
    "",
    "*one* **two** `three`",
    "{ref}`place`",
    "$x^2$ and $y$",
    "[a link](https://example.org)",
    "<https://example.org>",
    "a &amp; b &lt; c",
    r"a \* b \_ c",
    "a_b_c",
    "5 < 6 > 4",
    "- a\n    - list",
    "1. a\n    2. list",
    "2026. A year",
    "-5 %",
    "- 5 %",
    "+3",
    "* star",
    "# head",
    "#7",
    "> said",
    "first\n\n    second *part*",
    "first\n    line after line",
    "```\n    code\n    ```",
    "~~~\n    code\n    ~~~",
    "!a",
    ": term",
    "term\n    : its meaning",
    "% hidden",
    "100 %",
    "$$x$$",
    "(name)=",
    "(in brackets) so",
    "+++",
    "***",
    "---",
    "[1]: no",
    "[x] yes",
    "| a | b |",
    "<b>html</b>",
    "$5 and $6",
    "`` ` ``",
    "a\tb",
    "    indented",
    "head\n    ===",
    "x\N{NO-BREAK SPACE}kW",
    "\N{EN DASH} dash",
    "{abbr}`GPU (a processor)`",
    "=",
    "==",
    "1) one",
    "1)one",
    ":::{note}\n    inside\n    :::",
    "``````{note}\n    inside\n    ``````",
    "a  \n    b",
    "_a_",
    "__a__",
    "(named)=\n    $N_\\mathrm{total}$",
    "(named-2)=\n    words\n\n    {ref}`place`, more",
    "(named-3)=\n    - a\n    - list",
    "(named-4)=\n    (named-5)=\n    word",
    "(named-6)=",
    "(a b)=\n    word",
    "{abbr}`GPU (a)` {abbr}`TPU (b)`, sec. 2, checked `2026-11-25`",
    "{abbr}`GPU (a)`{abbr}`TPU (b)`",
    "{abbr}` GPU (a) `",
    "a{abbr}`GPU (a)`b",
    "`code`{abbr}`GPU (a)`",
    "`code`{.kind}",
    "`a`b`c`",
    "`a\\`",
    "`a``b`",
    "``a`b``",
    "`a",
    "a`b`c",
    "$x$y$",
    "$x$5",
    "5$x$",
    "$x $",
    "$x\\$ y$",
    "$a$, `b` and {abbr}`GPU (c)`.",
    "costs $5, and $6",
    "{nothing}",
    "{ref}",
    "{ref}`place`  twice  spaced",
    "`a` [b](https://example.org)",
]
KINDS = (
    nodes.Text, nodes.paragraph, nodes.inline, nodes.reference, nodes.literal, nodes.math, addnodes.pending_xref,
    nodes.target, nodes.section, nodes.container, nodes.bullet_list, nodes.literal_block, nodes.Element, nodes.Inline,
    nodes.entry, nodes.table, nodes.Node, nodes.TextElement, nodes.Body,
)  # fmt: skip
NUMBERED = """
# One

```{toctree}
two
```

## Within

:::{table} A title
| a | b |
|---|---|
| 1 | 2 |
:::

```{figure} picture.svg
:name: picture

*Words* below.
```

```{math}
:label: sum
a + b
```

> ```{code-block} text
> :caption: Code
> a
> ```

```{list-table} Its title
:header-rows: 1

* - a
* - b
```

```{list-table}
:widths: 1

* - a
```
"""


def built(folder, *extensions, pages):
    """A small book, read: its environment, and each page with its links looked up."""
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    with docutils_namespace():
        app = Sphinx(
            folder, None, folder / "html", folder / "trees", "html", status=None, freshenv=True, warning=io.StringIO(),
            confoverrides={
                "extensions": ["myst_parser", *extensions], "numfig": True, "math_numfig": True,
                "myst_enable_extensions": ["colon_fence", "dollarmath", "deflist"],
            },
        )  # fmt: skip
        app.builder.read()
        app.events.emit("env-get-updated", app.env)
        found = {name: app.env.get_and_resolve_doctree(name, app.builder, tags=app.tags) for name in pages}
        return app.env, found, app._warning.getvalue()


def table(cells, options=":header-rows: 1\n:widths: 1 2\n:class: some kind"):
    lines = [f"* - head\n  - head\n{''.join(f'* - {one}{chr(10)}  - next{chr(10)}' for one in cells)}"]
    return f"# Page\n\n`````````{{list-table}}\n{options}\n\n{''.join(lines)}`````````\n"


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    pages = {"index": "# All\n\n(place)=\n## Place\n"} | {f"cell{at}": table([cell]) for at, cell in enumerate(CELLS)}
    pages |= {
        "many": table(["a", "*b*", "", "c"]), "stubs": table(["a"], ":widths: 1 2\n:stub-columns: 1"),
        "auto": table(["a"], ":widths: auto"), "none": table(["a"], ":align: center"),
    }  # fmt: skip
    return [built(tmp_path_factory.mktemp("rows"), *more, pages=pages)[1] for more in ([], ["_ext.elements.rows"])]


def test_a_table_is_what_docutils_makes_of_it(both):
    shown = {name: ["".join(part.pformat() for part in page[name]) for page in both] for name in both[0]}
    assert {name: made for name, made in shown.items() if made[0] != made[1]} == {}


def test_it_finds_what_docutils_finds(both):
    theirs, ours = both
    assert {type(found) for page in ours.values() for found in page.findall(nodes.table)} == {rows.table, nodes.table}
    for kind in KINDS:
        for name, page in theirs.items():
            known = [found.astext() for found in ours[name].findall(kind)]
            assert known == [found.astext() for found in page.findall(kind)], (kind, name)


def test_what_is_wrong_is_said_as_docutils_says_it(tmp_path):
    page = "# Page\n\n```{list-table}\n:widths: 1 2\n\n* - a\n  - b\n* - c\n```\n"
    theirs, ours = (built(tmp_path, *more, pages={"index": page})[2] for more in ([], ["_ext.elements.rows"]))
    assert ours == theirs
    assert "index.md:3" in ours


def test_outlines_give_the_numbers_that_whole_pages_give(tmp_path):
    pages = {
        "index": NUMBERED,
        "two": NUMBERED.replace("```{toctree}\ntwo\n```", "").replace("sum", "s"),
    }
    (tmp_path / "picture.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    theirs, ours = (built(tmp_path, *more, pages=pages)[0] for more in ([], ["_ext.build.outlines"]))
    assert ours.toc_fignumbers == theirs.toc_fignumbers
    assert {kind: len(found) for kind, found in theirs.toc_fignumbers["two"].items()} == {
        "table": 2, "figure": 1, "displaymath": 1, "code-block": 1,
    }  # fmt: skip
    assert ours.get_doctree("two").pformat() == theirs.get_doctree("two").pformat()
