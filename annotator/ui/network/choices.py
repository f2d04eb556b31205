"""What a network counts, to be chosen: the usual choices in a row, the rest below when asked for."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.network_view import NetworkView
from annotator.presentation.network_words import FLAG_WORDS
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.inspector import parts

MOST_WIDE = 320


class Choices(QWidget):
    """Lists, fields and boxes that show the choices of a network.

    Attributes:
        lists, fields, flags: by the name of the choice.
        more: shows and hides the second part.
    """

    chosen = Signal(str, str)

    def __init__(self, view: NetworkView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.lists: dict[str, ChoiceBox] = {}
        self.fields: dict[str, QLineEdit] = {}
        self.flags: dict[str, QCheckBox] = {}
        self.headings: dict[str, QLabel] = {}
        self.most = QSpinBox()
        self.window_size = QSpinBox()
        self.more = parts.button(self.tr("More choices"), "", self._toggle)
        self.rest = QWidget()
        self._lay_out()
        self.refresh()

    def refresh(self) -> None:
        """Show what can be chosen and what is."""
        chosen, ready = self._view.chosen, not self._view.is_running
        for name, options in self._view.choices.items():
            box = self.lists[name]
            box.offer([(option.label, option.name) for option in options], chosen[name])
            box.setEnabled(bool(options) and ready)
            box.setToolTip(box.currentText())
            if name == "period":
                box.setVisible(bool(options))
                self.headings[name].setVisible(bool(options))
        for name, field in self.fields.items():
            if not field.hasFocus():
                field.setText(chosen[name])
        for name, flag in self.flags.items():
            flag.setChecked(bool(chosen[name]))
        self.window_size.setValue(int(chosen["size"]))
        self.window_size.setEnabled(bool(chosen["unit"]))

    def _lay_out(self) -> None:
        usual = QGridLayout()
        for name, label in (
            ("kind", self.tr("Network")),
            ("rows", self.tr("Who")),
            ("columns", self.tr("What")),
            ("combine", self.tr("Stance")),
            ("norm", self.tr("Normalisation")),
            ("duplicates", self.tr("Repetition")),
            ("unit", self.tr("Time")),
            ("period", self.tr("Shown")),
        ):
            self._add(usual, name, label, self._list(name, label))
            usual.setColumnStretch(usual.columnCount() - 1, 0 if name == "period" else 1)
        self.most.setRange(5, 300)
        self.most.setValue(self._view.most)
        self.most.editingFinished.connect(lambda: self._view.show_most(self.most.value()))
        self._add(usual, "most", self.tr("At most"), self.most)
        rest = QGridLayout()
        for name, label in (
            ("layer", self.tr("Marks of")),
            ("whose", self.tr("Whose")),
            ("qualifier", self.tr("Stance by")),
        ):
            self._add(rest, name, label, self._list(name, label))
        for name, label, hint in (
            ("since", self.tr("From"), self.tr("2024-01-01")),
            ("until", self.tr("To"), self.tr("2024-12-31")),
            ("only", self.tr("Only"), self.tr("topics=dues,night")),
            ("without", self.tr("Without"), self.tr("publisher=Courier")),
        ):
            self._add(rest, name, label, self._field(name, label, hint))
            rest.setColumnStretch(rest.columnCount() - 1, 1 if name in ("since", "until") else 2)
        self.window_size.setRange(0, 10_000)
        self.window_size.setSpecialValueText(self.tr("Periods"))
        self.window_size.setToolTip(
            self.tr("0: a network for each period; else a window that moves on")
        )
        self.window_size.editingFinished.connect(
            lambda: self.chosen.emit("size", str(self.window_size.value()))
        )
        self._add(rest, "size", self.tr("Window of"), self.window_size)
        for name, label in FLAG_WORDS.items():
            self.flags[name] = TickBox(label)
            self.flags[name].clicked.connect(partial(self._ticked, name))
        holder = QVBoxLayout(self.rest)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addLayout(rest)
        holder.addWidget(parts.row(*self.flags.values()))
        self.rest.hide()
        self.more.setCheckable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(usual)
        layout.addWidget(self.rest)

    def _add(self, grid: QGridLayout, name: str, label: str, widget: QWidget) -> None:
        """Put a widget under its name, at the end of a row."""
        column = 0 if grid.count() == 0 else grid.columnCount()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        widget.setAccessibleName(label)
        self.headings[name] = parts.label(label, "muted", wrap=False)
        grid.addWidget(self.headings[name], 0, column)
        grid.addWidget(widget, 1, column)

    def _list(self, name: str, label: str) -> ChoiceBox:
        box = ChoiceBox(label)
        box.setMaximumWidth(MOST_WIDE)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(9)
        box.activated.connect(partial(self._picked, name))
        self.lists[name] = box
        return box

    def _field(self, name: str, label: str, hint: str) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(hint)
        field.editingFinished.connect(lambda: self.chosen.emit(name, field.text().strip()))
        self.fields[name] = field
        return field

    def _picked(self, name: str, _: int = 0) -> None:
        self.chosen.emit(name, str(self.lists[name].currentData()))

    def _ticked(self, name: str, _: bool = False) -> None:
        self.chosen.emit(name, "yes" if self.flags[name].isChecked() else "")

    def _toggle(self) -> None:
        self.rest.setVisible(self.more.isChecked())
