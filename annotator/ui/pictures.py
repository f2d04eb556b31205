"""Anything that can be painted, as SVG or PNG in a file, written beside and moved into place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRect, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter, QPainter

from annotator.presentation import picture_file

FINE = 2
"""A PNG has so many pixels for each of the screen."""

Paint = Callable[[QPainter], None]


def save(path: Path, size: QSize, background: QColor, title: str, paint: Paint) -> None:
    """Paint into a file; its suffix says how.

    Raises:
        BadInput: another suffix than .svg or .png, or a place that cannot be written to.
    """
    kind = picture_file.kind_of(path, (".svg", ".png"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if kind == ".svg":
        _as_svg(buffer, size, background, title, paint)
    else:
        _as_png(buffer, size, background, title, paint)
    picture_file.save(path, bytes(buffer.data().data()))


def _as_svg(buffer: QBuffer, size: QSize, background: QColor, title: str, paint: Paint) -> None:
    from PySide6.QtSvg import QSvgGenerator

    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRect(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    painter.fillRect(QRect(0, 0, size.width(), size.height()), background)
    paint(painter)
    painter.end()


def _as_png(buffer: QBuffer, size: QSize, background: QColor, title: str, paint: Paint) -> None:
    image = QImage(size * FINE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(FINE)
    image.fill(background)
    image.setText("Title", title)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    QImageWriter(buffer, QByteArray(b"png")).write(image)
