"""The site's search: an index made of the pages as they stand, in a script that only the search page loads.

A script of data rather than a file that is fetched, so that it works from files and without a network too. Sphinx's own
index knows words and pages; here each card, section, term, model, input and source is found by itself, with its text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import lxml.html
from sphinx.search import IndexBuilder
from sphinx.search.en import SearchEnglish
from sphinx.util.parallel import ParallelTasks, SerialTasks

from _ext.state import beside, homes
from calc.base.text_files import file_text
from calc.base.toml_tables import ANY, Key, read
from calc.publish.search_entries import Entry, card_entries, symbol_entries

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

PAGE, INDEX, WORDS = "search", "search-index.js", "search_words.toml"
# What a page says elsewhere, or not in words.
_LEFT_OUT = {"script", "style", "svg", "annotation", "article", "section", "nav", "button", "summary", "thead"}
_HIDDEN = {"headerlink", "fold-cite", "cell_input", "tag_hide-input", "toctree-wrapper", "book-parts", "eqno"}
_BLOCKS = {"p", "li", "dt", "dd", "td", "th", "div", "figcaption", "tr", "h1", "h2", "h3", "h4"}
# Pages of tables, of which each row is found by itself or by its card.
_BY_ROW, _BY_CARD = {"inputs", "bibliography"}, {"results", "notation", "ledger", "history", "coverage"}
_LISTS = (
    _BY_ROW
    | _BY_CARD
    | {
        "due",
        "status",
        "licences",
        "glossary",
        "catalogue",
        "how-to-cite",
        "index",
        "python",
        "command-line",
        "extend",
    }
)
_MOST = 4_000  # characters of one entry


def page_entries(html: str, name: str) -> Iterator[Entry]:
    """What one page of the book has to find: itself, its sections, terms, models and rows.

    Examples
    --------
    >>> page = '<article class="bd-article"><section id="a"><h1>1. Water?<a class="headerlink">#</a></h1><p>Two litres.'
    >>> next(page_entries(page, "chapters/water"))
    Entry(kind='chapter', title='Water?', text='Two litres.', place='chapters/water.html', words='')
    """
    (article,) = lxml.html.document_fromstring(html).find_class("bd-article")[:1] or (None,)
    if article is None:
        return
    leaf = name.rpartition("/")[2]
    for section in article.iter("section"):
        yield from _section(section, name, leaf)
    for term in article.iter("dt"):
        meaning = term.getnext()
        if term.get("id") and meaning is not None:
            yield Entry("term", _text(term), _text(meaning), f"{name}.html#{term.get('id')}")
    if leaf == "inputs":
        yield from _inputs(article, name)
    elif leaf == "bibliography":
        for one in article.find_class("citation"):
            text = _text(one)
            yield Entry("source", text[:70].rpartition(" ")[0], text, f"{name}.html#{one.get('id')}")


def _section(section: Any, name: str, leaf: str) -> Iterator[Entry]:
    heading = section.find("./h1")
    top = heading is not None
    for level in ("./h2", "./h3", "./h4"):
        heading = section.find(level) if heading is None else heading
    if heading is None:
        return
    title = re.sub(r"^[\d.]+\s+", "", _text(heading))
    tables = leaf not in _BY_ROW | _BY_CARD
    parts = [_text(part, tables) for part in section if part is not heading and _is_shown(part)]
    text = " ".join(filter(None, parts))[:_MOST]
    place = f"{name}.html" + ("" if top else f"#{section.get('id')}")
    named = section.get("id", "") if section.get("id", "").startswith("entry-") else ""
    priced = re.match(r"entry-(rent|buy)-|.*-price$", named)
    kind = "price" if priced else "catalogue" if named else "lists" if leaf in _LISTS else "section"
    kind = "chapter" if top and kind == "section" else kind
    if leaf == "faq" and not top:
        kind = "question"
    if title != "What to read next":
        yield Entry(kind, title, text, place, named.replace("-", " "))


def _inputs(article: Any, name: str) -> Iterator[Entry]:
    for row in article.iter("tr"):
        cells = row.findall("./td")
        marks = [one.get("id") for one in row.iter("p") if (one.get("id") or "").startswith("input-")]
        if marks and len(cells) > 2:
            section = next(row.iterancestors("section"))
            heading = next((one for one in section if one.tag in ("h1", "h2", "h3")), None)
            texts = [_text(one) for one in cells[1].findall("./p")]
            said = f"{_text(cells[2])}. {'' if heading is None else _text(heading)}."
            yield Entry("input", texts[-1], said, f"{name}.html#{marks[0]}", texts[0].replace("_", " "))


def _is_shown(part: Any) -> bool:
    return isinstance(part.tag, str) and part.tag not in _LEFT_OUT and not _HIDDEN & set(part.get("class", "").split())


def _text(part: Any, tables: bool = True) -> str:
    return " ".join("".join(_pieces(part, tables)).replace("\N{SOFT HYPHEN}", "").split())


def _pieces(part: Any, tables: bool) -> Iterator[str]:
    if not tables and part.tag == "table":
        return
    yield part.text or ""
    for child in part:
        if _is_shown(child):
            yield from _pieces(child, tables)
        yield child.tail or ""
    if part.tag in _BLOCKS or part.tag in ("mi", "mo", "mn"):
        yield " "


def words_of_people(text: str) -> dict[str, Any]:
    """Which words stand for each other when somebody searches, from a text in TOML.

    Raises
    ------
    DataError : the text is wrong; names line and key.
    """
    words = {ANY: Key()}, {ANY: Key("texts")}
    keys = {name: Key("table", needed=True, of=of) for name, of in zip(("same", "near"), words, strict=True)}
    file = read(text, WORDS, {**keys, "ignored": Key("texts", needed=True)})
    near = [list(group) for group in file["near"].values()]
    return {"ignored": list(file["ignored"]), "same": [list(pair) for pair in file["same"].items()], "near": near}


def english() -> str:
    """A script: English words that tell nothing, and Sphinx's stemmer of English.

    Examples
    --------
    >>> "window.Stemmer" in english()
    True
    """
    language: Any = SimpleNamespace(lang=SearchEnglish({}))
    words = json.dumps(sorted(language.lang.stopwords))
    return f"const stopwords=new Set({words});\n{IndexBuilder.get_js_stemmer_code(language)}\n"


def index(app: Sphinx) -> list[Entry]:
    """All that can be found on the site."""
    found = list(card_entries(homes(app.env)))
    for name in sorted(app.env.found_docs):
        page = Path(app.outdir) / f"{name}.html"
        found += page_entries(page.read_text(encoding="utf-8"), name) if page.is_file() else []
        if name.rpartition("/")[2] == "notation":
            found += symbol_entries(name)
    return found


def write(app: Sphinx) -> None:
    """Write the index when all pages are there."""
    words = words_of_people(file_text(Path(__file__).with_name(WORDS), WORDS))
    data = {**words, "entries": [astuple(one) for one in index(app)]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    (Path(app.outdir) / "_static" / INDEX).write_text(f"window.bookSearch={text};\n", encoding="utf-8")


class Beside:
    """The index is made while sheets and scripts are: they read the same pages, and neither waits for the other."""

    def __init__(self) -> None:
        self.tasks: ParallelTasks | SerialTasks = SerialTasks()

    def begin(self, app: Sphinx, exception: Exception | None) -> None:
        """Begin when all pages are there."""
        if exception is None and app.builder.name == "html":
            self.tasks = beside(app)
            self.tasks.add_task(write, app)

    def finish(self) -> None:
        """Wait for it; what fails there fails the build."""
        self.tasks.join()


making = Beside()


def replace_sphinx(app: Sphinx) -> None:
    """Sphinx's own index is not made: the page of the search is, and loads this one."""
    builder: Any = app.builder
    if builder.name == "html":
        builder.search = False


def page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """The page that searches."""
    if app.builder.name == "html":
        yield PAGE, {"title": "Search", "book_script": PAGE}, "search.html"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the listeners: the index is there before the scripts are named by their sums."""
    app.connect("builder-inited", replace_sphinx)
    app.connect("html-collect-pages", page)
    app.connect("build-finished", making.begin, priority=800)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
