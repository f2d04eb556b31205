"""Contrast by WCAG 2.2, computed from the palettes that are painted with."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator.app.window import make_application
from annotator.domain.codebook import Codebook
from annotator.domain.codebook_json import from_json
from annotator.presentation.memory import Memory
from annotator.settings.places import resources_folder
from annotator.ui import style
from annotator.ui.appearance import THEMES, Appearance, wanted_theme
from annotator.ui.page.paper import PAPER
from annotator.ui.page.veil import VEIL
from annotator.ui.theme import Theme

ALL = [*THEMES.values(), PAPER]
TEXT, GRAPHICS, ENHANCED = 4.5, 3.0, 7.0


def luminance(colour: QColor) -> float:
    """Return the relative luminance (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def codebooks() -> Iterator[Codebook]:
    for path in sorted((resources_folder() / "codebooks").glob("*.json")):
        yield from_json(json.loads(path.read_text(encoding="utf-8")))


def colours() -> dict[str, tuple[str, str]]:
    """Return every colour that marks of the codebooks that come along are painted in."""
    found = {}
    for codebook in codebooks():
        for layer in codebook.layers:
            found[f"{codebook.name} {layer.name}"] = layer.colour
            for attribute in layer.attributes:
                for code in attribute.codes:
                    if code.colour:
                        found[f"{codebook.name} {layer.name} {code.name}"] = code.colour
    return found


def test_the_formula_is_that_of_the_standard() -> None:
    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21)
    assert contrast(QColor("#767676"), QColor("#ffffff")) == pytest.approx(4.54, abs=0.01)
    assert contrast(QColor("#1f2328"), QColor("#fbfaf7")) == pytest.approx(15.1, abs=0.1)


@pytest.mark.parametrize("theme", ALL, ids=lambda theme: theme.name)
def test_words_stand_out_from_what_is_behind_them(theme: Theme) -> None:
    for behind in (theme.page, theme.panel):
        assert contrast(theme.text, behind) >= ENHANCED
        assert contrast(theme.muted, behind) >= TEXT
        assert contrast(theme.accent, behind) >= TEXT
    assert contrast(theme.page, theme.accent) >= TEXT
    selected = theme.tint(theme.accent, theme.selection)
    assert contrast(theme.text, selected) >= ENHANCED
    assert contrast(theme.page, theme.accent) >= GRAPHICS


@pytest.mark.parametrize("theme", ALL, ids=lambda theme: theme.name)
def test_marks_stand_out_in_every_state(theme: Theme) -> None:
    for name, pair in colours().items():
        shade = theme.shade(pair)
        assert contrast(shade, theme.page) >= TEXT, (name, "lines, signs and letters")
        assert contrast(shade, theme.panel) >= TEXT, (name, "chips and titles")
        assert contrast(theme.page, shade) >= TEXT, (name, "the letter of the current mark")
        for state in ("box", "hover", "current"):
            tint = theme.tint(shade, getattr(theme, state))
            least = ENHANCED if theme.name != "dark" else 6.0
            assert contrast(theme.text, tint) >= least, (name, state)
            assert contrast(shade, tint) >= GRAPHICS, (name, state, "lines on it")


@pytest.mark.parametrize(
    "theme", [theme for theme in ALL if "contrast" in theme.name], ids=lambda theme: theme.name
)
def test_high_contrast_is_high(theme: Theme) -> None:
    assert contrast(theme.text, theme.page) == pytest.approx(21)
    for colour in (theme.muted, theme.accent):
        assert contrast(colour, theme.page) >= ENHANCED
    assert contrast(theme.hairline, theme.page) >= GRAPHICS


@pytest.mark.parametrize("theme", list(THEMES.values()), ids=lambda theme: theme.name)
def test_the_style_of_the_window_keeps_to_the_theme(theme: Theme) -> None:
    palette = style.palette(theme)
    pairs = (
        (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
        (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
        (QPalette.ColorRole.Text, QPalette.ColorRole.AlternateBase),
        (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
        (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
        (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
        (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
    )
    for words, behind in pairs:
        assert contrast(palette.color(words), palette.color(behind)) >= TEXT, (words, behind)
    sheet = style.sheet(theme)
    assert "@" not in sheet
    assert theme.text.name() in sheet


@pytest.mark.parametrize("theme", ALL, ids=lambda theme: theme.name)
def test_what_is_dimmed_can_still_be_read(theme: Theme) -> None:
    dimmed = theme.tint(theme.text, 1 - VEIL)
    assert contrast(dimmed, theme.page) >= 2.0


def test_the_theme_of_the_system_is_taken_unless_one_is_chosen() -> None:
    make_application()
    assert wanted_theme("contrast dark") is THEMES["contrast dark"]
    dark = QGuiApplication.styleHints().colorScheme().name == "Dark"
    assert wanted_theme("system") is THEMES["dark" if dark else "light"]


def test_nothing_moves_by_itself() -> None:
    from PySide6.QtCore import Qt

    make_application()
    shown: list[Theme] = []
    appearance = Appearance(Memory(None), shown.append, lambda choice: None)
    appearance.dress()
    for effect in (
        Qt.UIEffect.UI_AnimateMenu,
        Qt.UIEffect.UI_FadeMenu,
        Qt.UIEffect.UI_AnimateCombo,
        Qt.UIEffect.UI_FadeTooltip,
    ):
        assert not QApplication.isEffectEnabled(effect)
    first = appearance.theme
    appearance.next_theme()
    assert shown == [appearance.theme]
    assert appearance.theme.is_dark is not first.is_dark
