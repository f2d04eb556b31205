"""Rows that are chosen are told as ranges, and choosing all of very many asks nobody row by row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from annotator.ui.chosen_rows import chosen_ranges, let_headings_be, rows_selected

MANY = 30


class Counted(QStandardItemModel):
    """Counts how often it is asked whether a row can be chosen."""

    asked = 0

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        type(self).asked += 1
        return super().flags(index)


@given(rows=st.sets(st.integers(0, MANY - 1)))
def test_rows_come_back_as_ranges(rows: set[int]) -> None:
    model = QStandardItemModel(MANY, 3)
    chosen = QItemSelectionModel(model)
    wanted = rows_selected(chosen, sorted(rows))
    chosen.select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    found = chosen_ranges(chosen)
    assert [row for part in found for row in part] == sorted(rows)
    assert len(found) == len([row for row in rows if row - 1 not in rows])


@pytest.mark.parametrize("rows", [100, 10_000])
def test_headings_ask_no_row_when_all_are_chosen(qtbot: QtBot, rows: int) -> None:
    model = Counted(rows, 3)
    view = QTableView()
    qtbot.addWidget(view)
    view.setModel(model)
    let_headings_be(view.horizontalHeader())
    view.verticalHeader().hide()
    view.show()
    Counted.asked = 0
    view.selectAll()
    view.grab()
    assert Counted.asked < 100
