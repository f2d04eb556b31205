"""The notes beside the column: for each claim who says it, and whether for or against."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QStaticText

from annotator.domain.identity import Id
from annotator.presentation.page_layout import PageMark, ParagraphMarks
from annotator.ui.page.lettering import Lettering
from annotator.ui.page.paragraph import Paragraph
from annotator.ui.page.setting import Setting
from annotator.ui.theme import Theme

SEPARATOR = " · "
BAR = 7
"""The bar before a note stands this far from its words."""


class Note(NamedTuple):
    """One note and where it stands; its place is measured from the top of its paragraph.

    Attributes:
        words: set ready for painting, cut to the room there is.
    """

    mark: Id
    text: str
    place: QRectF
    colour: tuple[str, str]
    words: QStaticText
    ghost: bool = False


def notes_of(
    paragraph: Paragraph, marks: ParagraphMarks, setting: Setting, letters: Lettering
) -> list[Note]:
    """Return the notes of a paragraph, stacked within its height so that none covers another.

    They depend on nothing outside it: no note moves when a mark is made elsewhere.
    """
    if setting.notes is None:
        return []
    height = round(letters.metrics.height()) + 2
    lowest = paragraph.height + setting.gap + 0.42 * setting.line - height
    found: list[tuple[PageMark, QRectF, int]] = []
    below = -1.0
    for piece in marks.lines:
        mark = piece.mark
        if not piece.opens or not mark.margin:
            continue
        line = paragraph.line_of(piece.start)
        top = line * paragraph.line_height + (paragraph.line_height - height) / 2
        y = max(round(top), below)
        if found and y > lowest:
            found[-1] = (*found[-1][:2], found[-1][2] + 1)
            continue
        found.append((mark, QRectF(setting.notes, y, setting.note_width, height), 0))
        below = y + height
    return [_note(*item, letters) for item in found]


def _note(mark: PageMark, place: QRectF, more: int, letters: Lettering) -> Note:
    """Return a note with its words set; ``more`` further ones found no room."""
    text = mark.margin or ""
    rest = f"  +{more}" if more else ""
    words = shortened(text, letters, place.width() - letters.width(rest)) + rest
    return Note(mark.id, text, place, mark.colour, letters.ready(words), mark.ghost)


def paint_note(painter: QPainter, note: Note, theme: Theme, *, strong: bool) -> None:
    """Paint a note at its place, in full strength if its mark is current or hovered."""
    place = note.place
    colour = theme.muted if note.ghost else theme.shade(note.colour)
    style = Qt.PenStyle.DashLine if note.ghost else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colour, 3 if strong else 2, style, Qt.PenCapStyle.FlatCap))
    x = place.left() - BAR
    painter.drawLine(QLineF(x, place.top() + 2, x, place.bottom() - 2))
    painter.setPen(theme.text if strong else theme.muted)
    above = (place.height() - note.words.size().height()) / 2
    painter.drawStaticText(QPointF(place.left(), place.top() + above), note.words)


def shortened(text: str, letters: Lettering, width: float) -> str:
    """Return a note cut to a width; who says it gives way, the stance stays."""
    who, separator, stance = text.rpartition(SEPARATOR)
    if not separator:
        return letters.shortened(text, width)
    room = width - letters.width(separator + stance)
    return letters.shortened(who, max(room, 24)) + separator + stance
