"""Work that has to be done before anything else can: a window that says so, and stays alive meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from annotator.ui.asking import WIDTH
from annotator.ui.inspector import parts
from annotator.ui.jobs import AsideJob

HIGH = 6

MOMENT_MILLISECONDS = 250
"""A window that goes within so long only flashes: it is not shown."""


class Waiting(QDialog):
    """A heading, a few sentences, how far the work is, and Cancel; it goes when the work is done."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        work: Callable[[Callable[[int, int], bool]], object],
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.result_of_work: object = None
        self.error: BaseException | None = None
        self._is_over = False
        self._job = AsideJob(work, self)
        self._job.progressed.connect(self._show_progress)
        self._job.ended.connect(self._end)
        self.bar = QProgressBar()
        self.bar.setFixedHeight(HIGH)
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = parts.button(self.tr("Cancel"), "", self.reject)
        self.stop.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(parts.label(title, "heading"))
        layout.addWidget(parts.label(text))
        layout.addWidget(self.bar)
        layout.addLayout(buttons)
        self.setFixedSize(WIDTH, layout.heightForWidth(WIDTH))

    def exec(self) -> int:
        """Begin, and wait for the end; what ends within a moment shows nothing."""
        moment = QEventLoop()
        self._job.ended.connect(moment.quit)
        QTimer.singleShot(MOMENT_MILLISECONDS, moment, moment.quit)
        self._job.start()
        moment.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return self.result() if self._is_over else super().exec()

    def reject(self) -> None:
        """Ask the work to stop; it ends at its next sign of progress, and this window with it."""
        self.stop.setEnabled(False)
        self._job.cancel()

    def _show_progress(self, done: int, total: int, _: str) -> None:
        self.bar.setMaximum(total)
        self.bar.setValue(done)

    def _end(self, result: object, error: BaseException | None) -> None:
        self.result_of_work, self.error = result, error
        self._job.wait()
        self._is_over = True
        self.accept()


def wait(
    parent: QWidget,
    title: str,
    text: str,
    work: Callable[[Callable[[int, int], bool]], object],
) -> object:
    """Do work in another thread and wait for its end; return what it returned, or raise what it raised."""
    dialog = Waiting(parent, title, text, work)
    dialog.exec()
    result, error = dialog.result_of_work, dialog.error
    dialog.deleteLater()
    if error:
        raise error
    return result
