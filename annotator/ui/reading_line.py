"""How far the reading of a list is, and a way to stop it: a line and a thin bar that belong to the list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.piecemeal import Piecemeal
from annotator.ui.inspector import parts

LATE_MILLISECONDS = 300
"""Nothing is said of what is read within so long: it would only flash."""

TOLD_MILLISECONDS = 60
"""From then on it is said so often how far it is."""

BAR, HIGH = 3, 24
"""In pixels; the line is as high while it says nothing, so that nothing moves when it does."""


class ReadingLine(QWidget):
    """Says how far the readings of a list are as soon as they are late, and stops them.

    What was stopped is said to be a part, with a way to read on.

    Signals:
        turned: it began to say something else than before, or ended.
    """

    turned = Signal()

    def __init__(self, readings: Piecemeal, words: Mapping[str, str], view: QWidget) -> None:
        """``words`` say of each reading by its name how much is read, of how much; ``view`` shows the list."""
        super().__init__()
        self._readings = readings
        self._told = words
        self._view = view
        self._rest: tuple[int, int, str] | None = None
        self.setFixedHeight(HIGH)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.words = parts.label("", "muted", wrap=False)
        # However long the words are, the list keeps its width.
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = parts.button("", "", self._press, name="inline")
        # A click leaves the keys to the list.
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.late = QTimer(self)
        self.late.timeout.connect(self._tell)
        self._is_late = False
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.words, 1)
        foot.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.bar)
        layout.addLayout(foot, 1)
        readings.turned.connect(self._turn)
        self._turn(None)

    @property
    def is_stopped(self) -> bool:
        """Whether the list is no more than a part of what there is, and nobody reads on."""
        return any(map(self._readings.is_halted, self._told))

    @property
    def is_going_on(self) -> bool:
        """Whether the list is being read, said or not."""
        return self._read is not None and not self.is_stopped

    @property
    def can_be_stopped(self) -> bool:
        """Whether it says how far a reading is that goes on."""
        return self._is_late and self.is_going_on

    @property
    def has_focus(self) -> bool:
        """Whether the keys are in the list, or here."""
        focus = QApplication.focusWidget()
        return focus is not None and (
            focus is self._view or self._view.isAncestorOf(focus) or self.isAncestorOf(focus)
        )

    def rest(self, done: int, total: int, words: str) -> None:
        """Say this while nothing is read."""
        self._rest = done, total, words
        self._turn(None)

    def stop(self) -> None:
        """Let what is read wait until somebody reads on."""
        self._readings.halt(*self._told)

    def read_on(self) -> None:
        """Go on with what was stopped."""
        self._readings.read_on(*self._told)

    def _press(self) -> None:
        if self.is_stopped:
            self.read_on()
        else:
            self.stop()

    @property
    def _read(self) -> str | None:
        """The reading that is told of."""
        return next(filter(self._readings.reads, self._told), None)

    def _turn(self, _: None) -> None:
        """Wait before something is said of a reading that begins; of what is stopped, or over, say it at once."""
        if not self.is_going_on:
            self.late.stop()
            self._is_late = self.is_stopped
            self._show()
        elif self._is_late:
            self.late.start(TOLD_MILLISECONDS)
            self._show()
        elif not self.late.isActive():
            self.late.start(LATE_MILLISECONDS)

    def _tell(self) -> None:
        if not self._is_late:
            self._is_late = True
            self.late.setInterval(TOLD_MILLISECONDS)
        self._show()

    def _show(self) -> None:
        name = self._read
        if name is None:
            self._show_rest()
            return
        done, total = self._readings.reached(name)
        stopped = self.is_stopped
        said = self._told[name].format(done, total) if total else ""
        if stopped:
            said = self.tr("Stopped: {}").format(said) if said else self.tr("Stopped")
        self._fill(done, total, said or self.tr("Reading …"))
        self._offer(self.tr("Read on") if stopped else self.tr("Stop"), "" if stopped else "Esc")

    def _show_rest(self) -> None:
        if self.button.hasFocus():
            self._view.setFocus()
        self.button.hide()
        if self._rest:
            self._fill(*self._rest)
        else:
            self.bar.hide()
            self.words.clear()
        self.turned.emit()

    def _fill(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.show()
        self.words.setText(words.format(done, total))

    def _offer(self, act: str, key: str) -> None:
        words = f"{act}  {key}".rstrip()
        if self.button.isHidden() or self.button.text() != words:
            self.button.setText(words)
            self.button.setToolTip(act)
            self.button.setAccessibleName(f"{act}: {self._view.accessibleName()}")
            self.button.setAccessibleDescription(self.words.text())
            self.button.show()
            self.turned.emit()


def with_line(view: QWidget, line: ReadingLine) -> QVBoxLayout:
    """Return the view of a list with its line below."""
    layout = QVBoxLayout()
    layout.setSpacing(0)
    layout.addWidget(view, 1)
    layout.addWidget(line)
    return layout


def stop_reading(window: QWidget) -> bool:
    """Stop what the lines of a window say is read: of the list with the keys, else all of it.

    Returns:
        whether there was anything to stop.
    """
    lines = [
        line
        for line in window.findChildren(ReadingLine)
        if line.isVisible() and line.can_be_stopped
    ]
    own = [line for line in lines if line.has_focus]
    for line in own or lines:
        line.stop()
    return bool(lines)
