"""What lies beside each page: a picture for shared links, a way to report an error, the book as PDF and EPUB."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image, ImageOps

from _ext.site.picture import SIZE, draw
from calc.analysis.results import band_text, show_result
from calc.api import formula_by_id
from calc.book.citation_file import address, book
from calc.book.home import home
from tests.book.building import FRONT, make_environment, run, small_book
from tests.sampling import sample

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]
REPOSITORY = "https://forge.example/people/book"


def pages(site: Path) -> list[Path]:
    found = [
        site / "index.html",
        *sorted((site / "chapters").glob("*.html")),
        *sorted((site / "d").glob("*/index.html")),
    ]
    return [page for page in found if 'http-equiv="refresh"' not in page.read_text(encoding="utf-8")]


def shared(page: Path) -> dict[str, str]:
    text = page.read_text(encoding="utf-8")
    found = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)"', text))
    return {name: unescape(said) for name, said in found.items()}


def test_each_page_has_a_picture_where_its_tags_say(site: Path) -> None:
    for page in sample(pages(site), 60, "pictures"):
        said = shared(page)
        file = site / said["image"].removeprefix(address())
        assert said["image"].startswith(address()), page
        with Image.open(file) as picture:
            assert picture.size == SIZE == (int(said["image:width"]), int(said["image:height"])), page
            assert file.stat().st_size < 40_000, page
            # Something is written on it, and nothing runs over its edge.
            left, top, right, bottom = ImageOps.invert(picture.convert("L")).getbbox() or (0, 0, 0, 0)
            assert (left, top, bottom) == (0, 0, SIZE[1]), page
            assert 400 < right < SIZE[0] - 40, page
        assert said["image:alt"].startswith(said["title"]) or page == site / "index.html", page


def test_a_cards_picture_says_its_figure_and_its_band(site: Path) -> None:
    for page in sample(pages(site)[-200:], 40, "pictures of cards"):
        step = home(formula_by_id(page.parent.name))
        alt = shared(page)["image:alt"]
        assert show_result(step).text in alt or "\N{NO-BREAK SPACE}" in alt, page
        assert band_text(step) in alt, page


def test_a_picture_has_the_same_bytes_twice_and_others_for_other_words() -> None:
    given = ("A question?", "30.4 GWh", "27 to 34 GWh", "Some words. " * 40)
    assert draw(*given) == draw(*given)
    assert draw(*given) != draw("Another question?", *given[1:])
    assert draw("A title of so many words that " * 9, "1.234567 to 9.876543×10²³ tokens/(GPU·s)", "", "")[1:4] == b"PNG"


def reports(text: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'<a class="report" href="([^"]+)"', text)]


def test_each_card_has_a_link_to_report_an_error_in_it_that_leads_somewhere(site: Path) -> None:
    for page in sample(pages(site), 60, "reports"):
        text = page.read_text(encoding="utf-8")
        links = reports(text)
        chapter = page.parent.name == "chapters" or page == site / "index.html"
        cards = re.findall('<article [^>]*class="derivation[^>]*>', text)
        assert len(links) == sum('id="what-if-' not in card for card in cards) + chapter, page
        for link in set(links):
            there, _, mark = link.partition("#")
            leads = page.parent / there if there else page  # the page that says how
            assert f'id="{mark}"' in leads.read_text(encoding="utf-8"), (page, link)


def test_the_text_of_a_report_names_card_version_and_address(site: Path) -> None:
    text = (site / "d" / "training-energy" / "index.html").read_text(encoding="utf-8")
    found = re.search(r'aria-label="Report".*?<pre>(.*?)</pre>', text, re.DOTALL)
    assert found
    lines = unescape(found[1]).splitlines()
    assert lines[0] == f"Card: {formula_by_id('training-energy').title} (training-energy), scenario gpt-4-estimate"
    assert book().version in lines[1]
    assert lines[2] == f"Address: {address('d/training-energy')}"


CHAPTER = f"""{FRONT}
# A chapter

```{{code-cell}}
:tags: [hide-input]

from calc import matmul_flop

matmul_flop.derive("gpt-4")
```

(input-gpt-4-m)=
What goes in.

```{{editions}}
```

```{{bibliography}}
:all:
```
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_book(tmp_path_factory.mktemp("shared") / "book", chapter=CHAPTER)


def built(book_: Path, **more: str) -> tuple[str, str]:
    """The chapter's page, and what was said where there is none."""
    done = run("_ext.build.make", ["html", "--into", str(book_ / "_build")], book_, make_environment() | more)
    page = book_ / "_build" / "html" / "chapter.html"
    return (page.read_text("utf-8"), "") if done.returncode == 0 else ("", done.stderr)


def test_where_the_repository_is_known_a_report_is_a_new_issue_and_editions_are_offered(small: Path) -> None:
    for kind in ("pdf", "epub"):
        (small / "_build" / kind).mkdir(parents=True, exist_ok=True)
        (small / "_build" / kind / f"tokens-to-terawatts.{kind}").write_bytes(kind.encode())
    text, said = built(small, BOOK_REPOSITORY=REPOSITORY, BOOK_EDITIONS="epub pdf")
    assert said == ""
    card, _ = (urlsplit(link) for link in reports(text))
    assert f"{card.scheme}://{card.netloc}{card.path}" == f"{REPOSITORY}/issues/new"
    asked = parse_qs(card.query)
    assert asked["title"] == ["Error in matmul-flop: "]
    for word in ("(matmul-flop)", book().version, address("d/matmul-flop"), "gpt-4"):
        assert word in asked["body"][0]
    for kind in ("pdf", "epub"):
        name = f"tokens-to-terawatts.{kind}"
        assert (small / "_build" / "html" / name).read_bytes() == kind.encode()
        assert text.count(f'href="{name}"') == 2  # where the chapter asks for them, and at the foot


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"BOOK_EDITIONS": "pdg"}, "error: BOOK_EDITIONS has 'pdg'; accepted: pdf, epub; did you mean"),
        ({"BOOK_REPOSITORY": "over there"}, "error: BOOK_REPOSITORY is 'over there'; accepted: an address such as"),
    ],
)
def test_what_is_named_wrongly_is_said_in_a_line(small: Path, given: dict[str, str], said: str) -> None:
    text, error = built(small, **given)
    assert text == ""
    assert error.startswith(said)


def test_an_edition_that_was_not_built_is_not_offered(tmp_path: Path) -> None:
    _, error = built(small_book(tmp_path / "book", chapter="# A chapter\n"), BOOK_EDITIONS="epub")
    assert error.startswith(
        "error: BOOK_EDITIONS names epub, and epub/tokens-to-terawatts.epub is not built; make epub"
    )
