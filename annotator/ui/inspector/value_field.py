"""The field of the inspector for a value that is typed: a text, a date, or a list of words."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from annotator.domain.codebook import Kind
from annotator.presentation.desk import Desk
from annotator.presentation.inspector import Field


class ValueField(QLineEdit):
    """A text, a date, or a list of words; Enter takes it over."""

    def __init__(self, desk: Desk, field: Field) -> None:
        value = field.value
        shown = (
            ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        )
        super().__init__(shown)
        self._desk = desk
        self._field = field
        self._before = shown
        self.setAccessibleName(field.label)
        self.setProperty("field", field.attribute)
        hints = {
            Kind.DATE: self.tr("as the article: {}").format(field.hint)
            if field.hint
            else self.tr("such as 2026-03-14"),
            Kind.SEVERAL: self.tr("words, separated by commas"),
        }
        self.setPlaceholderText(hints.get(field.kind, ""))
        self.editingFinished.connect(self._take)

    def _take(self) -> None:
        text = self.text().strip()
        if text == self._before:
            return
        self._before = text
        if self._field.kind is Kind.SEVERAL:
            items = tuple(part.strip() for part in text.split(",") if part.strip())
            self._desk.set_value(self._field.attribute, items or None)
        else:
            self._desk.set_value(self._field.attribute, text or None)
