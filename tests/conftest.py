"""What all tests share: the built book, how much is tried, and a loud word when something was not looked at."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests import sampling
from tests.dealing import ByFile

ROOT = Path(__file__).resolve().parent.parent
# The shell is Chromium without what a window needs, and takes a sixth less of the processor.
_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)


# No file of past failures: a red run must be red for everybody who has its seed.
for profile, examples in (("sample", 50), ("campaign", 200)):
    settings.register_profile(
        profile,
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=False,  # its default where CI is set, which would leave the seed out
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("campaign" if sampling.CAMPAIGN else "sample")


@pytest.hookimpl(tryfirst=True)  # before Hypothesis looks
def pytest_configure(config: pytest.Config) -> None:
    """Give Hypothesis the seed that everything else has."""
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = sampling.SEED
    if not sampling.CAMPAIGN:
        # It tries constants of the modules loaded, which the tests before decide: a sample is the same for all.
        providers._get_local_constants = lambda: providers._local_constants  # type: ignore[attr-defined]


def pytest_report_header() -> str:
    """Say how to have the same run again."""
    return f"random cases: {sampling.repeat()} gives the same again"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile | None:
    """Deal out tests as xdist does, in less time."""
    return ByFile(config, log) if config.getvalue("dist") == "loadgroup" else None


START = time.monotonic()
LIMIT = float(os.environ.get("T2T_LIMIT") or "inf")  # seconds, after which no further test begins: `make check`
LATE = "no time was left"


def pytest_runtest_setup() -> None:
    """Begin no test when the time is up."""
    if time.monotonic() - START > LIMIT:
        pytest.skip(LATE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in the last lines what did not run: for want of time, or of a browser."""
    late = [one for one in terminalreporter.stats.get("skipped", []) if LATE in str(one.longrepr)]
    if late:
        terminalreporter.section("NOT ALL TESTS RUN", sep="!", red=True, bold=True)
        terminalreporter.write_line(f"{LATE} for {len(late)} tests of what has changed: make test runs them.")
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
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    # `make check` names a place that lasts, where only what has changed is built.
    out, done = Path(os.environ.get("T2T_SITE") or shared / "site").resolve(), shared / "site-is-whole"
    with locked(out):
        if not done.is_file():
            result = build(ROOT, out, "html")
            assert result.returncode == 0, result.stderr[-4000:]
            done.touch()
    return out / "html"
