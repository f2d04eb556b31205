"""The window: list on the left, page in the middle, inspector on the right, one line below."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QMainWindow,
    QMenu,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.presentation import tying
from annotator.presentation.choosing import Choosing
from annotator.presentation.commands import MENUS, Command
from annotator.presentation.desk import Desk
from annotator.presentation.memory import Memory
from annotator.presentation.own_keys import OwnKeys
from annotator.ui import asking
from annotator.ui.appearance import Appearance
from annotator.ui.article_list import ArticlePanel
from annotator.ui.bars import StatusLine, TopBar
from annotator.ui.chooser import Chooser
from annotator.ui.dialogs import (
    AboutDialog,
    EncodingDialog,
    FileQuestions,
    KeysDialog,
    ReportDialog,
)
from annotator.ui.fault_dialog import FaultDialog
from annotator.ui.find_bar import FindBar
from annotator.ui.inspector.panel import InspectorPanel
from annotator.ui.jobs import AsideJob, Cancelled, SlicedJob
from annotator.ui.keyboard import KeyFilter
from annotator.ui.page.view import PageView
from annotator.ui.palette import Palette
from annotator.ui.publishing import Publishing
from annotator.ui.settings_dialog import SettingsDialog
from annotator.ui.theme import Theme
from annotator.ui.tools import Tools
from annotator.ui.tour import Tour

IDLE_MILLISECONDS = 60_000
"""After so long without an act the project file is brought up to date on the disk."""

PLACE_MILLISECONDS = 1_000
"""So long after the caret or the page moved, the reading place is kept."""

FRAME = 40
"""A title bar is no higher than this."""

NARROW = 900
"""Below this width the inspector makes room for the page."""

CONTEXT: tuple[tuple[str, ...], ...] = (
    ("mark.as.", "mark.join"),
    ("value.",),
    ("link.",),
    ("mark.choose", "mark.who", "mark.note", "mark.again", "mark.all", "mark.cut", "edit.delete"),
    ("edit.undo", "edit.redo"),
)
"""What the menu at the pointer holds, group by group, by how the ids of commands begin."""


class MainWindow(QMainWindow):
    """Shows a desk and gives it what only a window can."""

    def __init__(self, memory: Memory, version: str = "") -> None:
        super().__init__()
        self._memory = memory
        self._version = version
        self.desk = Desk(self, memory.preferences.annotator or None)
        self.questions = FileQuestions(self)
        self._job: SlicedJob | AsideJob | None = None
        self.setAcceptDrops(True)
        self.resize(1280, min(800, self.screen().availableGeometry().height() - FRAME))
        self.setMinimumSize(640, 420)
        self._build()
        self._connect()
        self.appearance.apply()
        self._restore()

    # Window port of the desk

    def ask_project(self) -> Path | None:
        """Let the user choose a project to open."""
        return self.questions.project(self._folder())

    def ask_new_project(self) -> Path | None:
        """Let the user choose where a new project goes."""
        return self.questions.new_project(self._folder())

    def ask_imports(self) -> Sequence[Path]:
        """Let the user choose files to import."""
        return self.questions.imports(self._folder())

    def ask_merges(self) -> Sequence[Path]:
        """Let the user choose other annotators' files to merge."""
        return self.questions.merges(self._folder())

    def ask_export(self, proposed: str) -> Path | None:
        """Let the user choose where an export goes."""
        return self.questions.export(str(Path(self._folder()) / proposed))

    def ask_encoding(self, name: str, raw: bytes, candidates: Sequence[str]) -> str | None:
        """Let the user choose the encoding of a doubtful file."""
        dialog = EncodingDialog(self, name, raw, candidates)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        encoding = dialog.encoding
        dialog.deleteLater()
        return encoding if chosen else None

    def ask(self, title: str, text: str, answers: Sequence[str]) -> int | None:
        """Let the user choose one of a few answers."""
        return asking.ask(self, title, text, answers)

    def choose(self, title: str, text: str, items: Sequence[str], answer: str) -> int | None:
        """Let the user choose from a list."""
        return asking.choose(self, title, text, items, answer)

    def show_fault(self, text: str, place: str) -> None:
        """Show the report of a fault, without stopping the user."""
        dialog = FaultDialog(self, text, place)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def show_report(self, title: str, lines: Sequence[str], details: Sequence[str]) -> None:
        """Show what long work did."""
        ReportDialog(self, title, lines, details).show()

    def run_slices(
        self,
        title: str,
        work: Iterator[tuple[int, int, str]],
        done: Callable[[BaseException | None], None],
    ) -> bool:
        """Drive work in small slices on this thread."""
        if self._is_busy():
            return False
        job = SlicedJob(work, self)
        job.progressed.connect(partial(self._progress, title))
        job.ended.connect(partial(self._ended_slices, done))
        self._start(job, title)
        return True

    def run_aside(
        self,
        title: str,
        work: Callable[[Callable[[int, int], bool]], object],
        done: Callable[[object | None, BaseException | None], None],
    ) -> bool:
        """Run work in another thread."""
        if self._is_busy():
            return False
        job = AsideJob(work, self)
        job.progressed.connect(partial(self._progress, title))
        job.ended.connect(partial(self._ended_aside, done))
        self._start(job, title)
        return True

    # Building

    def _build(self) -> None:
        self.page = PageView()
        self.appearance = Appearance(self._memory, self._set_theme, self.page.set_choice, self)
        theme = self.appearance.theme
        self.page.setProperty("reads", True)
        self.page.set_page(self.desk.reader.page)
        self.articles = ArticlePanel(self.desk.library, theme)
        self.inspector = InspectorPanel(self.desk, theme)
        self.top = TopBar(self.desk, theme, self.run_by_id)
        self.status = StatusLine(self.desk)
        self.palette_popup = Palette(self, self.run)
        self.chooser = Chooser(self)
        self.tour = Tour(self.page)
        self.find_bar = FindBar(self.page, self.desk.finder)
        self.tools = Tools(self, self.desk, theme)
        self.publishing = Publishing(self, self.desk, lambda: self._memory.preferences.face)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for widget in (self.articles, self.page, self.inspector):
            self.splitter.addWidget(widget)
        self.articles.setMinimumWidth(220)
        self.inspector.setMinimumWidth(280)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([270, 690, 320])
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(holder)
        self._menus: dict[str, QMenu] = {}
        for name in MENUS:
            menu = self.menuBar().addMenu(self.tr(name))
            menu.aboutToShow.connect(partial(self._fill_menu, name))
            self._menus[name] = menu
        self.keys = KeyFilter(self, self.desk, self.run)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(IDLE_MILLISECONDS)
        self._idle.timeout.connect(self.desk.settle)
        self._place = QTimer(self)
        self._place.setSingleShot(True)
        self._place.setInterval(PLACE_MILLISECONDS)
        self._place.timeout.connect(self._keep_place)

    def _connect(self) -> None:
        self.articles.chosen.connect(self._choose_article)
        self.articles.view.activated.connect(self._to_page)
        self.articles.filter.returnPressed.connect(self._to_page)
        self.page.selection_finished.connect(self.desk.selection_finished)
        self.page.mark_clicked.connect(self._mark_clicked)
        self.page.mark_reshaped.connect(self._reshape)
        self.page.marks_joined.connect(self._join)
        self.page.context_requested.connect(self._context_menu)
        self.status.cancelled.connect(self._cancel)
        self.desk.focus.connect(self._show_part)
        self.desk.zoom.connect(self._zoom)
        self.desk.chooser.connect(self._choose)
        self.desk.project_changed.connect(self._project_changed)
        self.desk.reader.article_leaving.connect(self._remember_place)
        self.desk.reader.article_shown.connect(self._return_to_place)
        self.desk.saved.connect(self._acted)
        self.desk.reader.page.caret_changed.connect(self._moved)
        self.page.verticalScrollBar().valueChanged.connect(self._moved)
        self.tour.dismissed.connect(self._memory.dismiss_tour)
        self.page.zoom_changed.connect(partial(self._memory.set, "zoom"))
        self._memory.changed.connect(self._option_changed)

    # Commands

    def run_by_id(self, name: str) -> None:
        """Run a command by its id, if it can be done now."""
        command = next((command for command in self.desk.commands if command.id == name), None)
        if command and command.available(self.desk):
            self.run(command)

    def run(self, command: Command) -> None:
        """Run a command."""
        command.run(self.desk)

    def _fill_menu(self, name: str) -> None:
        menu = self._menus[name]
        menu.clear()
        for command in self.desk.commands:
            if command.menu == name:
                menu.addAction(self._action(command, menu))
        if name == "Project":
            self._add_recent(menu)

    def _action(self, command: Command, menu: QMenu) -> QAction:
        title = command.title
        if command.id == "edit.undo" and self.desk.undo_name:
            title = self.tr("Undo: {}").format(self.desk.undo_name)
        if command.id == "edit.redo" and self.desk.redo_name:
            title = self.tr("Redo: {}").format(self.desk.redo_name)
        # The key stands in the words; KeyFilter is the only one that acts on it.
        action = QAction(
            f"{title.replace('&', '&&')}\t{command.key}" if command.key else title, menu
        )
        action.setEnabled(command.available(self.desk))
        action.triggered.connect(partial(self._run_action, command))
        return action

    def _run_action(self, command: Command, _checked: bool = False) -> None:
        self.run(command)

    def _add_recent(self, menu: QMenu) -> None:
        menu.addSeparator()
        for name in self._memory.recent():
            action = QAction(Path(name).stem.replace("&", "&&"), menu)
            action.setToolTip(name)
            action.triggered.connect(partial(self._open_recent, name))
            menu.addAction(action)
        menu.addSeparator()
        leave = QAction(self.tr("Quit\tCtrl+Q"), menu)
        leave.triggered.connect(self.close)
        menu.addAction(leave)

    def _open_recent(self, name: str, _checked: bool = False) -> None:
        self.desk.open_project(Path(name))

    def _reshape(self, mark: str, extents: list[tuple[int, int]]) -> None:
        self.desk.reshape(mark, extents)

    def _join(self, start: str, end: str) -> None:
        tying.join(self.desk, start, end)

    def _context_menu(self, _offset: int, place: QPoint) -> None:
        menu = QMenu(self)
        for group in CONTEXT:
            menu.addSeparator()
            for command in self.desk.commands:
                if command.id.startswith(group) and command.available(self.desk):
                    menu.addAction(self._action(command, menu))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    # What the desk asks to show

    def _show_part(self, part: str) -> None:
        actions: dict[str, Callable[[], None]] = {
            "palette": self._open_palette,
            "filter": self._focus_filter,
            "page": self._to_page,
            "inspector": self._focus_inspector,
            "note": self._focus_note,
            "find": self.find_bar.open,
            "theme": self.appearance.next_theme,
            "settings": self._show_settings,
            "overview": self._toggle_overview,
            "own-keys": partial(self._show_settings, keys=True),
            "toggle-list": partial(self._toggle, self.articles),
            "toggle-inspector": partial(self._toggle, self.inspector),
            "keys": self._show_keys,
            "tour": self.tour.start,
            "about": self._show_about,
            **{name: partial(self._focus_field, name) for name in ("who", "topics", "date")},
            **self.tools.actions,
            **self.publishing.actions,
        }
        actions[part]()

    def _open_palette(self) -> None:
        self.palette_popup.open(
            [command for command in self.desk.commands if command.available(self.desk)]
        )

    def _choose(self, choosing: Choosing) -> None:
        port = self.page.viewport()
        place = self.page.caret_rect().toAlignedRect()
        self.chooser.open(choosing, place.translated(port.mapToGlobal(QPoint(0, 0))))

    def _focus_filter(self) -> None:
        self.articles.show()
        self.articles.filter.setFocus()
        self.articles.filter.selectAll()

    def _to_page(self, _: object = None) -> None:
        self.page.setFocus()

    def _focus_inspector(self) -> None:
        self.inspector.show()
        self.inspector.focus_first()

    def _focus_field(self, name: str) -> None:
        self.inspector.show()
        if not self.inspector.focus_field(name):
            self.desk.messages.problem(self.tr("This mark has no such field."))

    def _focus_note(self) -> None:
        self.inspector.show()
        self.inspector.focus_note()

    def _toggle(self, widget: QWidget) -> None:
        widget.setVisible(not widget.isVisible())

    def _show_keys(self) -> None:
        KeysDialog(self, self.desk.commands).show()

    def _option_changed(self, name: str) -> None:
        if name == "whole_words":
            self.page.pointer.by_word = self._memory.preferences.whole_words
        elif name == "overview":
            self.page.show_overview(self._memory.preferences.overview)
        elif name == "sticky":
            self.desk.reader.keeps_held = self._memory.preferences.sticky

    def _toggle_overview(self) -> None:
        self._memory.set("overview", not self._memory.preferences.overview)

    def _show_settings(self, *, keys: bool = False) -> None:
        dialog = SettingsDialog(self, self._memory, OwnKeys(self.desk, self._memory))
        if keys:
            dialog.open_keys()
        dialog.show()

    def _show_about(self) -> None:
        AboutDialog(self, self._version).show()

    def _zoom(self, change: int) -> None:
        self._memory.zoom(change)

    # Theme

    @property
    def theme(self) -> Theme:
        """The theme shown now."""
        return self.appearance.theme

    def _set_theme(self, theme: Theme) -> None:
        for part in (self.page, self.articles, self.inspector, self.top, self.tools):
            part.set_theme(theme)

    # Projects and articles

    def start(self, path: Path | None) -> None:
        """Open a project at the article where it was left, or nothing."""
        if path and self.desk.open_project(path, self._memory.last_article(path)):
            self._to_page()
        if not self._memory.preferences.tour_done:
            self.tour.start()

    def last_project(self) -> Path | None:
        """Return the project that was open when the window was closed last."""
        return self._memory.last_project()

    def annotator_name(self) -> str | None:
        """Return the name that new work is signed with, if one was chosen."""
        return self._memory.preferences.annotator or None

    def _project_changed(self, _: None) -> None:
        project = self.desk.project
        self.setWindowTitle(f"{project.path.stem} — annotator" if project else "annotator")
        if project and project.file.is_read_only:
            self.setWindowTitle(self.tr("{} (to read only) — annotator").format(project.path.stem))
        elif project:
            self._memory.opened(project.path)

    def _choose_article(self, article: Id) -> None:
        self.desk.open_article(article)

    def _mark_clicked(self, mark: Id) -> None:
        if self.desk.reader.linking:
            self.desk.end_link()

    def _remember_place(self, article: Id) -> None:
        page = self.desk.reader.page
        self._memory.left(article, page.caret, self.page.first_visible_offset())

    def _return_to_place(self, article: Id) -> None:
        place = self._memory.place(article)
        if place:
            self.desk.reader.page.select(place[0], place[0])
            self.page.set_first_visible_offset(place[1])

    def _acted(self, _: str) -> None:
        """Keep the place at once: should the program end now, work goes on where it was."""
        self._idle.start()
        self._keep_place()

    def _moved(self, _: object = None) -> None:
        self._place.start()

    def _keep_place(self) -> None:
        project, article = self.desk.project, self.desk.reader.article
        if project and article:
            self._remember_place(article.id)
            self._memory.was_in(project.path, article.id)

    # Long work

    def _is_busy(self) -> bool:
        if self._job:
            self.desk.messages.problem(
                self.tr("Something is still running: wait for it, or cancel it below.")
            )
        return self._job is not None

    def _start(self, job: SlicedJob | AsideJob, title: str) -> None:
        self._job = job
        self.status.show_progress(0, 0, title)
        job.start()

    def _progress(self, title: str, done: int, total: int, name: str) -> None:
        self.status.show_progress(done, total, f"{title} {name}".strip())

    def _ended_slices(
        self, done: Callable[[BaseException | None], None], error: BaseException | None
    ) -> None:
        self._end_job(error)
        done(error)

    def _ended_aside(
        self,
        done: Callable[[object | None, BaseException | None], None],
        result: object,
        error: BaseException | None,
    ) -> None:
        self._end_job(error)
        done(result, error)

    def _end_job(self, error: BaseException | None) -> None:
        job, self._job = self._job, None
        if job:
            job.deleteLater()
        self.status.hide_progress()
        if isinstance(error, Cancelled):
            self.desk.messages.done(self.tr("Cancelled: nothing was changed."))
        elif isinstance(error, Problem):
            self.desk.messages.problem(str(error))

    def _cancel(self) -> None:
        if self._job:
            self._job.cancel()

    # Drops, size, end

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Welcome files and folders."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a project that is dropped; import everything else."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take_files(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open a project among the files, or import the files."""
        found = next((path for path in paths if path.suffix == ".annotator"), None)
        if found:
            self.desk.open_project(found)
        elif self.desk.project is None:
            self.desk.messages.problem(
                self.tr("Open or make a project first, then drop the articles.")
            )
        elif paths:
            self.desk.import_paths(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the inspector go where there is no room for it beside the page."""
        super().resizeEvent(event)
        narrow, was = event.size().width() < NARROW, event.oldSize().width() < NARROW
        if event.oldSize().isValid() and narrow != was:
            self.inspector.setVisible(not narrow)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what runs, remember the place, close the project."""
        if self._job:
            self._job.cancel()
            if isinstance(self._job, AsideJob):
                self._job.wait()
        self._keep_place()
        self.inspector.keep()
        self.tools.keep()
        geometry = base64.b64encode(self.saveGeometry().data()).decode()
        self._memory.window(geometry, self.splitter.sizes())
        self.keys.stop()
        self._idle.stop()
        self._place.stop()
        self.desk.close()
        super().closeEvent(event)

    def _restore(self) -> None:
        preferences = self._memory.preferences
        if preferences.geometry:
            self.restoreGeometry(QByteArray(base64.b64decode(preferences.geometry)))
        if len(preferences.panels) == 3:
            self.splitter.setSizes(preferences.panels)
        self.desk.set_own_keys(preferences.keys)
        for name in ("whole_words", "sticky", "overview"):
            self._option_changed(name)

    def _folder(self) -> str:
        project = self.desk.project
        return str(project.path.parent if project else Path.home())
