"""``make mutants``: break the calculators at random, one place at a time, and count what the tests of calc see.

A mutant is the source with one operator, number, condition or return changed. Each of a random sample of them is put
into a copy of the checkout, and the tests of calc that run its line (tools/touching.py) run there, those of its room
first and always the quickest first, until one fails. Those that no test kills are listed, and the share that one kills
is given with its 95 % interval (Wilson's). Tests that look at lines in other processes are not taken, and no more than
T2T_SECONDS of the others: so the share is at most too low.

T2T_MUTANTS=N tries N of them (600), T2T_SEED=N another sample (1), T2T_JOBS=N as many at once (1), T2T_SECONDS=N stops
after tests that take so long without a mutant (60); T2T_AT="calc/base/unit.py:45 …" tries all those of some lines
instead. What was tried is kept in _build/mutants, and a run that was stopped goes on where it was, as long as calc and
its tests are the same.
"""

from __future__ import annotations

import ast
import copy
import functools
import math
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from tools import touching

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "_build/mutants"
SECONDS = float(os.environ.get("T2T_SECONDS") or 60)
OF_ALL = ("tests/calc/test_architecture.py",)  # they look at every module
OWN_SECONDS, ROOM_SECONDS = 3, 6  # of tests of a mutant's own file and room, before others are collected too
FILES = 20  # at most, of the others: those of whose tests most run the line
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One change: the file, the number of the node as `ast.walk` comes to it, which of its changes, and the line."""

    file: str
    node: int
    change: int
    line: int

    def name(self) -> str:
        """What tells it from others."""
        return f"{self.file}:{self.node}:{self.change}"

    def source(self, root: Path) -> tuple[str, str]:
        """The file's text with the change, and the change in words."""
        tree = ast.parse((root / self.file).read_text(encoding="utf-8"))
        node = list(ast.walk(tree))[self.node]
        before = ast.unparse(node)
        _changes(node)[self.change]()
        return ast.unparse(tree), f"{self.file}:{self.line}: {before}  →  {ast.unparse(node)}"[:200]


def _changes(node: ast.AST) -> list[Callable[[], None]]:
    """What may be changed of a node, each as a function that does it."""

    def put(name: str, value: object) -> Callable[[], None]:
        return lambda: setattr(node, name, value)

    match node:
        case ast.Compare(ops=[only]) if type(only) in _COMPARED:
            return [put("ops", [_COMPARED[type(only)]()])]
        case ast.BinOp(op=sign) if type(sign) in _COUNTED and not isinstance(node.left, ast.Constant | ast.JoinedStr):
            return [put("op", _COUNTED[type(sign)]())]
        case ast.BoolOp(op=both):
            return [put("op", ast.Or() if isinstance(both, ast.And) else ast.And())]
        case ast.Constant(value=bool() as truth):
            return [put("value", not truth)]
        case ast.Constant(value=int() | float() as number):
            return [put("value", number + 1), put("value", -number or 2)]
        case ast.If(test=test) | ast.IfExp(test=test):
            return [put("test", ast.UnaryOp(ast.Not(), copy.deepcopy(test)))]
        case ast.Return(value=ast.expr() as value) if ast.unparse(value) != "None":
            return [put("value", ast.Constant(None))]
    return []


