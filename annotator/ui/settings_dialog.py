"""The settings: each option of the one declaration, and the keys; every change counts at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFontComboBox,
    QFrame,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.presentation.memory import Memory
from annotator.presentation.options import (
    MARKING,
    OPTIONS,
    READING,
    YOU,
    Choice,
    Face,
    Number,
    Option,
    YesNo,
)
from annotator.presentation.own_keys import OwnKeys
from annotator.ui.boxes import ChoiceBox, TickBox
from annotator.ui.inspector import parts
from annotator.ui.still_fields import DecimalField, FaceField, NumberField

if TYPE_CHECKING:
    from annotator.ui.keys_page import KeysPage

PAGES = (READING, MARKING, YOU)
FIELD_WIDTH, LABEL_WIDTH = 230, 210

FRAME = 60
"""A title bar and the edges of a screen take no more, in pixels."""


class SettingsDialog(QDialog):
    """Does not stop other work: what is chosen shows in the window behind it.

    The first page is made at once, so that the window is there soon; the others follow one by one
    while nothing else happens, the keys when they are looked at.
    """

    def __init__(self, parent: QWidget, memory: Memory, keys: OwnKeys) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self._memory = memory
        self.fields: dict[str, QWidget] = {}
        self.pages = QTabWidget()
        self.pages.setDocumentMode(True)
        self.pages.tabBar().setDrawBase(False)
        self.pages.setAccessibleName(self.tr("Settings"))
        self._own_keys = keys
        self._areas = {page: _area() for page in PAGES}
        for page, area in self._areas.items():
            self.pages.addTab(area, self.tr(page))
        self._keys_tab = QWidget()
        self.pages.addTab(self._keys_tab, self.tr("Keys"))
        self._fill(PAGES[0])
        self.pages.currentChanged.connect(self._look_at)
        self._later = QTimer(self)
        self._later.timeout.connect(self._fill_next)
        self._later.start()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(12)
        layout.addWidget(self.pages, 1)
        layout.addWidget(buttons)
        memory.changed.connect(self._show)
        self.resize(640, min(760, self.screen().availableGeometry().height() - FRAME))

    @cached_property
    def keys(self) -> KeysPage:
        """The page of the keys."""
        from annotator.ui.keys_page import KeysPage

        layout = QVBoxLayout(self._keys_tab)
        layout.setContentsMargins(0, 0, 0, 0)
        made = KeysPage(self._own_keys)
        layout.addWidget(made)
        return made

    def open_keys(self) -> None:
        """Show the page with the keys."""
        self.pages.setCurrentWidget(self._keys_tab)

    def _look_at(self, _tab: int) -> None:
        """Make the page that is looked at, if it is not there yet."""
        if self.pages.currentWidget() is self._keys_tab:
            _ = self.keys
        for page, area in self._areas.items():
            if area is self.pages.currentWidget():
                self._fill(page)

    def _fill_next(self) -> None:
        page = next((page for page, area in self._areas.items() if not area.widget()), None)
        if page is None:
            self._later.stop()
        else:
            self._fill(page)

    def _fill(self, page: str) -> None:
        area = self._areas[page]
        if not area.widget():
            area.setWidget(self._page(page))

    def _page(self, page: str) -> QWidget:
        holder = _Page()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(4, 16, 4, 4)
        layout.setSpacing(12)
        options = [option for option in OPTIONS if option.page == page]
        for option in options:
            field = self.fields[option.name] = self._field(option)
            field.setAccessibleName(option.label)
            field.setAccessibleDescription(option.sentence)
            field.setFixedWidth(FIELD_WIDTH)
            label = parts.label(option.label, "value", wrap=False)
            label.setFixedWidth(LABEL_WIDTH)
            layout.addWidget(
                parts.column(
                    parts.row(label, field), parts.label(option.sentence, "muted"), spacing=2
                )
            )
        layout.addStretch(1)
        back = partial(self._memory.set_back, [option.name for option in options])
        layout.addWidget(parts.row(parts.button(self.tr("Set this page back"), "", back)))
        for option in options:
            self._show(option.name)
        return holder

    def _field(self, option: Option) -> QWidget:
        """Return a field for an option; what is entered there is kept at once."""
        kind, keep = option.kind, partial(self._memory.set, option.name)
        if isinstance(kind, Choice):
            box = ChoiceBox(self.tr(option.label))
            box.addItems([self.tr(value.capitalize()) for value in kind.values])
            box.activated.connect(partial(_keep_choice, keep, kind.values))
            return box
        if isinstance(kind, Number):
            spin = DecimalField() if kind.decimals else NumberField()
            spin.setRange(kind.least, kind.most)  # type: ignore[arg-type]
            spin.setSingleStep(kind.step)  # type: ignore[arg-type]
            spin.setSuffix(f" {kind.unit}" if kind.unit else "")
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(keep)
            return spin
        if isinstance(kind, YesNo):
            check = TickBox(self.tr("on"))
            check.toggled.connect(keep)
            return check
        if isinstance(kind, Face):
            faces = FaceField()
            chosen = partial(_keep_face, keep, faces)
            faces.activated.connect(chosen)
            words = faces.lineEdit()
            if words:
                words.setPlaceholderText(self.tr("the best serif installed"))
                words.editingFinished.connect(chosen)
            return faces
        line = QLineEdit()
        line.setPlaceholderText(kind.hint)
        line.editingFinished.connect(partial(_keep_text, keep, line))
        return line

    def _show(self, name: str) -> None:
        """Show the value of an option, which may have been changed elsewhere."""
        field = self.fields.get(name)
        if field is None:
            return
        value = getattr(self._memory.preferences, name)
        before = field.blockSignals(True)
        if isinstance(field, QFontComboBox):
            field.setEditText(value)
        elif isinstance(field, QComboBox):
            option = next(option for option in OPTIONS if option.name == name)
            values = option.kind.values if isinstance(option.kind, Choice) else ()
            field.setCurrentIndex(values.index(value))
        elif isinstance(field, QSpinBox | QDoubleSpinBox):
            field.setValue(value)
        elif isinstance(field, QCheckBox):
            field.setChecked(value)
        elif isinstance(field, QLineEdit):
            field.setText(value)
        field.blockSignals(before)

    def done(self, result: int) -> None:
        """Follow the memory no longer."""
        self._memory.changed.disconnect(self._show)
        super().done(result)
        self.deleteLater()


class _Page(QWidget):
    """Is as high as its words are at the width there is; Qt asks for more, for it breaks long lines sooner."""

    def minimumSizeHint(self) -> QSize:
        """Leave the height to the width."""
        return QSize(super().minimumSizeHint().width(), 0)


def _area() -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    return area


def _keep_choice(keep: Callable[[object], None], values: Sequence[str], index: int) -> None:
    keep(values[index])


def _keep_face(keep: Callable[[object], None], faces: QFontComboBox, _index: int = 0) -> None:
    """A face that is not installed is as good as none."""
    name = faces.currentText().strip()
    keep(name if faces.findText(name) >= 0 else "")


def _keep_text(keep: Callable[[object], None], line: QLineEdit) -> None:
    keep(line.text().strip())
