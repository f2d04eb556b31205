"""How the window looks, from what the user chose and what the system asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from annotator.ui import style
from annotator.ui.page import setting
from annotator.ui.theme import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, Theme

if TYPE_CHECKING:
    from annotator.presentation.memory import Memory

THEMES = {
    "light": LIGHT,
    "dark": DARK,
    "contrast light": CONTRAST_LIGHT,
    "contrast dark": CONTRAST_DARK,
}

_EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)


class Appearance(QObject):
    """Keeps theme and type of the window in step with the preferences.

    Nothing in the window moves by itself, so a system that asks for less motion finds none.

    Args:
        set_theme: shows every part of the window in another theme.
        set_type: sets the article otherwise.
    """

    def __init__(
        self,
        memory: Memory,
        set_theme: Callable[[Theme], None],
        set_type: Callable[[setting.Choice], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._memory = memory
        self._set_theme = set_theme
        self._set_type = set_type
        self.theme = wanted_theme(memory.preferences.theme)
        memory.changed.connect(self._changed)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def dress(self) -> None:
        """Give the application the colours that were chosen; each part takes the theme itself."""
        for effect in _EFFECTS:
            QApplication.setEffectEnabled(effect, False)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setPalette(style.palette(self.theme))
            application.setStyleSheet(style.sheet(self.theme))

    def set_type(self) -> None:
        """Set the article as it was chosen."""
        chosen = self._memory.preferences
        self._set_type(
            setting.Choice(chosen.face, chosen.size, chosen.leading, chosen.width, chosen.zoom)
        )

    def next_theme(self) -> None:
        """Go from light to dark and back, in the same contrast."""
        other = {
            LIGHT.name: DARK,
            DARK.name: LIGHT,
            CONTRAST_LIGHT.name: CONTRAST_DARK,
            CONTRAST_DARK.name: CONTRAST_LIGHT,
        }[self.theme.name]
        self._memory.set("theme", other.name)

    def _changed(self, name: str) -> None:
        if name == "theme":
            self._apply_theme()
        elif name in ("face", "size", "leading", "width", "zoom"):
            self.set_type()

    def _system_changed(self, _: object) -> None:
        self._apply_theme()

    def _apply_theme(self) -> None:
        self.theme = wanted_theme(self._memory.preferences.theme)
        self.dress()
        self._set_theme(self.theme)


def wanted_theme(name: str) -> Theme:
    """Return the theme of a name; ``system`` is light or dark, and of high contrast if asked for."""
    if name in THEMES:
        return THEMES[name]
    hints = QGuiApplication.styleHints()
    is_dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST_DARK if is_dark else CONTRAST_LIGHT
    return DARK if is_dark else LIGHT