def _unread(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node changes no run: annotations, imports for them, and `strict` of `zip`, which only asserts."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        yield node
    for name in ("annotation", "returns"):
        if isinstance(part := getattr(node, name, None), ast.AST):
            yield part
    if isinstance(node, ast.keyword) and node.arg == "strict":
        yield node


def mutants(root: Path) -> Iterator[Mutant]:
    """Every mutant of the rooms, but for what changes no run."""
    for name in touching.sources(root):
        tree = ast.parse((root / name).read_text(encoding="utf-8"))
        unread = {inner for node in ast.walk(tree) for part in _unread(node) for inner in ast.walk(part)}
        for number, node in enumerate(ast.walk(tree)):
            if node not in unread:
                line = getattr(node, "lineno", 0)
                yield from (Mutant(name, number, change, line) for change in range(len(_changes(node))))


def _statement(mutant: Mutant, root: Path) -> tuple[range, bool]:
    """The lines of the statement that a mutant is in, without its body, and whether a function holds it."""
    tree = ast.parse((root / mutant.file).read_text(encoding="utf-8"))
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    node = list(ast.walk(tree))[mutant.node]
    while not isinstance(node, ast.stmt):
        node = above[node]
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
    body = getattr(node, "body", None)
    lines = range(first, max(node.lineno + 1, body[0].lineno) if body else (node.end_lineno or node.lineno) + 1)
    while node in above and not isinstance(node := above[node], ast.FunctionDef):
        pass
    return lines, isinstance(node, ast.FunctionDef)


def _importing(name: str, root: Path) -> set[str]:
    """A file of calc, and those that import it."""
    room, stem = Path(name).parent.name, Path(name).stem
    imported = re.compile(rf"calc\.{room}\.{stem}\b|from calc\.{room} import [^\n]*\b{stem}\b")
    return {name, *(one for one in touching.sources(root) if imported.search((root / one).read_text(encoding="utf-8")))}


def nearest(mutant: Mutant, root: Path, tests: dict[str, dict[str, Any]]) -> Iterator[list[str]]:
    """The tests that run a mutant's line, the quickest first: of its own file, then of its room, then all.

    Of a line that only imports run, those of `OF_ALL`, and what runs any line of its file or of one that imports it.
    """
    lines, in_function = _statement(mutant, root)
    found = [
        test for test, one in tests.items()
        if mutant.file in one["lines"]
        and ((seen := one["lines"][mutant.file]) is None or any(line in lines for line in seen))
    ]  # fmt: skip
    if not found or not in_function:
        files = _importing(mutant.file, root)
        found = [test for test, one in tests.items() if test.startswith(OF_ALL) or not files.isdisjoint(one["lines"])]
    found.sort(key=lambda test: float(tests[test]["seconds"]))
    _, room, name = mutant.file.split("/")
    own = (mutant.file, f"tests/calc/{room}/test_{name}")
    most_in = Counter(test.partition("::")[0] for test in found).most_common(FILES)
    done: set[str] = set()
    for where, most in (
        (own, OWN_SECONDS),
        ((f"calc/{room}/", f"tests/calc/{room}/"), ROOM_SECONDS),
        (tuple(file for file, _ in most_in), SECONDS),
    ):
        some = [test for test in found if test.startswith(where) and test not in done]
        sums = accumulate(float(tests[test]["seconds"]) for test in some)
        stage = [test for test, until in zip(some, sums, strict=True) if until <= most]
        done |= set(stage)
        yield stage


def killed(mutant: Mutant, text: str, whole: Path, folder: Path, tests: dict[str, dict[str, Any]]) -> bool:
    """Whether a test fails with the mutant in place, or hangs; the folder is as the whole one afterwards."""
    place = folder / mutant.file
    place.write_text(text, encoding="utf-8")
    os.utime(place, (1, hash(text) % 10**9))  # no compiled file of another text is taken for it
    try:
        for some in nearest(mutant, whole, tests):
            files = list(dict.fromkeys(test.partition("::")[0] for test in some))
            took = 20 + 5 * sum(tests[test]["seconds"] for test in some)
            run = functools.partial(touching.pytest_in, folder, ["-x", *files], touching.Chosen(some))
            if files and touching.forked(run, took, folder / "log") not in (0, 5):  # 5: there was no test
                return True
        return False
    finally:
        shutil.copy2(whole / mutant.file, place)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share.

    Examples
    --------
    >>> [round(end, 3) for end in wilson(90, 100)]
    [0.826, 0.945]
    """
    z, share = 1.959964, hits / count
    middle, half = share + z * z / (2 * count), z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return (middle - half) / (1 + z * z / count), (middle + half) / (1 + z * z / count)


def copied(folder: Path) -> Path:
    """The checkout, without what is built, in another folder."""
    listed = ["git", "ls-files", "-co", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


def chosen(every: list[Mutant]) -> list[Mutant]:
    """What is tried: a random sample, or all of some lines."""
    if places := os.environ.get("T2T_AT"):
        return [one for one in every if f"{one.file}:{one.line}" in places.split()]
    count = min(int(os.environ.get("T2T_MUTANTS") or 600), len(every))
    return random.Random(os.environ.get("T2T_SEED") or "1").sample(every, count)


def tried(some: list[Mutant], whole: Path, folder: Path, tests: dict[str, dict[str, Any]], kept: Path) -> None:
    """Try mutants in a folder of their own, and note each in a file of those that were tried before."""
    shutil.copytree(whole, folder)
    before = known(kept)
    for mutant in some:
        if mutant.name() not in before:
            text, words = mutant.source(whole)
            fate = "killed" if killed(mutant, text, whole, folder, tests) else "LIVES"
            line = f"{fate}\t{words}".replace("\n", " ")
            with kept.open("a", encoding="utf-8") as file:
                file.write(f"{mutant.name()}\t{line}\n")
            print(line, flush=True)


def known(kept: Path) -> dict[str, list[str]]:
    """What was tried before: by name whether it lives, and what it is."""
    lines = kept.read_text(encoding="utf-8").splitlines() if kept.is_file() else []
    return {name: rest for name, *rest in (line.split("\t") for line in lines)}


def main() -> int:
    """Try a sample, and say what lives."""
    start, jobs = time.monotonic(), int(os.environ.get("T2T_JOBS") or 1)
    touching.prepare()
    with tempfile.TemporaryDirectory() as scratch:
        whole = copied(Path(scratch) / "whole")
        every = list(mutants(whole))
        some = chosen(every)
        tests = touching.touched(whole, KEPT / "lines.json")
        kept = KEPT / f"{touching.state(whole)}.tsv"
        workers = []
        for job in range(jobs):
            if not (child := os.fork()):
                tried(some[job::jobs], whole, Path(scratch) / str(job), tests, kept)
                os._exit(0)
            workers.append(child)
        for child in workers:
            os.waitpid(child, 0)
    found = [known(kept)[one.name()] for one in some if one.name() in known(kept)]
    lives = sorted(where for fate, where in found if fate != "killed")
    dead = len(found) - len(lives)
    low, high = wilson(dead, len(found)) if found else (0.0, 1.0)
    print(*(f"LIVES {where}" for where in lives), sep="\n")
    print(f"{dead} of {len(found)} mutants killed, 95 % interval {low:.1%} to {high:.1%}; {len(every)} could be made")
    print(f"{time.monotonic() - start:.0f} s, seed {os.environ.get('T2T_SEED') or 1}")
    return 0 if len(found) == len(some) else 1


if __name__ == "__main__":
    sys.exit(main())
