"""The site's search: an index made of the pages as they stand, in a script that only the search page loads.

A script of data rather than a file that is fetched, so that it works from files and without a network too. Sphinx's own
index knows words and pages; here each card, section, term, model, input and source is found by itself, with its text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sphinx.search import IndexBuilder
from sphinx.search.en import SearchEnglish

from _ext.site.made_beside import MadeBeside
from _ext.site.page_notes import notes
from _ext.state import homes
from calc.base.text_files import file_text
from calc.base.toml_tables import ANY, Key, read
from calc.publish.search_entries import Entry, card_entries, symbol_entries

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

PAGE, INDEX, WORDS = "search", "search-index.js", "search_words.toml"


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
    pages = notes(app)
    for name in sorted(app.env.found_docs):
        found += pages[name].entries if name in pages else ()
        if name.rpartition("/")[2] == "notation":
            found += symbol_entries(name)
    return found


def write(app: Sphinx) -> None:
    """Write the index when all pages are there."""
    words = words_of_people(file_text(Path(__file__).with_name(WORDS), WORDS))
    data = {**words, "entries": [astuple(one) for one in index(app)]}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    (Path(app.outdir) / "_static" / INDEX).write_text(f"window.bookSearch={text};\n", encoding="utf-8")


# Made while sheets and scripts are: they read the same pages, and neither waits for the other.
making = MadeBeside(write)


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
