"""Run by a test in a process of its own, since a screen has one scale: marks by hand at 200 %."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from annotator.app.window import make_application
from annotator.domain.codebook import Shape
from tests.support import gesture_script
from tests.support.hands import Hands


def seen(hands: Hands) -> QImage:
    """Return what is on the screen of the page."""
    hands.settle()
    window, port = hands.window, hands.window.page.viewport()
    shown = window.screen().grabWindow(window.winId()).toImage()
    corner, scale = port.mapTo(window, QPoint(0, 0)), shown.devicePixelRatio()
    place = QRect(corner * scale, port.size() * scale)
    # The screen may be smaller than the window; what lies on it is compared.
    part = place.intersected(shown.rect())
    assert part.width() > 100 * scale
    return shown.copy(part)


def main() -> int:
    """Print what went wrong, a line each."""
    make_application()
    wrong = []
    with tempfile.TemporaryDirectory() as folder:
        window = gesture_script.open_window(Path(folder))
        window.resize(900, 640)
        hands = Hands(window)
        hands.settle()
        if window.devicePixelRatioF() != 2:
            wrong.append(f"the scale is {window.devicePixelRatioF()}")
        hands.drag("Harbour Workers' Union")
        hands.press("A")
        hands.drag("an insult to people who work while the city sleeps")
        hands.press("C", "F", "-")
        hands.drag("an insult")
        hands.press("S", "-")
        texts = [mark.text for mark in window.desk.reader.marks.values()]
        if "Harbour Workers' Union" not in texts or len(texts) != 3:
            wrong.append(f"marked were {texts}")
        wrong += [
            f"{mark.id} is painted on {window.page.painted_text(mark.id)}"
            for mark in window.desk.reader.page.marks.values()
            if mark.shape is not Shape.BOX
            and window.page.painted_text(mark.id).replace("\n", " ")
            != window.desk.reader.page.text[mark.start : mark.end]
        ]
        wrong += [
            f"{type(widget).__name__} {widget.accessibleName()} is cut off"
            for widget in window.top.findChildren(QWidget)
            if widget.isVisible() and not window.top.rect().contains(widget.geometry())
        ]
        # A caret that blinks between two pictures would be a difference of its own.
        QApplication.setCursorFlashTime(0)
        window.page.clearFocus()
        for by in (60, 37, 240):
            bar = window.page.verticalScrollBar()
            bar.setValue(bar.value() + by)
            before = seen(hands)
            window.page.viewport().update()
            if before != seen(hands):
                wrong.append(f"a frame after {by} pixels is not the one painted anew")
        window.close()
    QApplication.processEvents()
    print("\n".join(wrong))
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
