"""A reader's case in Chromium: one for all cards of a page, in the address, in every link, with ranges of one's own."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from calc import all_formulas
from calc.analysis.bands import percentiles
from calc.analysis.results import show_result
from calc.analysis.standing import sure_words
from calc.api import Formula
from calc.base.errors import CalcError
from calc.base.quantities import all_quantities, quantity
from calc.base.values import own_unit_range
from calc.book.home import home
from calc.cli.app import main
from tests import sampling

pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]


def opened(page: Page, site: Path, name: str = "training-energy", search: str = "", chapter: str = "") -> Locator:
    """A card of a chapter, with its inputs in view."""
    page.goto(f"{(site / 'chapters' / f'{chapter or name}.html').as_uri()}{search}#{name}")
    card = page.locator(f"article[id='{name}']")
    if card.locator(".fold-inputs").get_attribute("open") is None:
        card.locator(".fold-inputs > summary").click()
    return card


def field(card: Locator, name: str) -> Locator:
    return card.locator(f"input[aria-describedby$='-{name}-note']")


def case_of(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("book.theCase()")
    return found


def test_cards_of_a_page_share_what_was_changed(page: Page, site: Path) -> None:
    field(opened(page, site), "servers").fill("5000")
    other = page.locator("article[id='cluster-power']")
    assert "5,000" in other.locator(":scope > .math-block mtr").nth(1).evaluate("e => e.textContent")
    assert field(other, "servers").input_value() == "5,000"
    other.locator(".fold-inputs > summary").click()
    field(other, "server_power").fill("6")
    assert field(page.locator("article[id='training-energy']"), "server_power").input_value() == "6"
    page.wait_for_url("**?servers=5000&server_power=6#cluster-power")


def test_the_banner_says_undoes_resets_and_copies(page: Page, site: Path) -> None:
    card, banner = opened(page, site), page.get_by_role("region", name="Your case")
    before = card.locator(":scope > .math-block").inner_text()
    field(card, "servers").fill("5000")
    field(card, "server_power").fill("6")
    assert banner.locator("li").all_inner_texts() == [
        "servers in the run: 5,000\N{NO-BREAK SPACE}servers book: 3,125\N{NO-BREAK SPACE}servers",
        "power of one server: 6\N{NO-BREAK SPACE}kW/server book: 4.5\N{NO-BREAK SPACE}kW/server",
    ]
    copy = banner.get_by_role("button", name="Copy link")
    copy.focus()
    page.keyboard.press("Enter")
    wanted = "?servers=5000&server_power=6#training-energy"
    page.wait_for_function("end => navigator.clipboard.readText().then((text) => text.endsWith(end))", arg=wanted)
    undo = banner.get_by_role("button", name="Undo")
    undo.press("Enter")
    assert list(case_of(page)["given"]) == ["servers"]
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    banner.get_by_role("status").filter(has_text="5,000").wait_for()
    banner.get_by_role("button", name="Reset all").press("Enter")
    assert card.locator(":scope > .math-block").inner_text() == before
    undo.press("Enter")  # a reset can be taken back too
    assert list(case_of(page)["given"]) == ["servers"]
    undo.press("Enter")
    assert banner.is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "H1"


def test_links_carry_the_case_and_keep_inputs_of_their_own(page: Page, site: Path) -> None:
    card = opened(page, site, "site-electricity-cost", chapter="campus-cost")
    own = page.locator("a[href^='?electricity_price=']").first
    first = str(own.get_attribute("href"))
    field(card, "electricity_price").fill("0.1")
    field(card, "load_factor").fill("70")
    assert own.get_attribute("href") == first.replace("#", "&load_factor=0.7#")
    away = page.locator("a.reference.internal[href*='.html']").evaluate_all(
        "links => links.map((link) => link.getAttribute('href'))"
    )
    assert len(away) > 20
    assert [one for one in away if "electricity_price=" not in one and "search" not in one] == []
    card.get_by_role("button", name="Reset").click()
    assert own.get_attribute("href") == first
    assert not page.locator(".bd-sidebar a[href*='?']").count()


def test_a_case_goes_over_pages_that_do_not_know_it(page: Page, site: Path) -> None:
    """To the notation, which has no calculator, and from there to a card that uses the input."""
    page.goto((site / "chapters" / "notation.html").as_uri() + "?servers=5000&pue=1.3")
    link = page.locator("a[href*='training-energy.html']").first
    page.goto(link.evaluate("link => link.href"))
    assert list(case_of(page)["given"]) == ["servers", "pue"]
    assert field(page.locator("article[id='training-energy']"), "servers").input_value() == "5,000"


def test_a_name_of_another_page_is_kept(page: Page, site: Path) -> None:
    opened(page, site, search="?servers=5000&electricity_price=0.07")
    link = page.locator(".bd-sidebar a[href*='campus-cost.html'], .bd-sidebar-primary a[href*='cost.html']").first
    assert "electricity_price=0.07" in str(link.get_attribute("href"))


def random_address(random_numbers: Any) -> str:
    """Any case, as an address has it."""
    parts = [f"scenario=s-{random_numbers.randrange(99)}"] if random_numbers.random() < 0.3 else []
    parts += [f"place=p{random_numbers.randrange(9)}"] if random_numbers.random() < 0.3 else []
    names = random_numbers.sample([q for q in all_quantities() if not q.domain.whole], random_numbers.randint(1, 5))
    sought = random_numbers.choice(names).name if random_numbers.random() < 0.3 else ""
    for q in names:
        low, high = max(q.domain.low, 0.01), min(q.domain.high, 1e6)
        ends = sorted(random_numbers.uniform(low, high) for _ in range(3))
        texts = [repr(one) for one in ends]
        chosen = random_numbers.choice([texts[:1], texts[::2], texts])
        parts.append(f"{q.name}=" if q.name == sought else f"{q.name}={'~'.join(chosen)}")
    return "&".join(parts)


def test_address_to_case_to_address_is_the_identity(page: Page, site: Path) -> None:
    opened(page, site)
    random_numbers = sampling.numbers("addresses")
    wanted = [random_address(random_numbers) for _ in range(sampling.cases(1000, 200))]
    found = page.evaluate("all => all.map((one) => book.writeCase(book.readCase('?' + one)))", wanted)
    for one, again in zip(wanted, found, strict=True):
        numbers = [part.partition("=") for part in one.split("&")]
        for (name, _, text), (other, _, said) in zip(
            numbers, (part.partition("=") for part in again.split("&")), strict=True
        ):
            assert name == other
            same = [
                float(a) == float(b) for a, b in zip(text.split("~"), said.split("~"), strict=True) if _is_number(a)
            ]
            assert all(same), (text, said)
    assert page.evaluate("all => all.map((one) => book.writeCase(book.readCase('?' + one)))", found) == found


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


HOSTILE = [
    "servers=5~3", "servers=3~3", "servers=1~2~3~4", "servers=3~9~5", "servers=~3", "servers=3~", "pue=0.5~2",
    "pue=1~1e14", "servers=3.5~7", "scenario=a&scenario=b", "scenario=<b>", "model=", "claim=%E0%A4%A", "nonsense=1~2",
    "servers=&pue=", "__proto__=1~2", "servers=1~2&servers=1~2", "pue=1e400~2", "pue=1~NaN", "ask=a b",
]  # fmt: skip


def test_a_hostile_address_is_refused_whole(page: Page, site: Path) -> None:
    opened(page, site)
    refused = page.evaluate(
        """all => all.filter((one) => {
            try { book.readCase("?pue=1.3&" + one); } catch (problem) { return !(problem instanceof book.Refusal); }
            return true;
        })""",
        HOSTILE,
    )
    assert refused == []
    opened(page, site, search="?server_power=6&servers=5~3")
    assert page.locator(".calc-page").count() == 1
    assert page.evaluate("[...book.cards.values()].some((card) => card.changed)") is False


TYPED = [
    "3 to 6.5", "3-6.5", "3–6.5", "3..6.5", "from 3 to 6.5", "between 3 and 6.5", "1 to 100", "6 ± 10 %", "6 +- 10%",
    "6 ± 0.5", "5 (3 to 6.5)", "1e-3 to 2e-3", "6.5 to 3", "3 to 3", "3 to", "a to b", "1 to 1e14",
    "-3 to 6", "6 ± 200 %", "5 kW (3000 W to 6.5)", "5 kW/server (3000 W/server to 6.5)",
]  # fmt: skip


@pytest.mark.parametrize("name", ["server_power", "servers", "server_load", "pue"])
def test_ranges_are_read_as_python_reads_them(page: Page, site: Path, name: str) -> None:
    page.goto((site / "chapters" / f"{'gpu-hours' if name == 'pue' else 'training-energy'}.html").as_uri())
    q = quantity(name)
    found = page.evaluate(
        """([name, unit, texts]) => texts.map((text) => {
            try { return book.rangeOf(text, name, unit); } catch (problem) {
                if (!(problem instanceof book.Refusal)) throw problem;
                return String(problem.message);
            }
        })""",
        [name, q.unit, TYPED],
    )
    for text, got in zip(TYPED, found, strict=True):
        try:
            wanted = own_unit_range(q, text)
        except CalcError:
            wanted = None
        if wanted is None:
            assert got is None or isinstance(got, str), (text, got)
            continue
        assert isinstance(got, dict), (text, got)
        ends = [got["ends"][0], got["value"], got["ends"][-1]]
        assert ends == pytest.approx([float(wanted.low), float(wanted.value), float(wanted.high)], rel=1e-14), text


def random_case(formula: Formula, random_numbers: Any) -> dict[str, list[float]]:
    """Inputs of a card's chain, each as a value or as the ends of a range, about what the book has."""
    shown = home(formula)
    used = {one.quantity: one.value for step in shown.chain for one in step.used}
    names = random_numbers.sample(sorted(used, key=lambda q: q.name), min(len(used), random_numbers.randint(1, 3)))
    found = {}
    for q in names:
        value = float(used[q]) or 0.5
        ends = sorted(value * random_numbers.uniform(0.6, 1.3) ** (3 if random_numbers.random() < 0.2 else 1)
                      for _ in range(random_numbers.choice([1, 2, 3])))  # fmt: skip
        ends = [float(round(one)) if q.domain.whole else float(f"{one:.6g}") for one in ends]
        if all(one in q.domain for one in ends) and ends == sorted(set(ends)):
            found[q.name] = ends
    return found


