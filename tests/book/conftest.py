"""The book in other forms, built once for all tests that read them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from _ext.build import editions
from tests.book.building import ROOT, build
from tests.sampling import sample

EDITIONS = sample(("epub", "latex"), 1, "editions that are built")


def edition(kind: str, site: Path) -> Path:
    """The folder of the whole book as LaTeX or EPUB, warnings as errors; a skip where the seed chose the other."""
    if kind not in EDITIONS:
        pytest.skip(f"not among this seed's editions that are built: T2T_CAMPAIGN=1, or make campaign, looks at {kind}")
    out = site.parent  # where every page has been read
    result = build(ROOT, out, kind)
    assert result.returncode == 0, result.stderr[-4000:]
    return out / kind


@pytest.fixture(scope="session")
def latex_book(site: Path) -> Path:
    return edition("latex", site) / "tokens-to-terawatts.tex"


@pytest.fixture(scope="session")
def typeset_book(latex_book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as a PDF, beside what LaTeX noted while it made it."""
    folder = tmp_path_factory.mktemp("pdf") / "tex"
    shutil.copytree(latex_book.parent, folder)
    return editions.typeset(folder, latex_book.stem)


@pytest.fixture(scope="session")
def epub_book(site: Path) -> Path:
    return edition("epub", site) / "tokens-to-terawatts.epub"
