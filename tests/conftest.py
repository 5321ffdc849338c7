"""What all tests share: the built book, and a loud word when no browser was there to read it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome", "chrome") if (found := shutil.which(name))),
    None,
)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines that the browser tests did not run."""
    if CHROMIUM is None and not hasattr(terminalreporter.config, "workerinput"):
        terminalreporter.section("BROWSER TESTS SKIPPED", sep="!", red=True, bold=True)
        terminalreporter.write_line(
            "No Chromium was found: no page was looked at in a browser. Install one (Debian: apt install chromium).\n"
            "With T2T_REQUIRE_BROWSER=1, which .ci/run sets, this is a failure."
        )


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium, or a skip; a failure where a browser is required."""
    if CHROMIUM is None:
        message = "no Chromium here; install it (Debian: apt install chromium)"
        if os.environ.get("T2T_REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return CHROMIUM


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole book as HTML, built once for all workers by the first that needs it, warnings as errors."""
    from _ext.build.processes import locked
    from tests.book.building import build

    own = tmp_path_factory.getbasetemp()
    out = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "site"
    with locked(out):
        if not (out / "whole").is_file():
            result = build(ROOT, out, "html")
            assert result.returncode == 0, result.stderr[-4000:]
            (out / "whole").touch()
    return out / "html"