def as_python(name: str, ends: list[float]) -> Any:
    """What Python reads as the same."""
    between = f"{ends[0]!r} to {ends[-1]!r}"
    return ends[0] if len(ends) == 1 else between if len(ends) == 2 else f"{ends[1]!r} ({between})"


def test_page_python_and_command_line_agree_on_cases(
    page: Page, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Values to 1e-12, percentiles to 1e-9, and the printed texts."""
    random_numbers = sampling.numbers("cases")
    formulas = sampling.sample(all_formulas(), 12, "formulas of cases")
    each, tried, drawn = -(-sampling.cases(1000, 36) // len(formulas)), 0, 0
    for formula in formulas:
        place = site / "d" / formula.id / "index.html"
        if not place.exists():
            continue
        page.goto(place.as_uri())
        for _ in range(each):
            case = random_case(formula, random_numbers)
            if not case:
                continue
            search = "&".join(f"{name}={'~'.join(map(repr, ends))}" for name, ends in case.items())
            found = page.evaluate(READ, search)
            scenario = home(formula).scenario.name
            # Python refuses what has no effect beside the others, the page leaves it be.
            given = {name: as_python(name, ends) for name, ends in case.items() if not found or name in found["parts"]}
            try:
                step = formula.derive(scenario, **given)
                value = float(step.exact)
            except CalcError:
                assert found is None, (formula.id, case)
                continue
            assert found is not None, (formula.id, case)
            tried += 1
            assert math.isclose(found["value"], value, rel_tol=1e-12), (formula.id, case)
            assert found["text"] == show_result(step).text, (formula.id, case)
            try:
                wanted = percentiles(step)
            except CalcError:
                wanted = None
            if wanted and wanted[0] == wanted[-1] and found["percentiles"] is None and not sure_words(step):
                wanted = None  # what has a range is multiplied by 0: a page draws nothing, and neither shows a band
            drawn += bool(wanted)
            if wanted is None:
                assert found["percentiles"] is None, (formula.id, case)
                continue
            assert found["percentiles"] == pytest.approx(wanted, rel=1e-9), (formula.id, case)
            assert (found["band"] or "") == sure_words(step), (formula.id, case)
            if tried % 6 == 0:
                settings = [part for name, one in given.items() for part in ("--set", f"{name}={one}")]
                assert main(["show", formula.id, "--scenario", scenario, *settings, "--format", "json"]) == 0
                record = json.loads(capsys.readouterr().out)
                assert math.isclose(record["value"], found["value"], rel_tol=1e-12)
                assert [record["low"], record["high"]] == pytest.approx([wanted[0], wanted[-1]], rel=1e-9)
    assert tried > 20
    assert drawn > 10


READ = """search => {
    const card = book.cards.get("card");
    book.resetCase(card);
    try { book.openCase(book.readCase("?" + search), card); } catch (problem) {
        if (!(problem instanceof book.Refusal)) throw problem;
        return null;
    }
    const line = card.article.querySelector(":scope > .result-range");
    return {
        parts: [...book.leavesOf(card.formula, card.given)], value: book.evaluation(card.given)(card.result),
        text: card.shown(card.result).text,
        // A case that gives an input as the book has it changes nothing: the book's band stays, of the book's draws.
        percentiles: card.changed ? card.percentiles : line && !line.hidden ? book.percentiles(card.result, card.book,
            book.drawsOf(card.said.scenario, book.leavesOf(card.formula, card.book), {})) : null,
        band: line && !line.hidden && line.querySelector(".range-text").textContent,
    };
}"""
