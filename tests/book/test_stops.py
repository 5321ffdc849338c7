"""A stop at an awkward moment is a stop, and nothing else."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from _ext.build import make, processes
from _ext.build.side_by_side import deal

pytestmark = [pytest.mark.book, pytest.mark.skipif(not hasattr(os, "fork"), reason="pages are read by forks")]


@pytest.fixture
def handlers() -> Iterator[None]:
    """The handlers of this process, put back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
    processes.STOPS.clear()


def test_between_a_result_and_its_merge() -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    def work(names: Iterator[str]) -> None:
        if "slow" in names:
            time.sleep(20)

    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        deal(["quick", "slow"], 2, work, interrupted)
    assert time.monotonic() - begun < 10  # the other was stopped, and not waited for


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_fails_because_of_it_is_no_error(
    handlers: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    number: signal.Signals,
) -> None:  # fmt: skip
    def build(*_: object) -> int:
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt:
            raise KeyError(1) from None
        return 0

    processes.note_stops()
    monkeypatch.setattr(make, "make", build)
    assert make.attempt(tmp_path, "html", 1, {}) == 130
    assert capsys.readouterr().err.startswith("Interrupted.")


def test_a_fault_without_one_is_still_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: object) -> int:
        raise KeyError(1)

    monkeypatch.setattr(make, "make", build)
    with pytest.raises(KeyError):
        make.attempt(tmp_path, "html", 1, {})


def test_what_is_done_aside_comes_back_or_fails_as_it_did() -> None:
    assert processes.Aside(lambda: {"a": 1}).result() == {"a": 1}
    with pytest.raises(OSError, match="no room"):
        processes.Aside(lambda: exec("raise OSError('no room')")).result()
    with pytest.raises(ChildProcessError):
        processes.Aside(lambda: os.kill(os.getpid(), signal.SIGKILL)).result()


def test_a_stop_of_what_is_done_aside_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    def stopped() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)  # tests that run after nohup inherit none
        signal.raise_signal(signal.SIGINT)

    aside = processes.Aside(stopped)
    with pytest.raises(ChildProcessError):
        aside.result()
    assert capfd.readouterr() == ("", "")
