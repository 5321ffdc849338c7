"""How fast the book is built: executed against not executed and against stock MyST-NB, again, and as it grows."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

# Run as a file, so that only this folder would be searched; bench and tests lie beside each other above it.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import Row, table
from calc.book.runs import summaries
from tests.book.building import FRONT, change, make_command, make_environment, small_book, whole_book

CELL = '\n```{code-cell}\nfrom calc import matmul_flop, scenario\n\nmatmul_flop.derive(scenario("gpt-4"), m=%d)\n```\n'
SIZES = (10, 40, 160)


# What builds any Sphinx book with MyST-NB.
STOCK = [
    sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-j", "auto", "-b", "html",
    "-D", "book_execution=stock", "-d", "_build/doctrees", ".", "_build/html",
]  # fmt: skip


def run(book: Path, *more: str, command: Sequence[str] = ()) -> tuple[float, float]:
    """Seconds, and the megabytes of the largest process, of one build."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command or make_command(book / "_build", *more), cwd=book, env=make_environment(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0  # it has been waited for
    scale = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - start, used.ru_maxrss * scale / 1e6


def cold(book: Path, mode: str) -> float:
    """Seconds of a build from nothing; without cells the links to them are missing, which is not what is measured."""
    subprocess.run(["rm", "-rf", str(book / "_build")], check=True)
    return run(book, "-D", f"book_execution={mode}", command=STOCK if mode == "stock" else ())[0]


def again(book: Path, edit: Callable[[], object]) -> float:
    """Seconds of a build after an edit of a book that had been built."""
    edit()
    return run(book)[0]


def runs_foretold() -> float:
    """Seconds that the tables of training runs add to a build."""
    start = time.perf_counter()
    summaries()
    return time.perf_counter() - start


def whole(folder: Path, rounds: int) -> list[Row]:
    """The book itself."""
    book = whole_book(folder)
    prose, data = book / "chapters" / "grid.md", book / "calc" / "data" / "scenarios" / "gpt-4.toml"
    modes = ("fork", "off", "stock")
    seconds: dict[str, list[float]] = {name: [] for name in (*modes, "nothing", "prose", "input")}
    for turn in range(rounds):
        for mode in modes if turn % 2 else reversed(modes):
            seconds[mode].append(cold(book, mode))
        cold(book, "fork")
        run(book)  # under the settings of the next ones
        seconds["nothing"].append(again(book, lambda: None))
        seconds["prose"].append(again(book, lambda: prose.open("a", encoding="utf-8").write("More words.\n")))
        seconds["input"].append(again(book, lambda: change(data, "value = ", "value =  ")))
    # The best of each: what else the machine did meanwhile can only add.
    best = {name: min(found) for name, found in seconds.items()}
    fork, off, stock = (best[mode] for mode in modes)
    return [
        Row("cold build / the same without execution", fork / off, 1.5, "×", f"{fork:.1f} s, {off:.1f} s"),
        Row("cold build / stock execution", fork / stock, 0.25, "×", f"{fork:.1f} s, {stock:.1f} s"),
        Row("build, nothing changed", best["nothing"], 2, " s", ""),
        Row("build, one chapter's prose changed", best["prose"], 4, " s", ""),
        Row("one input changed / cold build", best["input"] / fork, 1, "×", f"{best['input']:.1f} s"),
        Row("all runs foretold, with their errors", runs_foretold(), 2, " s", "in a cold build"),
    ]


def growing(folder: Path) -> list[Row]:
    """Generated books of three sizes, with three cells a chapter."""
    seconds, memory = [], []
    for size in SIZES:
        chapters = {
            f"chapter{at}": FRONT
            + f"# Chapter {at}\n\n## Its cells\n"
            + "".join(CELL % (at + more) for more in (1, 2, 3))
            for at in range(size)
        }
        book = small_book(folder / str(size), **chapters, sources="# Sources\n\n```{bibliography}\n:all:\n```\n")
        took, used = run(book)
        if not (book / "_build" / "html" / "index.html").is_file():
            raise RuntimeError(f"the book of {size} chapters was not built")
        seconds.append(took)
        memory.append(used)
    small, large = ((seconds[i + 1] - seconds[i]) / (SIZES[i + 1] - SIZES[i]) for i in (0, 1))
    sizes = "/".join(map(str, SIZES))
    return [
        Row(
            "a chapter in a large book / in a small one", large / small, 1.25, "×",
            f"{', '.join(f'{found:.1f}' for found in seconds)} s at {sizes} chapters",
        ),
        Row(
            "largest process, 160 chapters / 40 chapters", memory[2] / memory[1], 1.25, "×",
            f"{', '.join(f'{found:.0f}' for found in memory)} MB at {sizes} chapters",
        ),
    ]  # fmt: skip


def rows(rounds: int) -> list[Row]:
    """All of it, in a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as scratch:
        return [*whole(Path(scratch) / "whole", rounds), *growing(Path(scratch))]


if __name__ == "__main__":
    print(table(rows(int(sys.argv[1]) if len(sys.argv) > 1 else 3)))
