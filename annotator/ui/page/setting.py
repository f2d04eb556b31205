"""How the article is set: face, size, leading, column and margins, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF

from annotator.ui.theme import SCRIPT_FACES, reading_families

SIZE = 17
LEADING = 1.62
WIDTH = 68
"""Characters to a line, about."""

TOP, BOTTOM = 40, 80
EDGE, NARROW_EDGE, NARROW = 44, 24, 560
"""Room beside the column, where links run; less in a window narrower than NARROW."""

PARAGRAPH_GAP = 0.3
HEADLINE, HEADLINE_LEADING = 1.55, 1.25
LARGER = 1.1
"""Arabic and Hebrew letters are small beside Latin ones of the same size."""

NOTE_WIDTH, NOTE_LEAST, NOTE_GAP = 190, 128, 20
LEAST_WIDTH = 36
"""Characters to a line below which there are no notes beside it."""
"""Where notes on claims stand beside the column."""


class Setting(NamedTuple):
    """Everything that decides where a line breaks and stands.

    Attributes:
        body, headline: fonts; larger, headline_larger: the same for Arabic and Hebrew.
        note: font of the notes beside the column, small: of signs and labels.
        size, headline_size: of the fonts.
        line, headline_line: distance from one base line to the next.
        letter: width of an average letter.
        left, width: of the column.
        notes: left edge of the notes, or None where there is no room for them.
    """

    body: QFont
    headline: QFont
    larger: QFont
    headline_larger: QFont
    note: QFont
    small: QFont
    size: float
    headline_size: float
    line: float
    headline_line: float
    letter: float
    left: float
    width: float
    notes: float | None
    note_width: float

    @property
    def gap(self) -> float:
        """Room between paragraphs."""
        return round(self.line * PARAGRAPH_GAP)


class Choice(NamedTuple):
    """What the reader chose: face, size at 100 %, leading, characters to a line, zoom in percent."""

    family: str = ""
    size: int = SIZE
    leading: float = LEADING
    width: int = WIDTH
    zoom: int = 100


def set_for(choice: Choice, viewport: int) -> Setting:
    """Return the setting for a viewport of this width."""
    size = choice.size * choice.zoom / 100
    faces = reading_families()
    latin, families = _families(faces, choice.family), _families(faces, choice.family, SCRIPT_FACES)
    body, headline = _font(latin, size), _font(latin, size * HEADLINE)
    larger, headline_larger = (
        _font(families, size * LARGER),
        _font(families, size * HEADLINE * LARGER),
    )
    for font in (headline, headline_larger):
        font.setWeight(QFont.Weight.DemiBold)
    letter = QFontMetricsF(body).averageCharWidth()
    left, width, notes, note_width = _columns(letter, choice.width, viewport)
    return Setting(
        body=body,
        headline=headline,
        larger=larger,
        headline_larger=headline_larger,
        note=_small_font(12, choice.zoom),
        small=_small_font(10, choice.zoom, QFont.Weight.Bold),
        size=size,
        headline_size=size * HEADLINE,
        line=round(max(size * choice.leading, QFontMetricsF(body).height())),
        headline_line=round(
            max(size * HEADLINE * HEADLINE_LEADING, QFontMetricsF(headline).height())
        ),
        letter=letter,
        left=left,
        width=width,
        notes=notes,
        note_width=note_width,
    )


def _columns(
    letter: float, letters: int, viewport: int
) -> tuple[float, float, float | None, float]:
    """Return left edge and width of the column, and of the notes if there is room for them."""
    wanted = letter * letters
    edge = EDGE if viewport >= NARROW else NARROW_EDGE
    room = viewport - 2 * edge
    # Notes give way first, down to a few words; then the column does.
    note = min(NOTE_WIDTH, max(NOTE_LEAST, room - NOTE_GAP - wanted))
    if room - note - NOTE_GAP < LEAST_WIDTH * letter:
        note = 0
    beside = note + NOTE_GAP if note else 0
    width = max(round(min(wanted, room - beside)), 80)
    left = round(edge + max(room - width - beside, 0) / 2)
    return left, width, (left + width + NOTE_GAP if note else None), note


def _families(families: list[str], chosen: str, first: Sequence[str] = ()) -> list[str]:
    installed = [face for face in families if face in first]
    return [*installed, *([chosen] if chosen else []), *families]


def _font(families: list[str], size: float) -> QFont:
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(max(round(size), 6))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _small_font(size: int, zoom: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    font = QFont()
    font.setPixelSize(max(round(size * max(1, min(zoom / 100, 1.5))), 8))
    font.setWeight(weight)
    return font
