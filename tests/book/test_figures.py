"""Each figure in prose leads to a card on which, with the inputs of the link, the same number stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from calc import formula_by_id
from calc.analysis.bands import percentiles
from calc.analysis.serving_coverage import is_beyond
from calc.analysis.standing import standing
from calc.base.errors import CalcError
from calc.base.quantities import Quantity, quantity
from calc.base.unit import Unit
from calc.base.units import convert, parse_unit
from calc.book.home import home
from calc.model.chain import derive
from calc.model.registry import all_formulas
from calc.model.step import Step
from tests.sampling import sample

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]

FIGURE = re.compile(
    r'<a class="reference internal[^"]*" href="([^"]*)"><span class="calc-value">(.*?)</span></a>'
    r"(?: (million|billion) dollars)?"
)
DOLLARS = {"million": "MUSD", "billion": "GUSD"}  # words that stand for a unit left out
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
UNIT = "\N{NO-BREAK SPACE}"  # what stands before a unit
SCALES = {"thousand": "³", "million": "⁶", "billion": "⁹", "trillion": "¹²"}
SAID = {  # what a sentence says of a unit, and the unit
    "GPU-hour": "GPU·h", "grams of CO₂e": "gCO2e", "kilograms of CO₂e": "kgCO2e", "tonnes of CO₂e": "tCO2e",
    "tonnes": "t", "dollars": "USD", "litres": "L", "seconds": "s", "minutes": "min", "hours": "h",
    "for a million tokens": "a Mtoken", "for a thousand tokens": "a ktoken",
}  # fmt: skip
TIGHT = Fraction(1000001, 1000000)
CARDS = {formula.id for formula in all_formulas()}


def figures(site: Path) -> Iterator[tuple[str, str, str]]:
    """The page, the address and the text of each figure that leads to a card."""
    for page in (site / "index.html", *sorted((site / "chapters").glob("*.html"))):
        for href, text, dollars in FIGURE.findall(page.read_text(encoding="utf-8")):
            if urlsplit(unescape(href)).fragment in CARDS:
                bare = dollars and UNIT not in unescape(text)
                yield page.stem, unescape(href), unescape(text) + (UNIT + DOLLARS[dollars] if bare else "")


def followed(address: str) -> Step:
    """What the card shows that an address leads to, worked out as its calculator does: the card's inputs, and those."""
    parts = urlsplit(address)
    formula = formula_by_id(parts.fragment)
    # As the pages read an address: a plus is a plus, as in 6e+24, and no space.
    given = dict(part.split("=", 1) for part in parts.query.split("&")) if parts.query else {}
    numbers = {
        name: SimpleNamespace(magnitude=Fraction(value), units=quantity(name).unit) for name, value in given.items()
    }
    return derive(formula, home(formula).scenario, numbers)


def unsaid(text: str) -> str:
    """A figure that is said in words, as a card prints it: 2.5×10⁹ people of 2.5 billion people."""
    scale = "|".join(SCALES)
    text = re.sub(rf"^(\d+,[\d,]+)(?= to [\d.]+{UNIT}(?:{scale}))", r"\1×10⁰", text)  # a number with a power of its own
    text = re.sub(rf"(?<=\d){UNIT}({scale})( (?!to ))?", lambda m: f"×10{SCALES[m[1]]}{UNIT if m[2] else ''}", text)
    number, gap, unit = text.partition(UNIT)
    for said, plain in SAID.items():
        unit = unit.replace(said, plain)
    unit = re.sub(r" a (\w+) for each (\w+)$", r"/(\2·\1)", unit)
    return number + gap + re.sub(r"^(.+) an? (\S+)$", r"\1/(\2)", unit)


