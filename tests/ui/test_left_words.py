"""Words that were typed into a field of the inspector and left without Enter are kept for their mark."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path as File

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from annotator.domain.codebook import Code
from annotator.domain.codebook_edits import Path, put
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.services import codebook_editing, history, reading, recognising
from annotator.services import project as projects
from tests.support.material import STORY, make_project
from tests.ui.conftest import Hands


def marks(hands: Hands) -> dict[str, Mark]:
    """Return the marks of the article as the file has them, by their words."""
    project, article = hands.desk.project, hands.desk.reader.article
    assert project
    assert article
    return {mark.text: mark for mark in reading.open_article(project, article.id).marks}


def actors(hands: Hands) -> dict[str, Id]:
    """Return the entries of the actor book by their names."""
    assert hands.desk.project
    return {actor.name: actor.id for actor in recognising.book(hands.desk.project)}


def type_into(hands: Hands, field: str, words: str) -> QLineEdit:
    """Go to a field of the inspector and type."""
    assert hands.window.inspector.focus_field(field)
    hands.settle()
    line = hands.window.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, words)
    hands.settle()
    return line


@pytest.fixture
def mention(hands: Hands) -> Hands:
    """Two mentions marked, the first of them current."""
    hands.drag("port authority")
    hands.press("A")
    hands.drag("Amal Haddad")
    hands.press("A")
    return hands


def test_a_name_that_is_left_by_a_click_counts_for_its_mention(mention: Hands) -> None:
    type_into(mention, "who", "Amal H.")
    mention.click("port authority")
    assert actors(mention).keys() == {"Amal H."}
    found = marks(mention)
    assert found["Amal Haddad"].actor == actors(mention)["Amal H."]
    assert found["port authority"].actor is None
    current = mention.desk.reader.current
    assert current
    assert current.text == "port authority"


def test_a_name_that_is_left_by_tab_counts(mention: Hands) -> None:
    type_into(mention, "who", "Amal H.")
    mention.key(Qt.Key.Key_Tab)
    assert marks(mention)["Amal Haddad"].actor == actors(mention)["Amal H."]


def test_a_name_counts_for_its_mention_when_another_is_chosen_without_leaving(
    mention: Hands,
) -> None:
    type_into(mention, "who", "Amal H.")
    mention.desk.reader.select_mark(marks(mention)["port authority"].id)
    mention.settle()
    found = marks(mention)
    assert found["Amal Haddad"].actor == actors(mention)["Amal H."]
    assert found["port authority"].actor is None


def test_a_name_is_given_up_by_escape(mention: Hands) -> None:
    line = type_into(mention, "who", "Amal H.")
    if line.completer().popup().isVisible():
        mention.key(Qt.Key.Key_Escape)
    mention.key(Qt.Key.Key_Escape)
    assert mention.window.page.hasFocus()
    mention.click("port authority")
    assert not actors(mention)


def test_a_name_waits_while_another_window_is_in_front(mention: Hands) -> None:
    line = type_into(mention, "who", "Amal")
    away = QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.ActiveWindowFocusReason)
    QApplication.sendEvent(line, away)
    assert not actors(mention)
    assert line.text() == "Amal"


def test_a_name_taken_by_enter_is_taken_once(mention: Hands) -> None:
    type_into(mention, "who", "Amal H.")
    mention.key(Qt.Key.Key_Return)
    mention.click("port authority")
    assert mention.desk.project
    names = [entry.step.name for entry in history.entries(mention.desk.project)]
    assert names.count("New actor “Amal H.”") == 1


def test_a_click_on_the_name_proposed_takes_that_alone(mention: Hands) -> None:
    line = type_into(mention, "who", "Am")
    line.completer().popup().hide()
    card = mention.window.inspector.widget()
    best = next(
        button for button in card.findChildren(QPushButton) if button.text().startswith("new: ")
    )
    QTest.mouseClick(best, Qt.MouseButton.LeftButton)
    mention.settle()
    assert actors(mention).keys() == {"Amal Haddad"}


def test_a_name_that_is_refused_is_told(mention: Hands) -> None:
    type_into(mention, "who", "Nobody Known")
    mention.desk.busy = True
    mention.click("port authority")
    mention.desk.busy = False
    assert not actors(mention)
    assert mention.desk.messages.last
    assert "You had typed “Nobody Known”." in mention.desk.messages.last.text


def test_a_name_is_kept_when_the_window_closes(mention: Hands) -> None:
    type_into(mention, "who", "Amal H.")
    project = mention.desk.project
    assert project
    path = project.path
    mention.window.close()
    again = projects.open_existing(path, "Amal")
    names = [actor.name for actor in recognising.book(again)]
    again.close()
    assert names == ["Amal H."]


CODES = (
    Code("work", "Work"),
    Code("nights", "Night work", parent="work"),
    Code("health", "Health"),
)


@pytest.fixture(params=[CODES, ()], ids=["codes", "free"])
def claim(
    open_window: Callable[..., Hands], tmp_path: File, request: pytest.FixtureRequest
) -> Hands:
    """A claim and a mention, the claim current; topics from a tree, or as one likes."""
    project = make_project(tmp_path, STORY)
    attribute = project.codebook.layer("claim").attribute("topics")
    assert attribute
    draft = put(project.codebook, Path("claim", "topics"), replace(attribute, codes=request.param))
    codebook_editing.apply(project, draft)
    path = project.path
    project.close()
    hands = open_window(path=path)
    hands.drag("port authority")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C")
    return hands


def topics_of(hands: Hands) -> object:
    """Return the topics of the claim."""
    return marks(hands)["We will not go back"].attributes.get("topics")


def test_a_topic_that_is_left_by_a_click_counts_for_its_claim(claim: Hands) -> None:
    type_into(claim, "topics", "strikes")
    claim.click("port authority")
    assert topics_of(claim) == ("strikes",)


@pytest.mark.parametrize("claim", [CODES], indirect=True)
def test_a_topic_that_is_left_is_the_one_it_means_or_it_is_told(claim: Hands) -> None:
    type_into(claim, "topics", "WORK")
    claim.key(Qt.Key.Key_Tab)
    assert topics_of(claim) == ("work",), "these very words come first"
    type_into(claim, "topics", "work")
    claim.key(Qt.Key.Key_Tab)
    assert topics_of(claim) == ("work",), "leaving takes nothing off"
    type_into(claim, "topics", "hea")
    claim.key(Qt.Key.Key_Tab)
    assert topics_of(claim) == ("work", "health"), "the only one with these words"
    type_into(claim, "topics", "wor")
    claim.click("port authority")
    assert topics_of(claim) == ("work", "health")
    assert claim.desk.messages.last
    assert "2 values have the words “wor”" in claim.desk.messages.last.text


def test_a_topic_is_given_up_by_escape_and_taken_once_by_enter(claim: Hands) -> None:
    type_into(claim, "topics", "strikes")
    claim.key(Qt.Key.Key_Escape)
    claim.click("port authority")
    assert topics_of(claim) is None
    claim.click("We will")
    type_into(claim, "topics", "strikes")
    claim.key(Qt.Key.Key_Return)
    claim.click("port authority")
    assert topics_of(claim) == ("strikes",)


@pytest.fixture
def dated(open_window: Callable[..., Hands]) -> Hands:
    """A claim and a mention, the claim current, and a further article."""
    hands = open_window(STORY, "The next one.\n")
    hands.drag("port authority")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C")
    return hands


def date_of(hands: Hands) -> object:
    """Return the date of the claim, as the file has it."""
    assert hands.desk.project
    first = reading.list_articles(hands.desk.project)[0].article.id
    (claim,) = (
        mark
        for mark in reading.open_article(hands.desk.project, first).marks
        if mark.layer == "claim"
    )
    return claim.attributes.get("date")


def test_a_date_counts_for_its_claim_when_another_mark_is_chosen_without_leaving(
    dated: Hands,
) -> None:
    claim = dated.desk.reader.current
    assert claim
    type_into(dated, "date", "2026-03-14")
    dated.desk.reader.select_mark(marks(dated)["port authority"].id)
    dated.settle()
    assert date_of(dated) == "2026-03-14"
    assert "date" not in marks(dated)["port authority"].attributes
    dated.desk.reader.select_mark(claim.id)
    dated.settle()
    line = type_into(dated, "date", "")
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    dated.desk.reader.select_mark(marks(dated)["port authority"].id)
    dated.settle()
    assert date_of(dated) is None, "an empty field takes the date off"


def test_a_date_is_kept_when_a_key_goes_to_the_next_article_which_stays_open(dated: Hands) -> None:
    type_into(dated, "date", "2026-03-14")
    dated.press("Ctrl+PgDown")
    assert dated.page.text == "The next one.\n"
    assert date_of(dated) == "2026-03-14"


def test_a_name_is_kept_when_a_key_goes_to_the_next_article_which_stays_open(dated: Hands) -> None:
    dated.click("authority")
    type_into(dated, "who", "Port of Hale")
    dated.press("Ctrl+PgDown")
    assert dated.page.text == "The next one.\n"
    assert actors(dated).keys() == {"Port of Hale"}


def test_a_date_is_kept_when_another_project_is_opened(dated: Hands, tmp_path: File) -> None:
    type_into(dated, "date", "2026-03-14")
    assert dated.desk.project
    path = dated.desk.project.path
    make_project(tmp_path, STORY, name="other").close()
    assert dated.desk.open_project(tmp_path / "other.annotator")
    assert dated.desk.open_project(path)
    assert date_of(dated) == "2026-03-14"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab])
def test_a_date_is_kept_by_keys_that_leave_its_field(dated: Hands, key: Qt.Key) -> None:
    type_into(dated, "date", "2026-03-14")
    dated.key(key)
    assert date_of(dated) == "2026-03-14"
    assert dated.desk.project
    names = [entry.step.name for entry in history.entries(dated.desk.project)]
    assert len([name for name in names if "date" in name.lower()]) == 1


def test_a_date_that_is_none_is_told(dated: Hands) -> None:
    type_into(dated, "date", "last week")
    dated.click("authority")
    assert date_of(dated) is None
    assert dated.desk.messages.last
    assert "“last week”" in dated.desk.messages.last.text
