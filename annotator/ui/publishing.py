"""The marked article as PDF, SVG or PNG, and to the printer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRect, QSize
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QDialog, QWidget

from annotator.domain.errors import BadInput
from annotator.presentation import picture_file
from annotator.presentation.desk import Desk
from annotator.presentation.page import Page
from annotator.ui.file_questions import asking_over
from annotator.ui.page.painting import Medium
from annotator.ui.page.paper import PAPER, Paper

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DOTS, FINE_DOTS = 96, 1200
"""To the inch: letters are set in pixels of the first size, and placed in a PDF by the second."""

MARGIN_MILLIMETRES = 10.0

PICTURE_WIDTH, PICTURE_SCALE, MOST_PIXELS = 860, 2, 30_000
"""A picture is so wide, so fine, and at most so high; longer articles go to PDF or SVG."""

SUFFIXES = (".pdf", ".svg", ".png")

Steps = Iterator[tuple[int, int, str]]


class Publishing:
    """Asks where to, and does the work between events."""

    def __init__(self, window: QWidget, desk: Desk, face: Callable[[], str]) -> None:
        self._window = window
        self._desk = desk
        self._face = face

    def save_article(self) -> None:
        """Let the user choose a file, and put the marked article into it."""
        path = asking_over(self._window).target(
            self._window,
            self._window.tr("Save the marked article"),
            f"{_file_name(self._title())}.pdf",
            self._window.tr("PDF (*.pdf);;SVG (*.svg);;PNG (*.png)"),
        )
        if path:
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Put the marked article into a file; its suffix says how."""
        title, page = self._title(), self._desk.reader.page
        work = save(page, path, title, self._face())
        self._desk.window.run_slices(self._window.tr("Saving"), work, _Done(self._desk, path))

    def print_article(self) -> None:
        """Let the user choose a printer, and print."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageMargins(_margins(), QPageLayout.Unit.Millimeter)
        printer.setDocName(self._title())
        dialog = QPrintDialog(printer, self._window)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        if chosen:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Print the marked article."""
        scale = printer.resolution() / DOTS
        room = printer.pageLayout().paintRectPixels(printer.resolution())
        size = QSize(round(room.width() / scale), round(room.height() / scale))
        paper = Paper(self._desk.reader.page, size.width(), self._title(), self._face())
        work = _on_pages(paper, printer, size.height(), scale)
        self._desk.window.run_slices(self._window.tr("Printing"), work, _Done(self._desk, None))

    def _title(self) -> str:
        article = self._desk.reader.article
        return article.title if article else ""


def save(page: Page, path: Path, title: str = "", family: str = "") -> Steps:
    """Put a marked page into a file (PDF, SVG or PNG by its suffix), written beside and moved into place.

    Yields:
        How many paragraphs or pages of all are done, and of what.

    Raises:
        BadInput: another suffix, an article too long for one picture, or a place that cannot be
            written to.
    """
    kind = picture_file.kind_of(path, SUFFIXES)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if kind == ".pdf":
        yield from _as_pdf(page, buffer, title, family)
    elif kind == ".svg":
        yield from _as_svg(page, buffer, title, family)
    else:
        yield from _as_png(page, buffer, title, family)
    picture_file.save(path, bytes(buffer.data().data()))


def _as_pdf(page: Page, buffer: QBuffer, title: str, family: str) -> Steps:
    writer = QPdfWriter(buffer)
    writer.setResolution(FINE_DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(_margins(), QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("annotator")
    room = writer.pageLayout().paintRectPixels(DOTS)
    paper = Paper(page, room.width(), title, family)
    yield from _on_pages(paper, writer, room.height(), FINE_DOTS / DOTS)


def _on_pages(paper: Paper, device: QPdfWriter | QPrinter, height: float, scale: float) -> Steps:
    for done, count in paper.lay_out():
        yield done, count, ""
    pages = paper.pages(height)
    painter = QPainter()
    if not painter.begin(device):
        raise BadInput("The printer did not take the article: look whether it is ready.")
    try:
        painter.scale(scale, scale)
        for number, stretch in enumerate(pages):
            if number:
                device.newPage()
            paper.paint(painter, stretch)
            paper.paint_foot(painter, height, number + 1, len(pages))
            yield number + 1, len(pages), ""
    finally:
        painter.end()


def _as_svg(page: Page, buffer: QBuffer, title: str, family: str) -> Steps:
    from PySide6.QtSvg import QSvgGenerator

    paper = Paper(page, PICTURE_WIDTH, title, family, Medium.OUTLINES)
    for done, count in paper.lay_out():
        yield done, count, ""
    size = QSize(PICTURE_WIDTH, round(paper.whole().bottom))
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    generator.setDescription(page.text)
    painter = QPainter(generator)
    painter.fillRect(0, 0, size.width(), size.height(), PAPER.page)
    paper.paint(painter, paper.whole())
    painter.end()


def _as_png(page: Page, buffer: QBuffer, title: str, family: str) -> Steps:
    paper = Paper(page, PICTURE_WIDTH, title, family)
    for done, count in paper.lay_out():
        yield done, count, ""
    height = round(paper.whole().bottom)
    if height * PICTURE_SCALE > MOST_PIXELS:
        raise BadInput("The article is too long for one picture: save it as PDF or SVG.")
    image = QImage(
        PICTURE_WIDTH * PICTURE_SCALE, height * PICTURE_SCALE, QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(PICTURE_SCALE)
    image.fill(PAPER.page)
    image.setText("Title", title)
    painter = QPainter(image)
    paper.paint(painter, paper.whole())
    painter.end()
    QImageWriter(buffer, QByteArray(b"png")).write(image)


class _Done:
    """Says that it is done; what went wrong is said by the window."""

    def __init__(self, desk: Desk, path: Path | None) -> None:
        self._desk = desk
        self._path = path

    def __call__(self, error: BaseException | None) -> None:
        if error is None:
            name = f"Saved as {self._path.name}." if self._path else "Sent to the printer."
            self._desk.messages.done(name)


def _margins() -> QMarginsF:
    margin = MARGIN_MILLIMETRES
    return QMarginsF(margin, margin, margin, margin)


def _file_name(title: str) -> str:
    """Return a title as the name of a file on any system."""
    kept = "".join(sign if sign.isalnum() or sign in " -_" else " " for sign in title)
    return " ".join(kept.split())[:80] or "article"
