"""The role ``t2t``, and the lock: what was quoted when the project was last built."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from t2t_sphinx.quote import Asked, Quote, QuoteError, asked, found
from t2t_sphinx.records import Records, put, read

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Node, system_message
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

__all__ = ["Quoter", "Role"]

_LOG = logging.getLogger(__name__)
_QUOTED, _DIGEST = "t2t_quoted", "t2t_digest"  # what an environment keeps
_WAS = "{key} is {now} in version {version}, and no longer {noted}, as {where}"


class Quoter:
    """What one build knows: the records, the lock, and what each page has quoted."""

    def __init__(self) -> None:
        self.records: Records | None = None
        self.lock: dict[str, Any] = {}

    def start(self, app: Sphinx) -> None:
        """Read the records and the lock.

        Raises
        ------
        ExtensionError : they cannot be read.
        """
        config = app.config
        kept = Path(app.doctreedir) / "t2t"
        try:
            self.records = read(
                config.t2t_records, Path(app.confdir), kept, config.t2t_version, config.t2t_sha256
            )  # fmt: skip
        except QuoteError as error:
            raise ExtensionError(f"t2t_sphinx: {error}") from None
        file = _lock_file(app)
        try:
            self.lock = json.loads(file.read_text(encoding="utf-8"))["quotes"] if file and file.is_file() else {}
        except (OSError, ValueError, KeyError, TypeError):
            raise ExtensionError(f"t2t_sphinx: {file} is no lock; delete it, and the build writes it anew") from None

    def outdated(
        self, app: Sphinx, env: BuildEnvironment, added: AbstractSet[str], changed: AbstractSet[str],
        removed: AbstractSet[str],
    ) -> list[str]:  # fmt: skip
        """The pages that quote something, where the records are others than they were."""
        assert self.records
        before = getattr(env, _DIGEST, "")
        setattr(env, _DIGEST, self.records.digest)
        return list(_quoted(env)) if before != self.records.digest else []

    def purge(self, app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget what a page quoted."""
        _quoted(env).pop(docname, None)

    def merge(self, app: Sphinx, env: BuildEnvironment, docnames: list[str], other: BuildEnvironment) -> None:
        """Take over what another process found."""
        _quoted(env).update({name: _quoted(other)[name] for name in docnames if name in _quoted(other)})

    def quote(self, text: str, env: BuildEnvironment) -> tuple[Asked, Quote]:
        """What an author asks for, and note it for the lock.

        Raises
        ------
        QuoteError : the records do not have it.
        """
        assert self.records
        wanted = asked(text)
        quote = found(wanted, self.records.quotes)
        entry = {
            "text": quote.text, "band": quote.band, "value": quote.data["value"], "unit": quote.data["unit"],
            "scenario": quote.data["scenario"], "hash": quote.data["hash"], "version": self.records.version,
        }  # fmt: skip
        _quoted(env).setdefault(env.docname, {})[wanted.key] = entry
        return wanted, quote

    def moved(self, wanted: Asked, quote: Quote) -> str:
        """A line if the figure is another than was noted: in the text, or where that notes none, in the lock."""
        assert self.records
        before: Mapping[str, Any] = {} if wanted.noted else self.lock.get(wanted.key, {})
        noted = wanted.noted or before.get("text", "")
        same = not noted or quote.is_still(noted)
        where = f"the lock has it of version {before['version']}" if before else "noted here"
        now = quote.text
        if same and wanted.band and before.get("band") and before["band"] not in quote.data["bands"].values():
            same, now, noted = False, f"{quote.text}, {quote.band}", f"{before['text']}, {before['band']}"
        said = _WAS.format(key=wanted.key, now=now, version=self.records.version, noted=noted, where=where)
        return "" if same else said

    def finish(self, app: Sphinx, exception: Exception | None) -> None:
        """Write what was quoted into the lock; what stands there stays, unless it is to be updated."""
        file = _lock_file(app)
        if exception or not file or not self.records:
            return
        entries = {key: entry for page in sorted(_quoted(app.env)) for key, entry in _quoted(app.env)[page].items()}
        if not app.config.t2t_lock_update:
            entries |= {key: entry for key, entry in self.lock.items() if key in entries}
        ours = {"records": {"source": self.records.source, "version": self.records.version,
                            "sha256": self.records.digest}}  # fmt: skip
        text = json.dumps({**ours, "quotes": dict(sorted(entries.items()))}, ensure_ascii=False, indent=1) + "\n"
        if not file.is_file() or file.read_text(encoding="utf-8") != text:
            put(file, text.encode())


class Role(SphinxRole):
    """A figure of the book in words, linked to its permanent page."""

    def __init__(self, quoter: Quoter) -> None:
        self.quoter = quoter

    def run(self) -> tuple[list[Node], list[system_message]]:
        """The figure; what cannot be quoted is a warning, and stands as it was written."""
        try:
            wanted, quote = self.quoter.quote(self.text, self.env)
        except QuoteError as error:
            _LOG.warning("%s", error, type="t2t", subtype="unknown", location=self.get_location())
            return [nodes.literal(self.rawtext, self.text)], []
        if line := self.quoter.moved(wanted, quote):
            _LOG.warning("%s", line, type="t2t", subtype="moved", location=self.get_location())
        assert self.quoter.records
        text = f"{quote.text} ({quote.band})" if wanted.band else quote.text
        book = f"{self.quoter.records.title}, version {self.quoter.records.version}"
        title = f"{quote.data['title']}, in scenario {quote.data['scenario']}; {book}"
        return [nodes.reference(
            self.rawtext, text, refuri=quote.data["link"], reftitle=title, internal=False, classes=["t2t"]
        )], []  # fmt: skip


def _quoted(env: BuildEnvironment) -> dict[str, dict[str, Any]]:
    """By page what it quotes, as the lock has it."""
    if not hasattr(env, _QUOTED):
        setattr(env, _QUOTED, {})
    kept: dict[str, dict[str, Any]] = getattr(env, _QUOTED)
    return kept


def _lock_file(app: Sphinx) -> Path | None:
    name: str = app.config.t2t_lock
    return Path(app.confdir) / name if name else None
