"""What the book's directives and roles say of what they cannot take: one line, with chapter and line."""

from __future__ import annotations

import pytest

from tests.book.building import FRONT, build, small_book

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("build")]

# Markdown that is refused, and the end of the line that says why.
REFUSED = {
    "value": ("{value}`trainig-energy`", "did you mean 'training-energy'?"),
    "symbol": ("{symbol}`server_pwer`", "did you mean 'server_power'?"),
    "icon": ("{icon}`powre`", "'powre' is not drawn; accepted: token, chip, server, power, site, energy, grid"),
    "ask": ("{ask}`I train <trian>`", "'trian' is no question of the planner's; accepted: megawatts, train, "),
    "chart": ("```{chart} no-such-chart\n```", "'no-such-chart' is not a chart"),
    "audit": ("```{audit} city-\n```", "did you mean 'city'"),
    "citing": ("```{citing} trainig-energy\n:scenario: gpt-4\n```", "did you mean 'training-energy'?"),
    "generated": ("```{generated} reslts\n```", "'reslts' is not generated; accepted: "),
    "parts": ("```{parts}\nA title alone\n```", "'A title alone' is no part; a part is TITLE: CHAPTER"),
}


@pytest.fixture(scope="module")
def said_of_refused(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines that one build says of pages with something wrong on the third line of each, and after a cell."""
    folder = tmp_path_factory.mktemp("refused")
    pages = {name: f"# Bad\n\n{text}\n" for name, (text, _) in REFUSED.items()}
    pages["later"] = f"{FRONT}# Bad\n\n```{{code-cell}}\n1 + 1\n```\n\n\nWords.\n\n{REFUSED['icon'][0]}\n"
    result = build(small_book(folder / "book", **pages), folder / "out", "html")
    assert result.returncode != 0
    return result.stderr.splitlines()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_said_in_one_line_with_its_place(said_of_refused: list[str], name: str) -> None:
    (line,) = [line for line in said_of_refused if f"/{name}.md:" in line]
    assert f"/{name}.md:3: ERROR: {name}: " in line
    assert REFUSED[name][1] in line


def test_lines_are_counted_after_a_cell_too(said_of_refused: list[str]) -> None:
    (line,) = [line for line in said_of_refused if "/later.md:" in line]
    assert f"/later.md:{FRONT.count(chr(10)) + 10}: ERROR: icon: " in line
