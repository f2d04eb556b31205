"""The window: list on the left, page in the middle, inspector on the right, one line below."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QSplitter, QStatusBar, QVBoxLayout, QWidget

from annotator.presentation.file_places import FilePlaces
from annotator.ui.appearance import Appearance
from annotator.ui.folding import INSPECTOR_LEAST, LIST_LEAST, PANELS, Folding, fitting
from annotator.ui.menus import Menus
from annotator.ui.port import PortWindow
from annotator.ui.skeleton import Skeleton
from annotator.ui.top_bar import TopBar

if TYPE_CHECKING:
    from annotator.domain.codebook import Layer
    from annotator.domain.identity import Id
    from annotator.presentation.commands import Command
    from annotator.presentation.memory import Memory
    from annotator.ui.page.setting import Choice
    from annotator.ui.theme import Theme

AFTER_PAINT = 30
"""So many milliseconds after an article was painted the rest of it is read, bit by bit."""

FRAME = 40
"""A title bar is no higher than this."""


class MainWindow(PortWindow):
    """Shows a desk and gives it what only a window can.

    A window made ``bare`` has its menus and its bar, and shows where its other parts will be: it
    can be painted long before the program behind them is read; ``build`` puts the parts in.
    """

    def __init__(self, memory: Memory, version: str = "", *, bare: bool = False) -> None:
        super().__init__()
        self._memory = memory
        self.places = FilePlaces(memory, self.own_folder)
        self._version = version
        self._is_built = False
        self.setWindowTitle("annotator")
        self.resize(1280, min(800, self.screen().availableGeometry().height() - FRAME))
        self.setMinimumSize(640, 420)
        preferences = memory.preferences
        if preferences.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(preferences.geometry)))
        self._frame()
        if not bare:
            self.build()

    # Building

    def _frame(self) -> None:
        """Make what is seen first: the menus, the bar, and the places of the other parts."""
        self.appearance = Appearance(self._memory, self._set_theme, self._set_type, self)
        self.appearance.dress()
        theme = self.appearance.theme
        self.menus = Menus(self, self.run, self._memory.recent)
        self.top = TopBar(theme, self.run_by_id)
        self.skeleton = Skeleton(theme, fitting(self.width(), self._wanted_panels()))
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addWidget(self.top)
        self._rows.addWidget(self.skeleton, 1)
        self.setCentralWidget(holder)
        # Else the first button of the bar would get the keys, and look as if it had been chosen.
        self.skeleton.setFocus()

    def expect(self, project: Path, layers: Sequence[Layer]) -> None:
        """Show the name and the layers of a project that is about to be opened."""
        self._name_project(project)
        self.top.expect(layers, self._memory.preferences.keys)

    def build(self) -> None:
        """Make the parts of the window and put them in their places."""
        from annotator.presentation.desk import Desk

        self.desk = Desk(self, self._memory.preferences.annotator or None)
        self._build()
        self._connect()
        self.page.set_theme(self.appearance.theme)
        self.appearance.set_type()
        self._restore()
        self._is_built = True

    def _build(self) -> None:
        # Read here, not above: what is painted first needs none of it.
        from annotator.presentation.first_steps import FirstSteps
        from annotator.presentation.list_order import ListOrder
        from annotator.presentation.triage import Triage
        from annotator.ui.article_list import ArticlePanel
        from annotator.ui.drops import Drops
        from annotator.ui.help import Help
        from annotator.ui.inspector.panel import InspectorPanel
        from annotator.ui.keyboard import KeyFilter
        from annotator.ui.page.view import PageView
        from annotator.ui.popups import Popups
        from annotator.ui.reading_on import ReadingOn
        from annotator.ui.reading_options import ReadingOptions
        from annotator.ui.reading_place import ReadingPlace
        from annotator.ui.showing import Showing
        from annotator.ui.status_line import StatusLine
        from annotator.ui.tools import Tools
        from annotator.ui.tour import Tour

        self.page = PageView()
        theme = self.appearance.theme
        self.page.setProperty("reads", True)
        self.page.set_page(self.desk.reader.page)
        self.articles = ArticlePanel(self.desk.library, theme)
        self.inspector = InspectorPanel(self.desk, theme)
        self.showing = Showing(self.desk, self.page, self.articles, self.inspector)
        self.options = ReadingOptions(self.page, self.desk, self._memory)
        self.popups = Popups(self, self.page, self.desk, self._memory, self.run, self._version)
        self.status = StatusLine(self.desk)
        self.tour = Tour(self.page, FirstSteps(self.desk))
        self.triage = Triage(self.desk, self._memory)
        ReadingOn(self.triage.readings, self)
        self.tools = Tools(self, self.desk, theme, self.triage.saved, self.status)
        self.help = Help(self, theme, lambda: self.desk.key_of("help.here"))
        self._place_parts()
        self.top.serve(self.desk, theme)
        self.menus.serve(self.desk)
        self.drops = Drops(self, self.desk, lambda: self.theme)
        self.keys = KeyFilter(self, self.page, self.desk, self.run)
        self.place = ReadingPlace(self.page, self.desk, self._memory)
        self.order = ListOrder(self.desk, self._memory)

    def _place_parts(self) -> None:
        """Put the parts beside each other, in the place kept for them."""
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget in (self.articles, self.page, self.inspector):
            self.splitter.addWidget(widget)
        self.articles.setMinimumWidth(LIST_LEAST)
        self.inspector.setMinimumWidth(INSPECTOR_LEAST)
        self.splitter.setStretchFactor(1, 1)
        self.folding = Folding(self.splitter, self._wanted_panels())
        self._rows.replaceWidget(self.skeleton, self.splitter)
        # At once, not with the next turn: what is hidden does not get the keys when the window does.
        self.splitter.show()
        self.skeleton.deleteLater()
        # Panels open above it: what was saved is told at the foot of the window.
        foot = QStatusBar()
        foot.setSizeGripEnabled(False)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.status, 1)
        self.setStatusBar(foot)

    def _connect(self) -> None:
        self.articles.chosen.connect(self._choose_article)
        self.articles.view.activated.connect(self.showing.to_page)
        self.articles.view.menu_wanted.connect(self.menus.of_article)
        self.articles.filter.returnPressed.connect(self.showing.to_page)
        self.page.selection_finished.connect(self.desk.selection_finished)
        self.page.mark_clicked.connect(self._mark_clicked)
        self.page.mark_reshaped.connect(self._reshape)
        self.page.marks_joined.connect(self._join)
        self.page.context_requested.connect(self.menus.at_pointer)
        self.status.cancelled.connect(self.cancel_work)
        self.desk.focus.connect(self._show_part)
        self.desk.project_changed.connect(self._project_changed)
        self.tour.dismissed.connect(self._memory.dismiss_tour)
        self._memory.changed.connect(self._preference_changed)
        self._after_paint = QTimer(self, singleShot=True)
        self._after_paint.timeout.connect(self._read_on)
        self.desk.reader.changed.connect(lambda _: self._after_paint.start(AFTER_PAINT))

    def _read_on(self) -> None:
        if self.desk.reader.read_on():
            self._after_paint.start(0)

    # Commands

    def run_by_id(self, name: str) -> None:
        """Run a command by its id, if it can be done now."""
        if not self._is_built:
            return
        command = next((command for command in self.desk.commands if command.id == name), None)
        if command and command.available(self.desk):
            self.run(command)

    def run(self, command: Command) -> None:
        """Run a command."""
        command.run(self.desk)

    def _reshape(self, mark: str, extents: list[tuple[int, int]]) -> None:
        self.desk.reshape(mark, extents)

    def _join(self, start: str, end: str) -> None:
        from annotator.presentation import tying

        tying.join(self.desk, start, end)

    # What the desk asks to show

    def _show_part(self, part: str) -> None:
        actions: dict[str, Callable[[], None]] = {
            "theme": self.appearance.next_theme,
            "tour": self.tour.start,
            "quit": self._quit,
            **self.showing.actions,
            **self.options.actions,
            **self.popups.actions,
            **self.tools.actions,
            **self.help.actions,
        }
        actions[part]()

    def _quit(self) -> None:
        self.close()

    # Theme

    @property
    def theme(self) -> Theme:
        """The theme shown now."""
        return self.appearance.theme

    def _set_type(self, choice: Choice) -> None:
        self.page.set_choice(choice)

    def _set_theme(self, theme: Theme) -> None:
        if not self._is_built:
            return
        for part in (self.page, self.articles, self.inspector, self.top, self.tools, self.help):
            part.set_theme(theme)

    # Projects and articles

    def start(self, path: Path | None) -> None:
        """Open a project at the article where it was left, or nothing."""
        if path and self.desk.open_project(path, self._memory.last_article(path)):
            self.showing.to_page()
        if self.desk.project is None:
            # It was expected, but could not be opened.
            self._project_changed(None)
        if not self._memory.preferences.tour_done:
            self.tour.start()

    def last_project(self) -> Path | None:
        """Return the project that was open when the window was closed last."""
        return self._memory.last_project()

    def annotator_name(self) -> str | None:
        """Return the name that new work is signed with, if one was chosen."""
        return self._memory.preferences.annotator or None

    def _preference_changed(self, name: str) -> None:
        """Sign what is done in the next project with the name that was chosen meanwhile."""
        if name == "annotator":
            self.desk.annotator_name = self.annotator_name()

    def _project_changed(self, _: None) -> None:
        project = self.desk.project
        if project is None:
            self.setWindowTitle("annotator")
        elif project.file.is_read_only:
            self.setWindowTitle(self.tr("{} (to read only) — annotator").format(project.path.stem))
        else:
            self._name_project(project.path)
            self._memory.opened(project.path)

    def _name_project(self, path: Path) -> None:
        self.setWindowTitle(f"{path.stem} — annotator")

    def _choose_article(self, article: Id) -> None:
        self.desk.open_article(article)

    def _mark_clicked(self, mark: Id) -> None:
        if self.desk.reader.linking:
            self.desk.end_link()

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what runs, remember the place, close the project."""
        if not self._is_built:
            super().closeEvent(event)
            return
        self.end_work()
        self.place.stop()
        field: QWidget | None = self.focusWidget()
        if field is not None:
            field.clearFocus()  # What is being typed is left, as by any other way.
        self.inspector.keep()
        self.tools.keep()
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self._memory.window(geometry, self.folding.wanted)
        self.keys.stop()
        self.help.stop()
        self.desk.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        preferences = self._memory.preferences
        self.folding.fit(self.width())
        self.desk.set_own_keys(preferences.keys)
        self.options.apply()

    def _wanted_panels(self) -> Sequence[int]:
        """Return the widths of list, page and inspector that were left, or those at first."""
        panels = self._memory.preferences.panels
        return panels if len(panels) == len(PANELS) else PANELS
