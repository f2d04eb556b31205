"""The order of the list of articles: the project's last one, and the seed the user chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.presentation.memory import Memory
from annotator.presentation.queue import Order

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


class ListOrder:
    """Remembers for each project in which order its articles are listed."""

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self._memory = memory
        desk.library.set_seed(memory.preferences.seed)
        desk.library.reordered.connect(self._keep)
        desk.project_changed.connect(self._restore)
        memory.changed.connect(self._option_changed)

    def _restore(self, _: None) -> None:
        project = self._desk.project
        if project:
            self._desk.library.set_order(self._memory.order(project.path))

    def _keep(self, order: Order) -> None:
        project = self._desk.project
        if project:
            self._memory.listed_in(project.path, order)

    def _option_changed(self, name: str) -> None:
        if name == "seed":
            self._desk.library.set_seed(self._memory.preferences.seed)
