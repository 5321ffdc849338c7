"""axe-core on every page: light and dark, wide and narrow, with every part open."""

from __future__ import annotations

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("book")]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, page_files: list[Path], scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    found = {}
    for file in page_files:
        page.goto(file.as_uri())
        page.evaluate("() => { for (const fold of document.querySelectorAll('details')) fold.open = true; }")
        page.evaluate(AXE)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            # The rest of what axe looks at is the same in the dark.
            rules = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
            violations = page.evaluate("rules => axe.run(rules).then((all) => all.violations)", rules)
            for one in violations:
                where = [node["html"][:120] for node in one["nodes"][:3]]
                found[file.name, width, one["id"]] = [one["help"], len(one["nodes"]), *where]
    context.close()
    assert found == {}
