"""What each directive and role makes of its text, as doctrees that were looked at once and are stored.

The words are the tests' own, so that no figure of the book stands here. After a change that is meant,
``T2T_STORE=1 pytest tests/book/test_directives.py`` stores the doctrees anew: read the difference.
"""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from docutils import nodes

from calc import matmul_flop, scenario
from calc.render import card
from tests.book.building import build, small_book

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]
STORED = Path(__file__).with_name("doctrees")

PAGES = {
    "derivation": """
````{derivation} It's a title
:label: some-label
:scenario: gpt-4
:data: {"some": "data"}

```{math}
:label: some-equation
a = b
```

```{result-range}
:bar: <svg></svg>

said At most 3
text 1 to 2 in nine draws of ten
more the article has 3
hangs Hangs on *it* alone.
```

```{fold} Inputs
:kind: inputs

A {kind}`measured` figure.
```
````
""",
    "what-if": "```{derivation} First\n\n$$\na = b\n$$\n```\n\n```{derivation} Second\n\n$$\na = b\n$$\n```\n",
    "fold": "```{fold} Closed, and more\n:kind: chain\n:short: Closed\n\nWith *words*.\n```\n",
    "result-range": "```{result-range}\ntext 1 to 2 in nine draws of ten\n```\n",
    "chain-figure": "```{chain-figure} In words\n:caption: A chain\n\n<svg>\n</svg>\n```\n",
    "takeaway": "```{takeaway}\nTo *remember*.\n```\n",
    "problem": (
        "````{problem} Why?\n:answer: server-count; gpus=40; gpus_per_server=10\n:within: 5 %\n\n"
        "With {unbroken}`2026-11-22`.\n\n```{hint}\nThink.\n```\n\n```{answer}\nBecause.\n```\n````\n"
    ),
    "lede": "```{lede}\nThe answer.\n```\n",
    "chain-steps": "```{chain-steps}\n1. {icon}`chip` first\n2. second\n```\n",
    "beside": "{beside}`derivations.csv`\n",
    "page": "{page}`claim-city; /index`\n",
    "status": "```{status}\n```\n",
    "parts": "```{parts}\n```\n",
}


@pytest.fixture(scope="module")
def doctrees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages read as the book's are, each with its directive."""
    folder = tmp_path_factory.mktemp("directives")
    gpt4 = scenario("gpt-4")
    cards = "\n\n".join(card.derivation(matmul_flop.derive(gpt4, m=m)) for m in (24_000, 16_000))
    pages = {name: f"# Title\n\n## Section\n\n{text}" for name, text in (PAGES | {"changed": cards}).items()}
    pages["sources"] = "# Sources\n\n```{bibliography}\n:all:\n```\n"
    result = build(small_book(folder / "book", **pages), folder / "out", "dummy", "-D", "suppress_warnings=ref")
    assert result.returncode == 0, result.stderr
    return folder / "out" / "doctrees"


def read(doctrees: Path, name: str) -> nodes.document:
    tree: nodes.document = pickle.loads((doctrees / f"{name}.doctree").read_bytes())
    return tree


@pytest.mark.parametrize("name", PAGES)
def test_a_directive_makes_what_is_stored(doctrees: Path, name: str) -> None:
    tree = read(doctrees, name)
    for node in tree.findall(nodes.Element):
        for passing in ("source", "translation_progress"):
            node.attributes.pop(passing, None)
    made, stored = tree.pformat(), STORED / f"{name}.xml"
    if os.environ.get("T2T_STORE"):
        STORED.mkdir(exist_ok=True)
        stored.write_text(made, encoding="utf-8")
    assert made == stored.read_text(encoding="utf-8")


def test_each_page_stored_is_one_that_is_made() -> None:
    assert {file.stem for file in STORED.glob("*.xml")} == set(PAGES)


def test_a_what_if_has_neither_number_nor_label(doctrees: Path) -> None:
    tree = read(doctrees, "changed")
    titles = [title.astext() for title in tree.findall(nodes.rubric)]
    assert [title for title in titles if "if m = 24,000" in title or "if m = 16,000" in title] == titles[:2]
    equations = list(tree.findall(nodes.math_block))
    assert len(equations) >= 2
    assert not any(one.get("label") or one.get("number") for one in equations)
    assert matmul_flop.id not in {name for node in tree.findall(nodes.Element) for name in node["ids"]}
