"""The page for addresses that lead nowhere: a server sends it from any depth, and all that it names is there."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from calc.book.citation_file import address

pytestmark = [pytest.mark.book, pytest.mark.xdist_group("book")]
# Where readers may come to see it: beside the book's files, deep below them, and outside any version.
SEEN_AT = ("no-such-page.html", "chapters/no/such/page.html", "../v0.0.0/d/none/index.html")


def named(page: str) -> list[str]:
    """Every address that the page names: what it loads, where it leads, and where its forms send."""
    return [unescape(found) for found in re.findall(r'<[^>]*\s(?:href|src|action)="([^"#]+)', page)]


def test_from_wherever_it_is_seen_its_addresses_lead_into_this_version(site: Path) -> None:
    found = named((site / "404.html").read_text(encoding="utf-8"))
    assert len(found) > 40, "styles, scripts, and the whole table of contents"
    for seen_at in SEEN_AT:
        for url in found:
            target = urljoin(urljoin(address(), seen_at), url)
            assert target.startswith(address()), (seen_at, url)
            assert (site / unquote(urlsplit(target).path.removeprefix(urlsplit(address()).path))).is_file(), url


def test_it_says_so_and_searches(site: Path) -> None:
    page = (site / "404.html").read_text(encoding="utf-8")
    article = re.search(r"<article.*?</article>", page, re.DOTALL)
    assert article
    assert "<h1>Page not found</h1>" in article[0]
    (form,) = re.findall(r"<form.*?</form>", article[0], re.DOTALL)
    assert f'action="{urlsplit(address()).path}search.html"' in form
    assert 'name="q"' in form
    assert '<meta name="robots" content="noindex" />' in page


def test_it_is_listed_nowhere(site: Path) -> None:
    for name in ("sitemap.xml", "llms.txt", "_static/search-index.js", "objects.inv"):
        assert b"404.html" not in (site / name).read_bytes(), name
