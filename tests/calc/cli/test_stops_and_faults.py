"""How a command ends: 0, 1, 2, 70 or 130, one line at most on standard error, and never a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import calc
from calc.__main__ import _Closed
from calc.cli import app
from calc.cli.app import main
from tests.sampling import cases, only_whole, sample

ROOT = Path(calc.__file__).parents[1]
UNIX = pytest.mark.skipif(os.name == "nt", reason="file descriptors and signals of a Unix system")


def started(*arguments: str, python: tuple[str, ...] = (), **more: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, *python, "-m", "calc", *arguments],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **more},
    )  # fmt: skip


AROUND: list[tuple[tuple[str, ...], dict[str, str]]] = [
    ((), {"PYTHONWARNINGS": "error", "PYTHONOPTIMIZE": "2", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
    (("-OO",), {}),
    (("-W", "error"), {}),
    ((), {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR"}),
    (("-E", "-s", "-X", "dev"), {}),
]


def test_surroundings_change_no_answer() -> None:
    plain, _ = started("show", "training-energy", "--range").communicate(timeout=120)
    for python, environment in AROUND[: cases(len(AROUND), 1)]:
        process = started("show", "training-energy", "--range", python=python, **environment)
        out, err = process.communicate(timeout=120)
        assert (process.returncode, err, out) == (0, b"", plain), (python, environment)


def test_without_docstrings_every_command_has_its_help() -> None:
    code = (
        "from calc.cli.app import cli, main\n"
        "main(['--help'])\n"
        "for name in cli.list_commands(None):\n"
        "    main([name, '--help'])\n"
    )
    plain, bare = (
        subprocess.run([sys.executable, *more, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=120)
        for more in ((), ("-OO",))
    )
    assert plain.stdout.count(b"Usage: ") > 15
    assert (bare.stdout, bare.stderr) == (plain.stdout, b"")


@UNIX
@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", ">&- 2>&-", ">/dev/full"])
def test_what_was_closed_before_the_start(closed: str) -> None:
    command = f'"{sys.executable}" -m calc show pue {closed}'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=120)
    unwritable = closed in (">&-", ">&- 2>&-", ">/dev/full")
    assert done.returncode == (2 if unwritable else 0)
    assert done.stderr.count(b"\n") == (1 if unwritable and "2>" not in closed else 0)
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [("scenario", "--template", "--output"), ("case", "servers=5000", "--output")])
def test_what_was_written_is_whole_though_nobody_can_be_told(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told, untold = tmp_path / "told.toml", tmp_path / "untold.toml"
    assert main([*arguments, str(told)], "t2t") == 0
    capsys.readouterr()
    monkeypatch.setattr(sys, "stdout", _Closed())
    assert main([*arguments, str(untold)], "t2t") == 2
    why = "only standard output cannot say so: standard output is closed"
    assert capsys.readouterr().err == f"t2t: {untold} is written and whole; {why}\n"
    assert untold.read_bytes() == told.read_bytes()


@UNIX
@only_whole("an export takes seconds")
def test_an_export_is_whole_though_nobody_can_be_told(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m calc export "{tmp_path}/made" >/dev/full'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"calc: {tmp_path}/made is written and whole; ")
    summed = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert subprocess.run(summed, cwd=tmp_path / "made", check=False).returncode == 0


@UNIX
@pytest.mark.parametrize("after", sample([0.1, 0.2, 0.4, 0.8, 1.6], 2, "stopped after"))
def test_stopped_at_any_moment(after: float) -> None:
    """While Python itself loads there is nothing of ours that could be quiet; from then on there is no word."""
    process = started("export", "/nonexistent/folder/of/records")
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=120)
    assert process.returncode in (130, -signal.SIGINT, 2)  # a shell says 130 of the second too
    if process.returncode != 2:
        assert b"calc" not in err or b"Traceback" not in err


@UNIX
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=["TERM", "HUP", "INT"])
def test_a_signal_leaves_nothing_half_written(number: signal.Signals, tmp_path: Path) -> None:
    """While a file is being written: it is put off the disk again, as after an error, and no word is said."""
    code = (
        "import os, signal, sys, time\n"
        # As a terminal starts it: what runs behind a shell has been told to ignore Ctrl-C.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
        "def slow(descriptor):\n"
        "    print('writing', flush=True)\n"
        "    time.sleep(60)\n"
        "os.fsync = slow\n"
        "sys.argv = ['t2t', 'scenario', '--template', '--output', sys.argv[1]]\n"
        "from calc.__main__ import run\n"
        "run()\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "mine.toml")],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ},
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline() == b"writing\n"
    process.send_signal(number)
    _, err = process.communicate(timeout=120)
    assert (process.returncode, err.strip()) == (128 + number, b"")  # click ends the line that Ctrl-C stands in
    assert list(tmp_path.iterdir()) == []


@UNIX
def test_a_command_has_its_time() -> None:
    """Here of a second; nothing that only looks for what a formula cannot take goes on past it."""
    code = (
        "import sys, calc.base.limits\n"
        "calc.base.limits.TIME = 1\n"
        "sys.argv = ['t2t', 'table', 'training-energy', '--sweep', 'gpus=1:9e9:9999999', '--format', 'csv']\n"
        "from calc.__main__ import run\n"
        "run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "t2t: this takes more than 1 seconds of a processor; ask for fewer rows or draws\n"


@UNIX
@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_a_server_without_a_client_says_so(closed: str) -> None:
    command = f'"{sys.executable}" -m calc serve-mcp {closed}'
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_fault_of_ours_is_70_and_says_how_to_report_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError("a\x1b[31m\nb")

    monkeypatch.setattr(app.cli, "main", broken)
    assert main(["list"], "t2t") == app.OWN_FAULT == os.EX_SOFTWARE == 70
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "a fault of this program, not of yours: KeyError in test_stops_and_faults.py" in err
    assert "please report this line" in err
    assert "\x1b" not in err
    monkeypatch.setenv("T2T_TRACEBACK", "1")
    assert main(["list"], "t2t") == app.OWN_FAULT
    assert "Traceback" in capsys.readouterr().err


def test_stopped_inside_a_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app.cli, "main", stopped)
    assert main(["list"], "t2t") == 130
    assert capsys.readouterr().err == ""


def test_exit_codes_are_those_that_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"], "t2t")
    out = capsys.readouterr().out
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for code in (0, 1, 2, app.OWN_FAULT, 130):
        assert f"  {code}  " in out
        assert f"| {code} |" in readme
    for number in (signal.SIGHUP, signal.SIGTERM) if os.name != "nt" else ():
        assert str(128 + number) in out
        assert str(128 + number) in readme
