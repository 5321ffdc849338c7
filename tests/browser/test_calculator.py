"""The cards' calculators in Chromium: what a reader does with them, and what an address may do to them."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page

from _ext.elements.trimmed import trimmed_script
from _ext.site.shipped import LATER, SCRIPTS
from calc import all_formulas, server_count, training_energy
from calc.analysis.sampling import uncertain
from calc.analysis.standing import sure_words
from calc.base.errors import CalcError, ChainError
from calc.base.numbers import show
from calc.model.scenario_file import scenario_names
from calc.render.hangs import hangs_words
from calc.render.page_style import page_style
from tests import sampling

STATIC = Path(__file__).parents[2] / "_static"
pytestmark = [pytest.mark.browser, pytest.mark.book, pytest.mark.xdist_group("calculating")]


@pytest.fixture
def energy(page: Page, site: Path) -> Locator:
    """The card of the training run's energy."""
    return card(page, site, "training-energy", "training-energy")


def card(page: Page, site: Path, chapter: str, name: str, search: str = "") -> Locator:
    """A card with its inputs in view: one press opens them, an address with numbers does by itself."""
    page.goto(f"{(site / 'chapters' / f'{chapter}.html').as_uri()}{search}#{name}")
    found = page.locator(f"article[id='{name}']")
    opener = found.locator(".fold-inputs > summary")
    opener.filter(has_text="Change inputs").wait_for()
    if found.locator(".fold-inputs").get_attribute("open") is None:
        opener.click()
    return found


def field(card: Locator, name: str) -> Locator:
    return card.locator(f"input[aria-describedby$='-{name}-note']")


def words(located: Locator) -> str:
    """The visible text of the equation's last two lines, without spaces."""
    return re.sub(r"\s", "", located.locator(":scope > .math-block mtable").evaluate("e => e.textContent"))


def result(card: Locator) -> str:
    """What stands behind the last row's = or ≈."""
    return str(card.locator(":scope > .math-block mtr").last.evaluate("e => e.textContent")).strip().lstrip("=≈")


def test_untouched_cards_say_what_the_page_says(still: Page, page: Page, page_files: list[Path]) -> None:
    seen = set()
    read = """cards => cards.map((card) =>
        [card.id, ...[...card.querySelectorAll("mtr")].map((row) => row.textContent.replace(/\\s/g, ""))])"""
    chosen = sampling.sample(page_files, 8, "pages of untouched cards")
    for file in chosen:
        if "article" not in (text := file.read_text(encoding="utf-8")) or 'class="card-data"' not in text:
            continue
        still.goto(file.as_uri())
        page.goto(file.as_uri())
        page.evaluate("() => { for (const card of book.cards.values()) card.render(); }")
        before, after = (p.locator("article.derivation").evaluate_all(read) for p in (still, page))
        assert before == after
        seen |= {one[0] for one in before}
        # A what-if's value is of no scenario.
        values = page.evaluate("""() => [...book.cards].filter(([id]) => !id.startsWith("what-if"))
            .map(([id, c]) => [c.formula.id, c.bookValue(c.result)])""")
        for name, value in values:
            assert any(math.isclose(value, wanted, rel_tol=1e-12) for wanted in values_of(name)), name
    assert len(seen) > 5
    assert seen >= {f.id for f in all_formulas()} or chosen != page_files


def values_of(name: str) -> list[float]:
    formula = next(f for f in all_formulas() if f.id == name)
    found = []
    for one in scenario_names():
        try:
            found.append(float(formula.derive(one).value))
        except ChainError:
            continue
    return found


def test_an_input_changes_result_and_line_at_once(energy: Locator) -> None:
    field(energy, "servers").fill("5000")
    wanted = show(training_energy.derive("gpt-4-estimate", servers=5000).exact, training_energy.result).text
    assert result(energy) == wanted.replace("\N{NO-BREAK SPACE}", "")
    assert "5,000servers" in words(energy)
    assert energy.locator(".scenario").inner_text() == "gpt-4-estimate, changed"
    assert energy.locator(".range-text").inner_text() == sure_words(
        training_energy.derive("gpt-4-estimate", servers=5000)
    )
    assert not energy.locator(".range-more").filter(visible=True).count()
    hangs, percent = energy.locator(".range-hangs").inner_text(), re.compile(r"\d+(?=\s%)")
    wanted = hangs_words(training_energy.derive("gpt-4-estimate", servers=5000))
    assert percent.sub("", hangs).strip() == percent.sub("", wanted)
    # Both estimate the share of the variance, by draws of their own; of inputs that go together none is said.
    for said, known in zip(percent.findall(hangs), percent.findall(wanted), strict=True):
        assert abs(int(said) - int(known)) <= 2
    again = energy.get_by_role("button", name="Derive it again")
    again.click()
    assert result(energy) == "30.4GWh"
    assert energy.locator(".range-text").inner_text() == sure_words(training_energy.derive("gpt-4-estimate"))
    assert energy.locator(".range-more, .range-hangs").filter(visible=True).count() == 2
    assert not again.is_visible()


