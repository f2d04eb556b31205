"""Keys to commands: one filter for the whole window, silent while a field is being typed in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import cast

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from annotator.presentation.commands import Command, missing
from annotator.presentation.desk import Desk

FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)

_MODIFIERS = (
    (Qt.KeyboardModifier.ControlModifier, "Ctrl"),
    (Qt.KeyboardModifier.AltModifier, "Alt"),
    (Qt.KeyboardModifier.ShiftModifier, "Shift"),
    (Qt.KeyboardModifier.MetaModifier, "Meta"),
)

_LONE = {
    Qt.Key.Key_Control,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
}


_LONG_NAMES = {"Del": "Delete", "Esc": "Escape", "Return": "Enter"}
"""Names of keys as people say them, by those of Qt; both Enter keys are one."""


def key_name(event: QKeyEvent) -> str:
    """Return a key press as commands write it: ``A``, ``Shift+F``, ``Ctrl+Z``, ``+``, ``Tab``."""
    # Read at the first key, not before the first frame: it has names for every key there is.
    from PySide6.QtGui import QKeySequence

    key = Qt.Key(event.key())
    if key in _LONE:
        return ""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    text = event.text()
    plain = not modifiers & ~Qt.KeyboardModifier.ShiftModifier
    if (
        plain
        and len(text) == 1
        and text.isprintable()
        and not text.isalpha()
        and not text.isspace()
    ):
        return text
    if key == Qt.Key.Key_Backtab:
        key = Qt.Key.Key_Tab
    if _is_sign(key):
        # The sign says already that Shift was held: “+” is Shift and “=” on many keyboards.
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    names = [name for modifier, name in _MODIFIERS if modifiers & modifier]
    word = QKeySequence(QKeyCombination(key)).toString(QKeySequence.SequenceFormat.PortableText)
    return "+".join([*names, _LONG_NAMES.get(word, word)])


def _is_sign(key: Qt.Key) -> bool:
    """Tell whether a key is a sign of ASCII: no letter, no digit, no blank, and none of the keys with names."""
    return Qt.Key.Key_Space < key <= Qt.Key.Key_AsciiTilde and not chr(key).isalnum()


def find(commands: Iterable[Command], key: str, desk: Desk) -> Command | None:
    """Return the first command that has this key and can be done now."""
    return next(
        (command for command in commands if key in command.keys and command.available(desk)), None
    )


class KeyFilter(QObject):
    """Gives key presses anywhere in the window to the commands first.

    A field that is being typed in keeps its letters, digits and editing keys; only keys
    with Ctrl or Alt, and function keys, that the field has no use for reach a command. So it
    is in a window beside this one that only tells something (its property ``tells``).

    It watches what has the focus, not the application: else every event of every widget,
    each line that is painted, would have to ask Python first.
    """

    def __init__(
        self, window: QWidget, page: QWidget, desk: Desk, run: Callable[[Command], None]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._page = page
        self._desk = desk
        self._run = run
        self._is_watching = True
        window.installEventFilter(self)
        page.installEventFilter(self)
        self._application = cast("QApplication", QApplication.instance())
        self._application.focusChanged.connect(self._follow)

    def stop(self) -> None:
        """Leave the window alone again; a second call does nothing."""
        if self._is_watching:
            self._is_watching = False
            self._application.focusChanged.disconnect(self._follow)
            self._window.removeEventFilter(self)
            self._page.removeEventFilter(self)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None and isValid(before) and before not in (self._window, self._page):
            before.removeEventFilter(self)
        if now is not None and self._is_ours(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Run the command of a key press; everything else goes its way."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or not self._is_ours(watched):
            return False
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return False
        key = key_name(event)
        keeps_letters = isinstance(watched, FIELDS) or _is_report(watched.window())
        if not key or (keeps_letters and not _passes_field(key)):
            return False
        if watched.property("keeps_keys") is True and not _passes_table(key):
            return False
        if key in ("Enter", "Tab", "Shift+Tab") and not self._is_page(watched):
            return False
        command = find(self._desk.commands, key, self._desk)
        if command is None:
            if lacks := missing(self._desk.commands, key, self._desk):
                self._desk.messages.problem(lacks)
            return False
        try:
            self._run(command)
        except Exception:  # noqa: BLE001
            # An exception must not unwind through Qt's own event delivery: the last net takes it.
            sys.excepthook(*sys.exc_info())
        return True

    def _is_ours(self, widget: QWidget) -> bool:
        """Tell whether keys count in a widget: in the window, in a panel torn off it, in a report."""
        window = widget.window()
        is_beside = isinstance(window, QDockWidget) or _is_report(window)
        return window is self._window or (is_beside and window.parentWidget() is self._window)

    def _is_page(self, widget: QWidget) -> bool:
        parent = widget.parentWidget()
        return widget.property("reads") is True or (
            parent is not None and parent.property("reads") is True
        )


def _is_report(window: QWidget) -> bool:
    """Tell whether a window only tells something: chords go on to the commands as from a field."""
    return window.property("tells") is True


_FIELD_KEYS = {
    "Ctrl+Z",
    "Ctrl+Shift+Z",
    "Ctrl+Y",
    "Ctrl+A",
    "Ctrl+C",
    "Ctrl+V",
    "Ctrl+X",
    "Ctrl+Left",
    "Ctrl+Right",
}

_TABLE_KEYS = {"Ctrl+A", "Ctrl+C", "F2"}


def _passes_table(key: str) -> bool:
    """Tell whether a key goes to the commands from a table, which keeps letters and moves."""
    is_function_key = key[:1] == "F" and key[1:].isdigit()
    moves = key.endswith(("Left", "Right", "Up", "Down", "Home", "End"))
    return key not in _TABLE_KEYS and not moves and (key.startswith("Ctrl+") or is_function_key)


def _passes_field(key: str) -> bool:
    if key in _FIELD_KEYS:
        return False
    is_function_key = key[:1] == "F" and key[1:].isdigit()
    return is_function_key or key.startswith(("Ctrl+", "Alt+", "Shift+F"))
