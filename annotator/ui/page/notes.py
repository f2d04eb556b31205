"""The notes beside the column: for each claim who says it, and whether for or against."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from annotator.domain.identity import Id
from annotator.presentation.page_layout import ParagraphMarks
from annotator.ui.page.paragraph import Paragraph
from annotator.ui.page.setting import Setting
from annotator.ui.theme import Theme

SEPARATOR = " · "
BAR = 7
"""The bar before a note stands this far from its words."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note and where it stands; its place is measured from the top of its paragraph.

    Attributes:
        more: how many further notes found no room.
    """

    mark: Id
    text: str
    place: QRectF
    colour: tuple[str, str]
    ghost: bool = False
    more: int = 0


def notes_of(paragraph: Paragraph, marks: ParagraphMarks, setting: Setting) -> list[Note]:
    """Return the notes of a paragraph, stacked within its height so that none covers another.

    They depend on nothing outside it: no note moves when a mark is made elsewhere.
    """
    if setting.notes is None:
        return []
    height = round(QFontMetricsF(setting.note).height()) + 2
    lowest = paragraph.height + setting.gap + 0.42 * setting.line - height
    found: list[Note] = []
    below = -1.0
    for piece in marks.lines:
        mark = piece.mark
        if not piece.opens or not mark.margin:
            continue
        line = paragraph.line_of(piece.start)
        top = line * paragraph.line_height + (paragraph.line_height - height) / 2
        y = max(round(top), below)
        if found and y > lowest:
            found[-1] = replace(found[-1], more=found[-1].more + 1)
            continue
        place = QRectF(setting.notes, y, setting.note_width, height)
        found.append(Note(mark.id, mark.margin, place, mark.colour, mark.ghost))
        below = y + height
    return found


def paint_note(
    painter: QPainter, note: Note, theme: Theme, metrics: QFontMetricsF, *, strong: bool
) -> None:
    """Paint a note at its place, in full strength if its mark is current or hovered."""
    place = note.place
    colour = theme.muted if note.ghost else theme.shade(note.colour)
    style = Qt.PenStyle.DashLine if note.ghost else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colour, 3 if strong else 2, style, Qt.PenCapStyle.FlatCap))
    x = place.left() - BAR
    painter.drawLine(QLineF(x, place.top() + 2, x, place.bottom() - 2))
    painter.setPen(theme.text if strong else theme.muted)
    rest = f"  +{note.more}" if note.more else ""
    words = shortened(note.text, metrics, place.width() - metrics.horizontalAdvance(rest)) + rest
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)


def shortened(text: str, metrics: QFontMetricsF, width: float) -> str:
    """Return a note cut to a width; who says it gives way, the stance stays."""
    who, separator, stance = text.rpartition(SEPARATOR)
    if not separator:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    room = width - metrics.horizontalAdvance(separator + stance)
    return metrics.elidedText(who, Qt.TextElideMode.ElideRight, max(room, 24)) + separator + stance
