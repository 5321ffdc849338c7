"""Citations, read by parsers that are not ours."""

from __future__ import annotations

import json
import re
from fractions import Fraction

import pytest

import calc
from calc import load_scenario, training_energy
from calc.base.errors import UnknownNameError
from calc.book.home import book_derivations
from calc.render.citation import STYLES, as_style
from calc.render.citation_parts import Page, book_page, link
from tests.calc.support import refused
from tests.together import each

THINGS = [
    *(pytest.param(derivation, id=derivation.formula.id) for derivation in book_derivations()),
    pytest.param(training_energy.derive(servers=5000, server_power="10.2 kW/server"), id="own"),
    pytest.param(Page("Watts & hours: 50 % of it_all #1", "chapters/watts.html"), id="chapter"),
    pytest.param(book_page(), id="book"),
]


@each("cited", THINGS)
def test_bibtex_is_read_by_pybtex(cited):
    database = pytest.importorskip("pybtex.database")
    ((_, entry),) = database.parse_string(as_style(cited, "bibtex"), "bibtex").entries.items()
    from pybtex.richtext import Text

    assert str(Text.from_latex(str(entry.persons["author"][0]))).strip("{}") == "The Tokens to Terawatts authors"
    assert entry.fields["url"] == link(cited)
    title = str(Text.from_latex(entry.fields["title"]))
    assert title.endswith(cited.title if isinstance(cited, Page) else cited.formula.title)


def test_csl_is_read_by_citeproc():
    citeproc = pytest.importorskip("citeproc")
    from citeproc.source.json import CiteProcJSON

    items = [json.loads(as_style(param.values[0], "csl"))[0] for param in THINGS]
    source = CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        made.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    shown = [str(one) for one in made.bibliography()]
    assert len(shown) == len({item["id"] for item in items})
    line = next(one for one in shown if "Training energy" in one and "Own" not in one)
    assert "Tokens to Terawatts" in line
    assert "2026" in line


def test_what_is_changed_is_never_the_book_s():
    own = training_energy.derive(servers=5000)
    for style in STYLES:
        text = as_style(own, style)
        assert "Own calculation" in text
        assert re.search(r"[Nn]ot a figure of the book", text)
        assert re.search(r"servers \$?= 5", text)
        assert "43.9" in text  # what the book has
        # The page shows the book's estimate, so the scenario goes along: the same number stands there.
        assert "?scenario=gpt-4&servers=5000#training-energy" in text
        assert "Own" not in as_style(training_energy.derive(), style)


def test_an_own_calculation_has_its_band_scenario_sources_and_a_key_of_its_own():
    first = training_energy.derive("gpt-4-estimate", gpus=20_000, flop_utilisation=0.4)
    second = training_energy.derive("gpt-4-estimate", gpus=20_000, flop_utilisation=0.41)
    for style in STYLES:
        text = as_style(first, style)
        assert "in nine draws of ten" in text
        assert "scenario gpt-4-estimate" in text
        assert "flagperf2023a100" in text  # whence the power of a server is
    keys = [re.match(r"@misc\{([a-z0-9-]+),", as_style(one, "bibtex"))[1] for one in (first, second)]
    assert len({*keys, "t2t-training-energy"}) == 3
    assert json.loads(as_style(first, "csl"))[0]["id"] == keys[0]


def test_two_models_are_named_in_every_style():
    for style in STYLES:
        assert "of two models: GPT-4's run" in as_style(calc.breakeven_time.derive(), style)


def test_a_scenario_of_one_s_own_is_never_the_book_s(tmp_path):
    file = tmp_path / "gpt-4.toml"  # named as one of the book's
    file.write_text('extends = "gpt-4"\n[inputs.pue]\nvalue = 1.5\nkind = "assumption"\nnote = "hot"\n', "utf-8")
    found = calc.training_facility_energy.derive(load_scenario(file))
    assert "Own calculation" in found.cite()
    assert "pue = 1.5 (in the book 1.2)" in found.cite()
    # What none of its numbers touches is the book's still.
    assert "Own calculation" not in training_energy.derive(load_scenario(file)).cite()
    alone = tmp_path / "alone.toml"
    alone.write_text('[inputs.gpus]\nvalue = 8\nunit = "GPU"\nkind = "assumption"\nnote = "mine"\n', "utf-8")
    text = calc.server_count.derive(load_scenario(alone), gpus_per_server=8).cite()
    assert "Own calculation" in text
    assert "where the book has" not in text


def test_a_link_carries_numbers_that_the_pages_can_read():
    found = training_energy.derive("gpt-4-estimate", server_power=Fraction(1, 3), servers="7 to 9")
    query = link(found).partition("?")[2].partition("#")[0]
    for part in query.split("&"):  # as _static/address.js has it
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,40}=[0-9.eE+-]{1,30}(~[0-9.eE+-]{1,30}){0,2}", part)


def test_a_citation_says_where_the_case_starts_from_and_what_was_chosen():
    found = training_energy.derive("gpt-4", accelerator="h100", servers=7)
    for style in STYLES:
        assert "?scenario=gpt-4&accelerator=h100-sxm&servers=7#training-energy" in as_style(found, style)


def test_a_citation_has_the_case_where_no_page_opens_it():
    """No page starts from a series: its link has the numbers of all inputs, and the case stands before it."""
    found = calc.doubling_time.derive("chatgpt-users", span="2 year")
    for style in STYLES:
        assert "case scenario=chatgpt-users&span=2" in as_style(found, style).replace("\\", "")


def test_unknown_style():
    with refused(UnknownNameError, "'bibtx' is not a style", "text, bibtex, csl", "'bibtex'?"):
        training_energy.derive().cite("bibtx")


def test_python_has_the_same_as_the_command_line():
    found = training_energy.derive()
    assert "\\begin{aligned}" in found.to_latex()
    assert found.to_markdown().startswith("**Training energy**")
    assert found.cite("text").startswith(
        "Training energy: at most 43.9 GWh, from what the article states; the book’s estimate"
    )
