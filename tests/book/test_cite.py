"""What a citation leads to: permanent pages, records beside the site, and what pages say of themselves."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html import unescape
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from _ext.site.permanent import published
from calc import all_formulas, formula_by_id
from calc.book.citation_file import address
from calc.book.home import book_derivations
from calc.publish import export
from calc.publish.openapi import DESCRIPTION
from calc.render.citation_parts import link
from calc.render.copies import copies
from tests.book.building import FRONT, ROOT, build, change, moved, small_book

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]
CITED: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_every_id_that_was_ever_published_leads_to_a_derivation(site: Path) -> None:
    ids, renamed = published()
    assert len(ids) > 20
    for name in {*ids, *(formula.id for formula in all_formulas())}:
        page = (site / "d" / name / "index.html").read_text(encoding="utf-8")
        if name in renamed:
            assert f"url=../{renamed[name]}/index.html" in page
            assert (site / "d" / renamed[name] / "index.html").is_file()
            with pytest.raises(ValueError, match=name):
                formula_by_id(name)
        else:
            assert f"<code>{name}</code>" in page
            assert '<article aria-labelledby="card-title" class="derivation quiet" id="card">' in page
    assert set(renamed) <= set(ids)
    assert not set(renamed.values()) & set(renamed), "one step, not a chain of them"


def test_an_old_id_leads_on(tmp_path: Path) -> None:
    chapter = (
        FRONT + "# One\n\n## Two\n\n```{code-cell}\nfrom calc import matmul_flop\nmatmul_flop.derive('gpt-4')\n```\n"
    )
    inputs = "# Inputs\n\n(input-gpt-4-m)=\nHere.\n\n```{bibliography}\n:all:\n```\n"
    book = small_book(tmp_path / "book", one=chapter, inputs=inputs)
    change(book / "redirects.toml", "[renamed]", '[renamed]\nproduct-flop = "matmul-flop"')
    result = build(book, tmp_path / "out", "html")
    assert result.returncode == 0, result.stderr
    old = (tmp_path / "out" / "html" / "d" / "product-flop" / "index.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../matmul-flop/index.html" />' in old
    assert (tmp_path / "out" / "html" / "d" / "matmul-flop" / "index.html").is_file()


def test_a_cited_address_is_that_of_a_page(site: Path) -> None:
    for shown in book_derivations():
        place = link(shown).removeprefix(address())
        assert (site / place / "index.html").is_file(), place


def test_records_lie_beside_the_site(site: Path) -> None:
    for name, content in export.files().items():
        assert (site / name).read_bytes() == content, name
    schema = json.loads((site / export.SCHEMA).read_text(encoding="utf-8"))
    check = jsonschema.validators.validator_for(schema)(schema)
    for file in (site / "derivations").glob("*.json"):
        check.validate(json.loads(file.read_text(encoding="utf-8")))


def test_each_equation_is_a_drawing_and_mathml_by_itself(site: Path) -> None:
    for shown in book_derivations():
        drawing = ET.parse(site / "d" / shown.formula.id / "equation.svg").getroot()
        assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
        assert len(drawing.findall("{http://www.w3.org/2000/svg}path")) >= 4, shown.formula.id
        (mathml,) = [one.text for one in copies(shown) if one.name == "MathML"]
        assert ET.fromstring(mathml).tag == "{http://www.w3.org/1998/Math/MathML}math"


def told(page: Path) -> tuple[dict[str, list[str]], dict[str, Any]]:
    """What a page's head says of it: tags by name, and schema.org."""
    text = page.read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta name="([^"]+)" content="([^"]*)"', text):
        found.setdefault(name, []).append(unescape(content))
    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    return found, json.loads(described)


def test_pages_say_what_citation_cff_says(site: Path) -> None:
    names = [who["name"] for who in CITED["authors"]]
    shown = ["chapters/training-energy.html", "chapters/how-to-cite.html", "d/training-energy/index.html"]
    for name in ["index.html", *shown]:
        tags, described = told(site / name)
        assert tags["citation_author"] == tags["DC.creator"] == names
        assert [who["name"] for who in described["author"]] == names
        assert tags["DC.date"] == [described["datePublished"]] == [CITED["date-released"]]
        assert tags["citation_publication_date"] == [CITED["date-released"].replace("-", "/")]
        assert described["version"] == str(CITED["version"])
        assert tags["citation_title"] == tags["DC.title"] == [described["name"]]
        assert tags["citation_public_url"] == tags["DC.identifier"] == [described["url"]]
        assert described["url"].startswith(f"{CITED['url']}/v{CITED['version']}/")
        whole = tags["citation_title"] if name == "index.html" else tags["citation_inbook_title"]
        assert whole == [CITED["title"]]
        assert name == "index.html" or described["isPartOf"]["name"] == CITED["title"]
    assert told(site / "d/training-energy/index.html")[1]["identifier"] == "training-energy"


def test_a_shared_link_has_title_description_and_address(site: Path) -> None:
    pages = [site / "index.html", *(site / "chapters").glob("*.html"), *(site / "d").glob("*/index.html")]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        shared = {
            name: unescape(said) for name, said in re.findall(r'<meta property="og:(\w+)" content="([^"]*)"', text)
        }
        tags, _ = told(page)
        assert [shared["title"]] == tags["citation_title"], page
        assert [shared["url"]] == tags["citation_public_url"], page
        assert shared["site_name"] == CITED["title"]
        assert [shared["description"]] == tags["description"], page
        assert 20 < len(shared["description"]) <= 200, page
        assert text.count("og:title") == text.count('name="description"') == 1, page


def test_a_chapter_is_described_by_its_answer(site: Path) -> None:
    text = re.search(r'<div class="lede [^>]*>(.*?)</div>', (site / "chapters/grid.html").read_text("utf-8"), re.DOTALL)
    assert text
    answer = " ".join(unescape(re.sub(r"<[^>]+>", "", text[1])).split())
    (said,) = told(site / "chapters/grid.html")[0]["description"]
    assert answer.startswith(said.removesuffix(" …"))


def test_every_page_says_how_to_cite_it(site: Path) -> None:
    for page in {site / "index.html", *(site / "chapters").glob("*.html")} - moved(site):
        assert 'id="cite-page-0"' in page.read_text(encoding="utf-8"), page.name


def test_what_the_api_describes_is_on_the_site(site: Path) -> None:
    """For each path, and for the one of every derivation whose card the site has."""
    described = json.loads((site / DESCRIPTION).read_text(encoding="utf-8"))
    assert described["servers"][0]["url"] == address().removesuffix("/")
    paths = {path.removeprefix("/") for path in described["paths"]}
    assert {path for path in paths if "{" not in path and not (site / path).is_file()} == set()
    shown = [one["id"] for one in json.loads((site / "derivations.json").read_text(encoding="utf-8"))["derivations"]]
    assert all((site / f"derivations/{name}.json").is_file() for name in shown)
    assert [one["id"] for one in json.loads((site / "formulas.json").read_text(encoding="utf-8"))["formulas"]] == shown


def test_sitemap_and_llms_list_every_page_and_derivation(site: Path) -> None:
    urls = [str(found.text) for found in ET.parse(site / "sitemap.xml").iter() if found.tag.endswith("loc")]
    llms = (site / "llms.txt").read_text(encoding="utf-8")
    assert len(urls) == len(set(urls))
    wanted = {
        address(),
        *(address(f"chapters/{page.name}") for page in {*(site / "chapters").glob("*.html")} - moved(site)),
    }
    wanted |= {address(f"d/{formula.id}") for formula in all_formulas()}
    assert set(urls) == wanted
    assert all(f"]({url})" in llms for url in wanted)
    for local in re.findall(rf"\]\({re.escape(address())}([^)]*)\)", llms):
        assert (site / local).exists(), local


def test_another_project_can_cite_a_derivation_by_its_id(site: Path, tmp_path: Path) -> None:
    names = [formula.id for formula in all_formulas()]
    (tmp_path / "conf.py").write_text(
        "extensions = ['sphinx.ext.intersphinx']\n"
        f"intersphinx_mapping = {{'t2t': ({address()!r}, {str(site / 'objects.inv')!r})}}\n"
    )
    text = "Theirs\n======\n\n" + "\n".join(f"* :external+t2t:ref:`{name}`" for name in names) + "\n"
    (tmp_path / "index.rst").write_text(text)
    command = [sys.executable, "-m", "sphinx", "-n", "-W", "-q", "-b", "html", ".", "out"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    for name in names:
        assert f'href="{address()}d/{name}/"' in page, name  # the address that stays
    assert "Training energy" in page
