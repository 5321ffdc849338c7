"""A chapter as MyST-NB makes it with nothing set: its notebook, the book's theme, and Sphinx's own MathJax."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["CHAPTERS", "make_stock"]

CHAPTERS = ("training-energy", "cost")  # of common length, and with twice as many cards as most
# Its cells show what calc shows in any notebook: equations, their numbers and the table of inputs, without calculators.
_CONF = """
extensions = ["myst_nb"]
html_theme = "pydata_sphinx_theme"
nb_execution_mode = "force"
nb_render_markdown_format = "myst"
myst_enable_extensions = ["dollarmath"]
"""


def make_stock(notebook: Path, folder: Path) -> Path:
    """The folder of a site with one page, the notebook.

    Raises
    ------
    subprocess.CalledProcessError : Sphinx refuses it.
    """
    folder.mkdir(parents=True)
    shutil.copy(notebook, folder / "index.ipynb")
    (folder / "conf.py").write_text(_CONF, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(folder), str(folder / "html")]
    subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return folder / "html"
