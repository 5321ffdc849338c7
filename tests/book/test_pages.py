"""Publishing: a version goes beside the older ones, and nothing else is touched."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path

from _ext.build.publish import BRANCH, publish


def test_older_versions_stay(tmp_path: Path) -> None:
    repository, site = tmp_path / "repository", tmp_path / "site"

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(repository), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    repository.mkdir()
    git("init", "--quiet")
    (repository / "kept.txt").write_text("kept", encoding="utf-8")
    (site / "_static").mkdir(parents=True)
    for version in ("v1.0.0", "v1.1.0"):
        (site / "index.html").write_text(version, encoding="utf-8")
        (site / "_static" / f"{version}.css").write_text("", encoding="utf-8")
        publish(repository, site, version)
        (site / "_static" / f"{version}.css").unlink()
    published = set(git("ls-tree", "-r", "--name-only", BRANCH).split())
    assert published == {
        ".nojekyll", "index.html", "_static/v1.1.0.css", "SHA256SUMS", "v1.0.0/SHA256SUMS", "v1.1.0/SHA256SUMS",
        "v1.0.0/index.html", "v1.0.0/_static/v1.0.0.css", "v1.1.0/index.html", "v1.1.0/_static/v1.1.0.css",
    }  # fmt: skip
    assert git("show", f"{BRANCH}:index.html") == "v1.1.0"
    assert git("show", f"{BRANCH}:v1.0.0/index.html") == "v1.0.0"
    sums = dict(reversed(line.split("  ")) for line in git("show", f"{BRANCH}:v1.1.0/SHA256SUMS").splitlines())
    assert sums == {
        "index.html": hashlib.sha256(b"v1.1.0").hexdigest(), "_static/v1.1.0.css": hashlib.sha256(b"").hexdigest()
    }  # fmt: skip
    assert git("rev-list", "--count", BRANCH).strip() == "2"
    assert git("status", "--porcelain").split() == ["??", "kept.txt"]
