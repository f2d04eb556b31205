"""Files over the window: a sign says what dropping them would do, and none is shown for what does nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from annotator.ui.drop_sign import INSET, DropSign
from tests.support.hands import Hands

COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def data(*urls: str) -> QMimeData:
    found = QMimeData()
    found.setUrls([QUrl(url) for url in urls])
    return found


def drag_in(hands: Hands, mime: QMimeData) -> bool:
    """Drag something over the window; tell whether it may be dropped."""
    event = QDragEnterEvent(QPoint(300, 300), COPY, mime, LEFT, NO_KEYS)
    event.ignore()
    QApplication.sendEvent(hands.window, event)
    return event.isAccepted()


def drag_out(hands: Hands) -> None:
    QApplication.sendEvent(hands.window, QDragLeaveEvent())


def sign(hands: Hands) -> DropSign:
    return hands.window.drops.sign


def test_the_sign_says_what_dropping_would_do(hands: Hands) -> None:
    for urls, words in (
        (["file:///a/one.txt"], "Drop to see what comes in of “one.txt”"),
        (["file:///a/one.txt", "file:///a/folder"], "Drop to see what comes in of 2 files"),
        (["file:///a/b.txt", "file:///a/c.annotator"], "Drop it to open the project “c”"),
    ):
        assert drag_in(hands, data(*urls))
        assert sign(hands).isVisible()
        assert sign(hands).words == words
        assert sign(hands).geometry() == hands.window.rect()
        drag_out(hands)
        assert not sign(hands).isVisible()


def test_no_sign_for_what_cannot_be_dropped(hands: Hands) -> None:
    text = QMimeData()
    text.setText("some words")
    for mime in (text, data("https://example.org/page.html")):
        assert not drag_in(hands, mime)
        assert not sign(hands).isVisible()
    hands.desk.close()
    assert drag_in(hands, data("file:///a/one.txt")), "dropped, it says what to do first"
    assert not sign(hands).isVisible()
    assert drag_in(hands, data("file:///a/c.annotator"))
    assert sign(hands).isVisible()


def test_the_sign_goes_with_the_drop_and_takes_the_place_of_nothing(
    hands: Hands, tmp_path: Path
) -> None:
    focus = QApplication.focusWidget()
    mime = data(QUrl.fromLocalFile(str(tmp_path / "none.annotator")).toString())
    assert drag_in(hands, mime)
    assert QApplication.focusWidget() is focus
    picture = hands.window.grab().toImage()
    ratio = picture.devicePixelRatio()
    edge = picture.pixelColor(round(INSET * ratio), picture.height() // 2)
    assert _far(edge, hands.window.theme.accent) < 60
    drop = QDropEvent(QPointF(300, 300), COPY, mime, LEFT, NO_KEYS, QEvent.Type.Drop)
    QApplication.sendEvent(hands.window, drop)
    assert not sign(hands).isVisible()
    assert hands.desk.messages.last
    assert "none.annotator" in hands.desk.messages.last.text


def _far(one: QColor, other: QColor) -> int:
    return sum(
        abs(a - b)
        for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    )
