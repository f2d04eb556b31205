"""The notes beside the column: for each claim who says it, and whether for or against."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from annotator.domain.identity import Id
from annotator.presentation.page import Page
from annotator.ui.page.column import Column
from annotator.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Note:
    """One note and where it stands, from the top left corner of the article."""

    mark: Id
    text: str
    place: QRectF
    colour: tuple[str, str]
    at: float


def notes_between(page: Page, column: Column, first: int, last: int) -> list[Note]:
    """Return the notes of the paragraphs ``first`` to ``last``, stacked so that none covers another."""
    setting = column.setting
    if setting.notes is None:
        return []
    height = QFontMetricsF(setting.note).height() + 2
    found: list[Note] = []
    below = 0.0
    for number in range(first, last + 1):
        paragraph = column.paragraph(number)
        for piece in page.layout(number).lines:
            if not piece.opens or not piece.mark.margin:
                continue
            line = paragraph.line_of(piece.start)
            at = column.top(number) + line * paragraph.line_height
            y = max(at + (paragraph.line_height - height) / 2, below)
            place = QRectF(setting.notes, y, setting.note_width, height)
            found.append(
                Note(
                    piece.mark.id,
                    piece.mark.margin,
                    place,
                    piece.mark.colour,
                    at + paragraph.line_height / 2,
                )
            )
            below = y + height
    return found


def paint_notes(
    painter: QPainter, notes: list[Note], theme: Theme, page: Page, column: Column
) -> None:
    """Paint notes, the current one's words in full strength."""
    painter.setFont(column.setting.note)
    metrics = QFontMetricsF(column.setting.note)
    for note in notes:
        colour = theme.shade(note.colour)
        strong = note.mark in (page.current_mark, page.hovered)
        painter.setPen(QPen(colour, 2 if strong else 1))
        painter.drawLine(
            round(note.place.left() - 6),
            round(note.place.top() + 2),
            round(note.place.left() - 6),
            round(note.place.bottom() - 2),
        )
        painter.setPen(theme.text if strong else theme.muted)
        words = _fitted(note.text, metrics, note.place.width())
        painter.drawText(
            note.place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words
        )


def _fitted(text: str, metrics: QFontMetricsF, width: float) -> str:
    """Shorten the name, never the stance after it."""
    who, dot, stance = text.rpartition(" · ")
    if not dot:
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    tail = f" · {stance}"
    return (
        metrics.elidedText(
            who, Qt.TextElideMode.ElideRight, width - metrics.horizontalAdvance(tail)
        )
        + tail
    )
