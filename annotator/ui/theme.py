"""The colours and faces of the window; contrast of every pair is held by a test."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from PySide6.QtGui import QColor, QFontDatabase, QGuiApplication

READING_FACES = (
    "Source Serif 4",
    "Source Serif Pro",
    "Noto Serif",
    "Georgia",
    "DejaVu Serif",
    "serif",
)
"""Humanist serif faces, the best that is installed comes first."""

SCRIPT_FACES = (
    "Noto Naskh Arabic",
    "Noto Serif Hebrew",
    "Noto Serif Devanagari",
    "Noto Serif CJK SC",
    "Noto Color Emoji",
)
"""Faces made for scripts that the reading face does not hold; asked in this order."""


class Theme(NamedTuple):
    """One set of colours.

    Attributes:
        page, panel: backgrounds; text, muted: words; accent: focus and selection.
        box, hover, current, selection: how strongly colours are mixed into the page behind words,
            0 to 1; chosen so that words on them stay readable.
    """

    name: str
    is_dark: bool
    page: QColor
    panel: QColor
    text: QColor
    muted: QColor
    accent: QColor
    hairline: QColor
    box: float
    hover: float
    current: float
    selection: float

    def shade(self, colours: tuple[str, str]) -> QColor:
        """Return the colour of a layer or value in this theme."""
        return QColor(colours[1 if self.is_dark else 0])

    def tint(self, colour: QColor, strength: float) -> QColor:
        """Return a colour mixed into the page, opaque so that overlaps do not turn to mud."""
        return QColor.fromRgbF(
            colour.redF() * strength + self.page.redF() * (1 - strength),
            colour.greenF() * strength + self.page.greenF() * (1 - strength),
            colour.blueF() * strength + self.page.blueF() * (1 - strength),
        )


LIGHT = Theme(
    "light", False, QColor("#fbfaf7"), QColor("#f2f0ea"), QColor("#1f2328"), QColor("#5b6168"),
    QColor("#005a9c"), QColor("#d6d2c8"), 0.20, 0.12, 0.20, 0.22,
)  # fmt: skip

DARK = Theme(
    "dark", True, QColor("#1b1d1f"), QColor("#232629"), QColor("#e6e3dc"), QColor("#a3a9b0"),
    QColor("#6cb6f0"), QColor("#3a3e42"), 0.28, 0.16, 0.26, 0.30,
)  # fmt: skip

CONTRAST_LIGHT = Theme(
    "contrast light", False, QColor("#ffffff"), QColor("#ffffff"), QColor("#000000"), QColor("#333333"),
    QColor("#00397a"), QColor("#555555"), 0.24, 0.14, 0.24, 0.26,
)  # fmt: skip

CONTRAST_DARK = Theme(
    "contrast dark", True, QColor("#000000"), QColor("#000000"), QColor("#ffffff"), QColor("#dddddd"),
    QColor("#8ccbff"), QColor("#aaaaaa"), 0.26, 0.16, 0.26, 0.34,
)  # fmt: skip


def reading_families() -> list[str]:
    """Return the faces for the article: the best serif installed, then those for other scripts."""
    installed = _installed()
    serif = [face for face in READING_FACES if face in installed] or ["serif"]
    return [serif[0], *(face for face in SCRIPT_FACES if face in installed), *serif[1:]]


@cache
def _installed() -> frozenset[str]:
    """Return the faces there are; to list them takes long, so it is done again only when they change."""
    cast("QGuiApplication", QGuiApplication.instance()).fontDatabaseChanged.connect(
        _installed.cache_clear
    )
    return frozenset(QFontDatabase.families())
