"""Ctrl-C while the package itself is being loaded, which takes longer than most commands: no traceback."""

from __future__ import annotations

import sys
from types import TracebackType

__all__: list[str] = []


def _without_a_word(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)


# While the package is loaded this is -m, or the path of the installed command. A shell sees 130 then.
_PROGRAM = sys.argv[0].replace("\\", "/").rpartition("/")[2] if sys.argv else ""
if _PROGRAM == "-m" or _PROGRAM.partition(".")[0] == "t2t":
    sys.excepthook = _without_a_word
