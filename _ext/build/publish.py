"""``python -m _ext.build.publish SITE VERSION``: add a site to the branch that GitHub Pages serves.

Older versions stay. The site is put under VERSION/ and at the root, each with the SHA-256 of every file of it in
SHA256SUMS. Everything goes through an index of its own: no file is checked out, and neither the working tree nor its
index is touched.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from calc.publish.manifest import NAME, digest, manifest

BRANCH = "gh-pages"
VERSION = re.compile(r"v\d[\w.+-]*")


def publish(repository: Path, site: Path, version: str) -> str:
    """Commit the site to the branch; returns the commit."""
    with tempfile.TemporaryDirectory() as scratch:
        environment = {**os.environ, "GIT_INDEX_FILE": str(Path(scratch) / "index")}

        def git(*arguments: str, typed: bytes | None = None) -> str:
            command = ["git", "-C", str(repository), *arguments]
            return subprocess.run(
                command, env=environment, input=typed, capture_output=True, check=True
            ).stdout.decode()

        def tip(name: str) -> str:
            return git("for-each-ref", "--format=%(objectname)", name).strip()

        parent = tip(f"refs/remotes/origin/{BRANCH}") or tip(f"refs/heads/{BRANCH}")
        names = git("ls-tree", "--name-only", parent).splitlines() if parent else []
        lines = [git("ls-tree", parent, name).strip() for name in names if VERSION.fullmatch(name) and name != version]
        # Files go in as they are: no filter, no ignore list, no end of line of this repository's applies to a site.
        git("--work-tree", str(site), "-c", "core.autocrlf=false", "add", "--force", "--all", ".")
        sums = manifest({file.relative_to(site).as_posix(): digest(file.read_bytes()) for file in _files(site)})
        blob = git("hash-object", "-w", "--stdin", typed=sums).strip()
        git("update-index", "--add", "--cacheinfo", f"100644,{blob},{NAME}")
        tree = git("write-tree").strip()
        root = git("ls-tree", tree).splitlines()
        empty = git("hash-object", "-w", "--stdin", typed=b"").strip()
        entries = [*root, *lines, f"040000 tree {tree}\t{version}", f"100644 blob {empty}\t.nojekyll"]
        whole = git("mktree", typed="\n".join(entries).encode() + b"\n").strip()
        parents = ["-p", parent] if parent else []
        who = ("-c", "user.name=make pages", "-c", "user.email=pages@localhost")  # a fresh machine has no name
        commit = git(*who, "commit-tree", whole, *parents, "-m", f"The book, {version}").strip()
        git("update-ref", f"refs/heads/{BRANCH}", commit)
        return commit


def _files(site: Path) -> list[Path]:
    return [file for file in site.rglob("*") if file.is_file() and file != site / NAME]


def main() -> int:
    """Publish, and say where."""
    site, version = Path(sys.argv[1]).resolve(), sys.argv[2]
    if not VERSION.fullmatch(version):
        print(f"error: {version!r} is no version; a version is a tag such as v1.2.3", file=sys.stderr)
        return 2
    try:
        commit = publish(Path(__file__).resolve().parents[2], site, version)
    except subprocess.CalledProcessError as error:  # such as a lock that a killed git has left, which it names
        said = " ".join(error.stderr.decode(errors="replace").split())
        print(f"error: git: {said} The branch {BRANCH} is as it was.", file=sys.stderr)
        return 1
    print(f"{BRANCH} is now {commit[:12]}, with {version} beside the older versions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
