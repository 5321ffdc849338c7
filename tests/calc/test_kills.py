"""Killed before any of its steps: what was there is there, or what was to be, whole; and the next one is right."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from calc.base import atomic_files
from calc.base.atomic_files import exchange, sweep, write_file, write_folder
from calc.base.errors import DataError
from calc.base.unit_store import store
from calc.cli.app import main
from calc.publish import export as exporting
from calc.publish.export import export
from t2t_sphinx.records import put
from tests.calc.support import refused
from tests.kills import killed_at_each

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="what is killed runs in a fork")

OLD, NEW = {"one": b"old", "a/two": b"old"}, {"one": b"new", "b/three": b"new" * 9999}


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(params=["swapped at once", "moved aside"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of `exchange`: some file systems cannot swap two names."""
    if request.param == "moved aside":
        monkeypatch.setattr(atomic_files, "_exchange", lambda *_: False)
    return str(request.param)


@pytest.mark.parametrize("before", [OLD, {}], ids=["over an old one", "where there is none"])
def test_a_folder(way: str, before: Mapping[str, bytes], tmp_path: Path) -> None:
    place = tmp_path / "records"
    steps, between = 0, 0
    if before:
        write_folder(place, before)
    for steps in killed_at_each(lambda: write_folder(place, NEW)):
        if not place.is_dir():  # the old one lies aside, and the next to come puts it back
            between += bool(before)
            sweep(place)
        assert (held(place) if place.is_dir() else {}) in (before, NEW), steps
        write_folder(place, NEW)
        assert held(place) == NEW
        assert [one.name for one in tmp_path.iterdir()] == ["records"], steps
        shutil.rmtree(place)
        if before:
            write_folder(place, before)
    assert steps >= 6
    assert between == (way == "moved aside" and bool(before))


def test_a_file(tmp_path: Path) -> None:
    place = tmp_path / "mine.toml"
    write_file(place, b"old")
    for _ in killed_at_each(lambda: write_file(place, b"new" * 9999)):
        assert place.read_bytes() in (b"old", b"new" * 9999)
        write_file(place, b"old")
        assert [one.name for one in tmp_path.iterdir()] == ["mine.toml"]


FILES: dict[str, Callable[[Path], object]] = {
    "scenario --template": lambda file: main(["scenario", "--template", "--output", str(file)]),
    "case": lambda file: main(["case", "servers=5000", "--output", str(file)]),
    "units": lambda file: store(file, {}),
    "what t2t_sphinx keeps": lambda file: put(file, b"{}" * 9999),
}


@pytest.mark.parametrize("what", FILES)
def test_each_that_writes_one_file(what: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    FILES[what](tmp_path / "whole")
    whole = (tmp_path / "whole").read_bytes()
    kills = 0
    for _ in killed_at_each(lambda: FILES[what](tmp_path / "mine")):
        kills += 1
        assert not (tmp_path / "mine").exists() or (tmp_path / "mine").read_bytes() == whole
        (tmp_path / "mine").unlink(missing_ok=True)
    assert kills >= 3
    FILES[what](tmp_path / "mine")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["mine", "whole"]


def test_an_export(way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of few files; what is there after a kill is an export that the next one knows to be its own."""
    found = {"derivations.json": b"{}", "derivations/pue.json": b"{}"}
    monkeypatch.setattr(exporting, "files", lambda _: found)
    place = tmp_path / "records"
    export(place)
    found["derivations.json"] = b'{"now": 1}'
    for step in killed_at_each(lambda: export(place)):
        export(place)
        assert held(place) | found == held(place), step
        assert [one.name for one in tmp_path.iterdir()] == ["records"], step


def test_nothing_of_others_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Least of all where a system cannot swap two folders: what was once beside it as records.old was deleted."""
    monkeypatch.setattr(atomic_files, "_exchange", lambda *_: False)
    mine = [
        "records.old", ".records.old", ".records.99999999999999999999.next", ".records.x.next", ".records.1.next.toml",
        f".records.{os.getppid()}.next", "records.1.next", ".records..old",
    ]  # fmt: skip
    for name in mine:
        (tmp_path / name).mkdir()
        (tmp_path / name / "thesis.tex").write_text("all my work", encoding="utf-8")
    for _ in range(2):
        write_folder(tmp_path / "records", NEW)
    for name in mine:
        assert (tmp_path / name / "thesis.tex").read_text("utf-8") == "all my work", name


def test_what_cannot_take_the_place_leaves_the_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic_files, "_exchange", lambda *_: False)
    write_folder(tmp_path / "records", OLD)
    real = Path.rename

    def full(one: Path, other: Path) -> Path:
        if one.name.endswith(".next"):
            raise OSError(28, "No space left on device")
        return real(one, other)

    monkeypatch.setattr(Path, "rename", full)
    with refused(DataError, "cannot be written: No space left on device"):
        write_folder(tmp_path / "records", NEW)
    (tmp_path / "x.next").mkdir()
    with pytest.raises(OSError, match="No space"):
        exchange(tmp_path / "x.next", tmp_path / "records")
    assert held(tmp_path / "records") == OLD


@pytest.mark.skipif(sys.platform != "linux", reason="of the systems tested Linux alone swaps two names")
def test_what_is_swapped_at_once_is_not_moved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    new, old = tmp_path / "new", tmp_path / "old"
    for folder in (new, old):
        folder.mkdir()
        (folder / folder.name).touch()
    if not atomic_files._exchange(os.fsencode(new), os.fsencode(old)):
        pytest.skip("this file system cannot swap two names")
    monkeypatch.setattr(Path, "rename", lambda *_: pytest.fail("it is swapped already"))
    assert [one.name for one in old.iterdir()] == ["new"]
    exchange(new, old)
    assert [[one.name for one in folder.iterdir()] for folder in (new, old)] == [["new"], ["old"]]
