"""``make mutants``: break the calculators at random, one place at a time, and count what the tests of calc see.

A mutant is the source with one operator, number, condition or return changed. Each of a random sample of them is put
into a copy of the checkout, and the tests run there: first the file's own doctests and tests, then its room's, then all
of calc's. Those that no test kills are listed, and the share that one kills is given with its 95 % interval (Wilson's).

T2T_MUTANTS=N tries N of them (600), T2T_SEED=N another sample; T2T_NEAR=1 stops after the tests of the room, which
gives a share that is at most too low.
"""

from __future__ import annotations

import ast
import copy
import math
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("base", "symbolic", "model", "analysis")
SECONDS = 900  # after which a mutant counts as killed: the tests would hang
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
    """One change: the file, the number of the node as `ast.walk` comes to it, and which of its changes."""

    file: Path
    node: int
    change: int

    def source(self) -> tuple[str, str]:
        """The file's text with the change, and the change in words."""
        tree = ast.parse(self.file.read_text(encoding="utf-8"))
        node = list(ast.walk(tree))[self.node]
        before = ast.unparse(node)
        _changes(node)[self.change]()
        return ast.unparse(tree), f"{getattr(node, 'lineno', 0)}: {before}  →  {ast.unparse(node)}"[:150]


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
        case ast.Return(value=ast.expr()):
            return [put("value", ast.Constant(None))]
    return []


def _for_types(node: ast.AST) -> Iterator[ast.AST]:
    """What of a node only a type checker reads: annotations, and imports for them."""
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
        yield node
    for name in ("annotation", "returns"):
        if isinstance(part := getattr(node, name, None), ast.AST):
            yield part


def mutants() -> Iterator[Mutant]:
    """Every mutant of the rooms, but for what only a type checker reads."""
    for file in sorted(file for room in ROOMS for file in (ROOT / "calc" / room).glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        unread = {inner for node in ast.walk(tree) for part in _for_types(node) for inner in ast.walk(part)}
        for number, node in enumerate(ast.walk(tree)):
            if node not in unread:
                yield from (Mutant(file, number, change) for change in range(len(_changes(node))))


def _stages(file: Path) -> list[list[str]]:
    """The tests, the nearest first."""
    inside = file.relative_to(ROOT)
    room = f"tests/calc/{inside.parent.name}"
    own = f"{room}/test_{inside.stem}.py"
    stages = [[str(inside), *([own] if (ROOT / own).is_file() else [])], [room, "tests/calc/test_one_gate.py"]]
    return stages if os.environ.get("T2T_NEAR") else [*stages, ["tests/calc", "calc"]]


def fails(folder: Path, stages: Iterable[list[str]]) -> bool:
    """Whether a test fails, or hangs, in a folder."""
    plain = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    for tests in stages:
        command = [sys.executable, "-m", "pytest", "-x", "-q", *tests]
        try:
            done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            return True
        if done.returncode not in (0, 5):  # 5: there was no test
            return True
    return False


def killed(mutant: Mutant, folder: Path, text: str) -> bool:
    """Whether a test fails with the mutant in place; the folder is as it was afterwards."""
    place = folder / mutant.file.relative_to(ROOT)
    place.write_text(text, encoding="utf-8")
    try:
        return fails(folder, _stages(mutant.file))
    finally:
        shutil.copy(mutant.file, place)


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


def main() -> int:
    """Try a sample, and say what lives."""
    every = list(mutants())
    count = min(int(os.environ.get("T2T_MUTANTS") or 600), len(every))
    chosen = random.Random(os.environ.get("T2T_SEED") or "1").sample(every, count)
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for name in filter(None, names):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        sound = {tuple(stage): stage for mutant in chosen for stage in _stages(mutant.file)}
        if broken := [stage for stage in sound.values() if fails(folder, [stage])]:
            print(f"tests fail without any mutant: {' '.join(part for stage in broken for part in stage)}")
            return 1
        dead, start = 0, time.monotonic()
        for number, mutant in enumerate(chosen, 1):
            text, words = mutant.source()
            seen = killed(mutant, folder, text)
            dead += seen
            fate = "killed" if seen else "LIVES "
            print(f"{number}/{count} {fate} {mutant.file.relative_to(ROOT)}:{words}", flush=True)
    low, high = wilson(dead, count)
    print(f"{dead} of {count} mutants killed: {dead / count:.0%}, 95 % interval {low:.0%} to {high:.0%}")
    seed, took = os.environ.get("T2T_SEED") or 1, time.monotonic() - start
    print(f"Of {len(every)} mutants, with seed {seed}, in {took:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
