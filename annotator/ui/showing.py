"""List, page and inspector: shown, hidden, and given the focus, as the desk asks for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.presentation.desk import Desk
from annotator.presentation.invitation import invitation
from annotator.ui.article_list import ArticlePanel
from annotator.ui.inspector.panel import InspectorPanel
from annotator.ui.page.view import PageView


class Showing(QObject):
    """Brings the three parts of the window forward.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(
        self, desk: Desk, page: PageView, articles: ArticlePanel, inspector: InspectorPanel
    ) -> None:
        super().__init__(page)
        self._desk = desk
        self._page = page
        self._articles = articles
        self._inspector = inspector
        articles.left.connect(self.to_page)
        page.invitation = partial(invitation, desk)
        desk.library.reset.connect(self._invite)
        desk.project_changed.connect(self._invite)
        self.actions: dict[str, Callable[[], None]] = {
            "filter": self._focus_filter,
            "page": self.to_page,
            "inspector": self._focus_inspector,
            "note": self._focus_note,
            "article-note": self._focus_article_note,
            "toggle-list": partial(_toggle, articles),
            "toggle-inspector": partial(_toggle, inspector),
            **{name: partial(self._focus_field, name) for name in ("who", "topics", "date")},
        }

    def to_page(self, _: object = None) -> None:
        """Give the keys to the page."""
        self._page.setFocus()

    def _invite(self, _: None) -> None:
        if not self._page.page.text:
            self._page.viewport().update()

    def _focus_filter(self) -> None:
        self._articles.show()
        self._articles.filter.setFocus()
        self._articles.filter.selectAll()

    def _focus_inspector(self) -> None:
        self._inspector.show()
        self._inspector.focus_first()

    def _focus_field(self, name: str) -> None:
        self._inspector.show()
        if not self._inspector.focus_field(name):
            self._desk.messages.problem(self.tr("This mark has no such field."))

    def _focus_note(self) -> None:
        self._inspector.show()
        self._inspector.focus_note()

    def _focus_article_note(self) -> None:
        self._desk.reader.page.set_current(None)
        self._inspector.show()
        self._inspector.refresh()
        self._inspector.focus_note()


def _toggle(widget: QWidget) -> None:
    widget.setVisible(not widget.isVisible())
