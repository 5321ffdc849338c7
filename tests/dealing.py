"""How xdist deals out tests: those of a group together, all others by the file, and first what takes long.

At each test that ends, xdist itself looks through all that it has dealt out, and through all tests for each that it
deals out: with twenty thousand of them, one by one, that takes as long as many of them do. Together, the tests of a
file also work out once what they share.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xdist.scheduler import LoadGroupScheduling
from xdist.workermanage import WorkerController

__all__ = ["ByFile"]

# The first of these builds the book, for which others would wait: so the next two are of those that do without.
FIRST = ("calculating", "fresh", "execution", "visits", "build", "reading", "book")


class _Places(list[str]):
    """Tests in their order, each of which is found at once."""

    def __init__(self, tests: Sequence[str]) -> None:
        super().__init__(tests)
        self.places = {test: place for place, test in enumerate(tests)}

    def index(self, value: str, /, *_: Any) -> int:
        return self.places[value]


class ByFile(LoadGroupScheduling):
    """As ``--dist loadgroup``; after what is named above it too goes on with the largest group, or file."""

    def _split_scope(self, nodeid: str) -> str:
        scope = super()._split_scope(nodeid)
        return nodeid.partition("::")[0] if scope == nodeid else scope

    def _assign_work_unit(self, node: WorkerController) -> None:
        if first := next((scope for scope in FIRST if scope in self.workqueue), None):
            self.workqueue.move_to_end(first, last=False)
        super()._assign_work_unit(node)

    def add_node_collection(self, node: WorkerController, collection: Sequence[str]) -> None:
        super().add_node_collection(node, collection)
        if node in self.registered_collections:
            self.registered_collections[node] = _Places(collection)

    def mark_test_complete(self, node: WorkerController, item_index: int, duration: float = 0) -> None:
        super().mark_test_complete(node, item_index, duration)
        dealt = self.assigned_work[node]
        scope = self._split_scope(self.registered_collections[node][item_index])
        if all(dealt[scope].values()):
            del dealt[scope]
