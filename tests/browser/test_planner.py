"""The planner in Chromium: readers' tasks in three steps, both ways of a chain, cases that travel, any screen."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from calc import load_case, plan
from calc.analysis.plan import spread
from calc.base.quantities import quantity
from calc.book.planner import questions
from calc.book.sentences import read_sentence
from calc.model.registry import formula_for
from calc.render.claim import ASKED
from tests.browser.tabs import Tabs
from tests.sampling import sample

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("reading")]


def address(site: Path, search: str = "") -> str:
    return (site / "chapters" / "planner.html").as_uri() + search


@pytest.fixture(scope="module")
def context_page(tabs: Tabs) -> Iterator[Page]:
    with tabs.open(permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1280, "height": 900}) as page:
        yield page


@pytest.fixture
def page(context_page: Page, site: Path) -> Page:
    context_page.goto(address(site))
    return context_page


def settle(page: Page) -> None:
    """Until what follows an edit in a later frame is there, the address, and what is read out."""
    page.wait_for_timeout(900)


def answer(page: Page) -> str:
    """The answer, once all draws are in."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.locator(".planner-answer[aria-busy=false]").wait_for()
    return page.locator(".planner-answer").inner_text().replace("\N{NO-BREAK SPACE}", " ")


def row(page: Page, name: str) -> list[str]:
    cells = page.locator(f".planner-results tr[data-name={name}] > *").all_inner_texts()
    return [cell.replace("\N{NO-BREAK SPACE}", " ") for cell in cells]


def now(page: Page) -> dict[str, Any]:
    """The plan as the page has it."""
    answer(page)
    return page.evaluate(
        """() => {
            const plan = book.planner.now(), made = plan.made;
            return {answer: plan.answer, sought: plan.sought, goal: plan.goal, band: plan.band(),
                value: made.value(plan.goal)};
        }"""
    )


