"""Signs and notes: few different words that stand in many places, measured and set once each."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText

KEPT = 2_000
"""Different words that are kept ready."""


class Lettering:
    """Words in one face, ready to be painted.

    Attributes:
        font, metrics: of the face.
        width: how wide words are.
        ready: words set for painting, not to be changed.
        shortened: words cut to a width, with an ellipsis for what is missing.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.width: Callable[[str], float] = lru_cache(KEPT)(partial(_width, self.metrics))
        self.ready: Callable[[str], QStaticText] = lru_cache(KEPT)(partial(_set, font))
        self.shortened: Callable[[str, float], str] = lru_cache(KEPT)(
            partial(_shortened, self.metrics)
        )


def _width(metrics: QFontMetricsF, words: str) -> float:
    # Kept as a function of ours: a cache copies the description of what it wraps, and to describe
    # a method of Qt takes longer than anything else that a page needs.
    return metrics.horizontalAdvance(words)


def _set(font: QFont, words: str) -> QStaticText:
    found = QStaticText(words)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.prepare(font=font)
    return found


def _shortened(metrics: QFontMetricsF, words: str, width: float) -> str:
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
