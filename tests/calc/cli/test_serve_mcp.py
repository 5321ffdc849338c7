"""``t2t serve-mcp``, driven over standard input and output by the protocol's own client."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import calc
from calc import training_energy
from calc.book.citation_file import book
from calc.cli.tools import tools

mcp = pytest.importorskip("mcp")
jsonschema = pytest.importorskip("jsonschema")

ROOT = Path(calc.__file__).parents[1]
ASKED = (
    ("show", {"id": "training-energy", "values": {"servers": 5000, "server_power": "10.2 kW/server"}}),
    ("show", {"id": "training-energy", "scenario": "gpt-4-estimate", "unit": "MWh"}),
    ("solve", {"id": "training-energy", "for": "servers", "result": "87.75 GWh"}),
    ("compare", {"id": "training-energy", "second": {"choices": {"accelerator": "h100-sxm"}}}),
    ("cite", {"id": "book"}),
    ("find", {"words": "water"}),
    ("list", {"words": "training energy"}),
    ("show", {"id": "training-enrgy"}),
    ("solve", {"id": "training-energy", "for": "servers"}),
    ("forecast", {}),
    ("claim", {"sentence": "100,000 H100 draw 250 MW at the site"}),
    ("show", {"id": "training-energy", "case": "scenario=gpt-4&servers=5000&server_power=3~6.5"}),
)


async def _spoken():
    """All of ASKED, put to one server in a process of its own: its tools, and what it answers."""
    program = mcp.StdioServerParameters(command=sys.executable, args=["-m", "calc", "serve-mcp"], cwd=ROOT)
    async with mcp.Client(program) as client:
        offered = (await client.list_tools()).tools
        return client.server_info, offered, [await client.call_tool(*asked) for asked in ASKED]


@pytest.fixture(scope="module")
def spoken():
    """The conversation with one server, which starts once for all tests here."""
    # In a thread of its own, as a browser of other tests may have a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(_spoken(), 60))).result()


@pytest.fixture(scope="module")
def answers(spoken):
    """What it answered, by the place in ASKED."""
    return [(one.content[0].text, one.structured_content, one.is_error) for one in spoken[2]]


def test_it_says_what_it_is_and_has(spoken):
    info, offered, _ = spoken
    assert (info.title, info.version) == (book().title, book().version)
    assert [one.name for one in offered] == [tool.name for tool in tools()]
    assert all(one.annotations.read_only_hint and one.description for one in offered)


def test_what_it_offers_is_json_schema(spoken):
    for one in spoken[1]:
        for schema in (one.input_schema, one.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
    shapes = {one.name: one.input_schema for one in spoken[1]}
    for name, given in ASKED[:7]:
        jsonschema.validate(given, shapes[name])


def test_every_answer_is_cited_with_its_sources(answers, spoken):
    shapes = {one.name: one.output_schema for one in spoken[1]}
    for (name, _), (text, data, wrong) in zip(ASKED[:7], answers, strict=False):
        assert not wrong
        jsonschema.validate(data, shapes[name])
        assert data["text"] == text
        assert data["citation"]["link"].startswith(book().url)
        assert data["version"] == book().version


def test_a_what_if_is_the_callers_own(answers):
    text, data, _ = answers[0]
    own = training_energy.derive(servers=5000, server_power="10.2 kW/server")
    assert (data["value"], data["unit"], data["origin"]) == (own.value, own.unit, "yours")
    assert data["changed"] == ["server_power", "servers"] == sorted(data["changed"])
    assert data["citation"]["text"].startswith("Own calculation, not a figure of the book")
    assert "Cite as: Own calculation" in text
    assert {one["name"]: one["kind"] for one in data["inputs"]} == {
        "server_power": "given", "servers": "given", "training_time": "estimate"
    }  # fmt: skip


def test_a_figure_of_the_book_has_its_band_inputs_and_sources(answers):
    text, data, _ = answers[1]
    record = training_energy.derive("gpt-4-estimate").to_dict()
    assert (data["value"], data["hash"]) == (record["value"], record["hash"])
    assert [data["band"][end] for end in ("low", "median", "high")] == [
        record[end] for end in ("low", "median", "high")
    ]  # fmt: skip
    assert data["result"].endswith("MWh")
    assert data["band"]["text"] in text
    assert {one["source"] for one in data["inputs"] if one["source"]} <= {one["key"] for one in data["sources"]}
    assert all(one["text"] in text for one in data["sources"])


def test_it_solves_and_compares(answers):
    solved, compared = answers[2][1], answers[3][1]
    again = training_energy.derive(servers=solved["value"])
    assert (solved["value"], solved["at"]["value"]) == (6250, again.value)
    assert compared["second"]["choices"] == {"accelerator": "h100-sxm"}
    assert compared["change"] == pytest.approx(compared["second"]["value"] / compared["first"]["value"] - 1)


def test_what_it_finds_can_be_shown(answers):
    assert answers[4][1]["citation"]["csl"]["type"] == "book"
    names = [one["name"] for one in answers[5][1]["found"] if one["kind"] == "formula"]
    assert "site-water" in names
    assert "training-energy" in [one["id"] for one in answers[6][1]["found"]]


def test_it_holds_a_sentence_against_the_book_and_takes_a_case(answers):
    assert (answers[10][1]["verdict"], answers[10][2]) == ("contradicted", False)
    data = answers[11][1]
    own = training_energy.derive("gpt-4", servers=5000, server_power="3 to 6.5 kW/server")
    assert (data["value"], data["band"]["high"]) == (own.value, own.high)
    assert data["case"]["address"] in data["citation"]["link"] or "servers=5000" in data["citation"]["link"]


@pytest.mark.parametrize(
    ("place", "part"),
    [(7, "did you mean 'training-energy'?"), (8, "solve takes result, which is missing"), (9, "accepted: list, find")],
    ids=["no-id", "no-result", "no-tool"],
)
def test_what_is_wrong_is_one_line(answers, place, part):
    text, data, wrong = answers[place]
    assert (wrong, data) == (True, None)
    assert part in text
    assert "\n" not in text


# A server with a question that has no end; and how many seconds it gives one.
SPINNING = """
import sys
import calc.base.limits
calc.base.limits.QUESTION = int(sys.argv.pop())
import calc.cli.tools as tools
from calc.__main__ import run
answer = tools.call
def call(name, given):
    while given.get("words") == "spin":
        pass
    return answer(name, given)
