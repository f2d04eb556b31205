"""Letters as shapes, for pictures that must look the same where the face is not installed."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QGlyphRun, QPainter, QPainterPath

from annotator.ui.page.paragraph import Paragraph


def draw_outlines(painter: QPainter, paragraph: Paragraph, colour: QColor) -> None:
    """Fill the letters of a paragraph; what has no outline, as a coloured emoji, is drawn as a glyph."""
    for line in paragraph.lines:
        for run in line.glyphRuns():
            path = _outline(run)
            if path.isEmpty():
                painter.setPen(colour)
                painter.drawGlyphRun(QPointF(0, 0), run)
            else:
                painter.fillPath(path, colour)


def _outline(run: QGlyphRun) -> QPainterPath:
    face, path = run.rawFont(), QPainterPath()
    for glyph, place in zip(run.glyphIndexes(), run.positions(), strict=True):
        path.addPath(face.pathForGlyph(glyph).translated(place))
    return path
