"""What programs read of the site: a list of its addresses, and what there is in plain text."""

from __future__ import annotations

from collections.abc import Container, Iterable
from xml.sax.saxutils import escape

from calc.analysis.standing import beside_words, value_words
from calc.book.citation_file import address, book
from calc.book.home import book_derivations
from calc.publish.export import SCHEMA
from calc.publish.openapi import DESCRIPTION
from calc.publish.published import SCHEMAS, SUBJECTS
from calc.render.citation_parts import place

__all__ = ["llms", "sitemap"]


def sitemap(urls: Iterable[str]) -> str:
    """Every page and every derivation, for search engines.

    Examples
    --------
    >>> "<loc>https://a.example/b</loc>" in sitemap(["https://a.example/b"])
    True
    """
    day = book().released.isoformat()
    entries = "".join(f"<url><loc>{escape(url)}</loc><lastmod>{day}</lastmod></url>\n" for url in urls)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def llms(chapters: Iterable[tuple[str, str]], shown: Container[str]) -> str:
    """What there is, each derivation with its result, as ``llms.txt`` has it.

    Parameters
    ----------
    chapters : title and address of each, in the book's order.
    shown : the ids of the derivations that the site has a page for.

    Examples
    --------
    >>> "30.4 GWh; 27 to 34 GWh in nine draws of ten; the article: 43.9 GWh, at most" in llms([], ["training-energy"])
    True
    """
    data = [
        f"- [{name}]({address(name)}): {what}"
        for name, what in (
            ("derivations.json", "every derivation with equation, value, range, inputs, sources and chain"),
            (SCHEMA, "the JSON Schema of a derivation"),
            ("derivations.csv", "the same as a table"),
            ("derivations.bib", "how to cite each, in BibTeX"),
            ("references.json", "every source, as CSL-JSON"),
            *((f"{name}.json", about) for name, about in SUBJECTS.items()),
            (SCHEMAS, "the JSON Schemas of these files"),
            (DESCRIPTION, "all of these files as an API, in OpenAPI"),
        )
    ]
    results = [
        f"- [{one.formula.title}]({place(one.formula.id)}): "
        f"{'; '.join([value_words(one), *beside_words(one)])}; scenario {one.scenario.name}. {one.formula.summary}"
        for one in book_derivations()
        if one.formula.id in shown
    ]
    text = "\n".join([
        f"# {book().title}", "", f"> {book().abstract}", "",
        f"Version {book().version}. A figure is cited with its permanent address; each address has the version in it.",
        "", "## Chapters", "", *(f"- [{title}]({url})" for title, url in chapters),
        "", "## Data", "", *data, "", "## Derivations", "", *results, "",
    ])  # fmt: skip
    return text.replace("\N{NO-BREAK SPACE}", " ")
