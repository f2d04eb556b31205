"""Editing a cell of the mark table: a list where the codebook has one, else a field."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.domain.codebook import Attribute, Kind
from annotator.ui.mark_table.model import ATTRIBUTE

Index = QModelIndex | QPersistentModelIndex


class ValueDelegate(QStyledItemDelegate):
    """Makes the editor; what was typed or chosen goes out by ``edited`` with row and column."""

    edited = Signal(int, int, str)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a list of the allowed values, or a field."""
        attribute = index.data(ATTRIBUTE)
        words = _choices(attribute) if isinstance(attribute, Attribute) else []
        if not words:
            field = QLineEdit(parent)
            field.setFrame(False)
            if isinstance(attribute, Attribute) and attribute.kind is Kind.DATE:
                field.setPlaceholderText("2026-11-21")
            return field
        box = QComboBox(parent)
        box.addItem(self.tr("– not filled in"), "")
        for word in words:
            box.addItem(word, word)
        box.activated.connect(lambda _=0: self._take(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with the value that is there."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed, if it is something else."""
        text = str(editor.currentData()) if isinstance(editor, QComboBox) else _field_text(editor)
        if text != str(index.data(Qt.ItemDataRole.EditRole) or ""):
            self.edited.emit(index.row(), index.column(), text)

    def _take(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box, QStyledItemDelegate.EndEditHint.NoHint)


def _field_text(editor: QWidget) -> str:
    return editor.text().strip() if isinstance(editor, QLineEdit) else ""


def _choices(attribute: Attribute) -> list[str]:
    if attribute.kind is Kind.YES_NO:
        return ["yes", "no"]
    if attribute.kind in (Kind.CHOICE, Kind.SCALE):
        return [code.label or code.name for code in attribute.codes if not code.retired]
    return []
