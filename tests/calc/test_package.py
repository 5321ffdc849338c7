"""calc as a package: what it imports, and its wheel."""

from __future__ import annotations

import importlib.util
import os
import pkgutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import calc

ROOT = Path(calc.__file__).parents[1]
MODULES = sorted(
    module.name for module in pkgutil.walk_packages(calc.__path__, "calc.") if not module.name.endswith("__main__")
)


def test_calc_knows_nothing_of_sphinx():
    code = (
        f"import importlib, sys\nfor name in {MODULES}: importlib.import_module(name)\n"
        "import calc.__main__\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "found = loaded & {'sphinx', 'docutils', 'myst_nb', 'myst_parser', 'IPython'}\n"
        "assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_what_needs_no_array_loads_no_numpy():
    code = (
        "import sys, calc; calc.training_energy.derive('gpt-4').value\n"
        "assert not {'numpy', 'dask', 'pint'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_drawing_all_scenarios_of_the_book_loads_no_statistics_of_scipys():
    """That takes longer than all that drawing needs; nor what it brings along."""
    code = (
        "import sys; from calc import scenario_names; from calc.analysis.sampling import draws\n"
        "for name in scenario_names(): table = draws(name, 8); [table[one] for one in table]\n"
        "found = {'scipy.stats', 'scipy.optimize', 'scipy.linalg'} & set(sys.modules)\n"
        "assert 'scipy.special' in sys.modules and not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


@pytest.mark.parametrize("before", [True, False], ids=["on", "off"])
def test_the_search_for_garbage_is_as_it_was_once_calc_is_loaded(before):
    code = f"import gc; gc.enable() if {before} else gc.disable()\nimport calc\nassert gc.isenabled() is {before}"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_a_command_loads_no_more_than_it_needs():
    """What starts slowly is not loaded for a command that can do without."""
    code = (
        "import sys, calc.__main__; calc.__main__.main(['show', 'training-energy'])\n"
        "slow = {'numpy', 'scipy', 'pandas', 'pint', 'dask', 'pybtex', 'yaml', 'math_core', 'matplotlib'}\n"
        "assert not slow & set(sys.modules), slow & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


@pytest.mark.skipif(
    importlib.util.find_spec("hatchling") is None, reason="hatchling, which builds the wheel, is not installed"
)
def test_an_installed_package_works_away_from_the_repository(tmp_path):
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--disable-pip-version-check",
            "wheel",
            str(ROOT),
            "--no-deps",
            "--no-build-isolation",
            "--no-index",
            "--wheel-dir",
            str(tmp_path),
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    (wheel,) = tmp_path.glob("*.whl")
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(site)
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"calc", "t2t_sphinx", "tokens_to_terawatts"}
    for kept in (
        "py.typed",
        "data/references.bib",
        "data/CITATION.cff",
        "data/derivation.schema.json",
        "data/published.schema.json",
        "data/units.txt",
        "data/units.json",
        "data/points.json",
        "data/checks/training.toml",
        "data/scenarios/gpt-4.toml",
    ):
        assert f"calc/{kept}" in names
    (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
    assert "t2t = calc.__main__:run" in (site / entry_points).read_text(encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(site)}
    for code in (
        ["-m", "calc", "show", "training-energy"],
        ["-m", "calc", "cite", "training-energy"],
        ["-c", "import t2t_sphinx; print(t2t_sphinx.__file__); import sys; assert 'calc' not in sys.modules"],
        ["-c", "import calc; print(calc.__file__); from calc.book.checks import all_checks; all_checks()"],
    ):
        done = subprocess.run(
            [sys.executable, *code], cwd=elsewhere, env=environment, capture_output=True, check=False, text=True
        )
        assert done.returncode == 0, done.stderr
        assert "43.9 GWh" in done.stdout or str(site) in done.stdout
