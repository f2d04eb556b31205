"""Yardsticks for the reading view: what Qt does at best, and what one writes without thinking.

``BareView`` is a lazy ``QTextLayout`` per paragraph with coloured runs, read from memory, without
any of what makes a reader: no caret, lanes, links, notes or accessibility. ``PlainEditor`` is the
usual way of small tools: a ``QTextEdit`` with formats merged into its document, marks in SQLite.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QTextEdit

from annotator.domain.fragment import Extent
from tests.bench.measuring import time_of

TINTS = ("#cfe3f5", "#fbe3c0", "#d5eddc", "#f5d5e5")


def _look(number: int) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setBackground(QColor(TINTS[number % len(TINTS)]))
    return found


class BareView(QAbstractScrollArea):
    """Paragraphs laid out when they are first seen."""

    WIDTH, LEADING = 640, 1.6

    def show_text(self, text: str, extents: Sequence[Extent]) -> None:
        """Show a text with coloured runs."""
        self._face = QFont()
        self._face.setPixelSize(17)
        self._parts: list[Extent] = []
        start = 0
        for part in text.split("\n"):
            self._parts.append((start, start + len(part)))
            start += len(part) + 1
        self._text, self._extents = text, sorted(extents)
        self._laid: dict[int, QTextLayout] = {}
        self._heights = [max(1, (end - begin) // 75 + 1) * 27 for begin, end in self._parts]
        self.verticalScrollBar().setRange(0, sum(self._heights))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint what is in view."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor("white"))
        top = -float(self.verticalScrollBar().value())
        for number, height in enumerate(self._heights):
            if top > self.viewport().height():
                break
            if top + height > 0:
                layout = self._laid.get(number) or self._lay_out(number)
                layout.draw(painter, QPointF(20, top))
            top += self._heights[number]
        painter.end()

    def _lay_out(self, number: int) -> QTextLayout:
        begin, end = self._parts[number]
        layout = self._laid[number] = QTextLayout(self._text[begin:end], self._face)
        runs = []
        for place, (first, last) in enumerate(self._extents):
            if first < end and last > begin:
                run = QTextLayout.FormatRange()
                run.start, run.length = max(first - begin, 0), min(last, end) - max(first, begin)
                run.format = _look(place)
                runs.append(run)
        layout.setFormats(runs)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(self.WIDTH)
            line.setPosition(QPointF(0, height))
            height += line.height() * self.LEADING
        layout.endLayout()
        self._heights[number] = round(height)
        return layout


class PlainEditor(QTextEdit):
    """Marks as formats of the document; each is written to the file in a commit of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        (folder / "plain.db").unlink(missing_ok=True)
        self._db = sqlite3.connect(folder / "plain.db", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("CREATE TABLE mark (article, start, end, layer)")
        self._article = 0

    def keep(self, text: str, extents: Sequence[Extent]) -> int:
        """Keep an article with its marks; return its number."""
        self._article += 1
        self._db.execute("BEGIN")
        self._db.executemany(
            "INSERT INTO mark VALUES (?, ?, ?, 'actor')",
            [(self._article, *item) for item in extents],
        )
        self._db.execute("COMMIT")
        self._texts = {**getattr(self, "_texts", {}), self._article: text}
        return self._article

    def open(self, article: int) -> None:
        """Show an article with its marks, painted."""
        self.setPlainText(self._texts[article])
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        rows = self._db.execute("SELECT start, end FROM mark WHERE article = ?", (article,))
        for number, (start, end) in enumerate(rows.fetchall()):
            self._merge(cursor, start, end, number)
        cursor.endEditBlock()
        self.viewport().repaint()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let go of the file, for the next editor."""
        self._db.close()
        super().closeEvent(event)

    def mark(self, start: int, end: int) -> None:
        """Keep one mark and show it, painted."""
        self._db.execute("INSERT INTO mark VALUES (0, ?, ?, 'actor')", (start, end))
        self._merge(QTextCursor(self.document()), start, end, start)
        self.viewport().repaint()

    def wait_for_layout(self) -> None:
        """Wait until the whole document is laid out, which Qt does bit by bit between events."""
        self.document().documentLayout().pageCount()
        QApplication.processEvents()

    def _merge(self, cursor: QTextCursor, start: int, end: int, number: int) -> None:
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(_look(number))


def first_paints(source: Path, times: int) -> list[float]:
    """Return how many milliseconds a bare view needs for a text and extents, each in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.plain", str(source)]
    return [
        float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for _ in range(times)
    ]


def main() -> None:
    """Print how long the first paint takes."""
    application = QApplication([])
    text, extents = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    view = BareView()
    view.resize(1000, 800)
    view.show_text("", [])
    view.show()
    application.processEvents()

    def show() -> None:
        view.show_text(text, extents)
        view.viewport().repaint()

    print(time_of(show))


if __name__ == "__main__":
    main()
