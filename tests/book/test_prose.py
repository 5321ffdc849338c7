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
# Why each may stand typed on its page. Nothing here is a figure that calc computes with.
QUOTED = "quoted and cited in its sentence, and calc computes nothing with it"
ALLOWED = {
    "faq": {"0.3 Wh": "the figure that people ask about, and that Google stated, cited", "3 Wh": QUOTED},
    "prompt-energy": {
        "3 Wh": "the chapter's title names it as it is quoted; its table has the figures",
        "0.3 Wh": "a heading asks about it as people do",
    },
    "grid": {"950 TWh": QUOTED},
    "power-planning": {
        "150 MW": "quoted and cited, and handed to calc by the values beside it",
        "83,000 GPUs": QUOTED,
        "10 GW": QUOTED,
    },
    "quiet-giant": {"0.6 GW": QUOTED},
    "serving": {"0.2 GW": QUOTED},
}


FENCE = re.compile(r"(?P<ticks>`{3,})(?P<what>\{code-cell\}|\{math\}|\{|\w*)")


def unfenced(text: str) -> str:
    """The text without fences and without the code inside them; what other directives hold is prose."""
    kept: list[str] = []
    opened: list[tuple[str, bool]] = []  # the fence's ticks, and whether it holds code
    for line in text.splitlines():
        ticks, code = opened[-1] if opened else ("", False)
        fence = FENCE.match(line)
        if ticks and line.strip("`") == "" and len(line) >= len(ticks):
            opened.pop()
        elif code:
            continue
        elif fence:
            opened.append((fence["ticks"], fence["what"] != "{"))
            kept.append(line.partition("}")[2])  # a problem's title
        else:
            kept.append(line)
    assert not opened, f"a fence is never closed: {opened}"
    return "\n".join(kept)


def prose(text: str) -> str:
    """The text without front matter, code, directives' options, roles and inline code."""
    text = unfenced(re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL))
    text = re.sub(r"^:[\w-]+:.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\{[\w:-]+\}`[^`]*`", "ROLE", text)
    return re.sub(r"`[^`]*`", "CODE", text)


def typed_numbers(text: str) -> list[str]:
    return [match.group() for match in TYPED.finditer(prose(text))]


def test_the_search_finds_what_it_should() -> None:
    assert typed_numbers("It takes 43.9 GWh.") == ["43.9 GWh"]
    assert typed_numbers("25,000 GPUs and {value}`gpus`") == ["25,000 GPUs"]
    assert typed_numbers("of 2.5 billion prompts") == ["2.5 billion prompts"]
    assert typed_numbers("in 2023, chapter 4, GPT-4, eight servers, 2:4") == []
    assert typed_numbers("```{code-cell}\n90 days\n```\n`90 days` {value}`x; in 3 kW`") == []
    assert typed_numbers("```{lede}\nA week.\n```\n\nIt takes 90 days.\n\n```{takeaway}\nA week.\n```") == ["90 days"]
    assert typed_numbers("````{problem} 2 GPUs\n```{answer}\n3 GPUs\n```\n4 GPUs\n````\n5 GPUs") == [
        "2 GPUs", "3 GPUs", "4 GPUs", "5 GPUs",
    ]  # fmt: skip
    assert typed_numbers("````text\n90 days\n```\n90 days\n````\nA week.") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_no_number_with_a_unit_is_typed(page: Path) -> None:
    typed = set(typed_numbers(page.read_text(encoding="utf-8")))
    assert typed == ALLOWED.get(page.stem, {}).keys()


CELL = re.compile(r"^```\{code-cell\}.*?\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_cells_show_objects_and_compute_nothing(page: Path) -> None:
    for cell in CELL.findall(page.read_text(encoding="utf-8")):
        code = re.sub(r"^:.*$", "", cell, flags=re.MULTILINE)
        assert not re.search(r"\d\s*[*/+]|[*/+]\s*\d", code), code


@pytest.mark.parametrize(
    "chapter",
    # The page of people's own questions is made of short answers, and has neither cards nor problems.
    [p for p in PAGES if "{lede}" in p.read_text(encoding="utf-8") and p.stem != "faq"],
    ids=lambda path: path.stem,
)
def test_each_chapter_has_its_parts(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    for part in ("{lede}", "{takeaway}", "{problem}", "{answer}", "{code-cell}"):
        assert part in text, part
    assert re.search(r"^# .*\?$", text, re.MULTILINE), "its title is a question"


@pytest.mark.parametrize(
    "chapter", [p for p in PAGES if "{lede}" in p.read_text(encoding="utf-8")], ids=lambda path: path.stem
)
def test_each_answer_says_how_wide_it_is(chapter: Path) -> None:
    answer = re.search(r"```\{lede\}\n(.*?)```", chapter.read_text(encoding="utf-8"), re.DOTALL)
    assert answer
    assert re.search(r"; (?:range|spread|low|high|p5|p95)\b", answer[1])


@pytest.mark.parametrize(
    "chapter", [p for p in PAGES if "\n:answer: " in p.read_text(encoding="utf-8")], ids=lambda path: path.stem
)
def test_problems_have_a_hint_and_an_answer(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    problems = re.findall(r"^````\{problem\} .*?^````$", text, re.DOTALL | re.MULTILINE)
    assert len(problems) >= 4
    for problem in problems:
        assert problem.count("```{hint}") == problem.count("```{answer}") == 1, problem.partition("\n")[0]
