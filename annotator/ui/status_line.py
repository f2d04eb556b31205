"""The line at the foot of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QWidget

from annotator.presentation import tying
from annotator.presentation.desk import Desk
from annotator.presentation.messages import Message, Tone
from annotator.ui.inspector import parts

MESSAGE_MILLISECONDS = 6000
ROOM_FOR_OTHERS = 420
"""What the other things of the line may need, in pixels."""

STATUS_HEIGHT = 34
"""The same with and without buttons in it, so that nothing above moves."""


class StatusLine(QFrame):
    """Saved, annotator, marks here, and what was just said.

    While a partner for a mark is being chosen it says so all the time, with a way out.
    """

    cancelled = Signal()
    progressed = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(STATUS_HEIGHT)
        self._desk = desk
        self.saved = parts.label("", "muted", wrap=False)
        self.who = parts.label("", "muted", wrap=False)
        self.here = parts.label("", "muted", wrap=False)
        self.message = QLabel()
        self.message.setTextFormat(self.saved.textFormat())
        self.message.setMinimumWidth(40)
        self._told = ""
        self.message.setAccessibleName(self.tr("Message"))
        self.undo = parts.button(self.tr("Undo"), "", desk.undo, name="quiet")
        self.undo.hide()
        self.leave = parts.button(self.tr("Cancel"), "", desk.let_go)
        # A click leaves the keys to the page.
        self.leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave.setAccessibleName(self.tr("Cancel choosing"))
        self.leave.hide()
        self._asked = ""
        self.bar = QProgressBar()
        self.bar.setFixedWidth(180)
        self.bar.setFixedHeight(6)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = parts.button(self.tr("Cancel"), "", self.cancelled.emit)
        self.bar.hide()
        self.stop.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 12, 2)
        layout.setSpacing(16)
        layout.addWidget(self.saved)
        layout.addWidget(self.who)
        layout.addWidget(self.here)
        layout.addStretch(1)
        for widget in (self.message, self.undo, self.leave, self.bar, self.stop):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MESSAGE_MILLISECONDS)
        self._timer.timeout.connect(self._quiet)
        desk.messages.said.connect(self._say)
        desk.saved.connect(self._saved)
        desk.project_changed.connect(self._project_changed)
        desk.reader.changed.connect(self._refresh)
        self._refresh(None)

    def show_progress(self, done: int, total: int, title: str) -> None:
        """Show how far long work is."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        self.bar.show()
        self.stop.show()
        self._tell(title)
        self.progressed.emit(done, total)

    def hide_progress(self) -> None:
        """Long work is over."""
        self.bar.hide()
        self.stop.hide()
        self._tell(self._asked)

    def _say(self, message: Message) -> None:
        self._mean(message.tone)
        self._tell(message.text if message.tone is Tone.DONE else f"⚠ {message.text}")
        self.message.setToolTip(message.text)
        self.undo.setVisible(message.undoable)
        self._timer.start(
            MESSAGE_MILLISECONDS if message.tone is Tone.DONE else 2 * MESSAGE_MILLISECONDS
        )

    def _mean(self, tone: Tone) -> None:
        name = "problem" if tone is Tone.PROBLEM else ""
        if name != self.message.objectName():
            self.message.setObjectName(name)
            self.message.style().polish(self.message)

    def _tell(self, text: str) -> None:
        """Show a sentence, shortened in its middle where there is no room for it."""
        self._told = text
        room = max(self.width() - ROOM_FOR_OTHERS, 200)
        self.message.setText(
            self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the sentence as there is room for now."""
        super().resizeEvent(event)
        self._tell(self._told)

    def _quiet(self) -> None:
        self._mean(Tone.DONE)
        self._tell(self._asked)
        self.message.setToolTip(self._asked)
        self.undo.hide()

    def _show_asked(self) -> None:
        """Say what is to be chosen as long as it is, and nothing of it afterwards."""
        before, self._asked = self._asked, tying.asked(self._desk)
        if before != self._asked and self._told in (before, ""):
            self._quiet()
        key = self._desk.key_of("mark.release")
        self.leave.setText(f"{self.tr('Cancel')}  {key}".rstrip())
        self.leave.setVisible(bool(self._asked))

    def _project_changed(self, _: object) -> None:
        """Offer no undo of what was done in another project."""
        if not self.undo.isHidden():
            self._quiet()
        self._refresh(None)

    def _saved(self, _: str) -> None:
        self.saved.setText(self.tr("Saved ✓ {}").format(self._desk.local_time()))

    def _refresh(self, _: object) -> None:
        project = self._desk.project
        self.who.setText(project.annotator.name if project else "")
        marks = len(self._desk.reader.marks)
        self.here.setText(
            (self.tr("1 mark here") if marks == 1 else self.tr("{:,} marks here").format(marks))
            if self._desk.reader.article
            else ""
        )
        self._show_asked()
        if project is None:
            self.saved.setText("")
        elif project.file.is_read_only:
            self.saved.setText(self.tr("To read only"))
        elif not self.saved.text():
            self.saved.setText(self.tr("All saved ✓"))
