"""Every data file of the project, spoilt in all manners: what comes is one line that names the file, or nothing."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from _ext.site.permanent import read_redirects
from calc.analysis.traps import read_traps
from calc.base.errors import CalcError, DataError
from calc.base.moved import read_moved
from calc.base.text_files import file_text
from calc.book.checks import read_checks
from calc.book.claims import read_claims
from calc.book.companions import read_companions
from calc.book.court import read_foreseen
from calc.book.coverage import read_parts
from calc.book.estimate_gaps import read_gaps
from calc.book.glossary import read_terms
from calc.book.gpu_reports import read_reports
from calc.book.home import read_homes
from calc.book.sentence_grammar import read_grammar, read_readings
from calc.book.worked import read_worked
from calc.model.catalogue import KINDS, read_entries
from calc.model.data_sets import read_data_sets
from calc.model.scenario_file import read_scenario
from calc.model.series import read_series
from calc.model.words import read_words
from tests.calc.support import refused
from tests.sampling import cases, numbers

ROOT = Path(__file__).parents[2]
DATA = ROOT / "calc" / "data"

# How each is read, and how many spoilt ones a run tries; those that compute much, fewer.
READERS: dict[str, tuple[Callable[[str, str], Any], int]] = {
    "claims": (lambda text, _: read_claims(text), 8),
    "gaps": (lambda text, _: read_gaps(text), 12),
    "gaps-serving": (read_gaps, 6),
    "words": (lambda text, _: read_words(text), 30),
    "coverage": (lambda text, _: read_parts(text), 30),
    "glossary": (lambda text, _: read_terms(text), 30),
    "homes": (lambda text, _: read_homes(text), 30),
    "data_sets": (lambda text, _: read_data_sets(text), 30),
    "moved": (lambda text, _: read_moved(text), 30),
    "traps": (lambda text, _: read_traps(text), 20),
    "redirects": (lambda text, _: read_redirects(text), 30),
    "checks": (read_checks, 4),
    "companions": (lambda text, _: read_companions(text), 30),
    "worked": (read_worked, 2),
    "sentences": (lambda text, _: read_grammar(text), 6),
    "readings": (lambda text, _: read_readings(text), 12),
    "forecasts": (lambda text, _: read_foreseen(text), 12),
    "gpu_reports": (lambda text, _: read_reports(text), 8),
    "series": (read_series, 12),
    "catalogue": (lambda text, name: read_entries(text, name, KINDS[re.split(r"[-.]", name)[0]]), 20),
    "scenario": (lambda text, name: read_scenario(text, name[:-5], name, (name[:-5],), "book"), 2),
}
FILES = [*sorted(DATA.glob("*.toml")), ROOT / "redirects.toml"]
FILES += [*sorted((DATA / "checks").glob("*.toml")), *sorted((DATA / "scenarios").glob("*.toml"))]
FILES += [*sorted((DATA / "catalogue").glob("*.toml")), *sorted((DATA / "series").glob("*.toml"))]
FILES += sorted((DATA / "worked").glob("*.toml"))

VALUES = (
    "5", "-1", "0", "true", "'x'", "''", "' '", "[]", "[1]", "['x']", "{}", "{a = 1}", "nan", "-inf", "1e400",
    "1e9999999999", "1e-9999999999", "9" * 5000, "0x" + "f" * 5000, "0." + "1" * 5000, "1979-05-27",
    "1979-05-27T07:32:00", "9999-12-31", "[" * 2000, "{a=" * 2000, "'''", "'\\u001b[31m\\n'", '"\\u001b[31m\\n"',
    "'pue'", "'gpt-4'", "['gpus', 'gpus']", "'gpus; solve gpus'", "'training-energy; gpus=(gpus; low'",
    "'1/0 GWh'", "'1e999 GWh'",
)  # fmt: skip


def reader(file: Path) -> tuple[Callable[[str, str], Any], int]:
    """How a file is read."""
    folder = file.parent.name
    name = file.stem if folder in ("data", ROOT.name) else folder
    return READERS[name if name in READERS else "scenario"]


def spoilt(text: str, chance: random.Random) -> bytes:
    """A text with one thing wrong, or two."""
    for _ in range(chance.choice((1, 1, 2))):
        text = "\n".join(chance.choice((by_lines, by_keys, by_tables))(text.split("\n"), chance))
    content = text.encode()
    if chance.random() < 0.1:
        where = chance.randrange(len(content) + 1)
        content = content[:where] + chance.randbytes(chance.randint(1, 4)) + content[where:]
    return content


def by_lines(lines: list[str], chance: random.Random) -> list[str]:
    """A line left out, doubled, exchanged with another or joined to the next; or the end cut off."""
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.choice(("drop", "twice", "swap", "join", "cut")):
        case "drop":
            del lines[at]
        case "twice":
            lines.insert(other, lines[at])
        case "swap":
            lines[at], lines[other] = lines[other], lines[at]
        case "join":
            lines[at : at + 2] = [" ".join(lines[at : at + 2])]
        case "cut":
            lines[at:] = [lines[at][: chance.randrange(len(lines[at]) + 1)]]
    return lines


def by_keys(lines: list[str], chance: random.Random) -> list[str]:
    """A key misspelt, or its value another one."""
    at = chance.choice([number for number, line in enumerate(lines) if re.match(r"[\w\"-]+ *=", line)] or [0])
    if chance.random() < 0.3:
        lines[at] = misspelt(lines[at], chance)
    else:
        lines[at] = re.sub(r"=.*", lambda _: f"= {chance.choice(VALUES)}", lines[at], count=1)
    return lines


def by_tables(lines: list[str], chance: random.Random) -> list[str]:
    """A table twice, or its head misspelt, of another sort, or gone."""
    heads = [number for number, line in enumerate(lines) if line.startswith("[")] or [0]
    first = chance.randrange(len(heads))
    at, end = heads[first], heads[first + 1] if first + 1 < len(heads) else len(lines)
    forms = [misspelt(lines[at], chance), lines[at].replace("[[", "[").replace("]]", "]"), "", "[inputs]"]
    return [*lines, *lines[at:end]] if chance.random() < 0.3 else [*lines[:at], chance.choice(forms), *lines[at + 1 :]]


def misspelt(line: str, chance: random.Random) -> str:
    """A line with one letter of its first word changed, doubled or left out."""
    word = re.search(r"[\w-]+", line)
    if word is None:
        return line
    at = chance.randrange(word.start(), word.end())
    return line[:at] + chance.choice(("", "x", line[at] * 2, "é", '"')) + line[at + 1 :]


@pytest.mark.parametrize("file", [pytest.param(file, id=str(file.relative_to(ROOT))) for file in FILES])
def test_a_spoilt_file_is_one_line_that_names_it(file: Path, tmp_path: Path) -> None:
    read, sample = reader(file)
    text = file.read_text(encoding="utf-8")
    read(text, file.name)  # as it is, it is right
    for seed in range(cases(50 * sample, sample)):
        chance = numbers(f"{file.name} {seed}")
        copy = tmp_path / file.name
        copy.write_bytes(spoilt(text, chance))
        try:
            read(file_text(copy), file.name)
        except CalcError as error:
            said = str(error)
            assert len(said.splitlines()) == 1, (seed, said)
            assert said.isprintable() or not re.search(r"[\x00-\x1f\x7f-\x9f]", said), (seed, said)
            assert file.name in said, (seed, said)
        except BaseException as error:
            error.add_note(f"seed {seed} of {file.name}")
            raise


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package, every data file broken but GPT-4's, its estimate, and what these take of the catalogue."""
    root = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "calc", root / "calc", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("references.bib", "CITATION.cff"):
        shutil.copy(ROOT / name, root)
    kept = ("gpt-4.toml", "gpt-4-estimate.toml", "homes.toml", "accelerators.toml", "servers.toml", "places.toml")
    for file in [*root.glob("calc/data/*.toml"), *root.glob("calc/data/*/*.toml")]:
        if file.name not in kept:
            file.write_text("broken", encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "training-energy"), ""),
        (("show", "training-energy", "--range"), ""),
        (("cite", "training-energy"), ""),
        (("solve", "training-energy", "--for", "servers", "--result", "87.75 GWh"), ""),
        (("audit",), "claims.toml, line 1: is not TOML: "),
        (("show", "training-energy", "--scenario", "llama-3"), "llama-3.toml, line 1: is not TOML: "),
        (("show", "demand-growth"), "us-2030.toml, line 1: is not TOML: "),
    ],
)
def test_only_what_needs_a_broken_file_fails(broken: Path, arguments: tuple[str, ...], said: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "calc", *arguments],
        cwd=broken, capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert found.returncode == (2 if said else 0), found.stderr
    assert found.stderr.count("\n") == bool(said)
    assert said in found.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "redirects.toml is empty"),
        ("published = 'x'", "redirects.toml, line 1: published must be a list of texts, not 'x'"),
        ("published = ['x', 'x']", "redirects.toml, line 1: 'x' stands there twice"),
        (
            "published = ['x']\nrenamd = {}",
            "redirects.toml, line 2: unknown key 'renamd'; accepted: published, renamed",
        ),
        (
            "published = ['x']\n[renamed]\nx = 'gpu-powr'",
            "line 3: renamed: x leads to 'gpu-powr', which is not a formu",
        ),
        ("published = ['x']\n[renamed]\ngpu-power = 'pue'", "line 3: renamed: 'gpu-power' is a formula's id still"),
    ],
)
def test_redirects(text: str, says: str) -> None:
    with refused(DataError, says):
        read_redirects(text)
