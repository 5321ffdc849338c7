"""What moved between releases: two doctored records, and what is kept of each release."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from calc import all_formulas
from calc.base.errors import DataError
from calc.book import release_files
from calc.book import releases as module
from calc.book.citation_file import book
from calc.book.home import book_derivations
from calc.book.releases import compare, find, history, keep, now, release_names
from calc.render.record import record
from calc.render.releases import data, markdown, text
from tests.calc.support import refused

PRESENT = book().version + ("" if book().is_release else " (unreleased)")


@pytest.fixture
def older(tmp_path):
    """A release in which an input, a formula and a unit were others, and one result had another name."""
    kept = release_files.kept(now())
    kept |= {"version": "0.0.9", "released": "2025-11-22"}
    kept["inputs"]["gpt-4-estimate"]["server_power"][0] = "4"
    results = kept["results"]
    results["training-energy"]["value"] = "27"
    kept["formulas"]["replica-count"] = "0" * 64
    results["replica-count"]["value"] = "209"
    results["cluster-power"] |= {"value": str(Fraction("14062.5")), "unit": "kW"}  # the same, in another unit
    results["old-name"] = results.pop("gpu-power")
    file = tmp_path / "0.0.9.json"
    file.write_text(json.dumps(kept), encoding="utf-8")
    return find(str(file))


def test_what_moved_and_why(older):
    changes = compare(older, now())
    moved = {move.new.id: move for move in changes.moved}
    assert set(moved) == {"training-energy", "replica-count"}
    (cause,) = moved["training-energy"].causes
    assert (cause.kind, cause.name, cause.old[0], cause.new[0]) == ("input", "server_power", 4, Fraction("4.5"))
    assert [(one.kind, one.name) for one in moved["replica-count"].causes] == [("formula", "replica-count")]
    assert [one.id for one in changes.added] == ["gpu-power"]
    assert [one.id for one in changes.gone] == ["old-name"]


def test_as_a_section_of_the_changelog(older):
    lines = markdown(compare(older, now())).splitlines()
    assert lines[0] == f"### Results, {PRESENT} against 0.0.9"
    plain = [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]
    why = "because of input `server_power` (4 kW/server → 4.5 kW/server)"
    assert f"- `training-energy`: 27 GWh → 30.4 GWh (+13 %), {why}." in plain
    assert any(line.startswith("- `gpu-power`: new, 10") for line in lines)
    assert any(line.startswith("- `old-name`: gone") for line in lines)


def test_as_text_and_data(older):
    changes = compare(older, now())
    assert text(changes).startswith(f"{PRESENT} against 0.0.9: 2 moved, 1 new, 1 gone")
    found = data(changes)
    assert json.loads(json.dumps(found)) == found
    assert found["moved"][1]["because"][0]["new"] == {"value": 4.5, "unit": "kW/server"}


def test_a_difference_too_small_for_three_digits_is_still_seen():
    old = release_files.kept(now())
    old["results"]["training-energy"]["value"] = "30.37"
    moved = text(compare(release_files.from_kept(old), now()))
    assert "30.37 GWh → 30.38 GWh" in moved
    assert "the way in which it is computed" in moved


def test_nothing_moved():
    assert compare(now(), now()).nothing
    assert release_files.from_kept(release_files.kept(now())) == now()
    assert "nothing moved" in text(compare(now(), now()))


def test_the_first_release_has_nothing_to_compare_with():
    first = history()[-1]
    assert first.old is None
    assert len(history()) >= 1
    assert "The first release" in markdown(first)
    assert len(first.added) == len(first.new.results)


def test_releases_in_the_order_of_their_numbers():
    names = ["1.10.0", "1.9.0", "1.9.0rc1", "0.1.0"]
    assert sorted(names, key=module._order) == ["0.1.0", "1.9.0rc1", "1.9.0", "1.10.0"]


def test_what_is_kept_of_this_version_is_what_it_gives():
    """Once a version is released, other results need a version of their own."""
    if book().version in release_names():
        assert compare(find(book().version), now()).nothing


def test_since_the_last_release_it_is_said_what_moved_and_why():
    """The history page's newest entry is the book as it is, against the release before; each move has a cause."""
    newest = history()[0]
    assert (newest.old.version, newest.new.version, newest.new.released) == ("0.1.0", book().version, "")
    assert all(move.causes for move in newest.moved)


def test_what_is_only_shown_in_another_scenario_says_so():
    """The article's 43.875 GWh stand as they did; the card leads with the book's estimate."""
    (move,) = [one for one in history()[0].moved if one.new.id == "training-energy"]
    (cause,) = move.causes
    assert (move.old.value, cause.kind, cause.stays) == (Fraction("43.875"), "scenario", "gpt-4")
    assert "in `gpt-4` it has not moved" in markdown(history()[0])


def test_only_a_release_is_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "book", lambda: replace(book(), version="9.9.0.dev1"))
    with refused(DataError, "9.9.0.dev1 is no release"):
        keep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_keeping(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "book", lambda: replace(book(), version="9.9.0"))
    file = keep(tmp_path)
    assert compare(find(str(file)), now()).nothing
    assert keep(tmp_path) == file
    kept = json.loads(file.read_text("utf-8"))
    assert set(kept["results"]) == {formula.id for formula in all_formulas()}
    kept["results"]["training-energy"]["value"] = "1"
    file.write_text(json.dumps(kept), "utf-8")
    with refused(DataError, "was released with other results"):
        keep(tmp_path)


def test_a_folder_of_single_records(tmp_path):
    from calc import training_energy

    (tmp_path / "one.json").write_text(json.dumps(training_energy.derive().to_dict()), "utf-8")
    found = find(str(tmp_path))
    assert list(found.results) == ["training-energy"]
    empty = tmp_path / "empty"
    empty.mkdir()
    with refused(DataError, "holds no records"):
        find(str(empty))


def test_results_are_what_full_records_say():
    records = [record(one) for one in book_derivations()]
    assert now() == release_files.from_records(records, book().version, now().released)
