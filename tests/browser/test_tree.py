"""What a screen reader is told of a page: Chromium's accessibility tree of one page of each kind."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.tabs import Tabs

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("reading")]
PAGES = (
    "index.html", "chapters/training-energy.html", "chapters/planner.html", "chapters/ledger.html", "genindex.html",
    "chapters/glossary.html", "search.html?q=water", "d/training-energy/index.html",
)  # fmt: skip
# What one acts on, and the parts of a page between which one jumps.
ACTING = {
    "link", "button", "textbox", "combobox", "radio", "checkbox", "searchbox", "spinbutton", "slider", "tab", "switch",
    "DisclosureTriangle", "listbox", "option",
}  # fmt: skip
LANDMARKS = {"banner", "main", "navigation", "contentinfo", "complementary", "region", "search", "form"}


class Tree:
    """The nodes of a page that assistive technology is told of, in reading order."""

    def __init__(self, page: Page) -> None:
        session = page.context.new_cdp_session(page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        session.detach()
        self.known = {node["nodeId"]: node for node in nodes}
        self.nodes = [node for node in self._ordered(nodes[0]) if not node.get("ignored")]

    def _ordered(self, node: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield node
        for child in node.get("childIds", ()):
            if child in self.known:
                yield from self._ordered(self.known[child])

    def named(self, *roles: str) -> list[tuple[str, str]]:
        return [(role(one), name(one)) for one in self.nodes if role(one) in roles]

    def words(self, node: dict[str, Any]) -> str:
        return "".join(name(one) for one in self._ordered(node) if role(one) == "StaticText")


def role(node: dict[str, Any]) -> str:
    return str(node.get("role", {}).get("value", ""))


def name(node: dict[str, Any]) -> str:
    return " ".join(str(node.get("name", {}).get("value", "")).split())


def level(node: dict[str, Any]) -> int:
    return next(int(one["value"]["value"]) for one in node["properties"] if one["name"] == "level")


@pytest.fixture(scope="module")
def trees(tabs: Tabs, site: Path) -> dict[str, Tree]:
    with tabs.open(viewport={"width": 1280, "height": 900}) as page:
        found = {}
        for address in PAGES:
            page.goto(f"{site.as_uri()}/{address}")
            if "search" in address:
                page.get_by_text("Best first").wait_for()
            found[address] = Tree(page)
    return found


def test_whatever_one_acts_on_has_a_name(trees: dict[str, Tree]) -> None:
    for address, tree in trees.items():
        acting = tree.named(*ACTING)
        assert len(acting) > 20, address
        assert [one for one in acting if not one[1]] == [], address
        assert [one for one in tree.named("image", "img", "graphics-document") if not one[1]] == [], address


def test_headings_begin_with_the_title_and_go_down_by_one(trees: dict[str, Tree]) -> None:
    for address, tree in trees.items():
        levels = [level(one) for one in tree.nodes if role(one) == "heading"]
        assert levels[0] == 1, address
        assert levels.count(1) == 1, address
        assert [pair for pair in itertools.pairwise(levels) if pair[1] > pair[0] + 1] == [], address
        assert all(text for _, text in tree.named("heading")), address


def test_parts_of_one_kind_are_told_apart(trees: dict[str, Tree]) -> None:
    for address, tree in trees.items():
        parts = tree.named(*LANDMARKS)
        assert Counter(kind for kind, _ in parts)["main"] == 1, address
        assert [part for part, times in Counter(parts).items() if times > 1] == [], address
        several = {kind for kind, times in Counter(kind for kind, _ in parts).items() if times > 1}
        assert [part for part in parts if part[0] in several and not part[1]] == [], address


def test_every_equation_has_text(trees: dict[str, Tree]) -> None:
    found = 0
    for address, tree in trees.items():
        equations = [one for one in tree.nodes if role(one) in ("MathMLMath", "math")]
        assert [one for one in equations if not (name(one) or tree.words(one))] == [], address
        found += len(equations)
    assert found > 20
    words = [tree.words(one) for tree in trees.values() for one in tree.nodes if role(one) == "MathMLMath"]
    assert any(text.endswith("=30.4GWh") for text in words)


def test_the_title_is_read_before_the_text_and_the_text_before_what_follows(trees: dict[str, Tree]) -> None:
    tree = trees["chapters/training-energy.html"]
    read = [name(one) for one in tree.nodes if role(one) in ("heading", "link", "StaticText")]
    places = [read.index(text) for text in ("Skip to main content", "5. How much energy does one training run use?")]
    places += [next(i for i, text in enumerate(read) if text.startswith(one)) for one in ("5.1.", "5.2.", "Version")]
    assert places == sorted(places)


def test_what_changes_is_told(page: Page, site: Path) -> None:
    """A changed card, a checked answer and a copied text, each by a region that is live before it speaks."""
    page.goto((site / "chapters" / "training-energy.html").as_uri())
    card = page.locator("#training-energy")
    for kind in ("inputs", "cite"):
        card.locator(f".fold-{kind} > summary").click()
    told = card.locator(".calc-message[role=status]")
    told.wait_for(state="attached")
    before = told.inner_text()
    card.locator("input[aria-describedby$='-servers-note']").fill("5000")
    page.wait_for_function("([e, old]) => e.innerText !== old", arg=[told.element_handle(), before])
    button = card.get_by_role("button", name="Copy Sentence: Training energy")
    button.focus()
    page.keyboard.press("Enter")
    page.get_by_role("status").filter(has_text="Copied.").wait_for(state="attached")
    assert button.evaluate("e => e === document.activeElement")  # the reader is where they were
    names = [one.get_attribute("aria-label") for one in page.locator(".copy-button").all()]
    assert len(set(names)) == len(names) > 5
