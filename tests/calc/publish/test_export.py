"""Records, their schema, and the files that they are published in."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
import sympy as sp

import calc
from calc import all_formulas, load_scenario, training_energy
from calc.base.errors import DataError
from calc.base.quantities import quantity
from calc.book.citation_file import book, read_citation
from calc.book.home import book_derivations, home
from calc.model.fingerprint import derivation_hash
from calc.model.source_keys import source_keys
from calc.publish.export import SCHEMA, export, files
from tests.calc.support import refused
from tests.together import each

jsonschema = pytest.importorskip("jsonschema")
pytest.importorskip("pybtex")

ROOT = Path(calc.__file__).parents[1]
BOOK = [pytest.param(derivation, id=derivation.formula.id) for derivation in book_derivations()]
NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"


@pytest.fixture(scope="module")
def exported():
    """Every file of an export: content by name."""
    return files()


@pytest.fixture(scope="module")
def validator():
    """What checks records against the published schema."""
    schema = json.loads((ROOT / "calc" / "data" / SCHEMA).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def test_every_formula_has_a_record(exported):
    ids = [formula.id for formula in all_formulas()]
    assert [one["id"] for one in json.loads(exported["derivations.json"])["derivations"]] == ids
    assert {f"derivations/{name}.json" for name in ids} <= set(exported)


def test_records_validate(exported, validator):
    for name, content in exported.items():
        if name.startswith("derivations") and name.endswith(".json"):
            validator.validate(json.loads(content))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: one.pop("hash"),
        lambda one: one.update(more=1),
        lambda one: one.update(value="43.9"),
        lambda one: one["inputs"][0].update(kind="guess"),
        lambda one: one["inputs"][0].update(checked="yesterday"),
        lambda one: one.update(origin="theirs"),
        lambda one: one["chain"].clear(),
    ],
    ids=["no-hash", "more", "text", "kind", "date", "origin", "no-chain"],
)
def test_the_schema_refuses_what_is_no_record(spoil, validator):
    one = training_energy.derive().to_dict()
    validator.validate(one)
    spoil(one)
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(one)


def test_what_is_changed_validates_and_says_so(tmp_path, validator):
    file = tmp_path / "mine.toml"
    file.write_text('extends = "gpt-4"\n[inputs.pue]\nvalue = 1.5\nkind = "assumption"\nnote = "hot"\n', "utf-8")
    found = calc.training_facility_energy.derive(load_scenario(file), gpus=1000).to_dict()
    validator.validate(found)
    assert (found["origin"], set(found["changed"])) == ("yours", {"pue", "gpus"})
    assert {leaf["name"]: leaf["origin"] for leaf in found["leaves"]}["training_time"] == "book"


@each("derivation", BOOK)
def test_the_inputs_give_the_value_exactly(derivation):
    """Round trip: what a record says of its inputs, set by hand, yields its value to the last digit."""
    one = derivation.to_dict()
    for side in ("inputs", "leaves"):
        settings = {given["name"]: f"{given['exact']} {given['unit']}" for given in one[side]}
        again = derivation.formula.derive(one["scenario"], **settings)
        assert (again.value, str(again.exact)) == (one["value"], one["exact"])


def test_the_inputs_give_the_value_exactly_on_the_command_line():
    one = home(calc.equivalent_residents).to_dict()
    settings = [f"--set={given['name']}={given['exact']}" for given in one["inputs"]]
    command = [sys.executable, "-m", "calc", "show", one["id"], *settings, "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=120)
    assert json.loads(done.stdout)["exact"] == one["exact"]


@each("derivation", BOOK)
def test_srepr_evaluates_to_the_value(derivation):
    """Sympy's own evaluation of the published expression, a second way to the value."""
    one = derivation.to_dict()
    expression = sp.sympify(one["srepr"])
    exact = {given["name"]: sp.Rational(given["exact"]) for given in one["inputs"]}
    value = expression.subs({symbol: exact[symbol.name] for symbol in expression.free_symbols})
    assert float(value) == pytest.approx(one["value"], rel=1e-14)


@each("derivation", BOOK)
def test_mathml_is_well_formed(derivation):
    tree = ElementTree.fromstring(derivation.to_dict()["mathml"])
    assert tree.tag == f"{NAMESPACE}math"
    assert not [node for node in tree.iter() if node.tag.endswith(("annotation", "semantics"))]


@each("derivation", BOOK)
def test_the_hash_is_of_what_determines_the_value(derivation):
    leaf = derivation.leaves[0]
    same = derivation.formula.derive(derivation.scenario, **{leaf.quantity.name: leaf.value})
    assert derivation_hash(same) == derivation_hash(derivation)
    other = leaf.value * 2 or 1
    more = derivation.formula.derive(derivation.scenario, **{leaf.quantity.name: other}) \
        if other in quantity(leaf.quantity.name).domain else None  # fmt: skip
    assert more is None or derivation_hash(more) != derivation_hash(derivation)


