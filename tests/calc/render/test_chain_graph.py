"""The chain as a drawing."""

from __future__ import annotations

from xml.etree import ElementTree

from calc.render import chain_graph as svg
from tests.calc.support import DERIVATIONS
from tests.together import each


@each("derivation", DERIVATIONS)
def test_it_is_well_formed_and_names_every_step(derivation):
    drawn = svg.chain(derivation)
    root = ElementTree.fromstring(drawn)
    assert root.tag.endswith("svg")
    words = "".join(root.itertext())
    assert svg.chain_words(derivation)
    assert words
    assert "<script" not in drawn
    assert not any(address in drawn.replace("http://www.w3.org/", "") for address in ("http://", "https://"))
