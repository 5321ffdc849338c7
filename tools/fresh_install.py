"""``tools/fresh_install.py lowest|newest [PYTHON]``: the package from its wheel alone, in an environment of its own.

Builds the wheel, installs it with the lowest or the newest versions that pyproject.toml allows (one package at a time
where no installer resolves to the lowest: each ``name>=version`` becomes ``name==version``), and runs every command of
README.md and of the help texts that needs no file of the checkout. Says what it ran, and fails where a command does.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXTRA = {"serve-mcp": "agents"}  # the commands that an extra is for
_FENCE = re.compile(r"^```(?:sh|bash|console|shell)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def lowest(requirements: list[str]) -> list[str]:
    """Each requirement at its lower bound.

    Examples
    --------
    >>> lowest(["numpy>=1.26", "math-core>=0.9,<0.10"])
    ['numpy==1.26', 'math-core==0.9']
    """
    return [f"{one.partition('>=')[0]}=={re.split('[,;]', one.partition('>=')[2])[0].strip()}" for one in requirements]


def commands() -> list[list[str]]:
    """What README.md and the help of each command give as examples of ``t2t``, where nothing else is needed."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = [line for block in _FENCE.findall(text) for line in block.splitlines()]
    for file in sorted((ROOT / "calc" / "cli").glob("*.py")):
        lines += re.findall(r"^  (t2t .*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    found = []
    for line in lines:
        plain = line.split("#")[0].split(">")[0].strip().removeprefix("$ ")
        if plain.startswith("t2t ") and not re.search(r"[|`…\\]|\bFILE\b|\bmine\.toml\b|\bID\b|\bold/", plain):
            found.append(shlex.split(plain))
    return [list(one) for one in dict.fromkeys(map(tuple, found))]


def main() -> int:
    """Build, install, run; the number of commands that failed."""
    which, python = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else sys.executable
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        run = [python, "-I", "-m", "venv", str(scratch / "venv")]
        subprocess.run(run, check=True)
        inside = scratch / "venv" / "bin"
        pip = [str(inside / "python"), "-I", "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(scratch), str(ROOT)], check=True)
        (wheel,) = scratch.glob("*.whl")
        pins = lowest(project["dependencies"]) if which == "lowest" else []
        subprocess.run([*pip, "install", str(wheel), *pins], check=True)
        subprocess.run([*pip, "freeze"], check=True)
        failed = 0
        for command in commands():
            done = subprocess.run(
                [str(inside / command[0]), *command[1:]], cwd=scratch, capture_output=True, text=True, check=False,
            )  # fmt: skip
            # What rests on an extra says in a line which one, where there is none of them.
            told = done.returncode == 2 and command[1] in EXTRA and f"[{EXTRA[command[1]]}]" in done.stderr
            right = (done.returncode in (0, 1) or told) and "Traceback" not in done.stderr
            failed += not right
            print("ok  " if right else "FAIL", shlex.join(command), "" if right else done.stderr[-500:], flush=True)
    print(f"{failed} of {len(commands())} commands failed with the {which} versions on {python}")
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())
