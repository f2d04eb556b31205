"""Where somebody was reading: kept a moment after they stop, so that work goes on there."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from annotator.domain.identity import Id
from annotator.presentation.desk import Desk
from annotator.presentation.memory import Memory
from annotator.ui.page.view import PageView

IDLE_MILLISECONDS = 60_000
"""After so long without an act the project file is brought up to date on the disk."""

PLACE_MILLISECONDS = 1_000
"""So long after the caret or the page moved, the reading place is kept."""


class ReadingPlace(QObject):
    """Keeps the place in each article, and brings the project to rest when nobody works."""

    def __init__(self, page: PageView, desk: Desk, memory: Memory) -> None:
        super().__init__(page)
        self._page = page
        self._desk = desk
        self._memory = memory
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MILLISECONDS)
        self._idle.timeout.connect(desk.settle)
        self._moving = QTimer(self)
        self._moving.setSingleShot(True)
        self._moving.setInterval(PLACE_MILLISECONDS)
        self._moving.timeout.connect(self.keep)
        desk.reader.article_leaving.connect(self._remember)
        desk.reader.article_shown.connect(self._return)
        desk.saved.connect(self._acted)
        desk.reader.page.caret_changed.connect(self._moved)
        page.verticalScrollBar().valueChanged.connect(self._moved)

    def keep(self) -> None:
        """Keep the place now."""
        project, article = self._desk.project, self._desk.reader.article
        if project and article:
            self._remember(article.id)
            self._memory.was_in(project.path, article.id)

    def stop(self) -> None:
        """Keep the place a last time: the window is closing."""
        self.keep()
        self._idle.stop()
        self._moving.stop()

    def _remember(self, article: Id) -> None:
        caret = self._desk.reader.page.caret
        self._memory.left(article, caret, self._page.first_visible_offset())

    def _return(self, article: Id) -> None:
        place = self._memory.place(article)
        if place:
            self._desk.reader.page.select(place[0], place[0])
            self._page.set_first_visible_offset(place[1])

    def _acted(self, _: str) -> None:
        """Keep the place at once: should the program end now, work goes on where it was."""
        self._idle.start()
        self.keep()

    def _moved(self, _: object = None) -> None:
        self._moving.start()
