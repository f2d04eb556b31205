"""The actor book under real hands: found, changed, merged, split, open mentions tied, and back to the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from annotator.domain.actor import Affiliation
from annotator.services import actor_book, actor_entries, linking, marking, reading
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
    actors = {actor.name: actor for actor in reading.actor_book(project)}
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
    assert [actor.note for actor in reading.actor_book(project) if actor.name == "Union"] == [
        "ask the editor"
    ]
