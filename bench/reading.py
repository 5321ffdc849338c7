"""How soon a chapter can be read: as it is built, and beside the same with Sphinx's default MathJax.

Two rivals: the whole book with that one setting, of which the longest chapter is shown; and what MyST-NB makes of a
chapter's notebook with the same theme and nothing set (`bench.stock`), which is what a reader's eye compares with.

MathJax comes from the npm registry into a folder that is thrown away, and stands in the place of its usual host, with
no delay: the reader of a real page waits for the network on top. Both pages are served by this machine.
"""

from __future__ import annotations

import functools
import http.server
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Run as a file, so that only this folder would be searched; bench and tests lie beside each other above it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Browser, Response, Route, sync_playwright

from bench.measure import Row, table
from bench.stock import CHAPTERS, make_stock
from tests.book.building import make, whole_book
from tests.conftest import CHROMIUM

KILO = 1000
CDN = "https://cdn.jsdelivr.net/npm/"
MATHJAX = "mathjax@4"  # what Sphinx's own pages ask for
# The book marks its symbols with a macro, which MathJax has to be told of.
WITH_MATHJAX = """
html_math_renderer = "mathjax"
mathjax4_config = {"tex": {"macros": {"bookquantity": ["{#2}", 2]}}}
"""
# The moment at which the last equation has its place on the page, looked for at every frame.
WATCH = """(() => {
    const look = () => {
        const wanted = document.querySelectorAll(".math").length;
        const set = [...document.querySelectorAll(wanted ? "mjx-container" : ".bd-article math")];
        const seen = set.filter((one) => one.checkVisibility());  // not in what is folded
        const done = document.readyState !== "loading" && set.length >= Math.max(wanted, 1) &&
            seen.length && seen.at(-1).getBoundingClientRect().width > 0;
        if (done) window.inPlace = performance.now();
        else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
})()"""

PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


