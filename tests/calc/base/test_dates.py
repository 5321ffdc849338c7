"""Days and periods, and the day from which the book looks back."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest

from calc.base import dates
from calc.base.errors import CalcError
from calc.cli.app import main
from tests.calc.support import refused


@pytest.mark.parametrize(
    ("period", "day"),
    [("2025", "2025-12-31"), ("2024-02", "2024-02-29"), ("2025-02", "2025-02-28"), ("2025-07-15", "2025-07-15")],
)
def test_a_period_counts_from_its_last_day(period, day):
    assert dates.last_day(period).isoformat() == day


@pytest.mark.parametrize("text", ["July 2025", "25", "2025-7", "2025/07", "", "15.7.2025", "2025-07-15T12:00"])
def test_what_is_no_date_is_refused(text):
    with refused(CalcError, "is not a date; accepted: a year, a month or a day"):
        dates.last_day(text)


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "0000-01-01", "2025-00"])
def test_a_day_that_is_not_is_refused(text):
    with refused(CalcError, f"there is no day {text!r}"):
        dates.last_day(text)


def test_a_value_is_old_after_a_year():
    now = datetime.date(2026, 11, 25)
    assert not dates.is_old(datetime.date(2025, 11, 25), now)
    assert dates.is_old(datetime.date(2025, 11, 24), now)
    assert not dates.is_old(datetime.date(1999, 1, 1), None)


def test_the_day_of_the_build_is_the_epochs(monkeypatch):
    dates.build_day.cache_clear()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert dates.build_day() == datetime.date(2023, 11, 14)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    dates.build_day.cache_clear()
    with refused(CalcError, "SOURCE_DATE_EPOCH is 'soon'; accepted: whole seconds since 1970"):
        dates.build_day()
    dates.build_day.cache_clear()


# The first and last moments are those of `date -u -d 1980-01-01 +%s` and `date -u -d "9999-12-31 23:59:59" +%s`.
@pytest.mark.parametrize(
    "moment",
    ["-1", "0", "315532799", "253402300800", "1e9", " 1795700000", "1_795_700_000", "1795700000.5", "²", "9" * 99],
)
def test_a_moment_that_no_file_or_date_can_have_is_refused(moment, monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    accepted = "accepted: whole seconds since 1970, from 315532800 (1980-01-01) to 253402300799 (9999-12-31)"
    with refused(CalcError, "SOURCE_DATE_EPOCH is ", accepted):
        dates.build_moment()
    assert main(["--version"], "t2t") == 2  # whether the command needs it or not
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n"), accepted in said.err) == ("", 1, True)


@pytest.mark.parametrize("moment", [315532800, 253402300799])
def test_the_first_and_the_last_moment_are_accepted(moment, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(moment))
    assert dates.build_moment() == moment


def test_or_else_that_of_the_last_commit_and_never_the_clocks(monkeypatch):
    dates.build_day.cache_clear()
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    root = Path(__file__).parents[3]
    told = subprocess.run(
        ["git", "-C", str(root), "log", "-1", "--format=%cI"], capture_output=True, text=True, check=False
    )
    expected = datetime.date.fromisoformat(told.stdout[:10]) if told.stdout else None
    assert dates.build_day() == expected
    dates.build_day.cache_clear()


def test_a_day_is_its_own_last_day_without_its_time():
    moment = datetime.datetime(2025, 7, 15, 12, 30, tzinfo=datetime.UTC)
    assert dates.last_day(moment) == dates.last_day(moment.date()) == datetime.date(2025, 7, 15)
    assert type(dates.last_day(moment)) is datetime.date


@pytest.mark.parametrize("without", ["a repository", "git"])
def test_where_nobody_knows_the_day_there_is_none(without, tmp_path, monkeypatch):
    (tmp_path / "calc" / "base").mkdir(parents=True)
    monkeypatch.setattr(dates, "__file__", str(tmp_path / "calc" / "base" / "dates.py"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if without == "git":
        monkeypatch.setenv("PATH", str(tmp_path))
    dates.build_day.cache_clear()
    assert dates.build_day() is None
    dates.build_day.cache_clear()
