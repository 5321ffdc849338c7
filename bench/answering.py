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
# Each time another batch, as though it were typed: all that the card then shows, which is there when the line with the
# interval of what was measured is; the value with this interval; and its band of draws beside.
_ASK = """async (rounds) => {
    const { book } = window, card = [...book.cards.values()][0], found = [[], [], []];
    card.put("batch", 33);
    await book.fetched("coverage");
    const timed = async (list, action) => {
        const begun = performance.now();
        await action();
        list.push(performance.now() - begun);
    };
    for (let i = 0; i < rounds; i += 1) {
        await timed(found[2], async () => {
            card.put("batch", 40 + i);
            while (!card.lines.querySelector(".calc-coverage")) await null;
        });
        await timed(found[0], () => [book.evaluation(card.given)(card.result), book.coverageOf(card)]);
        await timed(found[1], () => book.sampled(card.result, card.given, card.free));
    }
    return found;
}"""
_PARTS = ("its value and interval", "its band of draws", "all shown on the card")


def rows(site: Path, rounds: int = 60) -> list[Row]:
    """Milliseconds from a value that is typed to what is said of it, on a card's own page of a site that is built.

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
            for what, took in zip(_PARTS, page.evaluate(_ASK, rounds), strict=True):
                detail = f"median of {rounds}; the quickest {min(took):.1f} ms"
                target = _TARGET if what == _PARTS[0] else None
                found.append(Row(f"{name} in the browser, {what}", statistics.median(took), target, " ms", detail))
        browser.close()
    return found


if __name__ == "__main__":
    print(table(rows(Path(sys.argv[1]) if len(sys.argv) > 1 else _SITE)))
