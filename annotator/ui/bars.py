"""The slim bar above the page and the one line below it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from annotator.presentation.desk import Desk
from annotator.presentation.messages import Message, Tone
from annotator.ui.inspector import parts
from annotator.ui.theme import Theme

MESSAGE_MILLISECONDS = 6000
ROOM_FOR_OTHERS = 420
"""What the other things of the line may need, in pixels."""

STATUS_HEIGHT = 34
"""The same with and without buttons in it, so that nothing above moves."""


class TopBar(QFrame):
    """The layers with their keys, undo and redo, zoom, theme, and the way to everything else."""

    def __init__(
        self, desk: Desk, theme: Theme, run: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self._desk = desk
        self._theme = theme
        self._layers = QHBoxLayout()
        self._layers.setSpacing(4)
        self._chips: dict[str, QPushButton] = {}
        self.undo = parts.button("↶", "", partial(run, "edit.undo"), name="quiet")
        self.undo.setAccessibleName(self.tr("Undo"))
        self.redo = parts.button("↷", "", partial(run, "edit.redo"), name="quiet")
        self.redo.setAccessibleName(self.tr("Redo"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 12, 4)
        layout.setSpacing(4)
        layout.addLayout(self._layers)
        layout.addStretch(1)
        for widget in (self.undo, self.redo, *self._tools(run)):
            layout.addWidget(widget)
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
        while self._layers.count():
            item = self._layers.takeAt(0)
            widget = item.widget() if item else None
            if widget:
                widget.deleteLater()
        self._chips = {}
        project = self._desk.project
        for layer in project.codebook.open_layers if project else ():
            key = self._desk.key_of(f"mark.as.{layer.name}")
            hold = self._desk.key_of(f"mark.hold.{layer.name}")
            chip = parts.button(layer.label, key, partial(self._use, layer.name), name="layer")
            chip.setCheckable(True)
            chip.setToolTip(
                self.tr(
                    "Click marks the selected words as {0}; with none selected it shows or hides "
                    "this layer. Key {1} marks, too. Right-click or {2} holds it: "
                    "every selection marks."
                ).format(layer.label.lower(), key or "–", hold or "–")
            )
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(partial(self._hold, layer.name))
            chip.setStyleSheet(
                f"QPushButton:checked {{ color: {layer.colour[1 if self._theme.is_dark else 0]}; }}"
            )
            self._chips[layer.name] = chip
            self._layers.addWidget(chip)
        self._show_layers(None)
        self._show_history(None)

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
                sign = "● " if held else "" if chip.isChecked() else "◌ "
                chip.setText(
                    f"{sign}{layer.label}  {self._desk.key_of(f'mark.as.{name}')}".rstrip()
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


class StatusLine(QFrame):
    """Saved, annotator, marks here, and what was just said."""

    cancelled = Signal()
    progressed = Signal(int, int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self.setFixedHeight(STATUS_HEIGHT)
        self._desk = desk
        self.saved = parts.label("", "muted", wrap=False)
        self.who = parts.label("", "muted", wrap=False)
        self.here = parts.label("", "muted", wrap=False)
        self.message = QLabel()
        self.message.setTextFormat(self.saved.textFormat())
        self.message.setMinimumWidth(40)
        self._told = ""
        self.message.setAccessibleName(self.tr("Message"))
        self.undo = parts.button(self.tr("Undo"), "", desk.undo, name="quiet")
        self.undo.hide()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(180)
        self.bar.setFixedHeight(6)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = parts.button(self.tr("Cancel"), "", self.cancelled.emit)
        self.bar.hide()
        self.stop.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 12, 2)
        layout.setSpacing(16)
        layout.addWidget(self.saved)
        layout.addWidget(self.who)
        layout.addWidget(self.here)
        layout.addStretch(1)
        for widget in (self.message, self.undo, self.bar, self.stop):
            layout.addWidget(widget)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MESSAGE_MILLISECONDS)
        self._timer.timeout.connect(self._quiet)
        desk.messages.said.connect(self._say)
        desk.saved.connect(self._saved)
        desk.project_changed.connect(self._project_changed)
        desk.reader.changed.connect(self._refresh)
        self._refresh(None)

    def show_progress(self, done: int, total: int, title: str) -> None:
        """Show how far long work is."""
        self.bar.setMaximum(total)
        self.bar.setValue(done)
        self.bar.show()
        self.stop.show()
        self._tell(title)
        self.progressed.emit(done, total)

    def hide_progress(self) -> None:
        """Long work is over."""
        self.bar.hide()
        self.stop.hide()
        self._tell("")

    def _say(self, message: Message) -> None:
        name = "problem" if message.tone is Tone.PROBLEM else ""
        if name != self.message.objectName():
            self.message.setObjectName(name)
            self.message.style().polish(self.message)
        self._tell(message.text if message.tone is Tone.DONE else f"⚠ {message.text}")
        self.message.setToolTip(message.text)
        self.undo.setVisible(message.undoable)
        self._timer.start(
            MESSAGE_MILLISECONDS if message.tone is Tone.DONE else 2 * MESSAGE_MILLISECONDS
        )

    def _tell(self, text: str) -> None:
        """Show a sentence, shortened in its middle where there is no room for it."""
        self._told = text
        room = max(self.width() - ROOM_FOR_OTHERS, 200)
        self.message.setText(
            self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the sentence as there is room for now."""
        super().resizeEvent(event)
        self._tell(self._told)

    def _quiet(self) -> None:
        self._tell("")
        self.message.setToolTip("")
        self.undo.hide()

    def _project_changed(self, _: object) -> None:
        """Offer no undo of what was done in another project."""
        if not self.undo.isHidden():
            self._quiet()
        self._refresh(None)

    def _saved(self, _: str) -> None:
        self.saved.setText(self.tr("Saved ✓ {}").format(self._desk.local_time()))

    def _refresh(self, _: object) -> None:
        project = self._desk.project
        self.who.setText(project.annotator.name if project else "")
        marks = len(self._desk.reader.marks)
        self.here.setText(
            (self.tr("1 mark here") if marks == 1 else self.tr("{:,} marks here").format(marks))
            if self._desk.reader.article
            else ""
        )
        if project is None:
            self.saved.setText("")
        elif project.file.is_read_only:
            self.saved.setText(self.tr("To read only"))
        elif not self.saved.text():
            self.saved.setText(self.tr("All saved ✓"))
