"""The list of articles on the left: filter, order, rows, and the progress below."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import (
    QModelIndex,
    QPoint,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QProgressBar,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.article_row import ArticleRow
from annotator.presentation.library import Library
from annotator.presentation.queue import Order, Stage
from annotator.ui.article_rows import ROW, ArticleDelegate, ArticleModel
from annotator.ui.boxes import ChoiceBox
from annotator.ui.pacing import NEXT_TURN_MILLISECONDS
from annotator.ui.reading_on import MOMENT_SECONDS
from annotator.ui.skeleton import RowsToCome
from annotator.ui.theme import Theme

LEAST_BOX = 60
"""In pixels; a word and its arrow."""

MANY_AGAIN = 2_000
"""Fewer articles are read again before anybody could read that it is done."""


class ArticleView(QListView):
    """A list that leaves letters and digits to the commands of the window.

    Signals:
        menu_wanted: a menu about an article, by its id, at a place on the screen.
    """

    menu_wanted = Signal(str, QPoint)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for a menu about the row under the pointer, or the current one."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = index.data(ROW)
        if isinstance(row, ArticleRow):
            middle = self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(row.id, middle if by_key else event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep the arrows; pass everything that prints on."""
        if event.text().isprintable() and event.text():
            event.ignore()
            return
        super().keyPressEvent(event)