@dataclass
class Reading:
    """What it took to show a page."""

    seconds: list[float] = field(default_factory=list)
    painted: list[float] = field(default_factory=list)
    requests: int = 0
    total: int = 0
    scripts: int = 0


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on this machine's own address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def fetch_mathjax(folder: Path) -> Path:
    """MathJax and its fonts, as the npm registry has them.

    Raises
    ------
    OSError, subprocess.SubprocessError : there is no npm, or it cannot get them.
    """
    folder.mkdir(parents=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--silent", MATHJAX]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    return folder / "node_modules"


def read(browser: Browser, address: str, packages: Path, into: Reading) -> None:
    """Open a page with nothing remembered, and add what that took."""
    context = browser.new_context()
    context.add_init_script(WATCH)

    def from_disk(route: Route) -> None:
        package, _, rest = route.request.url.removeprefix(CDN).partition("/")
        if package.startswith("@"):
            name, _, rest = rest.partition("/")
            package = f"{package}/{name}"
        head, at, _ = package.rpartition("@")
        file = packages / (head if at and head else package) / rest.partition("?")[0]
        route.fulfill(path=file) if file.is_file() else route.abort()

    context.route(f"{CDN}**", from_disk)
    page = context.new_page()
    answers: list[Response] = []

    def note(answer: Response) -> None:  # playwright wants a function that it can mark
        answers.append(answer)

    page.on("response", note)
    page.goto(address)
    into.seconds.append(page.wait_for_function("() => window.inPlace", timeout=60_000).json_value() / 1000)
    into.painted.append(page.evaluate(PAINTED) / 1000)
    sizes = [(answer.request.resource_type, len(answer.body())) for answer in answers if answer.ok]
    into.requests, into.total = len(sizes), sum(size for _, size in sizes)
    into.scripts = sum(size for kind, size in sizes if kind == "script")
    context.close()


def built(book: Path, settings: str) -> Path:
    """The book with some more settings, as a site."""
    with (book / "conf.py").open("a", encoding="utf-8") as file:
        file.write(settings)
    done = make(book, book / "_build")
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return book / "_build" / "html"


def compared(scratch: Path, packages: Path, rounds: int) -> list[Row]:
    """The longest chapter both ways, in turns; then chapters beside what stock MyST-NB makes of them."""
    sites = [built(whole_book(scratch / name), more) for name, more in (("own", ""), ("mathjax", WITH_MATHJAX))]
    longest = max((sites[0] / "chapters").glob("*.html"), key=lambda file: file.read_text("utf-8").count("math-block"))
    chapter = longest.relative_to(sites[0]).as_posix()
    with served(sites[0]) as one, served(sites[1]) as other:
        ours, theirs = in_turns([one + chapter, other + chapter], packages, rounds)
    quick, slow = min(ours.seconds), min(theirs.seconds)
    beside = f"{chapter}: {ours.scripts / KILO:.0f} kB, {theirs.scripts / KILO:.0f} kB"
    return [
        Row("script bytes / with MathJax", ours.scripts / theirs.scripts, 0.1, "×", beside),
        Row(
            "time until the last equation is in place / with MathJax", quick / slow, 0.2, "×",
            f"{quick:.2f} s, {slow:.2f} s",
        ),
        *_sizes(ours, theirs, "with MathJax"),
        *beside_stock(sites[0], scratch / "stock", packages, rounds),
    ]  # fmt: skip


def in_turns(addresses: list[str], packages: Path, rounds: int) -> list[Reading]:
    """Pages read in turns, each first in every second round."""
    found = [Reading() for _ in addresses]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for turn in range(rounds):
            pairs = list(zip(addresses, found, strict=True))
            for address, into in pairs if turn % 2 else reversed(pairs):
                read(browser, address, packages, into)
        browser.close()
    return found


def _sizes(ours: Reading, theirs: Reading, rival: str, most: float | None = None) -> list[Row]:
    sizes, counts = (ours.total, theirs.total), (ours.requests, theirs.requests)
    return [
        Row(f"bytes / {rival}", sizes[0] / sizes[1], None, "×", " kB, ".join(f"{n / KILO:.0f}" for n in sizes) + " kB"),
        Row(f"requests / {rival}", counts[0] / counts[1], most, "×", f"{counts[0]}, {counts[1]}"),
    ]


def beside_stock(site: Path, scratch: Path, packages: Path, rounds: int) -> list[Row]:
    """Chapters of the site, each beside the page that stock MyST-NB makes of its notebook."""
    found = []
    for name in CHAPTERS:
        stock = make_stock(site / "chapters" / f"{name}.ipynb", scratch / name)
        with served(site) as one, served(stock) as other:
            ours, theirs = in_turns([f"{one}chapters/{name}.html", f"{other}index.html"], packages, rounds)
        rival = f"stock MyST-NB, {name}"
        for what, mine, other_s, most in (
            ("first paint", ours.painted, theirs.painted, 1.0),
            ("time until the last equation is in place", ours.seconds, theirs.seconds, 1.0),
        ):
            quick, slow = statistics.median(mine), statistics.median(other_s)
            found.append(Row(f"{what} / {rival}", quick / slow, most, "×", f"{quick:.2f} s, {slow:.2f} s"))
        found += _sizes(ours, theirs, rival, 1.0)
    return found


def rows(rounds: int) -> list[Row]:
    """All of it, or nothing and a loud word where this machine lacks what it takes."""
    with tempfile.TemporaryDirectory() as scratch:
        try:
            if CHROMIUM is None or shutil.which("npm") is None:
                raise FileNotFoundError("Chromium and npm are needed")
            packages = fetch_mathjax(Path(scratch) / "npm")
        except (OSError, subprocess.SubprocessError) as error:
            print(f"!!! NOT MEASURED: the time to read a chapter beside MathJax: {error}", file=sys.stderr)
            return []
        return compared(Path(scratch), packages, rounds)


if __name__ == "__main__":
    print(table(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
