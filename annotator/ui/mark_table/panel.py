"""The mark table with its filters above it, to be docked below the page or to float."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.article import Verdict
from annotator.domain.codebook import Kind
from annotator.domain.mark import Origin
from annotator.domain.mark_query import MarkQuery
from annotator.domain.search_query import PARTS
from annotator.presentation.mark_table import MARKS, ORDER, MarkTable
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.flow import FlowLayout
from annotator.ui.inspector import parts
from annotator.ui.mark_table.view import MarkTableView
from annotator.ui.reading_line import ReadingLine, stop_reading
from annotator.ui.reading_on import ReadingOn
from annotator.ui.theme import Theme

BEHIND_MILLISECONDS = 400
"""A large table follows when nothing was done for so long."""


class MarkTablePanel(QDockWidget):
    """Filters, table, and what can be done with the rows chosen."""

    jumped = Signal()

    def __init__(self, table: MarkTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Marks"))
        self.setObjectName("mark-table")
        self._table = table
        self._chosen = 0
        self.view = MarkTableView(table, theme)
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Words in the mark"))
        self.text.setAccessibleName(self.tr("Show only marks with these words"))
        self.text.setClearButtonEnabled(True)
        self.text.setFixedWidth(190)
        self.scope = ChoiceBox(self.tr("Which articles"))
        self.layer = ChoiceBox(self.tr("Layer"))
        self.value = ChoiceBox(self.tr("Value"))
        self.state = ChoiceBox(self.tr("State"))
        self.origin = ChoiceBox(self.tr("Origin"))
        self.part = ChoiceBox(self.tr("Part of the article"))
        self.everybody = TickBox(self.tr("Everybody's"))
        self.everybody.setToolTip(self.tr("Show the marks of all annotators, not only yours"))
        self.clear = parts.button(self.tr("Clear filters"), "", table.clear_filters, name="quiet")
        self.count = QLabel()
        self.count.setObjectName("muted")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.empty = parts.label("", "empty")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        said = {MARKS: self.tr("Looking for marks …"), ORDER: self.tr("Sorting …")}
        self.progress = ReadingLine(table.readings, said, self.view)
        self.progress.turned.connect(self._show_progress)
        self.setWidget(self._laid_out())
        self.text.textChanged.connect(lambda text: table.filter(text=text))
        self.scope.activated.connect(lambda place: table.set_scope(everywhere=place == 1))
        self.layer.activated.connect(partial(self._set_layer))
        self.value.activated.connect(partial(self._set_value))
        self.state.activated.connect(partial(self._set_state))
        self.origin.activated.connect(partial(self._set_origin))
        self.part.activated.connect(partial(self._set_part))
        self.everybody.toggled.connect(lambda on: table.set_scope(only_mine=not on))
        self.view.chosen_changed.connect(self._tell)
        self.view.jumped.connect(self.jumped)
        table.reset.connect(self._refresh)
        self._behind = QTimer(self)
        self._behind.setSingleShot(True)
        self._behind.setInterval(BEHIND_MILLISECONDS)
        self._behind.timeout.connect(table.catch_up)
        table.behind.connect(lambda _: self._behind.start())
        self._reading = ReadingOn(table.readings, self)
        self.visibilityChanged.connect(self._visible)
        self._refresh(None)

    def show_query(self, query: MarkQuery) -> None:
        """Show what a query finds in all articles, by all annotators."""
        self._table.only_mine = False
        self._table.show(query, everywhere=True)

    def set_theme(self, theme: Theme) -> None:
        """Show the layers in the colours of another theme."""
        self.view.set_theme(theme)

    def _laid_out(self) -> QWidget:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 6, 12, 6)
        bar.setSpacing(6)
        filters = FlowLayout(spacing=6)
        for widget in (
            self.scope, self.layer, self.value, self.state, self.origin, self.part, self.text,
        ):  # fmt: skip
            filters.addWidget(widget)
        bar.addLayout(filters, 1)
        for end in (self.everybody, self.clear, self.count):
            end.setMinimumHeight(self.scope.sizeHint().height())
            bar.addWidget(end, 0, Qt.AlignmentFlag.AlignTop)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        whole = QWidget()
        whole.setObjectName("panel")
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(holder, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 0)
        foot.addWidget(self.progress)
        layout.addLayout(foot)
        self._show_progress()
        return whole

    def _show_progress(self) -> None:
        """Take no room for progress before it is late: few tables ever are."""
        self.progress.setVisible(self.progress.can_be_stopped or self.progress.is_stopped)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape stops what is being looked for or sorted."""
        if event.key() == Qt.Key.Key_Escape and stop_reading(self):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _refresh(self, _: None) -> None:
        query, book = self._table.query, self._table.codebook
        self.scope.offer(
            [(self.tr("This article"), False), (self.tr("All articles"), True)],
            self._table.everywhere,
        )
        layers = [(layer.label, layer.name) for layer in book.layers] if book else []
        self.layer.offer(
            [(self.tr("All layers"), None), *layers],
            query.layers[0] if query.layers else None,
        )
        self.value.offer(self._values(), query.values[0] if query.values else None)
        verdicts = [(verdict.value, verdict) for verdict in Verdict]
        self.state.offer([(self.tr("Any state"), None), *verdicts], query.verdict)
        origins = [(origin.value, origin) for origin in Origin]
        self.origin.offer([(self.tr("Any origin"), None), *origins], query.origin)
        parts_of = [(part.capitalize(), part) for part in PARTS]
        self.part.offer([(self.tr("Any part"), None), *parts_of], query.part)
        blocked = self.text.blockSignals(True)
        if self.text.text() != query.text:
            self.text.setText(query.text)
        self.text.blockSignals(blocked)
        blocked = self.everybody.blockSignals(True)
        self.everybody.setChecked(not self._table.only_mine)
        self.everybody.blockSignals(blocked)
        self.clear.setVisible(self._table.is_filtered)
        self._stack.setCurrentIndex(0 if self._table.count else 1)
        self.empty.setText(self._why_empty())
        self._tell(0)

    def _why_empty(self) -> str:
        if not self._table.is_known:
            return ""
        if self._table.is_filtered:
            return self.tr("No mark is like this. Clear the filters to see all.")
        return self.tr("Nothing marked here yet. Select words in the article and press A, C or S.")

    def _values(self) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = [(self.tr("Any value"), None)]
        for column in self._table.columns:
            attribute = column.attribute
            if attribute is None:
                continue
            if attribute.kind is Kind.YES_NO:
                codes: list[tuple[str, object]] = [("yes", 1), ("no", 0)]
            else:
                codes = [(code.label or code.name, code.name) for code in attribute.codes]
            if attribute.kind is Kind.SCALE:
                codes = [(label, int(str(name))) for label, name in codes]
            found += [(f"{column.title}: {label}", (attribute.name, code)) for label, code in codes]
            found.append(
                (self.tr("{}: not filled in").format(column.title), (attribute.name, None))
            )
        return found

    def _tell(self, chosen: int) -> None:
        self._chosen = chosen
        count = self._table.count
        total = self.tr("1 mark") if count == 1 else self.tr("{:,} marks").format(count)
        # Room for it is kept, so that no filter moves to another line when rows are chosen.
        of_all = self.tr("{:,} of {}")
        longest = of_all.format(count, total)
        self.count.setMinimumWidth(self.count.fontMetrics().horizontalAdvance(longest))
        if chosen > 1:
            self.count.setText(of_all.format(chosen, total))
        else:
            self.count.setText(total if count or self._table.is_known else "")
        self.count.setToolTip(
            self.tr(
                "Enter goes to the text, F2 changes a value (of all rows chosen), Ctrl+C copies, Delete deletes"
            )
        )

    def _set_layer(self, _: int) -> None:
        layer = self.layer.currentData()
        self._table.filter(layers=(layer,) if layer else (), values=())

    def _set_value(self, _: int) -> None:
        value = self.value.currentData()
        self._table.filter(values=(tuple(value),) if value else ())

    def _set_state(self, _: int) -> None:
        verdict = self.state.currentData()
        self._table.filter(verdict=Verdict(verdict) if verdict else None)

    def _set_origin(self, _: int) -> None:
        origin = self.origin.currentData()
        self._table.filter(origin=Origin(origin) if origin else None)

    def _set_part(self, _: int) -> None:
        self._table.filter(part=self.part.currentData())

    def _visible(self, visible: bool) -> None:
        if visible and not self._table.is_shown:
            self._table.show()
        elif not visible and self.isHidden():
            self._table.hide()
