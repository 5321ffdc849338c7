"""How soon a card of serving answers on its page, with the interval of what was measured: from value to words."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path

# Run as a file, so that only this folder would be searched; bench and tests lie beside each other above it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from bench.measure import Row, table
from tests.conftest import CHROMIUM

_SITE = Path(__file__).resolve().parent.parent / "_build/html"
_TARGET = 10  # ms
# Each time another batch, as though it were typed; the answer is there when the line with its interval is.
_ASK = """async (rounds) => {
    const { book } = window, card = [...book.cards.values()][0], took = [];
    card.put("batch", 33);
    await book.fetched("coverage");
    for (let i = 0; i < rounds; i += 1) {
        const begun = performance.now();
        card.put("batch", 40 + i);
        while (!card.lines.querySelector(".calc-coverage")) await null;
        took.push(performance.now() - begun);
    }
    return took;
}"""


def rows(site: Path, rounds: int = 60) -> list[Row]:
    """Milliseconds from a value to the words, on the card's own page of a site that is built.

    Parameters
    ----------
    site : folder of the site.
    rounds : how many batches are asked for.
    """
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        for name in ("gpu-token-energy", "site-token-energy"):
            page.goto((site / "d" / name / "index.html").as_uri())
            took = sorted(page.evaluate(_ASK, rounds))
            detail = f"median of {rounds}; nine in ten under {took[int(0.9 * rounds)]:.1f} ms"
            found.append(Row(f"{name} answered in the browser", statistics.median(took), _TARGET, " ms", detail))
        browser.close()
    return found


if __name__ == "__main__":
    print(table(rows(Path(sys.argv[1]) if len(sys.argv) > 1 else _SITE)))
