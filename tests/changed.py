"""The tests of what has changed, for `make check`: paths to give to pytest, those that mirror a change first.

What has changed is what differs from where this branch left main, with what is not committed. A file's tests are those
of its name, those that name its module, and its own examples; a few quick ones look at the package as a whole. The book
is built only for tests of a changed file's own name: `make test` has the rest.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ALWAYS = ("test_package",)  # quick, and of the package as a whole
OTHERWISE = {"chapters": "prose"}  # a folder whose tests have another name


def git(*arguments: str) -> list[str]:
    """The lines that a git command prints; none where it fails."""
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    return done.stdout.split("\n")[:-1] if done.returncode == 0 else []


def changed() -> list[str]:
    """Paths that were changed or added since the branch left main, or since the last commit on main itself."""
    since = [*(git("merge-base", "main", "HEAD") or git("merge-base", "origin/main", "HEAD")), "HEAD"][0]
    differing = git("diff", "--name-only", "--no-renames", "--diff-filter=d", since)
    return differing + git("ls-files", "--others", "--exclude-standard")


def tests_of(path: str, tests: dict[Path, str]) -> Iterator[str]:
    """The tests of one file, given the text of each file of tests."""
    file = Path(path)
    stem = file.parent.name if file.stem == "__init__" else file.stem
    folder = OTHERWISE.get(file.parent.name, file.parent.name) or stem
    names = "|".join(re.escape(name.replace("-", "_").rstrip("s")) for name in (stem, folder))
    own = [one for one in tests if re.fullmatch(rf"test_(\w+_)?({names})s?", one.stem)]
    module = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    told = re.compile(rf"\b{re.escape(module)}\b|from {re.escape(module.rpartition('.')[0])} import .*\b{stem}\b")
    if file.name.startswith("test_") and file.suffix == ".py":
        own = [ROOT / path]
    elif file.suffix == ".py":
        own += [one for one, text in tests.items() if told.search(text) and "mark.book" not in text]
        if file.parts[0] in ("calc", "t2t_sphinx"):
            yield path
    yield from (one.relative_to(ROOT).as_posix() for one in own)


if __name__ == "__main__":
    tests = {one: one.read_text(encoding="utf-8") for one in sorted((ROOT / "tests").rglob("test_*.py"))}
    found = [test for path in changed() for test in tests_of(path, tests)]
    found += [one.relative_to(ROOT).as_posix() for one in tests if one.stem in ALWAYS]
    print(*dict.fromkeys(found), sep="\n")
