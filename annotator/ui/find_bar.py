"""The field for finding words in the article, in the upper corner of the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QWidget

from annotator.presentation.finding import Finder
from annotator.ui.inspector import parts

WIDTH, TOP = 380, 8


class FindBar(QFrame):
    """Enter goes on, Shift+Enter back, Escape leaves; typing shows every place at once."""

    def __init__(self, page: QWidget, finder: Finder) -> None:
        super().__init__(page)
        self._page = page
        self._finder = finder
        self.setObjectName("card")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this article"))
        self.field.setAccessibleName(self.tr("Find in this article"))
        self.count = parts.label("", "muted", wrap=False)
        back = parts.button("↑", "", lambda: finder.step(forward=False), name="quiet")
        back.setAccessibleName(self.tr("Previous place"))
        on = parts.button("↓", "", lambda: finder.step(forward=True), name="quiet")
        on.setAccessibleName(self.tr("Next place"))
        away = parts.button("×", "", self.leave, name="quiet")
        away.setAccessibleName(self.tr("Leave finding"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self.field, 1)
        for widget in (self.count, back, on, away):
            layout.addWidget(widget)
        self.field.textChanged.connect(finder.look_for)
        self.field.installEventFilter(self)
        page.installEventFilter(self)
        finder.changed.connect(self._refresh)
        self.hide()

    def open(self) -> None:
        """Show the field, ready for typing."""
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus()
        self.field.selectAll()
        if self.field.text():
            self._finder.look_for(self.field.text())

    def leave(self) -> None:
        """Go back to the page; the place found stays selected."""
        self.hide()
        self._finder.stop()
        self._page.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter and Escape of the field; stay in the corner of the page."""
        if watched is self._page and event.type() == QEvent.Type.Resize:
            self._place()
        if watched is not self.field or event.type() != QEvent.Type.KeyPress:
            return False
        if isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._finder.step(forward=not back)
            return True
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        return False

    def _refresh(self, _: None) -> None:
        finder = self._finder
        if not finder.words.strip():
            self.count.setText("")
        elif finder.count:
            self.count.setText(self.tr("{} of {}").format(finder.place, finder.count))
        else:
            self.count.setText(self.tr("nowhere"))

    def _place(self) -> None:
        width = min(WIDTH, self._page.width() - 60)
        self.setGeometry(self._page.width() - width - 44, TOP, width, self.sizeHint().height())
