"""CITATION.cff, which is read as YAML; and the address of the book, which the environment may name."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import calc
from calc.base.errors import DataError
from calc.book.citation_file import REPOSITORY, SERVED, read_citation
from tests.calc.support import refused

ROOT = Path(calc.__file__).parents[1]
TEXT = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
ELSEWHERE = "https://pages.example/book"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("url:", "uri:", "CITATION.cff has no url"),
        ("title:", "title: [", "CITATION.cff, line "),
        ("\ntype:", "\n  type:", "CITATION.cff, line "),
        ("type:", "\ttype:", "CITATION.cff, line "),
        ('date-released: "2026-11-22"\n#', "date-released: 2026-13-45\n#", "CITATION.cff: month must be in 1..12"),
        ('date-released: "2026-11-22"\n#', 'date-released: "soon"\n#', "date-released is 'soon'; accepted: a day"),
        ('date-released: "2026-11-22"\n#', "date-released: 2026-11-22T10:00:00\n#", "accepted: a day such as"),
        ('date-released: "2026-11-22"\n#', "date-released: [1]\n#", "date-released is [1]; accepted: a day"),
        (f"version: {calc.__version__}\ndate", "version: 1.10\ndate", "version must be text, not 1.1; put it in"),
        ('title: "Tokens to Terawatts"\nabstract', "title: [a]\nabstract", "title must be text, not ['a']"),
        ('url: "https://tokens-to-terawatts.example"', "url: somewhere", "url is 'somewhere'; accepted: an address"),
        ("keywords:", "keywords: 5\nother:", "keywords must be texts, not 5"),
        ("authors:\n  - name:", "authors:\n  - alias:", "an author is {'alias':"),
        ("authors:\n  - name:", "authors: nobody\nothers:\n  - name:", "an author is 'nobody'; accepted: a name"),
        ("cff-version:", "- cff-version:", "CITATION.cff, line 2"),
        (TEXT, "text alone", "CITATION.cff is str; accepted: fields"),
        (TEXT, "", "CITATION.cff is NoneType; accepted: fields"),
        (TEXT, "a: \x07", "CITATION.cff: unacceptable character"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_line(old, new, said):
    assert old in TEXT
    with refused(DataError, said):
        read_citation(TEXT.replace(old, new, 1))


def test_people_a_plain_day_and_one_licence_are_read_too():
    text = TEXT.replace(
        '  - name: "The Tokens to Terawatts authors"', "  - given-names: Ada\n    family-names: Lovelace", 1
    )
    text = text.replace('"2026-11-22"', "2026-11-22").replace(
        "license:\n  - Apache-2.0\n  - CC-BY-4.0", "license: MIT", 1
    )
    found = read_citation(text)
    assert (found.authors, found.released.isoformat(), found.licences) == (("Ada Lovelace",), "2026-11-22", ("MIT",))


def test_a_key_of_another_part_is_not_the_books():
    """`preferred-citation` has a version, title and date of its own, and `identifiers` may have a `url`."""
    before, _, after = TEXT.partition("preferred-citation:")
    text = before + "identifiers:\n  - type: url\n    value: https://a.example\n    url: https://b.example\n"
    text += "preferred-citation:" + after.replace(calc.__version__, "9.9").replace("Tokens", "Other")
    assert read_citation(text) == read_citation(TEXT)


@pytest.mark.parametrize(("version", "release"), [("0.2.0.dev0", False), ("0.2.0", True), ("1.0rc1", True)])
def test_a_version_that_is_no_release(version, release):
    assert read_citation(TEXT.replace(calc.__version__, version)).is_release is release


def elsewhere(code: str, url: str = ELSEWHERE) -> subprocess.CompletedProcess[str]:
    """Run code where the book is to be served elsewhere."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, SERVED: url},
        text=True,
        capture_output=True,
        check=False,
    )


def test_the_environment_says_where_the_book_is_served():
    """So all that names an address: links, citations, the sitemap, llms.txt and records."""
    code = (
        "import json, calc\n"
        "from calc.book.citation_file import address, book\n"
        "from calc.publish.export import collection\n"
        "from calc.publish.site_texts import sitemap\n"
        "from calc.render import citation\n"
        "d = calc.training_energy.derive('gpt-4')\n"
        "texts = [citation.link(d), *(d.cite(style) for style in ('text', 'bibtex', 'csl'))]\n"
        "texts.append(sitemap([address('d/a')]))\n"
        "print(json.dumps({'book': book().url, 'texts': texts, 'records': json.dumps(collection())}))"
    )
    done = elsewhere(code, ELSEWHERE + "/")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["book"] == ELSEWHERE
    assert all(f"{ELSEWHERE}/v{calc.__version__}/" in text for text in found["texts"])
    assert ELSEWHERE in found["records"]
    placeholder = read_citation(TEXT).url
    assert placeholder not in done.stdout


def test_a_wrong_place_is_said_in_a_line():
    done = elsewhere("import sys; from calc.__main__ import main; sys.exit(main(['cite', 'book']))", "here and there")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"calc: {SERVED} is 'here and there'; accepted: an address such as https://example.org/book\n"
    )


def test_the_builds_fingerprint_has_the_place_in_it():
    code = "from _ext.state import NOW; print(NOW)"
    one, same, other = (elsewhere(code, url).stdout for url in (ELSEWHERE, ELSEWHERE, ELSEWHERE + "/two"))
    assert one == same != other


def test_the_workflow_that_publishes_says_where():
    yaml = pytest.importorskip("yaml")
    workflow = yaml.safe_load((ROOT / ".github/workflows/publish.yml").read_text(encoding="utf-8"))
    (step,) = [step for step in workflow["jobs"]["build"]["steps"] if "make pages" in step.get("run", "")]
    assert all(word in step["env"][SERVED] for word in ("repository_owner", "event.repository.name"))
    assert all(word in step["env"][REPOSITORY] for word in ("github.server_url", "github.repository"))
    assert step["env"]["BOOK_EDITIONS"].split() == ["pdf", "epub"]


def test_a_placeholder_is_not_pushed(tmp_path):
    """`make pages PUSH=…` asks where the book will be served; with the site built already nothing else runs before."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8").replace("-m _ext.build", "-V ")
    makefile = re.sub(r"^pages: .* html ", "pages: ", text, flags=re.MULTILINE)
    assert makefile != text
    (tmp_path / "Makefile").write_text(makefile, encoding="utf-8")
    (tmp_path / "CITATION.cff").write_text(TEXT, encoding="utf-8")
    command = ["make", "pages", "VERSION=v1.2.3", "PUSH=nowhere"]
    environment = {key: value for key, value in os.environ.items() if key != SERVED}
    refusing = subprocess.run(command, cwd=tmp_path, env=environment, text=True, capture_output=True, check=False)
    assert "error: say where the book will be served" in refusing.stderr
    with_place = [*command, f"{SERVED}={ELSEWHERE}"]
    further = subprocess.run(with_place, cwd=tmp_path, env=environment, text=True, capture_output=True, check=False)
    assert "say where the book" not in further.stderr
