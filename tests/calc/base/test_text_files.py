"""Files of text: what is made of them, and one line that names the file where nothing can be."""

from __future__ import annotations

import pytest

from calc.base.errors import DataError
from calc.base.text_files import file_text, packaged_text
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
