"""Finding words in the open article: the places are shown, and one goes from one to the next."""

from __future__ import annotations

import re

from annotator.presentation.page import Page
from annotator.presentation.signal import Signal


class Finder:
    """Looks for words on the page, in any case and any spacing.

    Attributes:
        changed: other words, or another place.
        place: number of the place where one is, from 1; 0 before the first step.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self.changed: Signal[None] = Signal()
        self.words = ""
        self.place = 0
        page.text_changed.connect(self._look_again)

    @property
    def count(self) -> int:
        """How many places there are."""
        return len(self._page.hits)

    def look_for(self, words: str) -> None:
        """Show every place of these words and go to the first one from the caret on."""
        self.words = words
        self._page.show_hits(_places(self._page.text, words))
        self.place = 0
        if self._page.hits:
            start = self._page.selection[0]
            after = (n for n, hit in enumerate(self._page.hits) if hit[0] >= start)
            self._go(next(after, 0))
        self.changed.emit(None)

    def step(self, *, forward: bool) -> None:
        """Go to the next or previous place, around the end."""
        if self.count:
            self._go((self.place - 1 + (1 if forward else -1)) % self.count)
            self.changed.emit(None)

    def stop(self) -> None:
        """Show no places any more; the last one stays selected."""
        self.words, self.place = "", 0
        self._page.show_hits(())
        self.changed.emit(None)

    def _go(self, number: int) -> None:
        self.place = number + 1
        self._page.select(*self._page.hits[number])

    def _look_again(self, _: None) -> None:
        self.place = 0
        self._page.show_hits(_places(self._page.text, self.words))
        self.changed.emit(None)


def _places(text: str, words: str) -> list[tuple[int, int]]:
    parts = [re.escape(part) for part in words.split()]
    if not parts:
        return []
    return [match.span() for match in re.finditer(r"\s+".join(parts), text, re.IGNORECASE)]
