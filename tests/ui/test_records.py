"""The records of a claim and of a mention, filled in by keys: topics, date, who, the sentence around."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as File

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from annotator.domain.codebook import Code
from annotator.domain.codebook_edits import Path, put
from annotator.domain.mark import Mark
from annotator.presentation import topics
from annotator.services import codebook_editing, reading, recognising
from annotator.ui.inspector.mark_card import MarkCard
from annotator.ui.inspector.topics import TopicField
from tests.support.material import STORY, make_project
from tests.ui.conftest import Hands

CODES = (
    Code("work", "Work"),
    Code("pay", "Pay", parent="work"),
    Code("nights", "Night work", parent="work"),
    Code("health", "Health"),
    Code("old", "Old", retired=True),
)


@pytest.fixture
def claim(open_window: Callable[..., Hands], tmp_path: File) -> Hands:
    """A claim marked in a project with a tree of topics."""
    project = make_project(tmp_path, STORY)
    attribute = project.codebook.layer("claim").attribute("topics")
    assert attribute
    draft = put(project.codebook, Path("claim", "topics"), replace(attribute, codes=CODES))
    codebook_editing.apply(project, draft)
    path = project.path
    project.close()
    hands = open_window(path=path)
    hands.drag("We will not go back")
    hands.press("C")
    return hands


def current(hands: Hands) -> Mark:
    """Return the current mark as the file has it."""
    project, article, mark = (
        hands.desk.project,
        hands.desk.reader.article,
        hands.desk.reader.current,
    )
    assert project
    assert article
    assert mark
    return next(
        found for found in reading.open_article(project, article.id).marks if found.id == mark.id
    )


def field(hands: Hands) -> TopicField:
    """Return the field for topics that is shown now."""
    card = hands.window.inspector.widget()
    assert isinstance(card, MarkCard)
    return card.findChildren(TopicField)[0]


def offered(hands: Hands) -> list[str]:
    """Return the values the tree shows."""
    list_ = field(hands).offers
    return [list_.item(row).text() for row in range(list_.count())]


def test_topics_are_found_by_typing_and_taken_by_enter(claim: Hands) -> None:
    claim.press("P")
    assert QApplication.focusWidget() is field(claim).field
    assert offered(claim) == ["Work", "    Pay", "    Night work", "Health"]
    claim.press("n", "i", "g")
    assert offered(claim) == ["Work", "    Night work", "Add “nig”"]
    claim.key(Qt.Key.Key_Return)
    assert current(claim).attributes["topics"] == ("nights",)
    assert QApplication.focusWidget() is field(claim).field
    claim.key(Qt.Key.Key_Down)
    claim.key(Qt.Key.Key_Return)
    assert current(claim).attributes["topics"] == ("nights", "pay")
    assert "    ✓ Pay" in offered(claim)
    claim.key(Qt.Key.Key_Escape)
    assert claim.window.page.hasFocus()
    claim.press("Ctrl+Z", "Ctrl+Z")
    assert "topics" not in current(claim).attributes


def test_a_new_topic_goes_to_the_codebook_and_to_the_mark_in_one_step(claim: Hands) -> None:
    project = claim.desk.project
    assert project
    version = project.book.version
    claim.press("P")
    QTest.keyClicks(field(claim).field, "Strike rules")
    claim.key(Qt.Key.Key_Return)
    assert current(claim).attributes["topics"] == ("strike_rules",)
    assert project.book.version == version + 1
    code = project.codebook.layer("claim").attribute("topics").code("strike_rules")  # type: ignore[union-attr]
    assert code
    assert code.label == "Strike rules"
    claim.window.page.setFocus()
    claim.press("Ctrl+Z")
    assert project.book.version == version
    assert "topics" not in current(claim).attributes


def test_a_list_without_codes_offers_what_was_used(hands: Hands) -> None:
    hands.drag("We will not go back")
    hands.press("C", "P")
    QTest.keyClicks(field(hands).field, "night pay")
    hands.key(Qt.Key.Key_Return)
    assert current(hands).attributes["topics"] == ("night pay",)
    hands.window.page.setFocus()
    hands.drag("no money left")
    hands.press("C", "P")
    assert offered(hands) == ["night pay"]
    hands.key(Qt.Key.Key_Return)
    assert current(hands).attributes["topics"] == ("night pay",)
    topics.take(hands.desk, "topics", topics.Offer("night pay", "night pay", chosen=True))
    assert "topics" not in current(hands).attributes


def test_the_date_is_written_after_its_key(claim: Hands) -> None:
    claim.press("O")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "2026-03-14")
    claim.key(Qt.Key.Key_Return)
    claim.window.page.setFocus()
    claim.settle()
    assert current(claim).attributes["date"] == "2026-03-14"


def test_the_sentence_around_is_shown(claim: Hands) -> None:
    shown = claim.desk.reader.inspected()
    assert shown
    assert shown.before == "“"
    assert shown.after.startswith(",” said Amal Haddad, who leads the union")


def test_somebody_else_is_tied_by_name(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "Shift+E")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "Dr Haddad")
    hands.key(Qt.Key.Key_Return)
    project = hands.desk.project
    assert project
    (actor,) = recognising.book(project)
    assert actor.name == "Dr Haddad"
    assert current(hands).actor == actor.id
    assert hands.window.page.hasFocus()
    hands.drag("port authority")
    hands.press("A", "Shift+E")
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit)
    QTest.keyClicks(focus, "Dr Haddad")
    hands.key(Qt.Key.Key_Return)
    assert current(hands).actor == actor.id
    assert len(recognising.book(project)) == 1


def test_keys_of_fields_a_mark_does_not_have_say_so(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "P")
    assert hands.desk.messages.last
    assert hands.desk.messages.last.text == "This mark has no such field."