tools.call = call
run()
"""


def asked_of_a_spinning(seconds, ask):
    """What a client makes of a server that gives a question so many seconds."""
    arguments = ["-c", SPINNING, "serve-mcp", str(seconds)]
    program = mcp.StdioServerParameters(command=sys.executable, args=arguments, cwd=ROOT)

    async def whole():
        async with mcp.Client(program) as client:
            return await ask(client)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(asyncio.wait_for(whole(), 60))).result()


def test_a_question_has_its_time_and_the_next_is_answered():
    async def ask(client):
        return [await client.call_tool("find", {"words": words}) for words in ("spin", "water")]

    late, found = asked_of_a_spinning(1, ask)
    assert late.is_error
    assert late.content[0].text == "this takes more than 1 seconds of a processor; ask for less at once"
    assert not found.is_error
    assert "site-water" in found.content[0].text


# What JSON-RPC 2.0 answers: the id, the error's code (5.1), and words of the line.
UNREAD = (
    (b"{nope", None, -32700, "the line cannot be read"),
    (b"[" * 9999, None, -32700, "nested no deeper than 100"),
    (b"\xff", None, -32700, "in UTF-8"),
    (b'"' + b"x" * 2**20 + b'"', None, -32700, "the line is too long; accepted: up to 1048576 bytes"),
    (b"[]", None, -32600, "the line is no message"),  # section 7: an empty array
    (b'{"jsonrpc": "1.0", "id": 2, "method": "ping"}', 2, -32600, "the line is no message"),
    (b'{"jsonrpc": "2.0", "id": null, "method": "ping"}', None, -32600, "the id of a request is a text or a whole"),
    (b'{"jsonrpc": "2.0", "id": true, "method": "ping"}', None, -32600, "the id of a request is a text or a whole"),
    (b'{"jsonrpc": "2.0", "id": 3, "method": "tool/list"}', 3, -32601, "did you mean 'tools/list'?"),
    (b'{"jsonrpc": "2.0", "id": 4, "method": "tools/call", "params": {"name": "find", "arguments": [5]}}', 4, -32602,
     "params.arguments is [5]; input should be a valid dictionary"),
    (b'{"jsonrpc": "2.0", "id": 5, "method": "tools/call"}', 5, -32602, "params is missing"),
)  # fmt: skip


def test_a_line_that_is_no_message_is_answered_too():
    """Once for each such line, and the server lives on; but nothing answers a notification."""
    first = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    hello = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": first}).encode()
    told = [b'{"jsonrpc": "2.0", "method": "notifications/initialized"}', b'{"jsonrpc": "2.0", "method": "ping"}']
    early = b'{"jsonrpc": "2.0", "id": 6, "method": "tools/list"}'
    lines = [early, hello, *told, *(line for line, *_ in UNREAD), b'{"jsonrpc": "2.0", "id": 7, "method": "ping"}', b""]
    command = [sys.executable, "-m", "calc", "serve-mcp"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        stop = threading.Timer(60, process.kill)
        stop.start()
        process.stdin.write(b"\n".join(lines))
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(len(UNREAD) + 3)]
        stop.cancel()
        process.stdin.close()
    errors = [(one["id"], one["error"]["code"], one["error"]["message"]) for one in answers if "error" in one]
    for _, *wanted, words in (*UNREAD, (early, 6, -32602, "tools/list was asked before initialize")):
        (message, *_) = [message for *found, message in errors if found == wanted and words in message]
        assert "\n" not in message
    assert {one["id"] for one in answers if "result" in one} == {1, 7}


def test_a_question_that_is_cancelled_holds_up_no_other():
    async def ask(client):
        await client.call_tool("find", {"words": "water"})  # it has started
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(client.call_tool("find", {"words": "spin"}), 0.5)
        return await client.call_tool("find", {"words": "water"})

    assert not asked_of_a_spinning(600, ask).is_error


def test_without_the_package_one_line_names_the_extra():
    code = "import sys; sys.modules['mcp'] = None; from calc.cli.app import main; sys.exit(main(['serve-mcp'], 't2t'))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "t2t: serve-mcp needs mcp; install it with: pip install 'tokens-to-terawatts[agents]'\n"
    assert json.dumps(done.stdout) == '""'
