"""The Content-Security-Policy under which the site works: no script but the site's own files, and those named by a sum.

What must run before anything is painted stands in the page; it is the same on all pages, and the policy names it by its
SHA-256. Data in a page is never run, and so needs no leave.
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["inline_scripts", "policy"]

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)


def inline_scripts(page: str) -> list[str]:
    """The texts of a page's scripts that are run and stand in the page.

    Examples
    --------
    >>> inline_scripts('<script>a()</script><script src="b.js"></script><script type="application/json">{}</script>')
    ['a()']
    """
    return [
        found["text"]
        for found in _SCRIPT.finditer(page)
        if not re.search(r"\b(?:src|type)=", found["attributes"].replace("-", "_"))
    ]


def policy(pages: Iterable[str]) -> str:
    """The strictest policy under which these pages work; styles in a page are those of its charts and tables.

    Examples
    --------
    >>> policy(["<script>a()</script>"]).split("; ")[1]
    "script-src 'self' 'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='"
    """
    sums = {hashlib.sha256(text.encode()).digest() for page in pages for text in inline_scripts(page)}
    named = "".join(f" 'sha256-{base64.b64encode(one).decode()}'" for one in sorted(sums))
    return "; ".join((
        "default-src 'none'",
        f"script-src 'self'{named}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ))  # fmt: skip
