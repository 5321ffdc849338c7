"""Modules run as ``python -m`` runs them, in forks of a process that has imported what every build of a book imports.

Half of a small book's build goes into those imports. Nothing of the book itself is among them: each build works on a
copy of its own.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import select
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

IMPORTS = (
    "sphinx.application", "sphinx.builders.html", "sphinx.builders.epub3", "sphinx.builders.latex",
    "sphinxcontrib.bibtex", "pydata_sphinx_theme", "myst_nb.sphinx_ext",
    "IPython.core.interactiveshell", "scipy.special", "sympy",
)  # fmt: skip
LIMIT = 600  # seconds of one run


class Prepared:
    """The process that forks; it ends with the one that started it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=dict(environment)
        )

    def run(
        self, module: str, given: Sequence[str], folder: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        """What ``subprocess.run`` gives back of ``python -m MODULE GIVEN …`` in a folder.

        Raises
        ------
        subprocess.TimeoutExpired : it took longer than `LIMIT`.
        """
        asking, answering = self.process.stdin, self.process.stdout
        assert asking is not None
        assert answering is not None
        with tempfile.TemporaryDirectory() as scratch:
            said = [Path(scratch) / name for name in ("out", "error")]
            job = [module, list(given), str(folder), dict(environment), *map(str, said)]
            asking.write(json.dumps(job) + "\n")
            asking.flush()
            if not select.select([answering], [], [], LIMIT)[0]:
                self.process.kill()
                raise subprocess.TimeoutExpired([module, *given], LIMIT)
            code = int(answering.readline())
            output, error = (file.read_text(encoding="utf-8", errors="replace") for file in said)
        return subprocess.CompletedProcess([module, *given], code, output, error)


def serve() -> None:
    """Fork for each line that is read, and say how it ended."""
    for name in IMPORTS:
        importlib.import_module(name)
    gc.freeze()  # to look through what there is by now would copy it for each process
    gc.set_threshold(1_000_000, 50, 1_000)  # as `_ext.build.make` has it
    for line in sys.stdin:
        process = os.fork()
        if not process:
            os._exit(_work(*json.loads(line)))
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


def _work(module: str, given: list[str], folder: str, environment: dict[str, str], output: str, error: str) -> Any:
    for descriptor, file in ((0, os.devnull), (1, output), (2, error)):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT), descriptor)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv, sys.path[0] = [module, *given], folder
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve()
