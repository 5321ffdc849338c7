"""Cells: each chapter's world is its own, a cell that fails is named, and the last good site stays."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.book.building import (
    FRONT,
    change,
    differing,
    executed,
    files,
    make,
    make_command,
    make_environment,
    small_book,
)
from tests.sampling import sample, some

pytestmark = [
    pytest.mark.book,
    pytest.mark.xdist_group("execution"),
    pytest.mark.skipif(not hasattr(os, "fork"), reason="cells are forked"),
]
longest = some(2, "builds that go wrong, or without fork", "without fork", "a warning", "stopped", "a full disk")

CARD = '\n```{code-cell}\nfrom calc import matmul_flop, scenario\n\nmatmul_flop.derive(scenario("gpt-4")%s)\n```\n'
SOURCES = "# Sources\n\n```{bibliography}\n```\n"  # those of the card
STATUS = "# Status\n\nWhen each page was executed.\n\n```{status}\n```\n"
# All that a chapter could spoil for another in the same process.
LEAK = """
```{code-cell}
import builtins, os, sys
import calc, calc.render.card, sympy

matmul_flop = builtins.leaked = "leaked"
calc.matmul_flop.title = "leaked"
calc.render.card.derivation = lambda derivation: "leaked"
calc.model.scenario = calc.model.chain.derive = None
sympy.Mul.__str__ = sympy.Mul.__repr__ = lambda self: "leaked"
sys.modules["pint"] = None
os.environ["CALC_MARKDOWN"] = "leaked"
os.chdir("/")
```
"""
LOOK = """
```{code-cell}
import builtins, os

hasattr(builtins, "leaked"), "matmul_flop" in globals(), os.environ["CALC_MARKDOWN"], os.getcwd() == "/"
```
"""


def three(folder: Path, middle: str) -> Path:
    return small_book(
        folder,
        a=FRONT + "# A\n\n## Before\n" + LOOK + CARD % ", m=10",
        m=FRONT + "# M\n\nWords.\n" + middle,
        z=FRONT + "# Z\n\n{value}`matmul-flop`\n\n## After\n" + LOOK + CARD % "",
        sources=SOURCES,
    )


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("execution") / "book"
    result = make(three(folder, "\n```{code-cell}\n1 + 1\n```\n"), folder / "_build")
    assert result.returncode == 0, result.stderr
    return folder.rename(folder.with_name("kept"))


@pytest.fixture
def book(good: Path) -> Iterator[Path]:
    yield Path(shutil.copytree(good, good.with_name("book")))
    shutil.rmtree(good.with_name("book"))


def unsummed(page: Path) -> bytes:
    """A page without the sum of its sheet, which has the rules that any page of its site uses."""
    return re.sub(rb"(/book\.css)\?v=\w+", rb"\1", page.read_bytes())


@pytest.mark.parametrize("jobs", sample(["1", "4"], 1, "jobs of a build"))
def test_nothing_that_a_chapter_does_reaches_another(good: Path, tmp_path: Path, jobs: str) -> None:
    leaking = three(tmp_path / "book", LEAK)
    result = make(leaking, tmp_path / "out", "--jobs", jobs)
    assert result.returncode == 0, result.stderr
    for page in ("a.html", "z.html"):
        built = unsummed(tmp_path / "out" / "html" / page)
        assert built == unsummed(good / "_build" / "html" / page), page
        assert b"False" in built


# What Windows lacks of what the build uses.
UNFORKED = """
import os, runpy, signal, sys
import sphinx.builders, sphinx.util.parallel

