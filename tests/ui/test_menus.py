"""The menus at the top: long ones stand in groups, and a line stands above known commands only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from annotator.presentation.commands.table import general_commands
from annotator.presentation.menu_names import MENUS
from annotator.ui.menus import GROUPS
from tests.ui.conftest import Hands

MOST = 10
"""So many entries can be looked through at a glance."""


def test_no_group_is_long_and_none_is_empty(open_window: Callable[..., Hands]) -> None:
    hands = open_window("Amal Haddad spoke.\n")
    bar = hands.window.menuBar()
    for name, action in zip(MENUS, bar.actions(), strict=True):
        menu = action.menu()
        menu.aboutToShow.emit()
        group = 0
        for entry in menu.actions():
            group = 0 if entry.isSeparator() else group + 1
            assert group <= MOST, name
        assert not menu.actions() or not menu.actions()[0].isSeparator()


def test_every_line_stands_above_a_command() -> None:
    assert set(GROUPS) <= {command.id for command in general_commands()}


def test_alt_and_a_letter_open_a_menu_and_layers_keep_theirs(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window("Amal Haddad spoke.\n")
    hands.key(Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.title() == "&View"
    menu.close()
    hands.window.page.setFocus()
    hands.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    assert QApplication.activePopupWidget() is None
    assert not hands.page.is_visible("sentiment")
