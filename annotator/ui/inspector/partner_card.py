"""The inspector while a partner for a link is being chosen: the proposals, each with its number."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.presentation import tying
from annotator.presentation.desk import Desk
from annotator.presentation.shortening import begun, short
from annotator.ui.inspector import parts

WORDS = 34


class PartnerCard(QWidget):
    """Lists the marks a link may lead to; a number or a click ties to one of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        reader = desk.reader
        start, type = reader.linking or ("", "")
        mark = reader.marks[start]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(parts.heading(begun(tying.called(desk, start, type))))
        layout.addWidget(parts.label(short(mark.text, 120), "muted"))
        for number, id in enumerate(reader.partners, 1):
            layout.addWidget(self._row(number, id))
        layout.addWidget(parts.label(self.tr("Any other: click it, or Tab and Enter."), "muted"))
        cancel = parts.button(self.tr("Cancel"), desk.key_of("mark.release"), desk.let_go)
        layout.addWidget(parts.row(cancel))
        layout.addStretch(1)

    def _row(self, number: int, id: str) -> QWidget:
        text = self._desk.reader.marks[id].text
        key = self._desk.key_of(f"link.partner.{number}")
        button = parts.button(
            short(text, WORDS), key, partial(self._desk.take_partner, number), hint=text
        )
        button.setCheckable(True)
        button.setChecked(id == self._desk.reader.page.current_mark)
        return parts.row(button)
