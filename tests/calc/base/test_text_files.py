"""Files of text: what is made of them, and one line that names the file where nothing can be."""

from __future__ import annotations

import pytest

from calc.base import text_files
from calc.base.errors import DataError
from calc.base.text_files import file_text, kept_json, packaged_text
from tests.calc.support import refused


@pytest.mark.parametrize(
    ("content", "text"),
    [(b"a\r\nb\rc\n", "a\nb\nc\n"), (b"\xef\xbb\xbfa = 1", "a = 1"), ("⌈x⌉".encode(), "⌈x⌉"), (b"", "")],
)
def test_line_ends_are_of_any_system_and_no_mark_is_read(tmp_path, content, text):
    (tmp_path / "own.toml").write_bytes(content)
    assert file_text(tmp_path / "own.toml") == text


def test_what_cannot_be_read_is_named(tmp_path):
    (tmp_path / "latin.toml").write_bytes(b"\xe9")
    with refused(DataError, "latin.toml: cannot be read"):
        file_text(tmp_path / "latin.toml")
    with refused(DataError, "none.toml: cannot be read"):
        file_text(tmp_path / "none.toml")
    with pytest.raises(DataError, match=r"^none\.toml: cannot be read"):
        packaged_text("catalogue/of/none.toml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": [1,\n\n', "kept.json, line 3: is not JSON; `make bands` writes it anew"),
        (b"", "kept.json, line 1: is not JSON"),
        (b"\xe9", "kept.json: cannot be read"),
        (b"[" * 100_000, "kept.json: is not JSON; `make bands`"),
    ],
)
def test_what_the_book_keeps_is_json_or_named(tmp_path, monkeypatch, content, said):
    monkeypatch.setattr(text_files.resources, "files", lambda _: tmp_path)
    assert kept_json("kept.json", "make bands") is None
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "kept.json").write_bytes(b'{"a": 1}')
    assert kept_json("kept.json", "make bands") == {"a": 1}
    (tmp_path / "data" / "kept.json").write_bytes(content)
    with refused(DataError, said):
        kept_json("kept.json", "make bands")
