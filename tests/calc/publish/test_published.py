"""The data of the book as files, as a program meets them: described in OpenAPI, fetched over HTTP, held to schemas."""

from __future__ import annotations

import http.server
import json
import threading
import urllib.error
import urllib.request
from functools import partial
from http import HTTPStatus

import pytest

from calc import all_formulas, all_quantities, scenario, scenario_names
from calc.base.units import convert, parse_unit
from calc.book.checks import all_checks
from calc.book.citation_file import book
from calc.book.claims import all_claims
from calc.book.home import home
from calc.model.registry import formula_by_id
from calc.publish.export import files
from calc.publish.openapi import DESCRIPTION
from calc.publish.published import SUBJECTS

jsonschema = pytest.importorskip("jsonschema")
referencing = pytest.importorskip("referencing")
spec = pytest.importorskip("openapi_spec_validator")

SHOWN = ("training-energy", "server-count", "pue", "site-water")


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a word on standard error."""

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """Where the published files of a few formulas are served."""
    folder = tmp_path_factory.mktemp("served")
    for name, content in files(only=SHOWN).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def fetched(address, path):
    """What is at a path: its text."""
    with urllib.request.urlopen(f"{address}{path}", timeout=10) as answer:
        return answer.read().decode("utf-8")


@pytest.fixture(scope="module")
def description(address):
    """The description, as a client finds it."""
    return json.loads(fetched(address, f"/{DESCRIPTION}"))


@pytest.fixture(scope="module")
def validator(description):
    """What holds data against a schema of the description."""

    def hold(schema, data):
        whole = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        whole["components"] = description["components"]
        made = jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker())
        return [error.message for error in made.iter_errors(data)]

    return hold


def test_the_description_is_openapi(description):
    spec.validate(description)
    assert description["info"]["version"] == book().version
    assert description["servers"][0]["url"].endswith(f"/v{book().version}")


def test_every_path_is_there_and_as_described(address, description, validator):
    for path, said in description["paths"].items():
        ids = SHOWN if "{id}" in path else ("",)
        for name in ids:
            if path == "/llms.txt":  # on the site alone
                continue
            text = fetched(address, path.format(id=name))
            (kind, form), = said["get"]["responses"]["200"]["content"].items()  # fmt: skip
            if kind == "application/json":
                assert validator(form["schema"], json.loads(text)) == [], path
            assert text


def test_every_derivation_is_named_and_no_other_is_there(address, description):
    (known,) = description["paths"]["/derivations/{id}.json"]["parameters"]
    assert known["schema"]["enum"] == [formula.id for formula in all_formulas()]
    with pytest.raises(urllib.error.HTTPError) as refused:
        fetched(address, "/derivations/perpetual-motion.json")
    with refused.value:
        assert refused.value.code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_schema_refuses_what_is_none(subject, address, description, validator):
    data = json.loads(fetched(address, f"/{subject}.json"))
    schema = {"$ref": f"#/components/schemas/{subject}"}
    assert validator(schema, data) == []
    assert validator(schema, {**data, "more": 1})
    data[subject] = dict([*data[subject].items()][:1]) if subject == "quotes" else data[subject][:1]
    first = next(iter(data[subject].values()))[0] if subject == "quotes" else data[subject][0]
    for key in list(first):
        kept = first.pop(key)
        assert validator(schema, data) or key in ("server", "accelerator"), key
        first[key] = kept
    assert validator(schema, data) == []


def test_all_of_the_book_is_there(address):
    found = {subject: json.loads(fetched(address, f"/{subject}.json"))[subject] for subject in SUBJECTS}
    assert [one["id"] for one in found["formulas"]] == [one.id for one in all_formulas() if one.id in SHOWN]
    assert {one["name"] for one in found["quantities"]} == {q.name for q in all_quantities()}
    assert [one["name"] for one in found["scenarios"]] == list(scenario_names())
    assert len(found["inputs"]) == sum(len(scenario(name).inputs) for name in scenario_names())
    assert [one["id"] for one in found["claims"]] == [one.id for one in all_claims()]
    assert len(found["checks"]) == sum(one.formula.id in SHOWN for one in all_checks())
    assert list(found["quotes"]) == [one["id"] for one in found["formulas"]]


def test_the_inputs_of_a_scenario_give_its_result(address):
    """Second way: a client takes the published values by itself, and gets the published result."""
    given = json.loads(fetched(address, "/inputs.json"))["inputs"]
    values = {one["name"]: one["value"] for one in given if one["scenario"] == "gpt-4"}
    servers = values["gpus"] / values["gpus_per_server"]
    joules = servers * values["server_power"] * 1e3 * values["training_time"] * 86400
    quotes = json.loads(fetched(address, "/quotes.json"))["quotes"]["training-energy"]
    (theirs,) = [one for one in quotes if one["scenario"] == "gpt-4"]
    assert theirs["value"] == pytest.approx(joules / 3.6e12, rel=1e-12)
    assert (theirs["texts"]["GWh"], theirs["texts"]["MWh"]) == ("at most 43.9 GWh", "at most 43,900 MWh")


def test_a_quote_is_the_value_in_its_unit(address):
    """Second way: the number read back from the words, in the unit, is the value to the digits shown."""
    for name, found in json.loads(fetched(address, "/quotes.json"))["quotes"].items():
        q = formula_by_id(name).result
        assert found[0]["scenario"] == home(formula_by_id(name)).scenario.name
        for unit, words in found[0]["texts"].items():
            number = float(words.removeprefix("at most ").removeprefix("at least ").split()[0].replace(",", ""))
            exact = float(convert(home(formula_by_id(name)).exact, q.parsed_unit, parse_unit(unit), name))
            assert number == pytest.approx(exact, rel=0.05), (name, unit)
