"""The face of prose and headings: two subsets of Source Serif 4 in ``_static/fonts``, upright and italic.

Run it when the letters or the face change, in an environment of its own: ``pip install fontpkg-source-serif-4==4.4
fonttools==4.68.0 brotli==1.2.1``, then ``python tools/text_face.py``. The files are committed, as the site must be
built from nothing but what is here; the same versions make the same bytes. The upright file varies from regular to
bold. The subsets have no font name, so that they can bear no reserved one (fonts/text-face-OFL.txt).
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

FONTS = Path(__file__).resolve().parent.parent / "_static" / "fonts"
MOST = 60_000  # bytes, of both together
OPTICAL = 18  # px: prose is 17, headings are 24 and 34
WEIGHTS = (400, 700)
LETTERS = (
    "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
    + "ĆćČčĎďĘęĚěĞğİıŁłŃńŇňŌōŐőŒœŘřŚśŞşŠšŤťŪūŮůŰűŸŹźŻżŽž"
    + "\N{EN DASH}\N{EM DASH}‘’“”„•…‰€™\N{FIGURE SPACE}\N{THIN SPACE}\N{HAIR SPACE}\N{NARROW NO-BREAK SPACE}"
    + "⁰⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉ᵃᵇᶜ\N{MINUS SIGN}≈≠≤≥→←↑↓"
)
SIGNS = "√Δαβγδηλμπσφ"  # upright alone
NAMES = [0, 7, 13, 14]  # copyright, trademark, licence, and where that is
FEATURES = ["kern", "liga", "ccmp"]
# By file: the font that it is made of, where its weight lies, and its letters.
FILES: dict[str, tuple[str, int | tuple[int, int], str]] = {
    "text-face-subset.woff2": ("SourceSerif4[opsz,wght].ttf", WEIGHTS, LETTERS + SIGNS),
    "text-face-italic-subset.woff2": ("SourceSerif4-Italic[opsz,wght].ttf", WEIGHTS[0], LETTERS),
}


def make(source: Path, weight: int | tuple[int, int], letters: str, out: Path) -> int:
    """Write a subset as WOFF2, and return its size in bytes."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    font = TTFont(source, recalcTimestamp=False)
    options = Options(
        hinting=False, glyph_names=False, name_IDs=[0, 7, 13, 14], layout_features=["kern", "liga", "ccmp"]
    )
    subset = Subsetter(options)
    subset.populate(text=letters)
    subset.subset(font)
    font = instantiateVariableFont(font, {"opsz": OPTICAL, "wght": weight})
    font.flavor = "woff2"
    font.save(out)
    return out.stat().st_size


def main() -> None:
    """Make both files.

    Raises
    ------
    SystemExit : the fonts are not installed, or the files have become too large.
    """
    found = importlib.util.find_spec("fontpkg_source_serif_4")
    if not found or not found.origin:
        raise SystemExit(
            "error: tools/text_face.py needs fontpkg-source-serif-4; its first lines say how to install it"
        )
    folder = Path(found.origin).parent / "files"
    sizes = {
        name: make(folder / source, weight, letters, FONTS / name) for name, (source, weight, letters) in FILES.items()
    }
    print(*(f"{name}: {size:,} bytes" for name, size in sizes.items()), sep="\n")
    if sum(sizes.values()) > MOST:
        raise SystemExit(f"error: {sum(sizes.values()):,} bytes in both files; accepted: at most {MOST:,}")


if __name__ == "__main__":
    main()
