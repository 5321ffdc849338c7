"""Prose: a number that calc knows comes through a role, and no sentence is an article's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("chapters/*.md"), ROOT / "index.md"], key=lambda path: path.name)
UNITS = (
    r"(?:[kMGT]?Wh?|[kMGTPEZY]?FLOP(?:/s)?|GPUs?|servers?|replicas?|layers?|stages?|tokens?|prompts?|parameters?"
    r"|people|residents|households|days?|months?|years?|hours?|weeks?|%|per cent|percent)"
)
TYPED = re.compile(
    rf"(?<![\w.])\d[\d,.]*(?:\s*(?:×|x)\s*10\S*|\s*(?:thousand|million|billion|trillion|quadrillion|septillion))?"
    rf"[\s\N{{NO-BREAK SPACE}}]*{UNITS}(?![\w])"
)
# Why each may stand typed. Nothing here is a figure that calc computes with.
ALLOWED = {
    "3 Wh": "the title of the chapter on published estimates names them as they are quoted; its table has the figures",
}


def prose(text: str) -> str:
    """The text without front matter, code, directives' options, roles and inline code."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
    text = re.sub(r"^(`{3,})\{code-cell\}.*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^(`{3,})(?!\{)\w*\n.*?^\1", "", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"\{[\w:-]+\}`[^`]*`", "ROLE", text)
    return re.sub(r"`[^`]*`", "CODE", text)


def typed_numbers(text: str) -> list[str]:
    return [match.group() for match in TYPED.finditer(prose(text)) if match.group() not in ALLOWED]


def test_the_search_finds_what_it_should() -> None:
    assert typed_numbers("It takes 43.9 GWh.") == ["43.9 GWh"]
    assert typed_numbers("25,000 GPUs and {value}`gpus`") == ["25,000 GPUs"]
    assert typed_numbers("of 2.5 billion prompts") == ["2.5 billion prompts"]
    assert typed_numbers("in 2023, chapter 4, GPT-4, eight servers, 2:4") == []
    assert typed_numbers("```{code-cell}\n90 days\n```\n`90 days` {value}`x; in 3 kW`") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_number_with_a_unit_is_typed(page: Path) -> None:
    assert typed_numbers(page.read_text(encoding="utf-8")) == []


CELL = re.compile(r"^```\{code-cell\}.*?\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_cells_show_objects_and_compute_nothing(page: Path) -> None:
    for cell in CELL.findall(page.read_text(encoding="utf-8")):
        code = re.sub(r"^:.*$", "", cell, flags=re.MULTILINE)
        assert not re.search(r"\d\s*[*/+]|[*/+]\s*\d", code), code


@pytest.mark.parametrize(
    "chapter", [p for p in PAGES if "{lede}" in p.read_text(encoding="utf-8")], ids=lambda path: path.stem
)
def test_each_chapter_has_its_parts(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    for part in ("{lede}", "{takeaway}", "{problem}", "{answer}", "{code-cell}"):
        assert part in text, part
    assert re.search(r"^# .*\?$", text, re.MULTILINE), "its title is a question"