def test_percentiles_follow_every_input_as_python_has_them(page: Page, site: Path) -> None:
    """One input of every card changed by a tenth: the browser draws what Python draws."""
    at: dict[str, list[Any]] = {}
    for formula in all_formulas():
        for name in scenario_names():
            try:
                derivation = formula.derive(name)
            except ChainError:
                continue
            if name == "gpt-4" and uncertain(derivation):
                at.setdefault(formula.id, []).append(derivation)
    wrong = {}
    chapters = sorted((site / "chapters").glob("*.html"))
    for file in sampling.sample(chapters, 7, "chapters for percentiles"):
        page.goto(file.as_uri())
        for name in page.evaluate("book => [...(window.book?.cards?.keys() || [])]"):
            if name not in at or page.locator(f"#{name} .scenario").inner_text() != "gpt-4":
                continue
            (derivation,) = at[name]
            used = derivation.used[0]
            value = float(used.value) * (1.1 if 1.1 * float(used.value) in used.quantity.domain else 1)
            value = round(value) if used.quantity.domain.whole else value
            page.evaluate(
                "([id, name, value]) => book.cards.get(id).put(name, value)", [name, used.quantity.name, value]
            )
            try:
                changed = derivation.formula.derive("gpt-4", **{used.quantity.name: value})
            except CalcError:
                continue
            wanted, line = sure_words(changed), page.locator(f"#{name} > .result-range")
            told = line.locator(".range-text").text_content() if line.count() and line.is_visible() else ""
            if told != wanted and value != float(used.value):
                wrong[name] = (told, wanted)
    assert wrong == {}, wrong


def test_units_can_be_switched(energy: Locator) -> None:
    energy.get_by_label("unit of length of the run").select_option("hour")
    # 6 × 280e9 × 13e12 FLOP at 36 % of 25,000 × 312 TFLOP/s
    assert field(energy, "training_time").input_value() == "2,160.494"
    assert "2,160.5hours" in words(energy)
    field(energy, "training_time").fill("1080")
    assert result(energy) == "15.2GWh"
    energy.get_by_label("unit of IT energy of the run").select_option("MWh")
    assert result(energy) == "15,200MWh"
    energy.get_by_label("unit of power of one server").select_option("W/server")
    assert field(energy, "server_power").input_value() == "4,500"
    energy.get_by_role("button", name="Reset").click()
    assert field(energy, "training_time").input_value() == "90.02058"
    assert result(energy) == "30.4GWh"


@pytest.mark.parametrize("text", ["abc", "-3", "0", "", "1e999", "NaN", "<img src=x onerror=alert(1)>", "9" * 500])
def test_what_is_refused_is_said_beside_the_field(energy: Locator, text: str) -> None:
    field(energy, "servers").fill("5000")
    power = field(energy, "server_power")
    power.fill(text)
    assert power.get_attribute("aria-invalid") == "true"
    note = energy.locator(f"[id='{power.get_attribute('aria-describedby')}']")
    assert ("”. " if text else "") + "Accepted: a finite number above 0" in note.inner_text()
    assert result(energy) == "48.6GWh"
    power.fill("13")
    assert power.get_attribute("aria-invalid") is None
    assert result(energy) == "140GWh"


def test_a_result_outside_its_domain_is_refused(page: Page, site: Path) -> None:
    use = card(page, site, "training-run", "flop-utilisation")
    before = result(use)
    field(use, "gpus").fill("100")
    assert "Then FLOP utilisation would be" in use.locator(".calc-error").inner_text()
    assert result(use) == before


def test_any_input_can_be_the_unknown(energy: Locator) -> None:
    choice = energy.get_by_label("Solve for")
    choice.select_option("training_time")
    field(energy, "training_energy").fill("78")
    assert field(energy, "training_time").input_value() == "231.111111111"
    assert result(energy) == "78GWh"
    choice.select_option("servers")
    field(energy, "training_energy").fill("100")
    assert "must be whole: " in energy.locator(".calc-error").inner_text()
    assert result(energy) == "78GWh"


def test_a_rounded_formula_shows_the_interval(page: Page, site: Path) -> None:
    count = card(page, site, "parallelism", "server-count")
    count.get_by_label("Solve for").select_option("gpus")
    field(count, "servers").fill("3000")
    text = count.locator("[id$='gpus-note']").inner_text().replace("\N{NO-BREAK SPACE}", " ")
    assert text.startswith("Any whole number from 23,993 to 24,000 GPUs gives this.")
    wanted = server_count.solve_for("gpus", servers=3000, gpus_per_server=8).interval
    assert wanted == (23993, 24000)


def test_the_keyboard_alone_reaches_changes_resets_and_shares(page: Page, energy: Locator) -> None:
    energy.locator(".fold-inputs summary").focus()
    reached = []
    for _ in range(20):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.innerText")
        )
        if reached[-1] == "servers in the run":
            page.keyboard.press("Control+A")
            page.keyboard.type("5000")
        if reached[-1] == "Copy link to this what-if":
            page.keyboard.press("Enter")
            page.locator(".calc-message", has_text="The link is copied").wait_for()
            link = page.evaluate("navigator.clipboard.readText()")
            assert link.endswith("?servers=5000#training-energy")
        if reached[-1] == "Reset":
            assert result(energy) == "48.6GWh"
            page.keyboard.press("Enter")
            break
    assert reached[-1] == "Reset"
    assert result(energy) == "30.4GWh"