def printed(text: str) -> list[tuple[Fraction, Fraction]]:
    """The numbers in a text, each with half of its last place that counts; one power of ten holds for both ends."""
    found = NUMBER.findall(text.partition(UNIT)[0])
    said = [raised.translate(RAISED) for _, raised in found if raised]
    told = []
    for number, raised in found:
        plain, power = number.replace(",", ""), int(raised.translate(RAISED) or (said or ["0"])[0])
        place = -len(plain.partition(".")[2]) if "." in plain else len(plain) - len(plain.rstrip("0"))
        told.append((Fraction(plain) * Fraction(10) ** power, Fraction(10) ** (power + place) / 2))
    return told


def unit_of(text: str) -> Unit | None:
    """The unit that a text names, in the plural or not; None where it leaves it out."""
    words = text.partition(UNIT)[2].replace("·", "*").replace("people", "person")
    if not words:
        return None
    try:
        return parse_unit(words)
    except CalcError:
        return parse_unit(re.sub(r"([a-z])s\b", r"\1", re.sub(r"ies\b", "y", words)))


def band_of(step: Step) -> tuple[float, ...]:
    """The ends of its band; none where some draws have no result, and the card therefore no band."""
    try:
        return tuple(percentiles(step) or ())
    except CalcError:
        return ()


def there(step: Step) -> list[tuple[Quantity, Fraction]]:
    """Every value that stands on the card: the result, the inputs, and the ends of the ranges, the estimate's too."""
    result, estimate = step.formula.result, standing(step).estimate
    ends = [Fraction(end) for one in (step, estimate) if one for end in (*(one.range or ()), *band_of(one))]
    inputs = [(used.quantity, used.value) for one in step.chain for used in one.used]
    return [(result, step.exact), *inputs, *((result, end) for end in ends)]


def stands(number: Fraction, half: Fraction, values: list[tuple[Quantity, Fraction]], unit: Unit | None) -> bool:
    """Whether a printed number is one of these values."""
    for q, value in values:
        try:
            held = convert(value, q.parsed_unit, unit, q.name) if unit else value
        except CalcError:
            continue  # of another dimension
        if abs(held - number) <= half * TIGHT:
            return True
    return False


def wrong(figure: tuple[str, str, str]) -> bool:
    """Whether a figure's numbers are not all on its card."""
    _, address, text = figure
    text = unsaid(text)
    values = there(followed(address))
    return not all(stands(number, half, values, unit_of(text)) for number, half in printed(text))


def test_a_changed_figure_would_be_found() -> None:
    address = "chapters/training-energy.html?server_power=6.5&training_time=90#training-energy"
    assert not wrong(("", address, f"43.9{UNIT}GWh"))
    assert wrong(("", address.replace("6.5", "6"), f"43.9{UNIT}GWh"))
    assert wrong(("", address, f"43.9{UNIT}MWh"))


def test_words_are_read_back() -> None:
    said = f"560{UNIT}million to 2.5{UNIT}billion people", f"2.5{UNIT}billion prompts a day", f"21{UNIT}million dollars"
    assert [unsaid(one).replace(UNIT, " ") for one in said] == [
        "560×10⁶ to 2.5×10⁹ people", "2.5×10⁹ prompts/(day)", "21×10⁶ USD",
    ]  # fmt: skip
    assert unsaid(f"750,000 to 2.4{UNIT}million prompts") == f"750,000×10⁰ to 2.4×10⁶{UNIT}prompts"
    assert unsaid(f"0.52{UNIT}dollars for a million tokens") == f"0.52{UNIT}USD/(Mtoken)"
    assert unsaid(f"922{UNIT}kWh a month for each household") == f"922{UNIT}kWh/(household·month)"


def test_the_number_stands_on_the_card_that_a_figure_leads_to(site: Path) -> None:
    found = list(figures(site))
    assert len(found) > 300
    assert [figure for figure in sample(found, 200, "figures that lead to a card") if wrong(figure)] == []


def test_no_figure_is_one_that_its_card_gives_no_value(site: Path) -> None:
    """Far from what was measured a card of serving has a bound; what prose says has to be a value there too."""
    assert is_beyond(followed("?batch=1#decode-step-time"))
    assert [figure for figure in figures(site) if urlsplit(figure[1]).query and is_beyond(followed(figure[1]))] == []
