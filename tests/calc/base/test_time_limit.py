"""Time for one piece of work: whoever is stopped is stopped once, and nobody after it."""

from __future__ import annotations

import threading
import time

import pytest

from calc.base import time_limit
from calc.base.stopped import OutOfTime
from calc.base.time_limit import TimeLimit


def test_one_that_was_stopped_before_it_began_does_not_begin() -> None:
    limit = TimeLimit(60)
    limit.stop()
    with pytest.raises(OutOfTime), limit:
        raise AssertionError


def test_a_stop_reaches_nothing_that_comes_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever it comes, before, at the edges or after, what the same thread does next goes on."""
    monkeypatch.setattr(time_limit, "_AGAIN", 0.01)
    outcomes = []

    def work() -> None:
        for turn in range(150):
            limit = TimeLimit(60)
            stopping = threading.Timer(turn * 1e-5, limit.stop)
            stopping.start()
            try:
                with limit:
                    end = time.perf_counter() + 5e-4
                    while time.perf_counter() < end:
                        pass
                outcomes.append("answered")
            except OutOfTime:
                limit.over()
                outcomes.append("stopped")
            stopping.join()
        end = time.perf_counter() + 0.05
        while time.perf_counter() < end:
            pass
        outcomes.append("whole")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert outcomes[-1:] == ["whole"]
    assert {"answered", "stopped"} <= set(outcomes)


def test_what_swallows_a_stop_is_stopped_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_limit, "_AGAIN", 0.05)
    times: list[float] = []
    end = time.perf_counter() + 5
    with TimeLimit(0.01):
        while len(times) < 3 and time.perf_counter() < end:
            try:
                while time.perf_counter() < end:
                    pass
            except OutOfTime:
                times.append(time.perf_counter())
    assert len(times) == 3
