"""What each directive and role of the book makes of its text, and what it says of a text that it cannot take."""

from __future__ import annotations

import re
import textwrap

import pytest

from tests.book.building import FRONT, build, small_book

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]

# Markdown, and the part of the page's tree that it becomes.
TREES = {
    "takeaway": (
        "```{takeaway}\nWords.\n```",
        """
        <admonition classes="book-box takeaway">
            <title>
                Takeaway
            <paragraph>
                Words.
        """,
    ),
    "problem": (
        "````{problem} Its title\nAsked.\n\n```{answer}\nSaid.\n```\n````",
        """
        <admonition classes="book-box problem">
            <title>
                Problem: Its title
            <paragraph>
                Asked.
            <fold kind="answer" open="0" title="Answer">
                <paragraph>
                    Said.
        """,
    ),
    "lede": (
        "```{lede}\nWords.\n```",
        """
        <container classes="lede">
            <paragraph>
                Words.
        """,
    ),
    "fold": (
        "```{fold} Its title\n:kind: inputs\n:open:\n\nWords.\n```",
        """
        <fold kind="inputs" open="1" title="Its title">
            <paragraph>
                Words.
        """,
    ),
    "derivation": (
        "```{derivation} A what-if\n:scenario: GPT-4\n\nWords.\n```",
        """
        <card data="" ids="what-if-0" title_id="what-if-0-title">
            <rubric classes="derivation-title" heading-level="3" ids="what-if-0-title">
                A what-if
                <raw format="html" xml:space="preserve">
                    <span class="scenario">GPT-4</span>
            <paragraph>
                Words.
        """,
    ),
    "chain-figure": (  # this format has no pictures, and gets the words
        "```{chain-figure} Its words\n:caption: A chain\n\n<svg></svg>\n```",
        """
        <raw format="html" xml:space="preserve">
            <div class="chain-scroll" role="group" tabindex="0" aria-label="A chain"><svg></svg></div>
        <paragraph>
            Its words.
        """,
    ),
    "result-range": (
        "```{result-range} Words\n:bar: <b></b>\n:ends: 1–2 h\n:more: at the ends\n```",
        """
        <paragraph classes="result-range">
            <raw format="html" xml:space="preserve">
                <b></b>
            <inline classes="range-text">
                Words
            <inline classes="range-more">
                ;
                <inline classes="unbroken">
                    1–2 h
                at the ends
            .
        """,
    ),
    "result-range-alone": (
        "```{result-range} Range 1–2 h\n:more: each by itself\n```",
        """
        <paragraph classes="result-range">
            <inline classes="range-text">
                Range 1–2 h
            <inline classes="range-more">
                ;
                each by itself
            .
        """,
    ),
    "chain-steps": (
        "```{chain-steps}\n1. One\n```",
        """
        <container classes="steps">
            <enumerated_list enumtype="arabic" prefix="" suffix=".">
                <list_item>
                    <paragraph>
                        One
        """,
    ),
    "marks": (
        "{kind}`measured`{unbroken}`2026-11-22`{beside}`a.csv`",
        """
        <paragraph>
            <inline classes="kind kind-measured">
                measured
            <inline classes="unbroken">
                2026-11-22
            <literal classes="beside">
                a.csv
        """,
    ),
    "symbol": (  # without a page of the notation there is nothing to link to
        "{symbol}`server_power`",
        r"""
        <paragraph>
            <math>
                P_\mathrm{server}
        """,
    ),
}
# Markdown that is refused, and the end of the line that says why.
REFUSED = {
    "value": ("{value}`trainig-energy`", "did you mean 'training-energy'?"),
    "symbol": ("{symbol}`server_pwer`", "did you mean 'server_power'?"),
    "icon": ("{icon}`powre`", "'powre' is not drawn; accepted: chip, server, power, site, energy, grid"),
    "chart": ("```{chart} no-such-chart\n```", "'no-such-chart' is not a chart"),
    "audit": ("```{audit} city-\n```", "did you mean 'city'"),
    "citing": ("```{citing} trainig-energy\n:scenario: gpt-4\n```", "did you mean 'training-energy'?"),
    "generated": ("```{generated} reslts\n```", "'reslts' is not generated; accepted: "),
    "parts": ("```{parts}\nA title alone\n```", "'A title alone' is no part; a part is TITLE: CHAPTER"),
}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A page of all snippets as a tree, each in a section of its own."""
    folder = tmp_path_factory.mktemp("directives")
    text = "".join(f"## At {name}\n\n{given}\n\n" for name, (given, _) in TREES.items())
    result = build(small_book(folder / "book", page=f"# Pieces\n\n{text}"), folder / "out", "pseudoxml")
    assert result.returncode == 0, result.stderr
    return (folder / "out" / "pseudoxml" / "page.pseudoxml").read_text(encoding="utf-8")


def squeezed(tree: str) -> list[str]:
    """Its lines without the depth of the whole and without blanks between inlines."""
    return [line.rstrip() for line in textwrap.dedent(tree).splitlines() if line.strip()]


@pytest.mark.parametrize("name", TREES)
def test_a_piece_becomes_this_tree(page: str, name: str) -> None:
    _, _, rest = page.partition(f"At {name}\n")
    assert squeezed(re.split(r"^ +<section ", rest, maxsplit=1, flags=re.MULTILINE)[0]) == squeezed(TREES[name][1])


@pytest.fixture(scope="module")
def said_of_refused(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines that one build says of pages with something wrong on the third line of each, and after a cell."""
    folder = tmp_path_factory.mktemp("refused")
    pages = {name: f"# Bad\n\n{text}\n" for name, (text, _) in REFUSED.items()}
    pages["later"] = f"{FRONT}# Bad\n\n```{{code-cell}}\n1 + 1\n```\n\n\nWords.\n\n{REFUSED['icon'][0]}\n"
    result = build(small_book(folder / "book", **pages), folder / "out", "html")
    assert result.returncode != 0
    return result.stderr.splitlines()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_said_in_one_line_with_its_place(said_of_refused: list[str], name: str) -> None:
    (line,) = [line for line in said_of_refused if f"/{name}.md:" in line]
    assert f"/{name}.md:3: ERROR: {name}: " in line
    assert REFUSED[name][1] in line


def test_lines_are_counted_after_a_cell_too(said_of_refused: list[str]) -> None:
    (line,) = [line for line in said_of_refused if "/later.md:" in line]
    assert f"/later.md:{FRONT.count(chr(10)) + 10}: ERROR: icon: " in line
