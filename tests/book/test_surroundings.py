"""A build is a function of the checkout and the pins: nothing around it changes a byte, and no stop makes it forget."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from _ext.build import make, surroundings
from tests.book.building import FRONT, differing, small_book
from tests.kills import killed_at_each
from tests.sampling import only_whole

CHAPTER = f"""{FRONT}
# One

```{{chart}} prompt-waterfall
A chart.
```
"""


def hostile(home: Path) -> dict[str, str]:
    """A reader's settings of Python, matplotlib, language and clock, all of them unlike the defaults."""
    folder = home / ".config" / "matplotlib"
    folder.mkdir(parents=True)
    (folder / "matplotlibrc").write_text("axes.facecolor: red\nfont.size: 30\nsvg.fonttype: none\n", encoding="utf-8")
    (home / ".ipython" / "profile_default" / "startup").mkdir(parents=True)
    (home / ".ipython" / "profile_default" / "startup" / "x.py").write_text("raise SystemExit(3)", encoding="utf-8")
    return {
        "HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config"), "MPLCONFIGDIR": str(folder),
        "PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1", "TZ": "Pacific/Kiritimati",
        "LC_ALL": "C", "LANG": "tr_TR", "MATPLOTLIBRC": str(folder / "matplotlibrc"), "PYTHONINSPECT": "",
    }  # fmt: skip


def built(book: Path, into: Path, environment: dict[str, str], mask: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "_ext.build.make", "html", "--into", str(into), "--jobs", "1"],
        cwd=book, env=environment, capture_output=True, text=True, check=False, umask=mask, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.book
@only_whole("two books of one chapter, with nothing prepared")
@pytest.mark.skipif(os.name == "nt", reason="umask and exec of a Unix system")
def test_nothing_around_a_build_changes_a_byte(tmp_path: Path) -> None:
    moment = {"SOURCE_DATE_EPOCH": "1795700000", "PATH": os.environ["PATH"]}
    book = small_book(tmp_path / "book", one=CHAPTER)
    built(book, tmp_path / "plain", {**moment, "HOME": str(tmp_path)}, 0o022)
    built(book, tmp_path / "hostile", {**moment, **hostile(tmp_path / "home")}, 0o077)
    assert differing(tmp_path / "plain" / "html", tmp_path / "hostile" / "html") == []


@pytest.mark.parametrize("moment", ["soon", "-1", "253402300800", "9" * 99, "²"])
def test_a_moment_that_is_none_stops_a_build_in_a_line(
    moment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", moment)
    assert make.attempt(tmp_path, "html", 1, {}) == 2
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("error: SOURCE_DATE_EPOCH is ")
    assert said[1:] == ["Not built."]


def test_what_python_compiled_of_another_content_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit of equal length with the old time, which Python itself does not see."""
    monkeypatch.setattr(surroundings, "ROOT", tmp_path)
    source = tmp_path / "calc" / "one.py"
    source.parent.mkdir()
    (tmp_path / "conf.py").write_text("", encoding="utf-8")

    def answer() -> str:
        code = "import calc.one; print(calc.one.ANSWER)"
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True,
            env={"PATH": os.environ["PATH"]},
        )  # fmt: skip
        return done.stdout.strip()

    source.write_text("ANSWER = 41\n", encoding="utf-8")
    assert answer() == "41"
    surroundings._forget_stale(tmp_path / "compiled.json")
    assert answer() == "41"
    was = source.stat()
    source.write_text("ANSWER = 42\n", encoding="utf-8")
    os.utime(source, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert answer() == "41"  # what this is about
    assert surroundings._forget_stale(tmp_path / "compiled.json")
    assert answer() == "42"
    assert not surroundings._forget_stale(tmp_path / "compiled.json")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="what is killed runs in a fork")
@pytest.mark.parametrize("swaps", [True, False], ids=["swapped at once", "moved aside"])
def test_a_site_and_what_is_remembered_of_it_are_of_one_build(
    swaps: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before each step: what the next build takes over belongs together, or is nothing."""
    import calc.base.atomic_files as atomic

    if not swaps:
        monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    site, state, next_ = tmp_path / "html", tmp_path / "state-html", tmp_path / "next-html"
    mark = tmp_path / "html.stamp"

    class Sources:
        def around(self, pages: list[str]) -> str:
            return "the same"

    def place(stamp: str) -> None:
        shutil.rmtree(next_, ignore_errors=True)
        (next_ / "html").mkdir(parents=True)
        for name in ("index.html", "one.html"):
            (next_ / "html" / name).write_text(stamp, encoding="utf-8")
        memory = {"inputs": make.NOW, "around": "the same", "pages": [], "stamp": stamp}
        (next_ / make.MEMORY).write_text(json.dumps(memory), encoding="utf-8")
        make.put_in_place(next_, site, state, mark, stamp)

    for step in killed_at_each(lambda: place("second")):
        taken = again(tmp_path, Sources())
        assert len(taken) <= 1, (step, taken)  # of one build
        if mark.is_file():  # whoever has these sources is told that nothing has changed
            assert {file.read_text(encoding="utf-8") for file in site.iterdir()} == {mark.read_text(encoding="utf-8")}
        place("first")
        assert again(tmp_path, Sources()) == {"first"}
        names = {"html", "state-html", "html.stamp"}
        assert {file.name for file in tmp_path.iterdir()} == names, step
    assert step > 15


def again(build: Path, sources: Any) -> set[str]:
    """Of which builds the site is that the next one takes over, and what it remembers; nothing without a site."""
    next_ = build / "again"
    shutil.rmtree(next_, ignore_errors=True)
    if copying := make.begin(build, "html", next_, sources):
        copying.result()
    found = {file.read_text(encoding="utf-8") for file in (next_ / "html").glob("*")}
    if found:
        found.add(json.loads((next_ / make.MEMORY).read_text(encoding="utf-8"))["stamp"])
    shutil.rmtree(next_, ignore_errors=True)
    return found
