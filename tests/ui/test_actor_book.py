"""The actor book under real hands: found, changed, merged, split, open mentions tied, and back to the text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from annotator.domain.actor import Actor, Affiliation
from annotator.domain.adjudication import gold_id
from annotator.domain.mark import View
from annotator.domain.step import Outcome
from annotator.services import actor_book, actor_entries, linking, marking, reading, recognising
from annotator.services.project import Project
from annotator.ui.actor_book import cards
from annotator.ui.actor_book.lists import ListView
from annotator.ui.actor_book.window import ActorBookWindow
from tests.support.material import STORY, make_project
from tests.ui.conftest import Hands

OTHER = "Haddad resigned. The port authority wept.\n"


@pytest.fixture
def book(open_window: Callable[..., Hands], tmp_path: Path) -> tuple[Hands, ActorBookWindow]:
    """A window with the actor book open: three entries, one open mention twice."""
    project = make_project(tmp_path, STORY, OTHER)
    one, two = (listed.article.id for listed in reading.list_articles(project))
    ids = {}
    for article, text, words in (
        (one, STORY, "Amal Haddad"),
        (two, OTHER, "Haddad"),
        (one, STORY, "port authority"),
        (two, OTHER, "port authority"),
    ):
        start = text.index(words)
        outcome = marking.mark(project, article, [(start, start + len(words))], "actor")
        ids[article, words] = next(c.after.id for c in outcome.changes if c.after)  # type: ignore[union-attr]
    start = STORY.index("We will")
    claim = marking.mark(project, one, [(start, start + 19)], "claim")
    linking.tie_to_nearest(project, claim.changes[0].after.id, "source")  # type: ignore[union-attr]
    actor_book.assign_new(project, ids[one, "Amal Haddad"])
    actor_book.assign_new(project, ids[two, "Haddad"])
    actor_entries.create(project, "Union")
    path = project.path
    project.close()
    hands = open_window(path=path)
    hands.press("Ctrl+B")
    return hands, hands.window.tools.actors


def names(view: ListView) -> list[str]:
    """Return the names a list shows."""
    return [str(view.model().index(row, 0).data()) for row in range(view.model().rowCount())]


def enter(field: QLineEdit, text: str) -> None:
    """Type into a field and press Enter."""
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_the_book_lists_finds_and_shows(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    QAbstractItemModelTester(
        window.entry_list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert names(window.entry_list) == ["Amal Haddad", "Haddad", "Union"]
    window.entry_list.selectRow(0)
    assert window.detail.name.text() == "Amal Haddad"
    assert window.detail.marks.text() == "Marks 1"
    assert window.detail.claims.text() == "Claims 1"
    QAbstractItemModelTester(
        window.detail.quotes.model(), QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    window.filter.setText("uni")
    assert names(window.entry_list) == ["Union"]
    hands.settle()


def test_an_entry_is_changed_in_its_fields_and_undone_by_key(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    detail = window.detail
    enter(detail.name, "Dr Amal Haddad")
    enter(detail.aliases.new, "A. Haddad")
    enter(detail.external, "Q42")
    enter(detail.bonds.new, "Union")
    since = next(
        field for field in detail.bonds.findChildren(QLineEdit) if field.placeholderText() == "from"
    )
    enter(since, "2019")
    project = hands.desk.project
    assert project
    actors = {actor.name: actor for actor in recognising.book(project)}
    actor = actors["Dr Amal Haddad"]
    assert actor.aliases == ("Amal Haddad", "A. Haddad")
    assert actor.external_id == "Q42"
    assert actor.affiliations == (Affiliation(actors["Union"].id, "2019"),)
    window.entry_list.setFocus()
    for _ in range(5):
        QTest.keyClick(window.entry_list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        hands.settle()
    assert detail.name.text() == "Amal Haddad"
    assert actor_book.entry(project, actor.id).aliases == ()


def test_a_refused_date_does_not_stay_in_its_field(book: tuple[Hands, ActorBookWindow]) -> None:
    _, window = book
    window.entry_list.selectRow(0)
    enter(window.detail.bonds.new, "Union")

    def since() -> QLineEdit:
        return next(
            field
            for field in window.detail.bonds._rows.findChildren(QLineEdit)
            if field.placeholderText() == "from"
        )

    enter(since(), "soon")
    assert "no date" in window.message.text()
    assert since().text() == ""


def test_merging_shows_what_moves_and_keeps_the_chosen_one(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    window.entry_list.selectAll()
    assert window.merge.title.text() == "Merge 3 actors"
    union = next(chip for chip in window.merge.findChildren(QPushButton) if chip.text() == "Union")
    union.click()
    assert window.merge.moving.text() == "2 marks move to Union"
    next(chip for chip in window.merge.findChildren(QPushButton) if chip.text() == "Haddad").click()
    assert window.merge.moving.text() == "1 mark moves to Haddad"
    next(chip for chip in window.merge.findChildren(QPushButton) if chip.text() == "Union").click()
    window.merge.merge.click()
    hands.settle()
    assert names(window.entry_list) == ["Union"]
    assert window.detail.name.text() == "Union"
    assert window.detail.marks.text() == "Marks 2"
    hands.desk.undo()
    assert names(window.entry_list) == ["Amal Haddad", "Haddad", "Union"]


def test_more_actors_than_anybody_merges_are_only_counted(
    book: tuple[Hands, ActorBookWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("presentation.actor_book", "ui.actor_book.window"):
        monkeypatch.setattr(f"annotator.{module}.MOST_MERGED", 2)
    monkeypatch.setattr(cards, "SHOWN_ALIASES", 1)
    _, window = book
    window.entry_list.selectAll()
    assert window.cards.currentWidget() is window.empty
    assert window.empty.text() == "3 actors are chosen. Choose no more than 2 to merge them."
    click_row(window.entry_list, 0)
    QTest.keyClick(window.entry_list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert window.cards.currentWidget() is window.merge
    assert window.merge.title.text() == "Merge 2 actors"


def test_chosen_marks_are_split_off(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectAll()
    window.merge.merge.click()
    window.detail.quotes.selectRow(1)
    assert window.detail.split.isVisible()
    window.detail.split.click()
    assert window.detail.split_name.text() == "Haddad"
    enter(window.detail.split_name, "Bea Haddad")
    hands.settle()
    assert names(window.entry_list) == ["Amal Haddad", "Bea Haddad"]
    assert window.detail.name.text() == "Bea Haddad"


def test_open_mentions_are_tied_together(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.show_open()
    assert names(window.open_list) == ["port authority"]
    assert window.mentions.title.text() == "“port authority” stands for nobody yet, 2 times"
    assert window.mentions.best.isHidden()
    other = window.mentions.other
    said = other.fontMetrics().horizontalAdvance(other.placeholderText())
    assert said + 20 < other.width(), "what the empty field says is not cut off"
    window.mentions.new.click()
    hands.settle()
    assert names(window.open_list) == []
    assert window.empty.text() == "Every mention stands for somebody."
    assert hands.desk.undo_name == "New actor “port authority”"
    hands.desk.undo()
    assert names(window.open_list) == ["port authority"]
    enter(window.mentions.other, "Union")
    hands.settle()
    assert hands.desk.undo_name == "Who are 2 mentions: “Union”"


def test_enter_on_a_quote_leads_to_the_text(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectRow(1)
    window.detail.quotes.setFocus()
    window.detail.quotes.selectRow(0)
    QTest.keyClick(window.detail.quotes, Qt.Key.Key_Return)
    hands.settle()
    assert hands.desk.reader.article
    assert hands.desk.reader.article.title == "Article 2"
    assert hands.desk.reader.current
    assert hands.desk.reader.current.text == "Haddad"


def test_the_claims_of_an_actor_open_in_the_table(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    window.detail.claims.click()
    window.detail.table.click()
    hands.settle()
    table = hands.window.tools.marks.view.model()
    assert [table.index(row, 0).data() for row in range(table.rowCount())] == [
        "We will not go back"
    ]


def test_a_name_typed_makes_an_entry(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    enter(window.new, "  Port  Authority ")
    assert names(window.entry_list) == ["Amal Haddad", "Haddad", "Port Authority", "Union"]
    assert window.detail.name.text() == "Port Authority"
    window.detail.out.click()
    hands.settle()
    assert "Port Authority" not in names(window.entry_list)


def test_a_note_is_kept_when_the_window_closes(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectRow(2)
    window.detail.note.setPlainText("ask the editor")
    window.close()
    project = hands.desk.project
    assert project
    assert [actor.note for actor in recognising.book(project) if actor.name == "Union"] == [
        "ask the editor"
    ]


LONG = "The Ministry of Harbours, Inland Waterways and the Merchant Fleet of the Republic " * 3


def actors(hands: Hands) -> dict[str, Actor]:
    """Return the entries as the file has them, by name."""
    assert hands.desk.project
    return {actor.name: actor for actor in recognising.book(hands.desk.project)}


def type_into(field: QLineEdit, text: str) -> None:
    """Type into a field and stay there."""
    field.setFocus()
    QTest.keyClicks(field, text)
    QApplication.processEvents()


def click_row(view: ListView, row: int) -> None:
    """Click on a line of a list."""
    place = view.visualRect(view.model().index(row, 0)).center()
    # A real click brings the focus before the press.
    view.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    for _ in range(3):
        QApplication.processEvents()


def click_head(view: ListView, column: int) -> None:
    """Click on the head of a column."""
    header = view.horizontalHeader()
    middle = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    QTest.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, header.height() // 2)
    )
    QApplication.processEvents()


def test_an_alias_that_is_left_belongs_to_the_actor_it_was_typed_for(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    type_into(window.detail.aliases.new, "Dr H.")
    click_row(window.entry_list, 2)
    assert window.detail.name.text() == "Union"
    assert window.detail.aliases.new.text() == ""
    assert actors(hands)["Amal Haddad"].aliases == ("Dr H.",)
    assert actors(hands)["Union"].aliases == ()
    type_into(window.detail.aliases.new, "The Union")
    window.choose(actors(hands)["Haddad"].id)
    QApplication.processEvents()
    assert actors(hands)["Union"].aliases == ("The Union",), "also where no focus went elsewhere"
    assert actors(hands)["Haddad"].aliases == ()
    assert window.detail.aliases.new.text() == ""


def test_an_alias_given_up_by_escape_goes_to_nobody(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    type_into(window.detail.aliases.new, "Dr H.")
    QTest.keyClick(window.detail.aliases.new, Qt.Key.Key_Escape)
    hands.press("Ctrl+B")
    window.choose(actors(hands)["Union"].id)
    QApplication.processEvents()
    assert window.detail.aliases.new.text() == ""
    assert all(not actor.aliases for actor in actors(hands).values())


def test_an_alias_that_is_refused_is_told(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    type_into(window.detail.aliases.new, "Dr H.")
    hands.desk.busy = True
    click_row(window.entry_list, 2)
    hands.desk.busy = False
    assert "You had typed “Dr H.”." in window.message.text()


def test_a_press_on_a_chip_beside_an_alias_being_typed_does_both(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    enter(window.detail.aliases.new, "A. Haddad")
    type_into(window.detail.aliases.new, "Dr H.")
    chip = window.detail.aliases._chips["A. Haddad"]
    chip.setFocus(Qt.FocusReason.MouseFocusReason)
    QApplication.processEvents()
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert actors(hands)["Amal Haddad"].aliases == ("Dr H.",)


def test_whom_an_actor_belongs_to_is_kept_or_told_when_it_is_left(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    type_into(window.detail.bonds.new, "Union")
    click_row(window.entry_list, 1)
    union = actors(hands)["Union"].id
    assert actors(hands)["Amal Haddad"].affiliations == (Affiliation(union),)
    type_into(window.detail.bonds.new, "Unio")
    click_row(window.entry_list, 0)
    assert "“Unio”" in window.message.text()
    assert window.detail.bonds.new.text() == ""
    assert actors(hands)["Haddad"].affiliations == ()


def test_a_new_actor_that_is_left_is_made_and_the_click_hits_its_line(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    type_into(window.new, "Aaron")
    click_row(window.entry_list, 1)
    assert names(window.entry_list) == ["Aaron", "Amal Haddad", "Haddad", "Union"]
    assert window.detail.name.text() == "Haddad"
    assert window.new.text() == ""
    type_into(window.new, "Bea")
    window.close()
    assert "Bea" in actors(hands)


def test_a_new_actor_of_a_name_that_is_taken_is_told(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    type_into(window.new, "Union")
    click_row(window.entry_list, 1)
    assert "has “Union” already" in window.message.text()
    assert len(actors(hands)) == 3


def test_long_names_leave_the_window_as_wide_as_it_was(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    hands.settle()
    widths = (window.width(), window.entry_list.width(), window.entry_list.columnWidth(0))
    enter(window.new, LONG)
    hands.settle()
    window.entry_list.selectRow(0)
    enter(window.detail.aliases.new, LONG)
    enter(window.detail.bonds.new, " ".join(LONG.split()))
    hands.settle()
    chip = window.detail.aliases._chips[" ".join(LONG.split())]
    assert len(chip.text()) < 50
    assert " ".join(LONG.split()) in chip.toolTip()
    assert (
        window.width(),
        window.entry_list.width(),
        window.entry_list.columnWidth(0),
    ) == widths
    window.entry_list.selectAll()
    hands.settle()
    assert (window.width(), window.entry_list.width()) == widths[:2]


def test_the_field_for_an_alias_stands_in_the_first_line_where_there_is_none(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    window.entry_list.selectRow(0)
    for name in ("One " * 12, "Two " * 12):
        enter(window.detail.aliases.new, name)
    hands.settle()
    assert window.detail.aliases.new.y() > 0
    window.entry_list.selectRow(2)
    hands.settle()
    assert window.detail.aliases.new.y() == 0


def test_names_are_sorted_without_regard_to_case_and_heads_sort(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    for name in ("bea", "zoe"):
        enter(window.new, name)
    assert names(window.entry_list) == ["Amal Haddad", "bea", "Haddad", "Union", "zoe"]
    click_head(window.entry_list, 2)
    assert names(window.entry_list) == ["Amal Haddad", "Haddad", "bea", "Union", "zoe"]
    click_head(window.entry_list, 0)
    click_head(window.entry_list, 0)
    assert names(window.entry_list) == ["zoe", "Union", "Haddad", "bea", "Amal Haddad"]
    window.entry_list.selectRow(0)
    assert window.detail.name.text() == "zoe"
    click_head(window.entry_list, 0)
    assert window.entry_list.rows() == [4], "who is chosen stays chosen"
    assert hands.desk.project


def test_the_name_with_the_keys_has_one_frame_and_stays_in_its_place(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    view = window.entry_list
    view.selectRow(0)
    place = view.visualRect(view.currentIndex())
    inside = []
    for has_keys in (False, True):
        (view if has_keys else window.filter).setFocus()
        hands.settle()
        cell = view.viewport().grab(place)
        inside.append(cell.copy(cell.rect().adjusted(3, 3, -3, -3)).toImage())
    without, with_keys = inside
    assert without == with_keys


def test_gold_says_so_on_the_card(book: tuple[Hands, ActorBookWindow]) -> None:
    hands, window = book
    window.entry_list.selectRow(0)

    def adjudicate(project: Project) -> Outcome:
        mark = next(
            mark
            for mark in reading.open_article(project, hands.desk.library.rows[0].id).marks
            if mark.text == "Amal Haddad"
        )
        with project.step("Gold") as ticket:
            ticket.write.put(replace(mark, id=gold_id(mark.id), view=View.GOLD))
        return ticket.outcome

    hands.desk.act(adjudicate)
    assert window.detail.marks.text() == "Marks 1 · gold 1"
    assert window.entry_list.model().index(0, 2).data() == "1"
    model = window.detail.quotes.model()
    assert sorted(str(model.index(row, 3).data()) for row in range(2)) == [
        "Article 1",
        "gold · Article 1",
    ]
    hands.desk.undo()
    assert window.detail.marks.text() == "Marks 1"


def test_the_arrow_of_a_sorted_column_keeps_clear_of_its_heading(
    book: tuple[Hands, ActorBookWindow],
) -> None:
    hands, window = book
    header = window.entry_list.horizontalHeader()

    def columns_of_ink(sorted_by: int) -> set[int]:
        window.entry_list.sortByColumn(sorted_by, Qt.SortOrder.DescendingOrder)
        hands.settle()
        left, width = header.sectionViewportPosition(2), header.sectionSize(2)
        picture = header.grab(QRect(left, 0, width, header.height())).toImage()
        ground = picture.pixel(0, 0)
        return {
            x
            for x in range(picture.width())
            for y in range(picture.height())
            if picture.pixel(x, y) != ground
        }

    heading = columns_of_ink(0)
    arrow = columns_of_ink(2) - heading
    assert arrow
    assert min(arrow) > max(heading) + 1
