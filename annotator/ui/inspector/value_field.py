"""The field of the inspector for a value that is typed: a text, a date, or a list of words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from annotator.domain.codebook import Kind
from annotator.presentation import typed_value
from annotator.presentation.desk import Desk
from annotator.presentation.inspector import Field
from annotator.ui.inspector.mark_line import MarkLine


class ValueField(MarkLine):
    """A text, a date, or a list of words; Enter takes it over, and so does leaving it by any way."""

    def __init__(self, desk: Desk, field: Field) -> None:
        super().__init__(desk, partial(typed_value.keep, desk, field.attribute, field.kind))
        value = field.value
        self.setText(
            ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
        )
        self.settle()
        self.setAccessibleName(field.label)
        self.setProperty("field", field.attribute)
        hints = {
            Kind.DATE: self.tr("as the article: {}").format(field.hint)
            if field.hint
            else self.tr("such as 2026-03-14"),
            Kind.SEVERAL: self.tr("words, separated by commas"),
        }
        self.setPlaceholderText(hints.get(field.kind, ""))
        self.returnPressed.connect(self.keep)

    @property
    def waits(self) -> bool:
        """Whether the value was changed; an empty field takes it off."""
        return self.text().strip() != self._settled.strip()

    def rest(self) -> None:
        """Leave the value where it is."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the field and keeps what was written."""
        if event.key() == Qt.Key.Key_Escape:
            self.keep()
        super().keyPressEvent(event)
