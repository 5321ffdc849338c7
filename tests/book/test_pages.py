"""Publishing: a version goes beside the older ones, and nothing else is touched."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from _ext.build import publish as publishing
from _ext.build.publish import BRANCH, publish
from tests.kills import killed_at_each


def test_killed_before_any_step_the_branch_is_the_old_or_the_new(tmp_path: Path) -> None:
    repository, site = tmp_path / "repository", tmp_path / "site"

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(repository), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    if not hasattr(os, "fork"):
        pytest.skip("what is killed runs in a fork")
    repository.mkdir()
    site.mkdir()
    git("init", "--quiet")
    (site / "index.html").write_text("old", encoding="utf-8")
    publish(repository, site, "v1.0.0")
    old = git("rev-parse", BRANCH)
    (site / "index.html").write_text("new", encoding="utf-8")
    kills = 0
    for _ in killed_at_each(lambda: publish(repository, site, "v1.1.0")):
        kills += 1
        assert git("rev-parse", BRANCH) == old or git("show", f"{BRANCH}:v1.1.0/index.html") == "new"
        assert git("show", f"{BRANCH}:v1.0.0/index.html") == "old"
        git("fsck", "--full")
    assert kills > 12
    publish(repository, site, "v1.1.0")
    assert git("show", f"{BRANCH}:index.html") == "new"


def test_what_git_says_is_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As of a lock that a git which was killed has left."""
    (tmp_path / "_ext" / "build").mkdir(parents=True)
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("", encoding="utf-8")
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    lock = tmp_path / ".git" / "refs" / "heads" / f"{BRANCH}.lock"
    lock.write_text("", encoding="utf-8")
    monkeypatch.setattr(publishing, "__file__", str(tmp_path / "_ext" / "build" / "publish.py"))
    monkeypatch.setattr(sys, "argv", ["publish", str(tmp_path / "site"), "v1.0.0"])
    assert publishing.main() == 1
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert f"{BRANCH}.lock" in err


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
