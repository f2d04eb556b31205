"""Questions that need an answer before work goes on: a few buttons, or a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.inspector import parts

WIDTH = 460


class Question(QDialog):
    """A heading, a few sentences, one button for each answer, and Cancel."""

    def __init__(self, parent: QWidget, title: str, text: str, answers: Sequence[str]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.chosen: int | None = None
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(parts.label(title, "heading"))
        layout.addWidget(parts.label(text))
        layout.addSpacing(6)
        for number, answer in enumerate(answers):
            button = QPushButton(answer)
            button.setDefault(number == 0)
            button.setAutoDefault(number == 0)
            button.clicked.connect(lambda _checked=False, number=number: self._choose(number))
            layout.addWidget(button)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        layout.addWidget(cancel)
        self.setFixedWidth(WIDTH)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words need, which is known now that they have their face."""
        super().showEvent(event)
        self.setFixedHeight(self._layout.totalHeightForWidth(WIDTH))

    def _choose(self, number: int) -> None:
        self.chosen = number
        self.accept()


class Choice(QDialog):
    """A heading, a list, and a button that takes what is chosen in it."""

    def __init__(
        self, parent: QWidget, title: str, text: str, items: Sequence[str], answer: str
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.list = QListWidget()
        self.list.addItems(list(items))
        self.list.setAccessibleName(title)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        buttons = two_answers(self, answer, self.tr("Cancel"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(parts.label(title, "heading"))
        layout.addWidget(parts.label(text))
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.resize(WIDTH, 420)
        self.list.setFocus()

    @property
    def chosen(self) -> int:
        """The place in the list that is chosen."""
        return self.list.currentRow()


def in_front(window: QWidget) -> QWidget:
    """Return the dialog of a window that the user is in, or the window itself.

    A question stands before it; closed, it gives the keys back to where they were, not to the page.
    """
    front = QApplication.activeWindow()
    is_own = isinstance(front, QDialog) and front.parentWidget() is window
    return front if is_own and front else window


def two_answers(dialog: QDialog, take: str, leave: str) -> QDialogButtonBox:
    """Return the buttons that close a dialog: one takes what was answered, and Enter presses it."""
    buttons = QDialogButtonBox()
    taking = buttons.addButton(take, QDialogButtonBox.ButtonRole.AcceptRole)
    taking.setObjectName("primary")
    taking.setDefault(True)
    buttons.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons


def form_layout(dialog: QDialog, words: str) -> QVBoxLayout:
    """Return the layout of a dialog that says in a few words what its answers mean."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(16, 16, 16, 12)
    layout.setSpacing(12)
    layout.addWidget(parts.label(words))
    return layout


def ask(parent: QWidget, title: str, text: str, answers: Sequence[str]) -> int | None:
    """Ask and return the place of the answer, or None."""
    question = Question(in_front(parent), title, text, answers)
    question.exec()
    chosen = question.chosen
    question.deleteLater()
    return chosen


def choose(parent: QWidget, title: str, text: str, items: Sequence[str], answer: str) -> int | None:
    """Let the user choose from a list and return the place in it, or None."""
    choice = Choice(in_front(parent), title, text, items, answer)
    taken = choice.exec() == QDialog.DialogCode.Accepted
    chosen = choice.chosen
    choice.deleteLater()
    return chosen if taken else None
