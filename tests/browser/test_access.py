"""axe-core on every page: light and dark, wide and narrow, with every part open."""

from __future__ import annotations

import pytest

from tests.browser.visits import Visit

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("visits")]


def test_axe_finds_nothing(visits: list[Visit]) -> None:
    assert {one.name: one.axe for one in visits if one.axe} == {}
