"""Panels and windows beside the page: made when they are first asked for, one of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow

from annotator.domain import mark_query
from annotator.presentation.desk import Desk
from annotator.presentation.saved_searches import SavedSearches
from annotator.ui.findings import FindingsTools
from annotator.ui.status_line import StatusLine
from annotator.ui.team.tools import TeamTools
from annotator.ui.theme import Theme

TABLE_HEIGHT = 260

if TYPE_CHECKING:
    from annotator.domain.mark_query import MarkQuery
    from annotator.ui.actor_book.window import ActorBookWindow
    from annotator.ui.codebook.window import CodebookWindow
    from annotator.ui.incoming.window import IncomingWindow
    from annotator.ui.mark_table.panel import MarkTablePanel
    from annotator.ui.search.panel import SearchPanel


class Tools:
    """Opens the mark table, the actor book and the codebook beside a window.

    Attributes:
        actions: what the desk may ask to show, by name.
    """

    def __init__(
        self,
        window: QMainWindow,
        desk: Desk,
        theme: Theme,
        saved: SavedSearches,
        status: StatusLine,
    ) -> None:
        self._window = window
        self._desk = desk
        self._saved = saved
        self._theme = theme
        self._marks: MarkTablePanel | None = None
        self._search: SearchPanel | None = None
        self._actors: ActorBookWindow | None = None
        self._codebook: CodebookWindow | None = None
        self._incoming: IncomingWindow | None = None
        self.team = TeamTools(window, desk, theme)
        self.findings = FindingsTools(window, desk, theme, status)
        self.actions: dict[str, Callable[[], None]] = {
            "marks": self.toggle_marks,
            "search": self.show_search,
            "actors": self.show_actors,
            "open-mentions": self.show_open_mentions,
            "codebook": self.show_codebook,
            "incoming": self.show_incoming,
            **self.team.actions,
            **self.findings.actions,
        }

    def set_theme(self, theme: Theme) -> None:
        """Show everything in another theme."""
        self._theme = theme
        self.team.set_theme(theme)
        self.findings.set_theme(theme)
        for part in (self._marks, self._search, self._actors, self._codebook, self._incoming):
            if part:
                part.set_theme(theme)

    def keep(self) -> None:
        """Keep what is being written, before the window closes."""
        if self._actors:
            self._actors.keep()

    @property
    def marks(self) -> MarkTablePanel:
        """The mark table."""
        if self._marks is None:
            from annotator.presentation.mark_table import MarkTable
            from annotator.ui.mark_table.panel import MarkTablePanel

            self._marks = MarkTablePanel(MarkTable(self._desk), self._theme, self._window)
            self._marks.jumped.connect(lambda: self._desk.focus.emit("page"))
            self._dock(self._marks, self._search)
        return self._marks

    @property
    def search(self) -> SearchPanel:
        """The search over all articles."""
        if self._search is None:
            from annotator.presentation.search import Search
            from annotator.ui.search.panel import SearchPanel

            self._search = SearchPanel(Search(self._desk, self._saved), self._theme, self._window)
            self._search.jumped.connect(lambda: self._desk.focus.emit("page"))
            self._dock(self._search, self._marks)
        return self._search

    def _dock(self, panel: QDockWidget, other: QDockWidget | None) -> None:
        """Put a panel below the page, and on the other one, not beside it: both need the width."""
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, panel)
        if other and not other.isFloating():
            self._window.tabifyDockWidget(other, panel)
        self._window.resizeDocks([panel], [TABLE_HEIGHT], Qt.Orientation.Vertical)

    def show_search(self) -> None:
        """Show the search and let the user type."""
        self.search.show()
        self.search.raise_()
        self.search.begin()

    @property
    def actors(self) -> ActorBookWindow:
        """The actor book."""
        if self._actors is None:
            from annotator.presentation.actor_book import ActorBook
            from annotator.ui.actor_book.window import ActorBookWindow

            self._actors = ActorBookWindow(ActorBook(self._desk), self._theme, self._window)
            self._actors.jumped.connect(self._to_text)
            self._actors.table_wanted.connect(self._show_marks_of)
        return self._actors

    def show_actors(self) -> None:
        """Show the actor book, at the entry that the mark under the caret stands for."""
        window = self.actors
        window.show()
        window.raise_()
        window.activateWindow()
        current = self._desk.reader.current
        window.show_entries()
        if current and current.actor:
            window.choose(current.actor)

    def show_open_mentions(self) -> None:
        """Show the mentions that stand for nobody yet."""
        self.show_actors()
        self.actors.show_open()

    @property
    def codebook(self) -> CodebookWindow:
        """The codebook editor."""
        if self._codebook is None:
            from annotator.presentation.codebook_editor import CodebookEditor
            from annotator.ui.codebook.window import CodebookWindow

            self._codebook = CodebookWindow(CodebookEditor(self._desk), self._theme, self._window)
            self._codebook.query_asked.connect(self._show_query)
        return self._codebook

    def show_codebook(self) -> None:
        """Show the codebook editor."""
        self.codebook.show()
        self.codebook.raise_()
        self.codebook.activateWindow()

    @property
    def incoming(self) -> IncomingWindow:
        """The window of an import."""
        if self._incoming is None:
            from annotator.ui.incoming.window import IncomingWindow

            self._incoming = IncomingWindow(self._desk.incoming, self._theme, self._window)
        return self._incoming

    def show_incoming(self) -> None:
        """Show what files would bring."""
        self.incoming.begin()

    def _to_text(self) -> None:
        self._window.activateWindow()
        self._desk.focus.emit("page")

    def _show_marks_of(self, actor: str, claims: bool) -> None:
        query = mark_query.MarkQuery
        self._show_query(query(source=actor) if claims else query(actor=actor))

    def _show_query(self, query: MarkQuery) -> None:
        self.marks.show()
        self.marks.raise_()
        self.marks.show_query(query)
        self._window.activateWindow()
        self.marks.view.setFocus()

    def toggle_marks(self) -> None:
        """Show the mark table and go there; hide it if one is there already."""
        panel, focus = self._marks, QApplication.focusWidget()
        if panel and focus and (focus is panel or panel.isAncestorOf(focus)):
            panel.hide()
            self._desk.focus.emit("page")
        else:
            self.marks.show()
            self.marks.raise_()
            # Without marks there are no lines; the keys must not stay in what is covered now.
            (self.marks.view if self.marks.view.isVisible() else self.marks).setFocus()
