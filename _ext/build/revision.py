"""Which commit this is, as far as git can tell."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path


def revision(root: Path) -> str:
    """The commit, with ``-dirty`` where files differ from it; empty outside a repository of its own."""
    # Not the commit of a repository that this folder merely lies in.
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(root.parent), "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"]
    try:
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
