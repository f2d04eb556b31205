"""The slim bar above the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from annotator.ui.inspector import parts

if TYPE_CHECKING:
    from annotator.domain.codebook import Layer
    from annotator.presentation.desk import Desk
    from annotator.ui.theme import Theme

HELD, HIDDEN = "● ", "◌ "
SIGNS = HELD, HIDDEN, ""
"""What may stand before the name of a layer."""


class TopBar(QFrame):
    """The layers with their keys, undo and redo, zoom, theme, and the way to everything else.

    It is seen before the desk is there; the layers, and what can be undone, come with ``serve``.

    Args:
        run: runs the command of an id.
    """

    _desk: Desk

    def __init__(
        self, theme: Theme, run: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._theme = theme
        self._layers = QHBoxLayout()
        self._layers.setSpacing(4)
        self._chips: dict[str, QPushButton] = {}
        self.undo = parts.button("↶", "", partial(run, "edit.undo"), name="quiet")
        self.undo.setAccessibleName(self.tr("Undo"))
        self.redo = parts.button("↷", "", partial(run, "edit.redo"), name="quiet")
        self.redo.setAccessibleName(self.tr("Redo"))
        layout = QHBoxLayout(self)
        # The layers keep room before their names.
        layout.setContentsMargins(2, 4, 12, 4)
        layout.setSpacing(4)
        layout.addLayout(self._layers)
        layout.addStretch(1)
        for widget in (self.undo, self.redo, *self._tools(run)):
            # A click leaves the keys to the page.
            widget.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            layout.addWidget(widget)
        self.undo.setEnabled(False)
        self.redo.setEnabled(False)

    def expect(self, layers: Iterable[Layer], own_keys: Mapping[str, Sequence[str]]) -> None:
        """Show the layers of a project that is about to be opened; they do nothing yet.

        Args:
            own_keys: keys that the user chose, by command.
        """
        for layer in layers:
            keys = own_keys.get(f"mark.as.{layer.name}", (layer.key.upper(),))
            self._chip(layer, next(iter(keys), ""), _nothing).setChecked(True)

    def serve(self, desk: Desk, theme: Theme) -> None:
        """Show what is at the desk, from now on, in a theme that may have changed meanwhile."""
        self._desk, self._theme = desk, theme
        desk.commands_changed.connect(self._rebuild)
        desk.reader.changed.connect(self._show_layers)
        desk.saved.connect(self._show_history)
        desk.project_changed.connect(self._show_history)
        self._rebuild(None)

    def set_theme(self, theme: Theme) -> None:
        """Show the layers in the colours of another theme."""
        self._theme = theme
        self._rebuild(None)

    def _tools(self, run: Callable[[str], None]) -> list[QPushButton]:
        tools = (
            ("A−", "view.smaller", self.tr("Smaller text  Ctrl+−")),
            ("A+", "view.larger", self.tr("Larger text  Ctrl++")),
            ("◐", "view.theme", self.tr("Light or dark  F8")),
            ("?", "help.keys", self.tr("Keys  ?")),
            ("Ctrl+K", "view.palette", self.tr("All commands  Ctrl+K")),
        )
        buttons = []
        for text, command, hint in tools:
            widget = parts.button(text, "", partial(run, command), name="quiet", hint=hint)
            widget.setAccessibleName(hint)
            buttons.append(widget)
        return buttons

    def _rebuild(self, _: object) -> None:
        self._clear()
        project = self._desk.project
        for layer in project.codebook.open_layers if project else ():
            key = self._desk.key_of(f"mark.as.{layer.name}")
            hold = self._desk.key_of(f"mark.hold.{layer.name}")
            chip = self._chips[layer.name] = self._chip(layer, key, partial(self._use, layer.name))
            chip.setToolTip(
                self.tr(
                    "Click, or key {1}: marks the selected words as {0}\n"
                    "Click with nothing selected: shows or hides this layer\n"
                    "Right-click, or {2}: holds it, so that every selection marks; a click lets it go"
                ).format(layer.label.lower(), key or "–", hold or "–")
            )
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(partial(self._hold, layer.name))
        self._show_layers(None)
        self._show_history(None)

    def _clear(self) -> None:
        while self._layers.count():
            item = self._layers.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        self._chips = {}

    def _chip(self, layer: Layer, key: str, run: Callable[[], object]) -> QPushButton:
        """Make the button of a layer and put it in its place."""
        chip = parts.button(layer.label, key, run, name="layer")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        # By way of a colour: what a stranger's codebook has instead of one is no part of a style.
        colour = self._theme.shade(layer.colour).name()
        chip.setStyleSheet(
            f"QPushButton {{ text-align: right; }} QPushButton:checked {{ color: {colour}; }}"
        )
        self._layers.addWidget(chip)
        # Room for every sign, so that nothing moves when one comes.
        widths = []
        for sign in SIGNS:
            chip.setText(_words(layer, key, sign))
            widths.append(chip.sizeHint().width())
        chip.setFixedWidth(max(widths))
        return chip

    def _use(self, layer: str) -> None:
        self._desk.use_layer(layer)
        # A refused mark announces nothing, but the click has turned the button.
        self._show_layers(None)

    def _hold(self, layer: str, _place: object) -> None:
        self._desk.hold(layer)

    def _show_layers(self, _: object) -> None:
        for name, chip in self._chips.items():
            held = self._desk.reader.held == name
            chip.setChecked(self._desk.reader.page.is_visible(name))
            project = self._desk.project
            layer = project.codebook.layer(name) if project else None
            if layer:
                key = self._desk.key_of(f"mark.as.{name}")
                chip.setText(
                    _words(layer, key, HELD if held else "" if chip.isChecked() else HIDDEN)
                )
                chip.setAccessibleName(
                    f"{layer.label}, {self.tr('held') if held else self.tr('shown') if chip.isChecked() else self.tr('hidden')}"
                )

    def _show_history(self, _: object) -> None:
        undo, redo = self._desk.undo_name, self._desk.redo_name
        self.undo.setEnabled(bool(undo))
        self.redo.setEnabled(bool(redo))
        self.undo.setToolTip(
            self.tr("Undo: {}  Ctrl+Z").format(undo) if undo else self.tr("Nothing to undo")
        )
        self.redo.setToolTip(
            self.tr("Redo: {}  Ctrl+Shift+Z").format(redo) if redo else self.tr("Nothing to redo")
        )


def _nothing() -> None:
    """What a layer does before there is a desk."""


def _words(layer: Layer, key: str, sign: str) -> str:
    return f"{sign}{layer.label}  {key}".rstrip()
