"""The way of somebody who has read nothing: first start, five cards, own article, first claim, export."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from annotator.presentation.memory import Memory
from annotator.services import sample
from annotator.ui.main_window import MainWindow
from tests.support.hands import Hands

ARTICLE = (
    "Ferry fares rise again\n\n"
    "The ferry company will raise its fares in May. “Nobody on the islands can pay this,” said Tove Lund, "
    "who runs the bakery at the pier.\n"
)


def first_start(folder: Path) -> Hands:
    """Open the window as the first start does: on the sample project, with the first card."""
    memory = Memory(folder / "config")
    memory.preferences.theme = "light"
    window = MainWindow(memory, "test")
    window.resize(1280, 800)
    window.show()
    window.start(sample.prepare(None))
    window.activateWindow()
    window.page.setFocus()
    hands = Hands(window)
    hands.settle()
    return hands


def walk(hands: Hands, folder: Path) -> Iterator[str]:
    """Do everything in order; yield what has just been reached, for a look and a picture."""
    window = hands.window
    yield "first-start"
    hands.desk.go(forward=True)
    hands.drag(_name(hands))
    hands.press("A")
    yield "an-actor"
    hands.drag_over(*_sentence(hands))
    hands.press("C")
    yield "a-claim"
    hands.press("F")
    yield "its-source"
    hands.press("-")
    yield "its-stance"
    hands.press("D")
    if hands.desk.reader.gaps:
        hands.press("D")
    yield "done"
    _press(hands, "Start")
    own = folder / "islands.annotator"
    window.questions.new_project = lambda: own  # type: ignore[method-assign]
    hands.press("Ctrl+N")
    yield "own-project"
    article = folder / "ferry.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    drop(hands, article)
    yield "what-comes-in"
    QTest.keyClick(window.tools.incoming, Qt.Key.Key_Return)
    _wait(hands)
    yield "own-article"
    hands.drag("Tove Lund")
    hands.press("A")
    hands.drag("Nobody on the islands can pay this")
    hands.press("C", "F")
    yield "first-claim"
    out = folder / "islands.jsonl"
    window.questions.export = lambda _: out  # type: ignore[method-assign]
    hands.press("Ctrl+E")
    _wait(hands)
    yield "export"


def drop(hands: Hands, *files: Path) -> None:
    """Drop files on the window, and wait until they were looked at."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    place = hands.window.rect().center()
    entering = QDragEnterEvent(
        place,
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(hands.window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(
        hands.window,
        QDropEvent(
            QPointF(place),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        ),
    )
    while hands.window.tools.incoming.desk.is_looking:
        QTest.qWait(10)
    hands.settle()


def _wait(hands: Hands) -> None:
    while hands.window._job is not None or hands.desk.busy:
        QTest.qWait(10)
    hands.settle()


def _press(hands: Hands, words: str) -> None:
    button = next(one for one in hands.window.tour.findChildren(QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    hands.settle()


def _name(hands: Hands) -> str:
    """Return a name in the article that is not the first word of a sentence."""
    words = hands.page.text.split()
    return next(
        f"{one} {other}"
        for before, one, other in zip(words, words[1:], words[2:], strict=False)
        if before.islower() and one.istitle() and other.istitle() and (one + other).isalpha()
    )


def _sentence(hands: Hands) -> tuple[int, int]:
    """Return the second sentence of the article, which somebody could claim."""
    start = hands.page.text.index(". ") + 2
    return start, hands.page.text.index(".", start)
