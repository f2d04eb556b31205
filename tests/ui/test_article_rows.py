"""How a title stands in the list of articles: in as many lines whether its row is chosen or not."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from annotator.ui.article_rows import CHOSEN, title_lines

TITLE = "Harbour workers refuse the offer"


def test_a_title_is_broken_where_it_would_be_once_its_row_is_chosen(qtbot: QtBot) -> None:
    plain, heavy = QFont("DejaVu Sans", 10), QFont("DejaVu Sans", 10)
    heavy.setWeight(CHOSEN)
    narrow, wide = (QFontMetrics(font).horizontalAdvance(TITLE) for font in (plain, heavy))
    assert narrow < wide
    assert title_lines(plain, TITLE, wide + 2) == [TITLE]
    between = title_lines(plain, TITLE, (narrow + wide) // 2)
    assert len(between) == 2
    assert between == title_lines(heavy, TITLE, (narrow + wide) // 2)