del os.fork, os.register_at_fork, signal.setitimer, signal.SIGALRM
sys.modules["fcntl"] = sys.modules["resource"] = None
sphinx.builders.parallel_available = sphinx.util.parallel.parallel_available = False
runpy.run_module("_ext.build.make", run_name="__main__", alter_sys=True)
"""


@longest("without fork")
def test_without_fork_pages_are_the_same(good: Path, tmp_path: Path) -> None:
    book = small_book(tmp_path / "book", a=(good / "a.md").read_text(encoding="utf-8"), sources=SOURCES, status=STATUS)
    assert make(book, tmp_path / "forked").returncode == 0
    command = [sys.executable, "-c", UNFORKED, "html", "--into", str(tmp_path / "unforked")]
    result = subprocess.run(command, cwd=book, env=make_environment(), capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert executed(result) == {"a"}
    assert differing(tmp_path / "forked" / "html", tmp_path / "unforked" / "html") == []
    change(book / "a.md", "m=10", "m=x")
    result = subprocess.run(command, cwd=book, env=make_environment(), capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "a.md" in result.stderr
    assert "name 'x' is not defined" in result.stderr
    assert differing(tmp_path / "forked" / "html", tmp_path / "unforked" / "html") == []


FAILING = {
    "raises": ("x = 1\nx / 0", "m.md:12: cell 1: ZeroDivisionError: division by zero\n    x / 0"),
    "raises in calc": ("import calc\ncalc.matmul_flop.derive('gpt-5')", "'gpt-5' is not a scenario"),
    "is no Python": ("x = 1\n(", "m.md:12: cell 1: SyntaxError"),
    "warns": ("import warnings\nwarnings.warn('careful')", "m.md:11: cell 1: printed to standard error"),
    "a program complains": (
        "import os\nos.system('echo careful >&2')",
        "m.md:11: cell 1: printed to standard error: careful",
    ),
    "hangs": ("while True:\n    pass", "m.md:11: cell 1: took longer than its limit of 1 s"),
    "ends its process": ("import os\nos._exit(3)", "m.md:11: cell 1: ended its process (exit code 3)"),
}


@pytest.mark.parametrize("kind", sample(FAILING, 2, "cells that fail"))
def test_a_cell_that_fails_is_named_and_the_last_good_site_stays(book: Path, kind: str) -> None:
    code, said = FAILING[kind]
    change(book / "m.md", "1 + 1", code)
    before = files(book / "_build" / "html")
    # A busy machine may take its time over what does end.
    result = make(book, book / "_build", "-D", f"book_cell_limit={1 if 'while True' in code else 60}")
    assert result.returncode == 1
    assert result.stderr.count("cell 1") == 1
    assert said in result.stderr
    assert "is the last good one" in result.stderr
    assert files(book / "_build" / "html") == before


STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGKILL]


@longest("a warning")
def test_a_warning_is_an_error_each_time_until_it_is_mended(book: Path) -> None:
    before = files(book / "_build" / "html")
    change(book / "m.md", "Words.", "{ref}`nowhere`")
    for _ in range(2):
        result = make(book, book / "_build")
        assert result.returncode == 1
        assert "nowhere" in result.stderr
        assert files(book / "_build" / "html") == before
    change(book / "m.md", "{ref}`nowhere`", "Better words.")
    result = make(book, book / "_build")
    assert result.returncode == 0
    assert executed(result) == {"m"}


@longest("stopped")
@pytest.mark.parametrize("stop", sample(STOPS, 1, "ways to stop a build"), ids=lambda stop: stop.name)
def test_a_build_that_is_stopped_leaves_the_last_good_site(book: Path, stop: signal.Signals) -> None:
    before = files(book / "_build" / "html")
    flag = book / "started"
    change(book / "m.md", "1 + 1", f"import pathlib, time\npathlib.Path({str(flag)!r}).touch()\ntime.sleep(20)")
    command = make_command(book / "_build", "-D", "book_cell_limit=5")
    with subprocess.Popen(
        command, cwd=book, env=make_environment(), stderr=subprocess.PIPE, text=True,
        # A shell that started the tests in the background had them ignore Ctrl-C, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # there are no threads
    ) as process:  # fmt: skip
        until = time.monotonic() + 60
        while not flag.exists() and time.monotonic() < until:
            time.sleep(0.05)
        process.send_signal(stop)
        process.wait(30)
        said = "" if stop is signal.SIGKILL else process.communicate(timeout=30)[1]
    assert process.returncode == (-stop if stop is signal.SIGKILL else 130), said
    assert stop is signal.SIGKILL or said.startswith("Interrupted.")
    assert files(book / "_build" / "html") == before
    change(book / "m.md", "time.sleep(20)", "2 + 2")
    assert make(book, book / "_build").returncode == 0
    assert files(book / "_build" / "html") != before


@longest("a full disk")
def test_a_full_disk_leaves_the_last_good_site(book: Path) -> None:
    before = files(book / "_build" / "html")
    change(book / "m.md", "Words.", "Other words.")
    small = "import resource as r, runpy; r.setrlimit(r.RLIMIT_FSIZE, (40_000, 40_000));"
    run = f"{small} runpy.run_module('_ext.build.make', run_name='__main__')"
    command = [sys.executable, "-c", run, "html", "--into", str(book / "_build")]
    result = subprocess.run(command, cwd=book, env=make_environment(), capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "File too large" in result.stderr
    assert files(book / "_build" / "html") == before
    assert make(book, book / "_build").returncode == 0
