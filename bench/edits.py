"""How soon a page shows what a reader's edit makes of it: the result, its band and the charts, in Chromium."""

from __future__ import annotations

import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

# Run as a file, so that only this folder would be searched; bench and tests lie beside each other above it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page, sync_playwright

from bench.measure import Row, table
from tests.conftest import CHROMIUM

SITE = Path(__file__).resolve().parent.parent / "_build" / "html"
MOST = 0.05  # seconds
# Types a value and waits until what must follow has followed; from the edit to the frame in which all of it stands.
EDIT = """async ([field, value, watched]) => {
    const input = document.querySelector(field);
    const shown = () => watched.map((one) => {
        const found = document.querySelector(one);
        return found && (found.getAttribute("aria-label") || found.textContent);
    });
    const before = shown(), start = performance.now();
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    let now = shown();
    while (now.some((one, i) => one === before[i] || !one) && performance.now() - start < 3000) {
        await new Promise((done) => {
            const channel = new MessageChannel();
            channel.port1.onmessage = done;
            channel.port2.postMessage(0);
        });
        now = shown();
    }
    return performance.now() - start;
}"""


@dataclass(frozen=True)
class Edit:
    """An edit that is measured.

    Attributes
    ----------
    name : what it is.
    page : where, with the case that it starts from.
    field : which field is typed into, and what.
    watched : what must have changed: a result, its band, a chart's mark.
    """

    name: str
    page: str
    field: str
    values: tuple[str, ...]
    watched: tuple[str, ...]


_TYPED = ("3,200", "3,300", "3,400", "3,500", "3,600", "3,700", "3,800")
EDITS = (
    Edit(
        "card: IT power, its band and the chart", "chapters/training-energy.html?servers=3000#cluster-power",
        "#cluster-power input[aria-describedby$='-servers-note']", _TYPED,
        ("#cluster-power > .math-block mtr:last-child", "#cluster-power > .result-range .range-text",
         "#chart-power-boundaries .chart-wide svg"),
    ),
    Edit(
        "card: tokens a second, with a chart", "chapters/one-token.html?batch=30#serving-rate",
        "#serving-rate input[aria-describedby$='-batch-note']", ("40", "50", "60", "70", "80", "90", "100"),
        ("#serving-rate > .math-block mtr:last-child",),
    ),
    Edit(
        "planner: people served, and the band", "chapters/planner.html", "#planner-campus_power",
        ("110", "120", "130", "140", "150", "160", "170"), (".planner-answer", ".planner-band"),
    ),
    Edit(
        "planner, backwards: GPUs for a run, and the band", "chapters/planner.html?ask=train&training_time=90&gpus=",
        "#planner-training_time", ("80", "85", "95", "100", "105", "110", "115"), (".planner-answer", ".planner-band"),
    ),
    Edit(
        "planner, backwards: megawatts for people, and the band",
        "chapters/planner.html?ask=serve&people_served=3000000", "#planner-people_served",
        ("2000000", "4000000", "5000000", "6000000", "7000000", "8000000", "9000000"),
        (".planner-answer", ".planner-band"),
    ),
    Edit(
        "planner, backwards, with nine in ten certainty",
        "chapters/planner.html?ask=serve&sure=0.9&people_served=3000000", "#planner-people_served",
        ("2000000", "4000000", "5000000", "6000000", "7000000", "8000000", "9000000"),
        (".planner-answer", ".planner-band"),
    ),
)  # fmt: skip


def seconds(page: Page, site: Path, edit: Edit) -> list[float]:
    """How long each of its values took; the first, with which scripts are still compiled, is left out."""
    file, _, rest = edit.page.partition("?")
    page.goto((site / file).as_uri() + (f"?{rest}" if rest else ""))
    page.wait_for_selector(edit.field, state="attached")
    page.wait_for_timeout(1500)
    found = [page.evaluate(EDIT, [edit.field, value, list(edit.watched)]) / 1000 for value in edit.values]
    return found[1:]


def rows(site: Path) -> list[Row]:
    """A row an edit, or nothing and a loud word where this machine lacks what it takes."""
    if CHROMIUM is None or not site.is_dir():
        print("!!! NOT MEASURED: the time of an edit: Chromium and a built site are needed", file=sys.stderr)
        return []
    made = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for edit in EDITS:
            page = browser.new_context(viewport={"width": 1200, "height": 900}).new_page()
            found = seconds(page, site, edit)
            note = f"{min(found) * 1000:.0f} to {max(found) * 1000:.0f} ms"
            made.append(Row(edit.name, statistics.median(found), MOST, "s", note))
            page.context.close()
        browser.close()
    return made


if __name__ == "__main__":
    print(table(rows(Path(sys.argv[1]) if len(sys.argv) > 1 else SITE)))
