"""Every result through every way out of the book: the same number in the same unit, and a line that holds."""

from __future__ import annotations

import functools
import json
import re
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from calc import all_formulas, scenario_names
from calc.analysis.results import show_result, show_swept
from calc.analysis.sweep import sweep
from calc.base.errors import CalcError
from calc.base.memo import kept
from calc.base.unit_words import singular
from calc.base.units import convert, parse_unit
from calc.book.home import book_derivations, home
from calc.book.lookup import refer
from calc.book.releases import Release, compare, now
from calc.cli.compare import compared_results
from calc.cli.list_rows import listed
from calc.model.input import Input
from calc.publish.site_texts import llms
from calc.render import as_format, card, chain_graph, releases, tree
from calc.render.copies import _mathml, copies
from calc.render.pages.results import results
from calc.symbolic.printing import right_hand_side
from tests.sampling import sample

HOMES = [pytest.param(one, id=one.formula.id) for one in sample(book_derivations(), 110, "results through every way")]
SIGNS = {"=": "=", r"\approx": "≈"}


def plain(text):
    """Text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def found(pattern, text, flags=re.MULTILINE):
    """The first group of what a pattern finds."""
    return re.search(pattern, text, flags)[1]


def bare(text):
    """A value without the words on what it is, and without what stands beside it."""
    return re.sub(r"^[Aa]t (most|least) |(, from what .* states?)?(; .*)?$", "", plain(text))


def equation(derivation):
    """Symbols, numbers and result as the command line prints them, each behind its = or ≈."""
    lines = kept(derivation, equation, lambda: as_format(derivation, "text")).split("\n\n")[1].splitlines()
    return [line[len(derivation.formula.result.name) + 1 :] for line in lines]


def copy_of(derivation, name):
    return next(one.text for one in kept(derivation, copies, lambda: copies(derivation)) if one.name == name)


@functools.cache
def result_rows():
    return {found(r"\{ref\}`([a-z0-9-]+)`", row): row for row in results().split("\n* - {eq}")[1:]}


@functools.cache
def llms_rows():
    return dict(re.findall(r"/d/([a-z0-9-]+)\): (.*?); scenario ", llms([], [one.id for one in all_formulas()])))


@functools.cache
def new_results():
    """What a comparison with a release that had nothing calls new."""
    text = plain(releases.markdown(compare(Release("0.0.0", "", {}), now())))
    return dict(re.findall(r"^- `([a-z0-9-]+)`: new, (.*)\.$", text, re.MULTILINE))


def of_table(derivation):
    """A table of one input at its own value, with every other way in which it is not the book's: a sweep is."""
    leaf = derivation.leaves[0]
    made = sweep(derivation.formula, {leaf.quantity: [float(leaf.value)]}, derivation.scenario)
    given = derivation.formula.derive(derivation.scenario, **{leaf.quantity.name: float(leaf.value)})
    assert [shown.text for shown in show_swept(made)] == [show_result(given).text]
    return show_result(derivation).text


TEXTS = {
    "t2t show": lambda d: bare(equation(d)[2][2:]),
    "t2t list": lambda d: bare(listed([d.formula], d.scenario)[0]["result"]),
    "t2t compare": lambda d: bare(compared_results(d.formula, d.scenario, d.scenario)[1][0]),
    "t2t table": of_table,
    "t2t chain": lambda d: bare(found(r" = (.*), book$", tree.text(d).splitlines()[0])),
    "t2t chain in Markdown": lambda d: bare(found(r" = (.*), book(?:;|$)", tree.markdown(d).splitlines()[0])),
    "t2t diff": lambda d: new_results()[d.formula.id],
    "results page": lambda d: bare(found(r"\{page\}.*\n  - (.*)", result_rows()[d.formula.id])),
    "prose": lambda d: refer(f"{d.formula.id}; scenario {d.scenario.name}").text,
    "llms.txt": lambda d: bare(llms_rows()[d.formula.id]),
    "sentence": lambda d: bare(found(rf"^{re.escape(d.formula.title)}: (.*?)\. The Tokens", copy_of(d, "Sentence"))),
    "CSL": lambda d: bare(json.loads(copy_of(d, "CSL-JSON"))[0]["note"]),
    "plain text": lambda d: found(r"^[=≈] (.*)\n.*\nhttps", copy_of(d, "Plain text")),
    "plain text, in words": lambda d: bare(found(r"^(.*)\.\nhttps", copy_of(d, "Plain text"))),
    "chain in words": lambda d: found(
        r"(?:^|; )[^;]*? ([^ ]+(?:\N{NO-BREAK SPACE}[^ ]+)?) from [^;]*$", chain_graph.chain_words(d)
    ),
    "chain as SVG": lambda d: found(r'class="node result".*?class="value"[^>]*>([^<]*)<', chain_graph.chain(d)),
    "Python": lambda d: found(r": (.*)>$", repr(d)),
}
LATEX = {
    "card": lambda d: found(
        r"&(?:=|\\approx) \\bookquantity\{[a-z0-9-]+\}\{(.*)\}\n\\end\{aligned", card.derivation(d)
    ),
    "t2t show": lambda d: found(r"&(?:=|\\approx) (.*)\n\\end", as_format(d, "latex")),
    "t2t show in Markdown": lambda d: found(r"&(?:=|\\approx) (.*)\n\\end", as_format(d, "markdown")),
    "LaTeX": lambda d: found(r"&(?:=|\\approx) (.*)\n\\end", copy_of(d, "LaTeX")),
    "Markdown": lambda d: found(r"&(?:=|\\approx) (.*)\n\\end", copy_of(d, "Markdown")),
    "BibTeX": lambda d: found(r"note +\= \{(?:At (?:most|least) )?\$(.*?)\$,", copy_of(d, "BibTeX")),
}