class ArticlePanel(QFrame):
    """Filter, list and progress."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, library: Library, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("articles")
        self._library = library
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find an article"))
        self.filter.setAccessibleName(self.tr("Find an article by its title, publisher or date"))
        self.stage = ChoiceBox(self.tr("Which articles"))
        self.order = ChoiceBox(self.tr("In which order"))
        self.order.offer([(self.tr(order.value), order) for order in Order], library.choice.order)
        self.order.setToolTip(self.tr("The seed of the order by chance is in the settings, Ctrl+,"))
        self.view = ArticleView()
        self.view.setAccessibleName(self.tr("Articles"))
        self.view.setUniformItemSizes(True)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self._model = ArticleModel(library, self)
        self._delegate = ArticleDelegate(theme, self)
        self._is_early = False
        self.view.setModel(self._model)
        self.view.setItemDelegate(self._delegate)
        self.empty = QLabel()
        self.empty.setWordWrap(True)
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.empty.setObjectName("empty")
        self._to_come = RowsToCome(theme)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(3)
        self.bar.setAccessibleName(self.tr("Finished articles"))
        self.progress = QLabel()
        self.progress.setObjectName("muted")
        self._lay_out()
        self._connect(library)
        self._refresh(None)

    def _connect(self, library: Library) -> None:
        self.filter.textChanged.connect(library.set_filter)
        # Finding the picture of the button takes a while, and an empty field has none.
        self.filter.textChanged.connect(lambda: self.filter.setClearButtonEnabled(True))
        self.stage.activated.connect(self._set_stage)
        self.order.activated.connect(self._set_order)
        self.filter.returnPressed.connect(self._take_first)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        library.reset.connect(self._refresh)
        library.reordered.connect(self._show_order)
        library.coloured.connect(lambda _: self._repaint())
        library.row_changed.connect(self._progress_soon)
        library.current_changed.connect(self._show_current)
        # One act may change thousands of rows; what is counted below is told once.
        self._counted = QTimer(self)
        self._counted.setSingleShot(True)
        self._counted.setInterval(0)
        self._counted.timeout.connect(self._progress_changed)
        # A long list is read bit by bit, while the first article is read already.
        self._reading: Iterator[int] = iter(())
        self._between = QTimer(self)
        self._between.setInterval(NEXT_TURN_MILLISECONDS)
        self._between.timeout.connect(self.read_on)
        library.drive = self._read_soon

    def _read_soon(self, reading: Iterator[int]) -> None:
        self._reading = reading
        self._between.start()

    def read_on(self) -> None:
        """Read another bit of a long list, what is in sight first."""
        end = time.perf_counter() + MOMENT_SECONDS
        read = next(self._reading, None)
        while read is not None and time.perf_counter() < end:
            read = next(self._reading, None)
        if self._delegate.awaits and self._library.shows_early:
            self._look_where_seen()
        if read is None:
            self._between.stop()
        else:
            self._tell_read()

    def _look_where_seen(self) -> None:
        """Read the rows that are in sight now."""
        self._delegate.awaits = False
        middle = self.view.viewport().rect().center()
        self._library.look_at(max(self.view.indexAt(middle).row(), 0))
        self._repaint()

    @property
    def is_told_again(self) -> bool:
        """Tell whether the line below says that a long list is being read again, as it was changed."""
        return self._library.is_behind and self._library.total >= MANY_AGAIN

    def _tell_read(self) -> bool:
        """Say below how far a list is that is being read; return whether there is anything to say."""
        listed = self._library
        if listed.is_awaited:
            total, words = listed.awaited, self.tr("Listing {:,} articles …")
        elif self.is_told_again:
            total, words = listed.total, self.tr("Listing {:,} articles again …")
        else:
            return False
        self.bar.setMaximum(total)
        self.bar.setValue(min(listed.reached, total))
        self.progress.setText(words.format(total))
        return True

    def set_theme(self, theme: Theme) -> None:
        """Paint with another theme."""
        self._delegate.theme = self._to_come.theme = theme
        self._repaint()

    def _lay_out(self) -> None:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._to_come)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 8)
        layout.setSpacing(8)
        field = QVBoxLayout()
        field.setContentsMargins(12, 0, 12, 0)
        field.setSpacing(6)
        field.addWidget(self.filter)
        choices = QHBoxLayout()
        choices.setSpacing(6)
        for box in (self.stage, self.order):
            # They share the width of the list, however long their words are.
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumWidth(LEAST_BOX)
        choices.addWidget(self.stage, 1)
        choices.addWidget(self.order, 1)
        field.addLayout(choices)
        layout.addLayout(field)
        layout.addWidget(holder, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.setSpacing(4)
        foot.addWidget(self.bar)
        foot.addWidget(self.progress)
        layout.addLayout(foot)

    def _refresh(self, _: None) -> None:
        shown, was_early = self._library.length, self._is_early
        self._is_early = self._library.shows_early
        self._stack.setCurrentIndex(0 if shown else 2 if self._library.is_awaited else 1)
        if self._library.total:
            self.empty.setText(
                self.tr("No article is {}. Choose “All” above.").format(
                    self._library.choice.stage.value
                )
                if self._library.choice.stage is not Stage.ALL and not self._library.choice.filter
                else self.tr("No article matches. Clear the field above to see all.")
            )
        else:
            self.empty.setText(
                self._library.problem
                or self.tr("No articles yet. Drop files here, or press Ctrl+I.")
            )
        current = self._library.current
        index = self._library.index_of(current) if current else None
        # Where somebody is in a list that was only read to its end is where they stay.
        self._set_current(-1 if index is None else index, scrolls=not was_early)
        # Told with the next turn: a bar paints at once, and the list is to be painted first.
        self._counted.start()

    def _set_stage(self, _: int) -> None:
        self._library.set_stage(Stage(self.stage.currentData()))

    def _set_order(self, _: int) -> None:
        self._library.set_order(Order(self.order.currentData()))

    def _show_order(self, order: Order) -> None:
        self.order.setCurrentIndex(self.order.findData(order))

    def _progress_soon(self, _: int) -> None:
        self._counted.start()

    def _progress_changed(self) -> None:
        counts, is_known = self._library.counts, not self._library.is_awaited
        names = [(self.tr(stage.value.capitalize()), stage) for stage in Stage]
        items = [
            (f"{name} · {counts[stage]:,}" if is_known else name, stage) for name, stage in names
        ]
        self.stage.offer(items, self._library.choice.stage)
        if self._tell_read():
            return
        done, total = self._library.finished, self._library.total
        self.bar.setMaximum(max(total, 1))
        self.bar.setValue(done)
        problem = self._library.problem
        self.progress.setWordWrap(bool(problem))
        said = problem or self.tr("{:,} of {:,} articles finished").format(done, total)
        # Where there are no rows, what is wrong stands in their place.
        self.progress.setText(said if total else "")

    def _show_current(self, row: int) -> None:
        self._set_current(row, scrolls=True)

    def _set_current(self, row: int, *, scrolls: bool) -> None:
        selection = self.view.selectionModel()
        blocked = selection.blockSignals(True)
        if row < 0:
            selection.clear()
        else:
            self.view.setCurrentIndex(self._model.index(row))
            if scrolls:
                self.view.scrollTo(self._model.index(row))
        selection.blockSignals(blocked)
        self._repaint()

    def _repaint(self) -> None:
        # While the list is read there is nothing to paint, and to find out what the viewport is,
        # PySide would look at every kind of widget.
        if self._library.length:
            self.view.viewport().update()

    def _current_changed(self, current: QModelIndex, _: QModelIndex) -> None:
        if current.isValid():
            self._library.look_at(current.row())
        row = current.data(ROW)
        if isinstance(row, ArticleRow):
            self.chosen.emit(row.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape in the field shows all articles again and goes back to the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.filter.clear()
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _take_first(self) -> None:
        first = self._library.row_at(0)
        if first:
            self.chosen.emit(first.id)
