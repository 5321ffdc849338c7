"""The role ``t2t`` in a Sphinx project that is not the book: a report that quotes it."""

from __future__ import annotations

import hashlib
import http.server
import json
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path

import pytest

import calc
from calc import site_water, training_energy
from calc.analysis.results import show_result
from calc.analysis.standing import sure_words
from calc.base.errors import nearest
from calc.book.citation_file import book
from calc.book.home import home
from calc.publish.published import published
from calc.render.citation_parts import place
from t2t_sphinx.quote import QuoteError, asked, found
from t2t_sphinx.records import read

ROOT = Path(calc.__file__).parents[1]
MOVED = "99.9 GWh"


def plain(text):
    """A text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


FIGURE = plain(show_result(home(training_energy)).text)


@pytest.fixture(scope="module")
def records():
    """What the book publishes for others to quote, as the file has it."""
    return json.dumps(published([home(training_energy), home(site_water)])["quotes"], ensure_ascii=False)


@pytest.fixture
def report(tmp_path, records):
    """A report in the folder of nobody's book; a call builds it, and returns the exit code and what was said."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "quotes.json").write_text(records, "utf-8")
    (tmp_path / "conf.py").write_text('extensions = ["t2t_sphinx"]\nt2t_records = "records"\n', "utf-8")

    def build(*more, **pages):
        for name, text in ({"index": "Report\n======\n\n"} | pages).items():
            (tmp_path / f"{name}.rst").write_text(text, "utf-8")
        command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", *more, str(tmp_path), str(tmp_path / "_out")]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "PATH": ""},
            capture_output=True,
            text=True,
            check=False,
        )
        return done.returncode, done.stderr.replace("\n", " ")

    return build


def moved(records):
    """The same records after the training energy has become another."""
    data = json.loads(records)
    home_quote = data["quotes"]["training-energy"][0]
    home_quote["texts"]["GWh"], home_quote["version"] = MOVED, "9.9.9"
    data["version"] = "9.9.9"
    return json.dumps(data)


def test_a_report_has_the_figure_with_its_address(report, tmp_path):
    more = {f"page{number}": f":orphan:\n\nPage\n====\n\n:t2t:`site-water`, {number}\n" for number in range(7)}
    text = (
        f"Report\n======\n\nThe run took :t2t:`training-energy == {FIGURE}`, or "
        ":t2t:`training-energy in MWh with band`; the article says :t2t:`training-energy@gpt-4`.\n"
    )
    assert report("-W", "-j", "2", index=text, **more) == (0, "")
    page = (tmp_path / "_out" / "index.html").read_text("utf-8")
    step = home(training_energy)
    assert f'href="{place("training-energy")}"' in page
    assert f">{FIGURE}</a>" in page
    assert f"{plain(show_result(step, 'MWh').text)} ({plain(sure_words(step, 'MWh'))})</a>" in page
    assert f">at most {plain(show_result(training_energy.derive('gpt-4')).text)}</a>" in page
    assert f"version {book().version}" in page
    lock = json.loads((tmp_path / "t2t.lock.json").read_text("utf-8"))
    assert lock["records"]["version"] == book().version
    assert set(lock["quotes"]) == {"training-energy", "training-energy@gpt-4", "site-water"}
    assert lock["quotes"]["training-energy"]["hash"] == step.to_dict()["hash"]


def test_what_has_moved_since_it_was_noted_is_a_warning(report):
    code, said = report("-W", index="Report\n======\n\n:t2t:`training-energy == 12.3 GWh`\n")
    assert code == 1
    assert f"training-energy is {FIGURE} in version {book().version}, and no longer 12.3 GWh, as noted here" in said
    assert "[t2t.moved]" in said
    assert "index.rst:4" in said


def test_what_has_moved_since_the_lock_is_a_warning_until_it_is_updated(report, records, tmp_path):
    text = "Report\n======\n\n:t2t:`training-energy`\n"
    assert report("-W", index=text) == (0, "")
    before = (tmp_path / "t2t.lock.json").read_text("utf-8")
    (tmp_path / "records" / "quotes.json").write_text(moved(records), "utf-8")
    code, said = report(index=text)  # the page itself is as it was, and read again all the same
    assert code == 0
    assert f"training-energy is {MOVED} in version 9.9.9, and no longer {FIGURE}, as the lock has it" in said
    kept = json.loads((tmp_path / "t2t.lock.json").read_text("utf-8"))["quotes"]
    assert kept == json.loads(before)["quotes"]
    assert report("-D", "t2t_lock_update=1", "-E", index=text)[0] == 0
    assert report("-W", "-E", index=text) == (0, "")


def test_what_cannot_be_quoted_is_a_warning_that_names_the_nearest(report):
    code, said = report(index="Report\n======\n\n:t2t:`training-enrgy`\n")
    assert code == 0
    assert (
        f"'training-enrgy' is not a derivation of the records{nearest('training-enrgy', ['training-energy'])}" in said
    )
    assert "[t2t.unknown]" in said


def test_records_that_are_none_stop_the_build(report, tmp_path):
    (tmp_path / "records" / "quotes.json").write_text("{}", "utf-8")
    code, said = report()
    assert code == 2
    assert "t2t_sphinx: records is no quotes.json of the book" in said


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("training energy", "asks for no figure; accepted: ID@SCENARIO in UNIT with band == NOTED"),
        ("training-energy@llama-3", "in scenario 'llama-3'; accepted: gpt-4, gpt-4-estimate"),
        ("training-energy in MW", "in 'MW'; accepted: GWh, MWh, TWh"),
        ("training-energy@gpt-4 in kW", "in 'kW'"),
    ],
)
def test_refused(text, part, records):
    with pytest.raises(QuoteError) as refused:
        found(asked(text), json.loads(records)["quotes"])
    assert part in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_address_is_fetched_once_and_pinned(tmp_path, records):
    (tmp_path / "quotes.json").write_text(records, "utf-8")
    handler = partial(type("Quiet", (http.server.SimpleHTTPRequestHandler,), {"log_message": lambda *_: None}),
                      directory=str(tmp_path))  # fmt: skip
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    source, kept = f"http://127.0.0.1:{server.server_port}/", tmp_path / "kept"
    first = read(source, tmp_path, kept)
    server.shutdown()
    server.server_close()
    assert first.digest == hashlib.sha256(records.encode()).hexdigest()
    assert read(source, tmp_path, kept, book().version, first.digest) == first  # nobody is there any more
    with pytest.raises(QuoteError, match="cannot be fetched"):
        read(f"{source}other/", tmp_path, kept)
    with pytest.raises(QuoteError, match="which t2t_version says"):
        read(source, tmp_path, kept, "0.0.1")
    with pytest.raises(QuoteError, match="which t2t_sha256 says"):
        read(".", tmp_path, kept, "", "0" * 64)
    with pytest.raises(QuoteError, match="t2t_records is not set"):
        read("", tmp_path, kept)
    for wrong in ("[]", "{", '{"title": "", "version": "", "quotes": []}'):
        (tmp_path / "wrong.json").write_text(wrong, "utf-8")
        with pytest.raises(QuoteError, match=r"is no quotes\.json of the book"):
            read("wrong.json", tmp_path, kept)
    with pytest.raises(QuoteError, match="No such file"):
        read("nowhere", tmp_path, kept)
