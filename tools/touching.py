"""Which tests run a line of calc, and a way to run some of them in a moment: what ``tools/mutants.py`` needs.

Each file of tests, and the doctests of each room, runs once in a process of its own, with a trace that notes for every
test the lines of calc that it runs and the seconds that it takes. What is noted is kept in a file, and runs again only
where the file of tests has changed. What a test starts as another process is not seen.

All processes are forks of one in which SymPy, SciPy and pytest are imported: importing them takes longer than most
tests do.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import resource
import signal
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

IMPORTED = (
    "numpy", "scipy.stats", "scipy.optimize", "sympy.stats", "pint", "click", "hypothesis.strategies", "xdist.plugin",
)  # fmt: skip
ROOMS = ("base", "symbolic", "model", "analysis")
# Their tests start processes, whose lines are not seen, or draw.
LEFT_OUT = (
    "tests/calc/base/test_time_limit.py",  # a stop that comes while a trace looks on never ends
    "tests/calc/charts/", "tests/calc/cli/test_stops_and_faults.py", "tests/calc/cli/test_serve_mcp.py",
    "tests/calc/api/test_broken.py", "tests/calc/base/test_moved.py", "tests/calc/test_package.py",
    "tests/calc/publish/test_export.py",
)  # fmt: skip
HELPERS = ("tests/calc/conftest.py", "tests/calc/support.py", "tests/together.py", "tests/sampling.py")
MEMORY = 6 << 30  # bytes that a process of tests may take


def prepare() -> None:
    """Import what every process of tests needs, except calc itself."""
    for name in IMPORTED:
        importlib.import_module(name)


def forked(work: Callable[[], int], seconds: float, log: Path) -> int | None:
    """The exit status of a fork that does the work; None when it took more than its seconds, or died."""
    child = os.fork()
    if child == 0:
        os.setsid()
        for stream in (1, 2):
            os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            status = work()
        except BaseException as error:
            print(repr(error), flush=True)
            status = 70
        sys.stdout.flush()
        os._exit(status)
    deadline, ended, state = time.monotonic() + 6 * seconds, 0, 0
    while not ended and time.monotonic() < deadline:
        ended, state = os.waitpid(child, os.WNOHANG)
        time.sleep(0 if ended else 0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)  # with all that its tests have started
    if not ended:
        os.waitpid(child, 0)
    return os.WEXITSTATUS(state) if ended and os.WIFEXITED(state) else None


def pytest_in(folder: Path, arguments: list[str], plugin: object) -> int:
    """Run pytest in a copy of the checkout, in this process, which has not imported calc."""
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    os.environ["PYTHONPATH"] = str(folder)
    return int(pytest.main(["-q", "-W", "ignore::pytest.PytestAssertRewriteWarning", *arguments], plugins=[plugin]))


@dataclass
class Noting:
    """A plugin of pytest: the lines of calc that each test runs, and how long it takes."""

    folder: Path
    tests: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: set[tuple[str, int]] = field(default_factory=set)

    def _enter(self, frame: FrameType, *_: Any) -> Any:
        return self._line(frame) if frame.f_code.co_filename in self.files else None

    def _line(self, frame: FrameType, *_: Any) -> Any:
        self.lines.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Trace a test from its fixtures to its end."""
        self.files = {str(self.folder / name): name for name in sources(self.folder)}
        self.lines, start = set(), time.process_time()
        threading.settrace(self._enter)
        sys.settrace(self._enter)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)
            seen = defaultdict(list)
            for file, line in sorted(self.lines):
                seen[self.files[file]].append(line)
            one = self.tests.setdefault(item.nodeid, {"passed": True})
            one.update(seconds=round(time.process_time() - start, 3), lines=seen)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what does not pass: it can say nothing of a mutant."""
        if not report.passed:
            self.tests.setdefault(report.nodeid, {})["passed"] = False


@dataclass
class Chosen:
    """A plugin of pytest: only these tests, in this order."""

    tests: list[str]

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        place = {test: number for number, test in enumerate(self.tests)}
        items[:] = sorted((item for item in items if item.nodeid in place), key=lambda item: place[item.nodeid])


def sources(folder: Path) -> list[str]:
    """The files of the rooms that are looked at."""
    return sorted(
        file.relative_to(folder).as_posix() for room in ROOMS for file in (folder / "calc" / room).glob("*.py")
    )


def _digest(*files: Path) -> str:
    return hashlib.sha256(b"\0".join(file.read_bytes() if file.is_file() else b"" for file in files)).hexdigest()[:16]


def state(folder: Path) -> str:
    """A name for calc and its tests as they are."""
    return _digest(*sorted([*(folder / "calc").rglob("*.py"), *(folder / "tests/calc").rglob("*.py")]))


def touched(folder: Path, kept: Path) -> dict[str, dict[str, Any]]:
    """For each test its seconds and, by file of calc, the lines that it runs; `kept` is the file that remembers it.

    Lines of a file that has changed since are None: which of them a test runs now is not known.
    """
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.is_file() else {}
    digests = {name: _digest(folder / name) for name in sources(folder)}
    found: dict[str, dict[str, Any]] = {}
    parts = [file.relative_to(folder).as_posix() for file in sorted((folder / "tests/calc").rglob("test_*.py"))]
    for part in [*(f"calc/{room}" for room in (*ROOMS, "book", "render", "api")), *parts]:
        if part.startswith(LEFT_OUT):
            continue
        own = {name: _digest(*(sorted((folder / name).glob("*.py")) or [folder / name])) for name in (part, *HELPERS)}
        if part not in known or own.items() - known[part]["files"].items():
            known[part] = {"files": own | digests, "tests": _noted(folder, part)}
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(known), encoding="utf-8")
        same = {name for name, digest in digests.items() if known[part]["files"].get(name) == digest}
        for test, one in known[part]["tests"].items():
            lines = {name: seen if name in same else None for name, seen in one["lines"].items()}
            found[test] = {"seconds": one["seconds"], "lines": lines}
    return found


def _noted(folder: Path, part: str) -> dict[str, Any]:
    """What a run of some tests shows."""
    noted = folder / "noted.json"

    def work() -> int:
        noting = Noting(folder)
        pytest_in(folder, [part, "--ignore=calc/base/time_limit.py"], noting)
        noted.write_text(json.dumps(noting.tests), encoding="utf-8")
        return 0

    noted.unlink(missing_ok=True)
    forked(work, 900, log := folder / "log")
    tests = json.loads(noted.read_text(encoding="utf-8")) if noted.is_file() else {}
    if not tests and part.endswith(".py"):
        sys.exit(f"error: no test of {part} ran: {log.read_text(encoding='utf-8')[-500:]}")
    failed = [name for name, test in tests.items() if not test["passed"]]
    print(
        f"{part}: {len(tests)} tests" + f", of which {len(failed)} do not pass: {failed[:3]}" * bool(failed), flush=True
    )
    return {name: {"seconds": one["seconds"], "lines": one["lines"]} for name, one in tests.items() if one["passed"]}
