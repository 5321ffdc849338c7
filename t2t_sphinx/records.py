"""The published records: read from a file or a folder, or fetched once and kept with what Sphinx keeps of the pages."""

from __future__ import annotations

import hashlib
import json
import re
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from t2t_sphinx.quote import QuoteError

__all__ = ["Records", "put", "read"]

_NAME = "quotes.json"
_MOST = 50_000_000  # bytes
_PATIENCE = 30  # seconds


@dataclass(frozen=True)
class Records:
    """The records of one version of the book.

    Attributes
    ----------
    source : where they were read.
    title, version : of the book.
    digest : the SHA-256 of the file.
    quotes : by the id of a derivation, what may be quoted of it.
    """

    source: str
    title: str
    version: str
    digest: str
    quotes: Mapping[str, Any]


def read(source: str, base: Path, kept: Path, version: str = "", digest: str = "") -> Records:
    """Read them.

    Parameters
    ----------
    source : an address (https, http), a file, or a folder that has ``quotes.json``.
    base : the folder from which a relative path counts.
    kept : the folder in which what was fetched is kept.
    version, digest : what they must be of; anything where empty.

    Raises
    ------
    QuoteError : there are none, or other ones than they must be.
    """
    if not source:
        raise QuoteError(f"t2t_records is not set; accepted: an address or a path of the book's {_NAME}, or its folder")
    content = _fetched(source, kept, digest) if re.match(r"https?://", source) else _local(source, base)
    hashed = hashlib.sha256(content).hexdigest()
    if digest and hashed != digest.lower():
        raise QuoteError(f"{source} has the SHA-256 {hashed}, and not {digest}, which t2t_sha256 says")
    try:
        data = json.loads(content)
        found = Records(source, data["title"], data["version"], hashed, dict(data["quotes"].items()))
    except (AttributeError, ValueError, KeyError, TypeError):
        raise QuoteError(f"{source} is no {_NAME} of the book; accepted: what `t2t export` or its site has") from None
    if version and found.version != version:
        raise QuoteError(f"{source} is of version {found.version}, and not {version}, which t2t_version says")
    return found


def _local(source: str, base: Path) -> bytes:
    place = base / source
    file = place / _NAME if place.is_dir() else place
    try:
        return file.read_bytes()
    except OSError as error:
        raise QuoteError(f"t2t_records: {file}: {error.strerror or error}") from None


def _fetched(source: str, kept: Path, digest: str) -> bytes:
    """What is at an address, fetched once, since an address of the book has its version in it and does not change."""
    address = source if source.endswith(".json") else f"{source.rstrip('/')}/{_NAME}"
    file = kept / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}.json"
    if file.is_file():
        content = file.read_bytes()
        if not digest or hashlib.sha256(content).hexdigest() == digest.lower():
            return content
    try:
        with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
            content = answer.read(_MOST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise QuoteError(f"t2t_records: {address} cannot be fetched: {reason}") from None
    if len(content) > _MOST:
        raise QuoteError(f"t2t_records: {address} has more than {_MOST} bytes")
    kept.mkdir(parents=True, exist_ok=True)
    put(file, bytes(content))
    return bytes(content)


def put(file: Path, content: bytes) -> None:
    """Write a file beside its place, and move it there in one step: stopped at any moment, it is whole or as it was."""
    next_ = file.with_name(f".{file.name}.next")
    try:
        next_.write_bytes(content)
        next_.replace(file)
    finally:
        next_.unlink(missing_ok=True)
