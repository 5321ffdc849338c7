"""What a folder holds, file by file with the SHA-256 of each, as ``sha256sum --check`` reads it.

An export deletes only what its manifest says that it wrote, and that nobody has changed since.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from calc.base.errors import DataError
from calc.base.text_files import file_text

__all__ = ["NAME", "digest", "manifest", "strange"]

NAME = "SHA256SUMS"
_LINE = re.compile(r"(?P<digest>[0-9a-f]{64})  (?P<name>[^/\\][^\\\n]*)")


def manifest(digests: Mapping[str, str]) -> bytes:
    r"""The manifest of files by name; a name with a line end or a backslash has none.

    Examples
    --------
    >>> manifest({"a.txt": "0" * 64}).decode()[62:]
    '00  a.txt\n'
    """
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests.items())).encode()


def digest(content: bytes) -> str:
    """The SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


def _read(folder: Path) -> dict[str, str]:
    """The digests that a folder's manifest has; none where it has no manifest, or one that is no such."""
    try:
        lines = file_text(folder / NAME).splitlines()
    except DataError:
        return {}
    matches = [_LINE.fullmatch(line) for line in lines]
    return {found["name"]: found["digest"] for found in matches if found}


def strange(folder: Path) -> Iterator[str]:
    """What lies in a folder that its manifest does not have, or has with another content."""
    known = _read(folder)
    folders = {parent.as_posix() for name in known for parent in Path(name).parents}
    for found in sorted(folder.rglob("*")):
        name = found.relative_to(folder).as_posix()
        if found.is_dir() and not found.is_symlink() and name in folders:
            continue
        ours = name == NAME and known
        if found.is_symlink() or not found.is_file() or not (ours or known.get(name) == digest(found.read_bytes())):
            yield name
