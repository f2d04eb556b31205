"""The mark table under real hands: shown, filtered, sorted, edited in place and in bulk, left for the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from annotator.domain.mark_query import MarkQuery
from annotator.presentation.mark_table import MARKS, ORDER
from annotator.services import history, mark_table, marking, reading
from annotator.store import mark_order
from annotator.store import mark_table as store
from annotator.ui import reading_on
from annotator.ui.mark_table.panel import MarkTablePanel
from tests.support.material import STORY, make_project
from tests.ui.conftest import Hands

OTHER = "Amal Haddad resigned. The mayor wept.\n"


@pytest.fixture
def table(open_window: Callable[..., Hands], tmp_path: Path) -> tuple[Hands, MarkTablePanel]:
    """A window on two articles with five marks, the table open."""
    project = make_project(tmp_path, STORY, OTHER)
    one, two = (listed.article.id for listed in reading.list_articles(project))
    for article, words, layer in (
        (one, "Amal Haddad", "actor"),
        (one, "We will not go back", "claim"),
        (one, "until the night shift is paid", "claim"),
        (two, "Amal Haddad", "actor"),
        (two, "resigned", "claim"),
    ):
        start = (STORY if article == one else OTHER).index(words)
        marking.mark(project, article, [(start, start + len(words))], layer)
    path = project.path
    project.close()
    hands = open_window(path=path)
    hands.press("Ctrl+T")
    return hands, hands.window.tools.marks


def shown(panel: MarkTablePanel) -> list[str]:
    """Return the words of every row."""
    model = panel.view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def column(panel: MarkTablePanel, title: str) -> int:
    """Return the number of a column."""
    model = panel.view.model()
    heads = [
        model.headerData(number, Qt.Orientation.Horizontal) for number in range(model.columnCount())
    ]
    return heads.index(title)


def read_on(panel: MarkTablePanel) -> None:
    """Let what is found piece by piece come to its end."""
    while panel._table.readings.go_on():
        pass


def choose(box: QComboBox, text: str) -> None:
    """Choose by hand what a box offers."""
    place = box.findText(text)
    assert place >= 0, text
    box.setCurrentIndex(place)
    box.activated.emit(place)


def test_marks_are_filtered_by_the_part_of_the_article_they_lie_in(
    open_window: Callable[..., Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.store.parts.BATCH", 1)
    monkeypatch.setattr("annotator.services.mark_table.FEW_ARTICLES", 1)
    # It is driven by hand.
    monkeypatch.setattr(reading_on, "NEXT_TURN_MILLISECONDS", 10**6)
    monkeypatch.setattr(reading_on, "MOMENT_SECONDS", 0)
    text = "Strike goes on\n\nBy Amal Haddad\n\nThe mayor spoke to Amal Haddad.\n"
    with make_project(tmp_path, text, f"{text}Never.\n") as project:
        path = project.path
        for listed in reading.list_articles(project):
            for start in (text.index("Amal"), text.rindex("Amal")):
                marking.mark(project, listed.article.id, [(start, start + 11)], "actor")
    hands = open_window(path=path)
    hands.press("Ctrl+T")
    panel = hands.window.tools.marks
    choose(panel.scope, "All articles")
    assert len(shown(panel)) == 4
    choose(panel.part, "Byline")
    assert len(shown(panel)) == 4  # what was there stays until something is found
    panel._reading._read()
    panel._reading._read()
    assert panel._table.readings.reached(MARKS) == (1, 2)
    read_on(panel)
    assert len(shown(panel)) == 2
    choose(panel.part, "Body")
    read_on(panel)
    assert len(shown(panel)) == 2
    choose(panel.part, "Caption")
    read_on(panel)
    assert shown(panel) == []
    assert "Clear the filters" in panel.empty.text()
    panel.clear.click()
    assert len(shown(panel)) == 4


def test_the_table_shows_the_open_article_and_then_all(table: tuple[Hands, MarkTablePanel]) -> None:
    hands, panel = table
    QAbstractItemModelTester(
        panel.view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert shown(panel) == ["We will not go back", "Amal Haddad", "until the night shift is paid"]
    panel.scope.setCurrentIndex(1)
    panel.scope.activated.emit(1)
    assert len(shown(panel)) == 5
    panel.text.setText("haddad")
    assert shown(panel) == ["Amal Haddad", "Amal Haddad"]
    assert panel.count.text().startswith("2 marks")
    panel.text.setText("resigned")
    assert panel.count.text().startswith("1 mark")
    assert not panel.count.text().startswith("1 marks")
    panel.clear.click()
    assert len(shown(panel)) == 5
    panel.layer.setCurrentIndex(2)
    panel.layer.activated.emit(2)
    assert shown(panel) == ["We will not go back", "until the night shift is paid", "resigned"]
    panel.value.setCurrentIndex(panel.value.findText("Stance: Support"))
    panel.value.activated.emit(panel.value.currentIndex())
    assert shown(panel) == []
    assert panel.empty.isVisible()
    hands.settle()


def test_sorting_by_a_click_on_the_heading(table: tuple[Hands, MarkTablePanel]) -> None:
    hands, panel = table
    header = panel.view.horizontalHeader()
    place = header.sectionViewportPosition(0) + 20
    for expected in (sorted, lambda words: sorted(words, reverse=True)):
        QTest.mouseClick(
            header.viewport(),
            Qt.MouseButton.LeftButton,
            pos=header.viewport().rect().topLeft() + _point(place),
        )
        hands.settle()
        words = [word.lower() for word in shown(panel)]
        assert words == expected(words)


def test_enter_leads_to_the_mark_in_its_article(table: tuple[Hands, MarkTablePanel]) -> None:
    hands, panel = table
    panel.scope.setCurrentIndex(1)
    panel.scope.activated.emit(1)
    panel.view.selectRow(4)
    hands.key(Qt.Key.Key_Return)
    assert hands.desk.reader.article
    assert hands.desk.reader.article.title == "Article 2"
    assert hands.desk.reader.current
    assert hands.desk.reader.current.text == "resigned"
    assert hands.window.page.hasFocus()


def test_f2_changes_one_cell(table: tuple[Hands, MarkTablePanel]) -> None:
    hands, panel = table
    index = panel.view.model().index(0, column(panel, "Stance"))
    panel.view.setCurrentIndex(index)
    hands.key(Qt.Key.Key_F2)
    box = next(box for box in panel.view.findChildren(QComboBox) if box.isVisible())
    hands.settle()
    box.setCurrentIndex(box.findText("Oppose"))
    box.hidePopup()
    box.activated.emit(box.currentIndex())
    hands.settle()
    assert index.data() == "Oppose"
    assert hands.desk.undo_name == "Set stance of claim “We will not go back” to oppose"


def test_what_is_typed_goes_to_every_row_chosen_in_one_step(
    table: tuple[Hands, MarkTablePanel],
) -> None:
    hands, panel = table
    panel.view.selectAll()
    index = panel.view.model().index(0, column(panel, "Topics"))
    panel.view.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
    panel.view.edit(index)
    field = next(field for field in panel.view.findChildren(QLineEdit) if field.isVisible())
    QTest.keyClicks(field, "pay, night work")
    QTest.keyClick(field, Qt.Key.Key_Return)
    hands.settle()
    marks = hands.desk.reader.marks.values()
    assert [mark.attributes.get("topics") for mark in marks if mark.layer == "claim"] == [
        ("pay", "night work")
    ] * 2
    assert index.data() == "pay, night work"
    hands.press("Ctrl+Z")
    assert not any("topics" in mark.attributes for mark in hands.desk.reader.marks.values())


def test_a_value_the_codebook_does_not_have_is_refused_in_a_sentence(
    table: tuple[Hands, MarkTablePanel],
) -> None:
    hands, panel = table
    kind = panel._table.columns[column(panel, "Date")]
    panel._table.set_value([0], kind, "yesterday")
    assert hands.desk.messages.last
    assert "date" in hands.desk.messages.last.text


def test_delete_takes_the_chosen_rows_and_letters_do_not_mark(
    table: tuple[Hands, MarkTablePanel],
) -> None:
    hands, panel = table
    panel.view.selectRow(0)
    hands.press("A")
    assert len(shown(panel)) == 3
    hands.key(Qt.Key.Key_Delete)
    assert shown(panel) == ["Amal Haddad", "until the night shift is paid"]
    project = hands.desk.project
    assert project
    assert history.entries(project)[0].step.name == "Delete claim “We will not go back”"
    hands.press("Ctrl+Z")
    assert len(shown(panel)) == 3


def test_rows_are_copied_as_a_table(table: tuple[Hands, MarkTablePanel]) -> None:
    _, panel = table
    panel.view.selectAll()
    panel.view.copy()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].startswith("Words\tLayer\tActor")
    assert [line.split("\t")[0] for line in lines[1:]] == shown(panel)


def test_marking_in_the_text_shows_in_the_table(table: tuple[Hands, MarkTablePanel]) -> None:
    hands, panel = table
    hands.window.page.setFocus()
    hands.drag("port authority")
    hands.press("A")
    assert "port authority" in shown(panel)


def many_marks(hands: Hands) -> None:
    """Make more marks than the table sorts out at first."""
    project = hands.desk.project
    assert project
    model = next(iter(hands.desk.reader.marks.values()))
    with project.step("Many marks") as ticket:
        ticket.write.add(replace(model, id=project.file.new_id()) for _ in range(1600))


@pytest.fixture
def large(
    table: tuple[Hands, MarkTablePanel], monkeypatch: pytest.MonkeyPatch
) -> tuple[Hands, MarkTablePanel]:
    """A table so large that it is found in pieces, by hand, sorted by words; its beginning is known."""
    hands, panel = table
    panel._reading.setInterval(10**6)
    choose(panel.scope, "All articles")
    many_marks(hands)
    monkeypatch.setattr(store, "FEW", 1_000)
    monkeypatch.setattr(mark_order, "LOOKED_THROUGH", 100)
    monkeypatch.setattr(mark_order, "SHARE", 100)
    panel.view.sortByColumn(column(panel, "Words"), Qt.SortOrder.AscendingOrder)
    read_on(panel)
    QApplication.processEvents()
    return hands, panel


def is_late(panel: MarkTablePanel) -> bool:
    """Let the time pass after which progress is shown, and tell whether it is."""
    panel.progress._tell()
    QApplication.processEvents()
    return panel.progress.isVisible()


def test_the_end_of_a_large_table_is_sorted_out_while_the_window_goes_on(
    large: tuple[Hands, MarkTablePanel],
) -> None:
    _, panel = large
    model, last = panel.view.model(), panel._table.count - 1
    assert not panel._table.readings.reads(ORDER)
    panel.view.scrollToBottom()
    assert model.index(last, 0).data() is None
    QApplication.processEvents()
    assert not panel.progress.isVisible()
    panel._table.readings.go_on()
    assert is_late(panel)
    assert "Sorting" in panel.progress.words.text()
    read_on(panel)
    assert not panel.progress.isVisible()
    assert shown(panel) == sorted(shown(panel), key=str.lower)
    assert model.index(last, 0).data() == "We will not go back"


def test_rows_stay_until_others_are_found(large: tuple[Hands, MarkTablePanel]) -> None:
    _, panel = large
    before = panel._table.count
    first = panel.view.model().index(0, 0).data()
    panel.text.setText("night shift")
    panel._table.readings.go_on()
    assert (panel._table.count, panel.view.model().index(0, 0).data()) == (before, first)
    # Another choice, made meanwhile, is all that counts.
    panel.text.setText("go back")
    panel._table.readings.go_on()
    panel.view.sortByColumn(column(panel, "Source or holder"), Qt.SortOrder.DescendingOrder)
    read_on(panel)
    assert shown(panel)[:1] == ["We will not go back"]
    assert panel._table.count == len(shown(panel)) < before


def test_looking_is_stopped_by_escape_and_goes_on_when_wanted(
    large: tuple[Hands, MarkTablePanel],
) -> None:
    hands, panel = large
    before = panel._table.count
    panel.text.setText("night shift")
    assert is_late(panel)
    panel.view.setFocus()
    hands.press("Escape")
    assert panel.progress.is_stopped
    assert not panel._table.readings.go_on()
    panel._table.catch_up()
    assert not panel._table.readings.go_on(), "an act is no wish to look further"
    assert panel._table.count == before
    panel.progress.button.click()
    read_on(panel)
    assert panel._table.count == 1
    assert not panel.progress.isVisible()
    # What was stopped does not hold back what is asked for next.
    panel.text.setText("")
    assert is_late(panel)
    panel.progress.button.click()
    panel.text.setText("go back")
    read_on(panel)
    assert panel._table.count > 1_600 // 2


def test_a_large_table_follows_acts_when_there_is_time(
    large: tuple[Hands, MarkTablePanel],
) -> None:
    hands, panel = large
    before = panel._table.count
    panel._behind.setInterval(10**6)
    hands.window.page.setFocus()
    hands.drag("port authority")
    hands.press("A")
    assert panel._table.count == before
    panel._behind.stop()
    panel._table.catch_up()
    panel._table.readings.go_on()
    # Another act does not begin the table anew.
    panel._table.catch_up()
    assert panel._table.is_known
    read_on(panel)
    assert panel._table.count == before + 1


def test_very_many_rows_are_acted_upon_and_copied_bit_by_bit(
    large: tuple[Hands, MarkTablePanel], qtbot: QtBot
) -> None:
    hands, panel = large
    table, count = panel._table, panel._table.count
    panel.view.selectAll()
    assert f"{count:,} of {count:,} marks" in panel.count.text()
    panel.view.copy()
    assert hands.window._job is not None
    qtbot.waitUntil(lambda: hands.window._job is None)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == count + 1
    assert [line.split("\t")[0] for line in lines[1:]] == shown(panel)
    stance = next(one for one in table.columns if one.attribute and one.attribute.name == "stance")
    table.set_value(panel.view.chosen(), stance, "oppose")
    assert hands.desk.busy
    qtbot.waitUntil(lambda: not hands.desk.busy)
    read_on(panel)
    project = hands.desk.project
    assert project
    assert mark_table.count(project, MarkQuery(values=(("stance", "oppose"),))) > 1_600
    panel.view.selectAll()
    table.delete(panel.view.chosen())
    qtbot.waitUntil(lambda: not hands.desk.busy)
    read_on(panel)
    assert mark_table.count(project, MarkQuery(annotator=project.annotator.id)) == 0


def test_choosing_rows_moves_no_filter(table: tuple[Hands, MarkTablePanel]) -> None:
    _, panel = table
    filters = panel.text.pos(), panel.count.geometry()
    panel.view.selectAll()
    QApplication.processEvents()
    assert panel.count.text() == "3 of 3 marks"
    assert panel.count.sizeHint().width() <= panel.count.width()
    assert (panel.text.pos(), panel.count.geometry()) == filters


def test_only_what_is_looked_at_is_fetched(
    table: tuple[Hands, MarkTablePanel], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, panel = table
    many_marks(hands)
    fetched: list[int] = []
    real = mark_table.rows
    monkeypatch.setattr(
        mark_table, "rows", lambda at, numbers: (fetched.append(len(numbers)), real(at, numbers))[1]
    )
    panel._table.refresh()
    QApplication.processEvents()
    assert panel._table.count > 1500
    assert sum(fetched) <= 128
    panel.view.scrollToBottom()
    QApplication.processEvents()
    assert sum(fetched) <= 4 * 128
    assert shown(panel)[-1]


def _point(x: int) -> object:
    from PySide6.QtCore import QPoint

    return QPoint(x, 8)
