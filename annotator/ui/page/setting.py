"""How the article is set: face, size, leading, column and margins, in pixels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from annotator.ui.theme import reading_families

SIZE = 17
LEADING = 1.62
WIDTH = 68
"""Characters to a line, about."""

TOP, BOTTOM, EDGE = 40, 80, 36
PARAGRAPH_GAP = 0.3
NOTE_WIDTH, NOTE_LEAST, NOTE_GAP = 190, 128, 20
LEAST_WIDTH = 36
"""Characters to a line below which there are no notes beside it."""
"""Where notes on claims stand beside the column."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything that decides where a line breaks and stands.

    Attributes:
        body, headline: fonts.
        line, headline_line: distance from one base line to the next.
        left, width: of the column.
        notes: left edge of the notes, or None where there is no room for them.
    """

    body: QFont
    headline: QFont
    note: QFont
    line: float
    headline_line: float
    left: float
    width: float
    notes: float | None
    note_width: float

    @property
    def gap(self) -> float:
        """Room between paragraphs."""
        return round(self.line * PARAGRAPH_GAP)


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader chose: face, size at 100 %, leading, characters to a line, zoom in percent."""

    family: str = ""
    size: int = SIZE
    leading: float = LEADING
    width: int = WIDTH
    zoom: int = 100


def set_for(choice: Choice, viewport: int) -> Setting:
    """Return the setting for a viewport of this width."""
    scale = choice.zoom / 100
    families = [choice.family, *reading_families()] if choice.family else reading_families()
    body = _font(families, choice.size * scale)
    headline = _font(families, choice.size * 1.55 * scale)
    headline.setWeight(QFont.Weight.DemiBold)
    small = QFont()
    small.setPixelSize(max(round(12 * min(scale, 1.5)), 10))
    wanted = QFontMetricsF(body).averageCharWidth() * choice.width
    room = viewport - 2 * EDGE
    # Notes give way first, down to a few words; then the column does.
    note = min(NOTE_WIDTH, max(NOTE_LEAST, room - NOTE_GAP - wanted))
    if room - note - NOTE_GAP < LEAST_WIDTH * QFontMetricsF(body).averageCharWidth():
        note = 0
    beside = note + NOTE_GAP if note else 0
    column = min(wanted, room - beside)
    left = EDGE + max(room - column - beside, 0) / 2
    notes = left + column + NOTE_GAP if note else None
    line = round(choice.size * scale * choice.leading)
    return Setting(
        body=body,
        headline=headline,
        note=small,
        line=max(line, QFontMetricsF(body).height()),
        headline_line=max(
            round(choice.size * 1.55 * scale * 1.25), QFontMetricsF(headline).height()
        ),
        left=round(left),
        width=max(round(column), 80),
        notes=None if notes is None else round(notes),
        note_width=note,
    )


def _font(families: list[str], size: float) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(max(round(size), 6))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
