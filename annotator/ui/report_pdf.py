"""A page of HTML as PDF."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

DOTS = 96
MARGIN_MILLIMETRES = 18.0


def pdf(html: str, title: str) -> bytes:
    """Return a page of HTML as PDF on A4; it goes on over as many pages as it needs.

    Needs an application (``QGuiApplication``), for the fonts.
    """
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(DOTS)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margin = MARGIN_MILLIMETRES
    writer.setPageMargins(QMarginsF(margin, margin, margin, margin), QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator("annotator")
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setHtml(html)
    document.setPageSize(QSizeF(writer.pageLayout().paintRectPixels(DOTS).size()))
    document.print_(writer)
    del writer
    return bytes(buffer.data().data())
