"""Pictures of the page: its links, the palette over it, and the same page printed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtGui import QImage, QPainter, QPixmap

from annotator.ui import publishing
from annotator.ui.main_window import MainWindow

PRINT_SCALE = 1.5
"""Pixels to a point of the printed page."""


def links(window: MainWindow) -> None:
    """All links of the article drawn at once."""
    window.run_by_id("view.links")


def palette(window: MainWindow) -> QPixmap:
    """The palette, which is a window of its own, where it opens over the window."""
    window.run_by_id("view.palette")
    palette = window.popups.palette
    palette.field.setText("claim")
    picture = window.grab()
    painter = QPainter(picture)
    painter.drawPixmap(window.mapFromGlobal(palette.pos()), palette.grab())
    painter.end()
    palette.hide()
    return picture


def printed(window: MainWindow) -> QPixmap:
    """The first page of the PDF of the marked article."""
    import pypdfium2

    reader = window.desk.reader
    title = reader.article.title if reader.article else ""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        for _ in publishing.save(reader.page, path, title):
            pass
        with pypdfium2.PdfDocument(path) as document:
            page = document[0].render(scale=PRINT_SCALE).to_numpy()
            height, width, _ = page.shape
            image = QImage(page.tobytes(), width, height, 3 * width, QImage.Format.Format_BGR888)
            return QPixmap.fromImage(image)
