"""How far long work is, and a way to stop it, in a window beside the main one."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from annotator.ui.inspector import parts
from annotator.ui.status_line import StatusLine

WIDE, HIGH = 140, 6


class WorkBar(QWidget):
    """A bar and a button; seen while the window that it stands in waits for its work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar()
        self.bar.setFixedSize(WIDE, HIGH)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = parts.button(self.tr("Cancel"), "", self._cancel)
        self._status: StatusLine | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self.stop)
        layout.addStretch(1)
        self.hide()

    def follow(self, status: StatusLine) -> None:
        """Show the work of a main window; it stops there, too."""
        self._status = status
        status.progressed.connect(self._show_progress)

    def show_running(self, *, is_running: bool) -> None:
        """Show or hide it; work that begins has done nothing yet."""
        if is_running and self.isHidden():
            self._show_progress(0, 0)
        self.setVisible(is_running)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def _cancel(self) -> None:
        if self._status:
            self._status.cancelled.emit()