def test_changes_are_announced(energy: Locator) -> None:
    status = energy.get_by_role("status")
    field(energy, "servers").fill("5000")
    status.filter(has_text="Training energy: 48.6").wait_for()
    field(energy, "servers").fill("5000.5")
    status.filter(has_text="Accepted: a whole number, at least 1").wait_for()


def test_an_address_brings_its_numbers_back(page: Page, energy: Locator, site: Path) -> None:
    energy.get_by_label("Solve for").select_option("server_power")
    field(energy, "training_energy").fill("30")
    field(energy, "servers").fill("2500")
    page.wait_for_url("**?servers=2500&server_power=&training_energy=30#training-energy")
    page.reload()
    assert field(energy, "training_energy").input_value() == "30"
    assert field(energy, "servers").input_value() == "2,500"
    assert math.isclose(
        float(field(energy, "server_power").input_value()),
        30e6 / 2500 / (6 * 280e9 * 13e12 / (25_000 * 312e12 * 0.36) / 3600),
        rel_tol=1e-9,
    )


def test_a_link_takes_along_what_was_changed_behind_it(page: Page, site: Path) -> None:
    energy = card(page, site, "training-energy", "training-energy", "?gpus=20000")
    assert result(energy) == "30.4GWh"  # fewer GPUs take longer: the energy stays
    energy.get_by_role("status").filter(has_text="Also changed: gpus 20,000").wait_for()
    energy.get_by_role("link", name="Server count").first.click()
    count = page.locator("article[id='server-count']")
    assert field(count, "gpus").input_value() == "20,000"


HOSTILE = [
    "<script>alert(1)</script>", "servers=<img src=x onerror=alert(1)>", "servers=alert(1)", "servers=-1",
    "servers=1e400", "servers=0", "servers=1e-300", "servers=2.5", "servers=1e308&training_time=1e308",
    "nonsense=1", "__proto__=1", "constructor=1", "toString=", "servers=5000&servers=6000", "servers=",
    "training_energy=-5", "pue=0.9", "servers=NaN", "servers=Infinity", "servers=0x10", "%00=1", "a" * 100_000,
    "servers=" + "9" * 100_000, "&".join(["gpus=1"] * 100), "servers=5000&nonsense=1",
    "server_power=&training_energy=1e-400",
]  # fmt: skip


@pytest.mark.parametrize("search", sampling.sample(HOSTILE, 8, "hostile addresses"), ids=lambda text: text[:30])
def test_a_hostile_address_changes_nothing_but_a_message(page: Page, site: Path, search: str) -> None:
    energy = card(page, site, "training-energy", "training-energy", "?" + search)
    energy.locator(".calc-tools").wait_for()
    assert result(energy) == "30.4GWh"
    assert field(energy, "servers").input_value() == "3,125"
    said = page.locator(".calc-page, .calc-error").first
    said.wait_for()
    assert not page.locator("img[src='x']").count()


def test_an_address_without_a_card_opens_on_all_of_the_page(page: Page, site: Path) -> None:
    page.goto((site / "chapters" / "training-energy.html").as_uri() + "?servers=5000#no-such-card")
    assert result(page.locator("article[id='training-energy']")) == "48.6GWh"
    page.goto((site / "chapters" / "training-energy.html").as_uri() + "?servers=-5#no-such-card")
    assert "nothing was changed" in page.locator(".calc-page").inner_text()
    assert result(page.locator("article[id='training-energy']")) == "30.4GWh"


@pytest.mark.parametrize("name", ["training-energy", "planner"])
def test_calculators_get_what_calc_says(page: Page, site: Path, name: str) -> None:
    page.goto("about:blank")
    page.add_script_tag(path=site / "_static" / "formulas" / f"chapters-{name}.js")
    assert page.evaluate("book.style") == json.loads(json.dumps(page_style()))


def test_scripts_stay_small() -> None:
    """Ours; what the theme, Sphinx and the extensions bring is 22 kB more on every page."""
    sources = {
        kind: sum(len(trimmed_script((STATIC / name).read_text("utf-8")).encode()) for name in names)
        for kind, names in SCRIPTS.items()
    }
    assert sources.pop("planner") <= 60_000
    assert max(sources.values()) <= 45_000
    later = {name for kind, names in LATER.items() if kind != "chart" for name in names}
    assert max(len(trimmed_script((STATIC / name).read_text("utf-8")).encode()) for name in later) <= 4_000
    chart = sum(len(trimmed_script((STATIC / name).read_text("utf-8")).encode()) for name in LATER["chart"])
    assert chart <= 12_000
    # Buttons that copy are ours since no extension brings them, which took 16 kB more.
    assert SCRIPTS["page"] == ("page.js", "copy.js"), "a page without calculators has no use for their code"
    copy = len(trimmed_script((STATIC / "copy.js").read_text("utf-8")).encode())
    assert copy <= 1_300
    assert sources["page"] - copy <= 700