def test_the_table_has_the_same_values(exported):
    rows = list(csv.DictReader(io.StringIO(exported["derivations.csv"].decode())))
    for row, derivation in zip(rows, book_derivations(), strict=True):
        assert (row["id"], float(row["value"]), row["unit"]) == (
            derivation.formula.id, float(derivation.value), derivation.unit
        )  # fmt: skip


def test_sources_as_csl(exported):
    items = json.loads(exported["references.json"])
    assert {item["id"] for item in items} == source_keys()
    for item in items:
        assert item["title"]
        assert item["issued"]["date-parts"][0][0] > 1900


def test_two_exports_are_the_same_bytes(exported, tmp_path):
    """In a process of its own, with another seed for the order of sets."""
    done = subprocess.run(
        [sys.executable, "-m", "calc", "export", str(tmp_path / "records"), "--format", "json"],
        cwd=ROOT, capture_output=True, check=True, timeout=240, env={**os.environ, "PYTHONHASHSEED": "7"},
    )  # fmt: skip
    assert json.loads(done.stdout)["files"] == sorted(exported)
    for name, content in exported.items():
        assert (tmp_path / "records" / name).read_bytes() == content


def test_it_replaces_an_earlier_export_and_nothing_else(tmp_path):
    folder = tmp_path / "records"
    export(folder)
    export(folder)
    mine = folder / "derivations" / "mine.json"  # as an export's own are named
    mine.write_text("{}", "utf-8")
    with refused(DataError, "holds derivations/mine.json", "an earlier export"):
        export(folder)
    mine.unlink()
    table, written = folder / "derivations.csv", (folder / "derivations.csv").read_bytes()
    table.write_bytes(written + b"a row of my own")
    with refused(DataError, "holds derivations.csv", "an earlier export as it was written"):
        export(folder)
    table.write_bytes(written)
    (folder / "link").symlink_to(tmp_path)
    with refused(DataError, "holds link"):
        export(folder)
    (folder / "link").unlink()
    sums = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    assert {line[66:]: line[:64] for line in sums} == {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*") if file.is_file() and file.name != "SHA256SUMS"
    }  # fmt: skip
    (folder / "thesis.tex").write_text("all my work", "utf-8")
    with refused(DataError, "holds thesis.tex", "an earlier export"):
        export(folder)
    assert (folder / "thesis.tex").read_text("utf-8") == "all my work"
    with refused(DataError, "is a file"):
        export(folder / "thesis.tex")
    with refused(DataError, "there is no folder"):
        export(tmp_path / "a" / "b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["records"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_half_way_the_old_is_there_whole(tmp_path):
    folder = tmp_path / "records"
    export(folder)
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    code = (
        "import os, signal, sys, calc.base.atomic_files\n"
        "from pathlib import Path\n"
        "count = [0]\n"
        "real = calc.base.atomic_files._flushed\n"
        "def stop(file, content):\n"
        "    count[0] += 1\n"
        "    if count[0] == 3: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    real(file, content)\n"
        "calc.base.atomic_files._flushed = stop\n"
        "calc.base.atomic_files.write_folder(Path(sys.argv[1]), {str(i): b'new' for i in range(5)})\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=False, timeout=120)
    assert done.returncode == -signal.SIGKILL
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before
    assert len(list(tmp_path.iterdir())) == 2  # what it had begun
    export(folder)
    assert [path.name for path in tmp_path.iterdir()] == ["records"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    from calc.base import atomic_files as placing

    file = tmp_path / "one.toml"
    placing.write_file(file, b"old")
    monkeypatch.setattr(placing, "_flushed", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with refused(DataError, "one.toml: cannot be written: No space left on device"):
        placing.write_file(file, b"new")
    with refused(DataError, "cannot be written"):
        placing.write_folder(tmp_path / "records", {"a": b"new"})
    assert [path.name for path in tmp_path.iterdir()] == ["one.toml"]
    assert file.read_bytes() == b"old"


def test_the_citation_file_is_read_as_yaml_reads_it():
    yaml = pytest.importorskip("yaml")
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    whole = yaml.safe_load(text)
    found = read_citation(text)
    assert found == book()
    assert (found.title, found.version, found.abstract) == (whole["title"], whole["version"], whole["abstract"].strip())
    assert found.authors == tuple(author["name"] for author in whole["authors"])
    assert found.released.isoformat() == whole["date-released"]
    assert (found.url, found.licences) == (whole["url"].rstrip("/"), tuple(whole["license"]))
    assert found.keywords == tuple(whole["keywords"])
    assert found.version == calc.__version__ == whole["preferred-citation"]["version"]
    with refused(DataError, "CITATION.cff has no url"):
        read_citation(text.replace("url:", "uri:"))


def test_exact_values_are_fractions():
    for derivation in book_derivations():
        assert Fraction(derivation.to_dict()["exact"]) == derivation.exact
