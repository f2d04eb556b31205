"""One annotator's picture of a case: a button that accepts it, the text with their mark, their values."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from annotator.domain.fragment import Extent
from annotator.domain.mark import Value
from annotator.presentation.case_words import Column, Fact
from annotator.ui.inspector import parts
from annotator.ui.team.case_text import CaseText
from annotator.ui.theme import Theme

WIDTH = 270


class CaseColumn(QFrame):
    """Shows a ``Column``; values in which annotators differ can be picked for gold."""

    accepted = Signal()
    picked = Signal(str, object)

    def __init__(
        self,
        column: Column,
        text: str,
        excerpt: Extent,
        picked: dict[str, Value | None],
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setMinimumWidth(WIDTH)
        self.column = column
        sign = "  ✓" if column.is_gold else ""
        self.accept = parts.button(
            f"{column.name}{sign}",
            column.key,
            self.accepted.emit,
            name="primary" if column.is_gold else "chip",
            hint=self.tr("Accept as {} marked it").format(column.name),
            kind=parts.OnceButton,
        )
        self.text = CaseText(theme)
        self.text.setAccessibleName(self.tr("The text as {} marked it").format(column.name))
        self.text.show_excerpt(text, excerpt, column.extents, column.colour)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.setSpacing(8)
        layout.addWidget(parts.row(self.accept))
        layout.addWidget(self.text, 1)
        if not column.extents:
            layout.addWidget(parts.label(self.tr("Has no mark here."), "muted"))
        if column.facts:
            layout.addWidget(parts.column(*(self._fact(fact, picked) for fact in column.facts)))

    def _fact(self, fact: Fact, picked: dict[str, Value | None]) -> QWidget:
        words = f"{fact.label}: {fact.words}"
        if not fact.differs:
            return parts.label(words, "muted")
        if not fact.can_be_picked:
            return parts.label(f"≠ {words}", "value")
        chip = parts.button(
            f"≠ {words}",
            "",
            partial(self.picked.emit, fact.attribute, fact.value),
            hint=self.tr("Give this value to what is accepted next"),
        )
        chip.setCheckable(True)
        chip.setChecked(fact.is_picked(picked))
        return parts.row(chip)
