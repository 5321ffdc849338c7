"""The picture that a shared link shows: a page's title, its figure with its band, and the first words of its answer.

Drawn by Pillow, which matplotlib brings, with the faces that matplotlib brings: some 3 ms a page, where a figure of
matplotlib's takes fifty times as long. Pillow would take as long again to write the file, so zlib does that by itself.
So each page has one in every build, and what is published was looked at.
The same words give the same bytes.
"""

from __future__ import annotations

import functools
import importlib.util
import itertools
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from calc.book.citation_file import book

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZE = WIDE, HIGH = 1200, 630  # what those who show links cut nothing from
_LEFT, _MOST = 72, WIDE - 2 * 72
_INK, _GREY, _RULE = 238, 187, 255  # of 16 shades: 0 is the ground, 15 the rule's own colour
_SHADES = [n // 17 for n in range(256)]
_COLOURS = [shade for n in range(15) for shade in [round(255 - (255 - 24) * n / 14)] * 3] + [0x0A, 0x7D, 0x91]
_BOLD, _PLAIN = "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"


@functools.cache
def _face(name: str, size: int) -> ImageFont.FreeTypeFont:
    found = importlib.util.find_spec("matplotlib")  # where it is says as much, and takes less time, than importing it
    file = Path(found.origin if found and found.origin else "").parent / "mpl-data" / "fonts" / "ttf" / name
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def draw(title: str, figure: str, band: str, about: str) -> bytes:
    """A picture as PNG.

    Parameters
    ----------
    title : the page's.
    figure, band : its main result and how far that may lie from it, as calc writes them; empty where it has none.
    about : what is said of it, of which as much is shown as has room.

    Examples
    --------
    >>> draw("Training energy", "43.9 GWh", "", "Of a run.")[1:4]
    b'PNG'
    """
    ground = _ground(book().title).copy()
    pen = ImageDraw.Draw(ground)
    top = _write(pen, 56, title, _face(_BOLD, 52), 3 if not figure else 2, _INK) + 20
    if figure:
        size = next((size for size in (104, 84, 68, 56) if _face(_BOLD, size).getlength(figure) <= _MOST), 48)
        top = _write(pen, top, figure, _face(_BOLD, size), 1, _INK) + 4
        top = _write(pen, top, band, _face(_PLAIN, 40), 1, _INK) + 20 if band else top + 12
    room = int((HIGH - 104 - top) // 44)
    if room > 0:
        _write(pen, top, about, _face(_PLAIN, 32), room, _GREY)
    return _png(ground)


@functools.cache
def _ground(name: str) -> Image.Image:
    """What all pictures have."""
    ground = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(ground)
    pen.rectangle((0, 0, 18, HIGH), fill=_RULE)
    _write(pen, HIGH - 84, name, _face(_BOLD, 34), 1, _INK)
    return ground


def _png(picture: Image.Image) -> bytes:
    """A picture in the sixteen colours as a file."""
    shades = picture.point(_SHADES)
    shades.putpalette(_COLOURS)
    packed, step = shades.tobytes("raw", "P;4"), WIDE // 2
    rows = b"".join(b"\0" + packed[at : at + step] for at in range(0, len(packed), step))
    head = struct.pack(">2I5B", *SIZE, 4, 3, 0, 0, 0)  # four bits, each the number of a colour; no filter, one pass
    parts = (b"IHDR", head), (b"PLTE", bytes(_COLOURS)), (b"IDAT", zlib.compress(rows, 3)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _write(
    pen: ImageDraw.ImageDraw, top: float, text: str, face: ImageFont.FreeTypeFont, most: int, shade: int
) -> float:
    """So many lines of a text at most; where the next may begin."""
    lines = list(itertools.islice(_lines(text, face), most + 1))
    if len(lines) > most:
        lines = lines[:most]
        while lines[-1] and face.getlength(f"{lines[-1]} …") > _MOST:
            lines[-1] = lines[-1].rpartition(" ")[0]
        lines[-1] = f"{lines[-1].rstrip(',;:. ')} …"
    for line in lines:
        pen.text((_LEFT, top), line, font=face, fill=shade)
        top += face.size * 1.36
    return top


def _lines(text: str, face: ImageFont.FreeTypeFont) -> Iterator[str]:
    """A text in lines as wide as the picture; a figure stays beside its unit."""
    words: list[str] = []
    wide, space = 0.0, _width(face, " ")
    for word in text.split(" "):
        if words and wide + space + _width(face, word) > _MOST:
            yield " ".join(words)
            words, wide = [], 0.0
        wide += (space if words else 0) + _width(face, word)
        words.append(word)
    yield " ".join(words)


@functools.cache
def _width(face: ImageFont.FreeTypeFont, word: str) -> float:
    return face.getlength(word)
