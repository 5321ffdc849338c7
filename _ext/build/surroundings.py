"""A build knows nothing of where it is made but the checkout and what is installed.

`clean_start` starts the process again where the reader's settings of Python, of the language, of the clock or of other
programs could change a byte, and with code that is as the files are: Python trusts the time and the length of a file
for what it has compiled, and a file may have both and another content.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path

from _ext.state import ROOT, digest

__all__ = ["clean_start", "settings"]

_AGAIN = "BOOK_CLEAN_START"
# Of Python's own what says where the book's own files are; the rest would change how it runs.
_KEPT = {"PYTHONPATH", "PYTHONHASHSEED", "PYTHONNOUSERSITE", "PYTHONUTF8", "PYTHONDEVMODE", "PYTHONFAULTHANDLER"}
_FIXED = {"TZ": "UTC", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONNOUSERSITE": "1"}
_FOREIGN = ("PYTHON", "LC_", "LANGUAGE", "MATPLOTLIB", "MPL", "DOCUTILS", "SPHINX", "NO_COLOR", "FORCE_COLOR", "T2T_")
_MASK = 0o022


def settings(given: dict[str, str]) -> dict[str, str]:
    """The environment of a build.

    Examples
    --------
    >>> settings({"PYTHONWARNINGS": "error", "LC_TIME": "de_DE", "MATPLOTLIBRC": "mine", "PATH": "/bin"})["PATH"]
    '/bin'
    >>> sorted(settings({"PYTHONWARNINGS": "error", "LC_TIME": "de_DE", "MATPLOTLIBRC": "mine"}))
    ['LANG', 'LC_ALL', 'MPLBACKEND', 'PYTHONNOUSERSITE', 'PYTHONUTF8', 'TZ']
    """
    kept = {
        name: value
        for name, value in given.items()
        if name in _KEPT or not name.startswith(_FOREIGN) or name == "MPLCONFIGDIR"
    }
    return {**kept, **_FIXED, "MPLBACKEND": "agg"}


def clean_start(build: Path) -> None:
    """Start again, once, where the surroundings or what Python has compiled are not what they must be."""
    os.umask(_MASK)
    if os.environ.pop(_AGAIN, None):
        return
    stale = _forget_stale(build / "compiled.json")
    wanted = settings(dict(os.environ))
    own = sys.flags.optimize or sys.warnoptions or sys.flags.dont_write_bytecode
    if not (stale or own or {**os.environ} != wanted):
        return
    sys.stdout.flush()
    command = [sys.executable, "-m", "_ext.build.make", *sys.argv[1:]]
    os.execve(sys.executable, command, {**wanted, _AGAIN: "1"})


def _forget_stale(memory: Path) -> bool:
    """Delete what Python compiled of files whose content is another than at the last build; whether there was any."""
    sources = sorted(file for part in ("calc", "_ext") for file in (ROOT / part).rglob("*.py"))
    now = {file.relative_to(ROOT).as_posix(): digest([file.read_bytes()]) for file in (*sources, ROOT / "conf.py")}
    try:
        before = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    stale = [name for name, content in now.items() if before.get(name) != content]
    if stale:
        for name in stale:
            Path(importlib.util.cache_from_source(str(ROOT / name))).unlink(missing_ok=True)
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(json.dumps(now), encoding="utf-8")
    return bool(stale)