class Steps:
    """Counts what a reader does: one for each press, choice, or field typed."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("button", name=name, exact=True).click()

    def choose(self, kind: str, entry: str) -> None:
        self.count += 1
        self.page.locator(f"#planner-choice-{kind}").select_option(entry)

    def type(self, name: str, text: str) -> None:
        self.count += 1
        self.page.locator(f"#planner-{name}").fill(text)


# Seven readers and what they came for (evidence of what readers needed): what they do, and what must stand there then.
TASKS = {
    "journalist: a day of ChatGPT": (
        lambda do: do.press("Training or answering: which takes more?"),
        ("daily_serving_energy", "750 MWh/day"),
    ),
    "analyst: a run with a range of utilisation": (
        lambda do: (do.press("I train a model"), do.type("flop_utilisation", "30 to 40")),
        ("run_facility_energy", "GWh"),
    ),
    "planner of 200 MW: how many people": (
        lambda do: do.type("campus_power", "200"),
        ("people_served", "people"),
    ),
    "engineer: tokens a second and energy a token": (
        lambda do: (do.press("What does one prompt take?"), do.choose("accelerator", "b200-sxm")),
        ("serving_rate", "tokens/s"),
    ),
    "student: how long a run takes on fewer GPUs": (
        lambda do: (do.press("I train a model"), do.type("gpus", "2048")),
        ("training_time", "days"),
    ),
    "developer: what 50 million people take": (
        lambda do: (do.press("I serve people"), do.type("people_served", "50e6")),
        ("service_energy", "GWh"),
    ),
    "region: a site's share of Ireland": (
        lambda do: do.type("campus_power", "300"),
        ("service_share", "%"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("task", sample(TASKS, 4, "tasks of readers"))
def test_a_readers_task_in_three_steps_with_band_and_citation(page: Page, task: str) -> None:
    do = Steps(page)
    act, (name, text) = TASKS[task]
    act(do)
    settle(page)
    page.wait_for_function("document.querySelector('.planner-band').textContent")
    cells = row(page, name)
    assert text in cells[1]
    assert " to " in cells[2]
    do.press("Cite this case")
    cited = page.locator(".planner-cite pre").first.text_content() or ""
    assert cited.startswith("Own calculation, not a figure of the book")
    assert "nine draws of ten" in cited or task.startswith("journalist")
    assert page.url.split("?")[-1] in cited or "?" not in page.url
    assert do.count <= 3


def test_the_page_answers_as_python_does(page: Page, site: Path) -> None:
    """Values, solved values and bands, of every question and of cases that change much."""
    searches = [f"?ask={one.id}" for one in questions()] + [
        "?ask=megawatts&model=llama3.1-70b&server=dgx-h100&place=fra&campus_power=0.1&pue=1.1~1.25",
        "?ask=train&model=gpt3-175b&place=us-tex-erco&gpus=5000&flop_utilisation=0.2~0.3~0.4",
        "?ask=serve&sure=0.9&people_served=50000000&busy_share=0.5~0.7",
        "?ask=train&training_time=100&gpus=",
    ]
    for search in sample(searches, 4, "cases of the planner"):
        page.goto(address(site, search))
        found, expected = now(page), plan(search)
        assert found["sought"] == expected.quantity.name
        assert math.isclose(found["answer"], expected.value, rel_tol=1e-9), search
        assert math.isclose(found["value"], expected.step.value, rel_tol=1e-9), search
        if found["sought"] == found["goal"] and found["band"] and "sure" not in search:
            assert found["band"] == pytest.approx(spread(expected.step), rel=1e-7), search


def test_what_is_sought_can_be_swapped_and_comes_back(page: Page) -> None:
    """From days to GPUs with the same days, and the GPUs are those that it began with, as nearly as whole ones are."""
    page.get_by_role("button", name="I train a model", exact=True).click()
    page.get_by_role("button", name="seek this instead: GPUs of the run").click()
    assert page.locator("#planner-gpus").get_attribute("readonly") is not None
    page.locator("#planner-training_time").fill("100")
    found = now(page)
    assert found["value"] <= 100
    assert "17,063 GPUs" in answer(page)
    page.get_by_role("button", name="seek: length of the run").click()
    assert now(page)["sought"] == "training_time"


def test_any_result_can_be_fixed(page: Page) -> None:
    page.get_by_role("button", name="fix: carbon in a year, average of the grid").click()
    page.locator("#planner-service_carbon").fill("100000")
    found = now(page)
    assert (found["sought"], found["goal"]) == ("campus_power", "service_carbon")
    assert found["value"] == pytest.approx(100_000, rel=0.01)


def test_at_a_confidence_more_is_needed(page: Page) -> None:
    page.get_by_role("button", name="I serve people", exact=True).click()
    plain = now(page)["answer"]
    page.locator("#planner-sure").select_option("0.9")
    assert now(page)["answer"] > plain
    assert answer(page).startswith("With 90 % certainty: ")
    assert "at least" in answer(page)


@pytest.mark.parametrize(
    ("question", "name", "text", "said"),
    [
        ("I train a model", "servers", "10", "10 servers of 8 GPUs each hold 80 GPUs, not 16,384"),
        ("I have megawatts", "instance_gpus", "2", "The weights take 810 GB"),
    ],
)
def test_what_cannot_be_is_said(page: Page, question: str, name: str, text: str, said: str) -> None:
    page.get_by_role("button", name=question, exact=True).click()
    page.locator(f"#planner-{name}").fill(text)
    assert answer(page) == "That cannot be"
    assert said in page.locator(".planner-impossible").inner_text()
    assert not page.locator(".planner-results").is_visible()


def test_two_cases_differ_by_factors_that_make_the_whole(page: Page) -> None:
    page.get_by_role("button", name="Keep as A, change B").click()
    page.locator("#planner-choice-server").select_option("dgx-b200")
    page.locator("#planner-prompts_per_person").fill("5")
    settle(page)
    rows = [r.locator("td").all_inner_texts() for r in page.locator(".planner-gap tbody tr").all()]
    factors = [float(cells[2].lstrip("×").replace(",", "")) for cells in rows]
    assert math.prod(factors[:-1]) == pytest.approx(factors[-1], rel=0.02)
    assert "×" in row(page, "people_served")[5]
    page.get_by_role("button", name="Forget A").click()
    assert not page.locator(".planner-difference").is_visible()


def test_a_case_travels_by_address_and_by_file(page: Page, site: Path, tmp_path: Path) -> None:
    page.get_by_role("button", name="I train a model", exact=True).click()
    page.locator("#planner-choice-place").select_option("fra")
    page.locator("#planner-gpus").fill("20000")
    page.locator("#planner-pue").fill("1.1 to 1.3")
    page.locator("#planner-sure").select_option("0.9")
    settle(page)
    before, link = answer(page), page.url
    assert link.endswith("?place=fra&ask=train&sure=0.9&gpus=20000&pue=1.1~1.3")
    assert load_case(link).address == link.partition("?")[2]
    with page.expect_download() as download:
        page.get_by_role("button", name="Save file").click()
    file = tmp_path / "case.toml"
    download.value.save_as(file)
    assert load_case(str(file)).values == load_case(link).values
    page.goto(address(site))
    page.goto(link)
    assert answer(page) == before
    page.get_by_role("button", name="Reset").click()
    assert answer(page) != before
    page.set_input_files("#planner-file", str(file))
    assert answer(page) == before


def test_what_is_taken_away_is_whole(page: Page) -> None:
    page.locator("#planner-campus_power").fill("150")
    settle(page)
    sentence, bibtex, csl, record, file = page.locator(".planner-cite pre").all_text_contents()
    assert "campus_power" in sentence
    assert "nine draws of ten" in sentence
    assert bibtex.startswith("@misc{t2t-planner-megawatts")
    assert bibtex.count("{") == bibtex.count("}")
    assert json.loads(csl)[0]["URL"] == page.url
    found = json.loads(record)
    assert found["value"] == pytest.approx(plan({"campus_power": "150 MW"}, "people_served").value, rel=1e-9)
    assert 'extends = "planner-site"' in file
    page.get_by_role("button", name="Copy table").click()
    copied = page.wait_for_function("() => navigator.clipboard.readText()").json_value()
    assert "energy in a year" in copied.lower()


HOSTILE = [
    "?campus_power=<script>alert(1)</script>", "?campus_power=1&campus_power=2", "?ask=nothing", "?pue=0.5",
    "?place=nowhere", "?campus_power=1e400", "?" + "a" * 100_000, "?gpus=&training_time=", "?sure=2",
    "?residents=5", "?x=1",
]  # fmt: skip


@pytest.mark.parametrize("search", sample(HOSTILE, 4, "hostile addresses of the planner"), ids=lambda text: text[:24])
def test_a_hostile_address_changes_nothing_but_a_message(page: Page, site: Path, search: str) -> None:
    before = answer(page)
    page.goto(address(site, search))
    assert answer(page) == before
    assert page.locator(".calc-page, .planner-message:not(.visually-hidden)").first.inner_text()


def test_addresses_of_build_your_own_still_open(page: Page, site: Path) -> None:
    old = (site / "chapters" / "build-your-own.html").as_uri()
    page.goto(old + "?gpus=100000&pue=1.1")
    page.wait_for_url("**/planner.html*")
    assert "100,000 GPUs" in answer(page)
    assert row(page, "servers")[1] == "12,500 servers"
    page.goto(old + "?start=1")
    page.wait_for_url("**/planner.html*")
    settle(page)
    assert row(page, "it_power")[1] == "31.9 MW"
    page.goto(old + "?start=2&servers=5000")
    page.wait_for_url("**/planner.html*")
    settle(page)
    assert page.locator("#planner-gpus").input_value() == "16,384"
    assert row(page, "servers")[1] == "5,000 servers"


def test_a_sentence_with_several_readings_is_asked_about(page: Page) -> None:
    """As the command line does; the one that is chosen is taken."""
    sentence = "100,000 H100 draw 150 MW"
    wanted = read_sentence(sentence).ask
    page.get_by_role("button", name="What would this claim need to be true?").click()
    page.locator("#planner-claim").fill(sentence)
    page.locator("#planner-claim").press("Tab")
    page.keyboard.press("Enter")
    verdict = page.locator(".planner-verdict")
    choices = verdict.get_by_role("button")
    choices.first.wait_for()
    assert (verdict.text_content() or "").startswith(ASKED.format(count=len(wanted), options="").strip())
    assert choices.all_text_contents() == [one.reading.say for one in wanted]
    choices.last.press("Enter")
    choices.first.wait_for(state="detached")
    assert (verdict.text_content() or "").startswith(wanted[-1].reading.say)


def test_a_headline_has_words_for_large_numbers(page: Page) -> None:
    page.locator(".planner-band").filter(has_text="billion").wait_for()
    assert (
        page.locator(".planner-answer strong")
        .inner_text()
        .replace("\N{NO-BREAK SPACE}", " ")
        .endswith(" billion people")
    )
    assert "×10" not in page.locator(".planner-answer").inner_text() + page.locator(".planner-band").inner_text()


def test_a_claim_says_what_would_have_to_be(page: Page) -> None:
    page.get_by_role("button", name="What would this claim need to be true?").click()
    settle(page)
    page.wait_for_selector(".planner-would tbody tr")
    cells = page.locator(".planner-would tbody tr").first.locator("td").all_inner_texts()
    needed = float(cells[1].split()[0].replace(",", ""))
    step = formula_for(quantity("answer_energy")).derive("planner-prompt", response_tokens=needed)
    assert step.value == pytest.approx(2.9, rel=0.005)


def test_a_range_that_is_none_is_refused_and_the_last_answer_stays(page: Page) -> None:
    before = answer(page)
    for text in ("1.4 to 1.1", "abc", "0.5"):
        page.locator("#planner-pue").fill(text)
        assert page.locator("#planner-pue").get_attribute("aria-invalid") == "true"
        assert answer(page) == before
    page.locator("#planner-pue").fill("")
    assert answer(page) == before


def test_the_keyboard_alone_asks_types_and_seeks(page: Page) -> None:
    page.locator(".planner-chip").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".planner-chip[aria-pressed=true]").inner_text() == "I train a model"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "planner-gpus":
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("8192")
    assert "8,192 GPUs" in answer(page)
    for _ in range(4):
        page.keyboard.press("Tab")
        if "seek" in page.evaluate("document.activeElement.className"):
            break
    page.keyboard.press("Enter")
    assert now(page)["sought"] == "gpus"


def test_a_phone_shows_all_without_scrolling_sideways(tabs: Tabs, site: Path) -> None:
    with tabs.open(viewport={"width": 360, "height": 740}) as page:
        for one in sample(questions(), 2, "questions on a phone"):
            page.goto(address(site, f"?ask={one.id}"))
            answer(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, one.id


def test_without_scripts_the_page_shows_the_books_case(tabs: Tabs, site: Path) -> None:
    with tabs.open(java_script_enabled=False) as page:
        page.goto(address(site))
        text = page.locator(".planner").inner_text()
        for one in questions():
            assert one.title in text
        assert not page.locator(".planner-live").is_visible()
        assert page.locator(".planner table.planner-static").count() == 2 * len(questions())


def test_it_fits_on_one_page_of_paper(page: Page) -> None:
    page.locator("#planner-campus_power").fill("150")
    settle(page)
    paper = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "1cm"))
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_script_and_data_are_small(site: Path) -> None:
    page = (site / "chapters" / "planner.html").read_text(encoding="utf-8")
    data = re.search(r'class="planner-data">(.*?)</script>', page, re.DOTALL)
    assert data
    formulas = (site / "_static" / "formulas" / "chapters-planner.js").stat().st_size
    assert len(data[1].encode()) + formulas <= 150_000


def test_each_door_of_the_landing_page_asks_its_question(page: Page, site: Path) -> None:
    page.goto((site / "index.html").as_uri())
    doors = page.locator(".doors a[href*='?ask=']").evaluate_all("links => links.map((link) => link.href)")
    assert len(doors) >= 4
    for door in sample(doors, 2, "doors of the landing page"):
        page.goto(door)
        assert page.locator(".planner-chip[aria-pressed=true]").get_attribute("data-ask") == door.rpartition("=")[2]
        assert answer(page)