@pytest.mark.parametrize("derivation", HOMES)
def test_a_result_reads_the_same_everywhere(derivation):
    wanted = show_result(derivation)
    texts = {way: plain(read(derivation)) for way, read in TEXTS.items()}
    assert texts == dict.fromkeys(TEXTS, plain(wanted.text))
    assert {way: read(derivation) for way, read in LATEX.items()} == dict.fromkeys(LATEX, wanted.latex)
    assert last_row(copy_of(derivation, "MathML"))[1:] == squeezed(wanted.text)


def last_row(markup):
    """The last row of an equation in MathML as text: ``≈210MW``; a power of ten is said as ``10^25``."""
    row = ElementTree.fromstring(re.sub(r' xmlns="[^"]+"', "", markup)).findall(".//mtr")[-1]
    for power in row.iter("msup"):
        power[1].text = "^" + "".join(power[1].itertext())
        for part in list(power[1]):
            power[1].remove(part)
    return "".join(row.itertext()).replace("⋅", "·")


def squeezed(text):
    """The same of a text."""
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "−0123456789")
    return re.sub(r"10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)", lambda power: "10^" + power[1].translate(digits), plain(text)).replace(" ", "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        # As published or worked out by hand, to the digits that the ranges of their inputs leave.
        ("training-energy", "30.4 GWh"),  # 4.5 kW × 3,125 × 90.02 d = 30.38 GWh
        ("total-facility-energy", "134 GWh"),  # 133.65
        ("energy-per-resident", "608 kWh/(person·month)"),  # 607.6
        ("overhead-power", "2.53 MW"),  # 14.06 MW × 0.18
        ("fleet-power", "210 MW"),  # 20,157 servers × 10.2 kW = 205.6
    ],
)
def test_known_results(name, text):
    derivation = next(one for one in book_derivations() if one.formula.id == name)
    assert {plain(read(derivation)) for read in TEXTS.values()} == {text}


def test_a_table_of_thousands_has_the_digits_of_its_first_row():
    formula = next(one for one in all_formulas() if one.id == "energy-per-resident")
    names = [leaf.quantity for leaf in home(formula).leaves if isinstance(leaf, Input)]
    made = sweep(formula, {names[0]: [float(home(formula).scenario.get(names[0]).value)] * 6000}, "gpt-4")
    assert len({shown.text for shown in show_swept(made)}) == 1


NUMBER = r"[−-]?[\d,.]+(?:×10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
UNIT = r"(?: (?:[^ ,()⌉⌋]|\([^ ()]*\))+)?"


def read_back(text):
    """A printed number with its unit as the command line takes it, and one of its last digit."""
    number, _, unit = text.partition(" ")
    mantissa, _, power = number.replace(",", "").replace("−", "-").partition("×10")
    power = power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or "0"
    return f"{mantissa}e{power}", singular(unit.replace("·", "*")) or "1", len(mantissa.partition(".")[2]) - int(power)


def printed_numbers(derivation):
    """What a derivation's text has in the places of its inputs, its sign, and its result."""
    formula = derivation.formula
    _, line, last, *_ = equation(derivation)
    # Each place by its number, since a name may stand in another.
    names = [q.name for q in formula.inputs]
    places = {name: f"<{at}>" for at, name in enumerate(names)}
    parts = re.split(r"<(\d+)>", right_hand_side(formula.written, places))
    pattern, seen = re.escape(parts[0]), set()
    for at, after in zip(parts[1::2], parts[2::2], strict=True):
        name = names[int(at)]
        pattern += (f"(?P={name})" if name in seen else f"(?P<{name}>{NUMBER}{UNIT})") + re.escape(after)
        seen.add(name)
    return re.fullmatch(pattern, line[2:]), last[0], bare(last[2:])


@pytest.mark.parametrize("name", sample(scenario_names(), 40, "scenarios whose lines are read"))
def test_a_printed_line_holds_or_says_about(name):
    """Whoever puts the printed numbers into the formula finds the printed result behind =, and another behind ≈."""
    wrong = []
    for formula in all_formulas():
        try:
            derivation = formula.derive(name)
            derivation.exact  # noqa: B018
        except CalcError:
            continue
        match, sign, result = printed_numbers(derivation)
        assert match, as_format(derivation, "text")
        number, unit, places = read_back(result)
        try:
            inputs = {key: " ".join(read_back(text)[:2]).removesuffix(" 1") for key, text in match.groupdict().items()}
            made = convert(Fraction(formula(**inputs)), formula.result.parsed_unit, parse_unit(unit), name)
        except CalcError:
            made = Fraction(10) ** 99
        off = abs(made - Fraction(number)) * Fraction(10) ** places
        about = formula.result.domain.whole and sign != "="  # nobody counts about 128,205 servers
        if about or (off <= Fraction(500001, 1000000)) != (sign == "="):
            wrong.append((formula.id, match.group(), sign, result, float(made)))
        latex = re.findall(r"&(=|\\approx) ", as_format(derivation, "latex"))[-1]
        assert SIGNS[latex] == sign == last_row(_mathml(derivation))[0]
    assert wrong == []
