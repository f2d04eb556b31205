"""How the article is read and marked, as the user chose: by words, dimmed, enlarged, with an overview."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from annotator.presentation.desk import Desk
from annotator.presentation.memory import Memory
from annotator.ui.page.view import PageView


class ReadingOptions:
    """Keeps the page and the reader in step with the preferences about reading.

    Attributes:
        actions: what the desk may ask to turn on or off, by name.
    """

    def __init__(self, page: PageView, desk: Desk, memory: Memory) -> None:
        self._page = page
        self._desk = desk
        self._memory = memory
        self.actions: dict[str, Callable[[], None]] = {
            "overview": self._toggle_overview,
            "quiet": self._toggle_quiet,
        }
        desk.zoom.connect(memory.zoom)
        page.zoom_changed.connect(partial(memory.set, "zoom"))
        memory.changed.connect(self._changed)

    def apply(self) -> None:
        """Read as it was chosen."""
        for name in ("whole_words", "sticky", "overview", "dim"):
            self._changed(name)

    def _changed(self, name: str) -> None:
        if name == "whole_words":
            self._page.pointer.by_word = self._memory.preferences.whole_words
        elif name == "overview":
            self._page.show_overview(self._memory.preferences.overview)
        elif name == "dim":
            self._desk.reader.page.dim_quiet(self._memory.preferences.dim)
        elif name == "sticky":
            self._desk.reader.keeps_held = self._memory.preferences.sticky

    def _toggle_quiet(self) -> None:
        self._memory.set("dim", not self._memory.preferences.dim)

    def _toggle_overview(self) -> None:
        self._memory.set("overview", not self._memory.preferences.overview)
