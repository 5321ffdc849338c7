"""What is made of the pages when all are there: in a process each, as none waits for another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.parallel import ParallelTasks, SerialTasks

from _ext.state import beside

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

__all__ = ["MadeBeside"]


class MadeBeside:
    """A file of the site that is made beside the others; `begin` listens to ``build-finished``."""

    def __init__(self, make: Callable[[Sphinx], None]) -> None:
        self._make = make
        self._tasks: ParallelTasks | SerialTasks = SerialTasks()

    def begin(self, app: Sphinx, exception: Exception | None) -> None:
        """Begin when all is there that it is made of."""
        if exception is None and app.builder.name == "html":
            self._tasks = beside(app)
            self._tasks.add_task(self._make, app)

    def finish(self, *_: object) -> None:
        """Wait for it, if it was begun; what fails there fails the build."""
        self._tasks.join()
