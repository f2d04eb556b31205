"""What two keys do that else takes many: once more, everywhere, from here to there, choose among marks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.errors import Problem
from annotator.presentation import repeating
from annotator.presentation.messages import Message, Tone
from annotator.services import checking, reading, spreading
from annotator.services.project import Project
from annotator.ui.inspector import panel
from annotator.ui.inspector.mark_card import MarkCard
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks


def key_in_chooser(hands: Hands, key: Qt.Key) -> None:
    assert hands.window.popups.chooser.isVisible()
    QTest.keyClick(hands.window.popups.chooser.list, key)
    hands.settle()


def test_once_more_marks_like_the_last_mark(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A", "1")
    hands.drag("port authority")
    hands.press("R")
    first, second = marks(hands)
    assert (second.layer, second.attributes) == ("actor", first.attributes)
    assert second.text == "port authority"
    assert hands.desk.reader.current == second


def test_once_more_on_a_mark_does_the_last_act_again(hands: Hands) -> None:
    for words in ("Amal Haddad", "port authority"):
        hands.drag(words)
        hands.press("A")
    hands.press("4")
    hands.click("Amal Haddad")
    hands.press("R")
    assert [mark.attributes.get("type") for mark in marks(hands)] == ["government", "government"]
    hands.press("R")
    assert marks(hands)[0].attributes.get("type") == "government"


def test_once_more_never_carries_over_what_the_words_told(hands: Hands) -> None:
    hands.drag("We will not go back")
    hands.press("C", "-")
    hands.drag("it had no money left")
    hands.press("R")
    first, second = (mark.attributes for mark in marks(hands))
    assert (first["mode"], second["mode"]) == ("direct", "reported")
    assert first["stance"] == second["stance"] == "oppose"


def test_the_same_words_are_counted_and_marked_in_all_articles(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    # On a slow machine the caret rests long enough between two keys for the count to be shown.
    monkeypatch.setattr(panel, "RESTING_MILLISECONDS", 3_600_000)
    hands = open_window("ISIS said. ISIS did.\n", "Nothing.\n", "ISIS and ISIS.\n", "ISISs.\n")
    hands.drag("ISIS")
    hands.press("A", "3")
    assert hands.desk.reader.inspected().same_here == 1  # type: ignore[union-attr]
    hands.press("Shift+M")
    message = hands.desk.messages.last
    assert message
    assert message.text.startswith("1 more here, 2 in 1 other article.")
    assert len(marks(hands)) == 1
    hands.press("Shift+M")
    project = hands.desk.project
    assert project
    counts = {
        row.title: [
            (mark.text, mark.attributes.get("type"), str(mark.made.origin))
            for mark in reading.open_article(project, row.id).marks
        ]
        for row in hands.desk.library.rows
    }
    told = ("ISIS", "armed_group", "propagated")
    assert counts["Article 1"] == [("ISIS", "armed_group", "manual"), told]
    assert counts["Article 3"] == [told, told]
    assert counts["Article 2"] == counts["Article 4"] == []
    assert checking.problems(project) == []
    hands.press("Ctrl+Z")
    assert (
        sum(len(reading.open_article(project, row.id).marks) for row in hands.desk.library.rows)
        == 1
    )


def test_what_was_counted_while_the_caret_rested_takes_one_key(
    open_window: Callable[..., Hands], qtbot: QtBot
) -> None:
    hands = open_window("ISIS said.\n", "ISIS did.\n")
    hands.drag("ISIS")
    hands.press("A")
    hands.window.inspector.refresh()
    qtbot.waitUntil(lambda: hands.desk.reader.counted is not None)
    hands.press("Shift+M")
    assert hands.desk.project
    second = hands.desk.library.rows[1].id
    assert len(reading.open_article(hands.desk.project, second).marks) == 1


def test_a_large_project_is_looked_through_bit_by_bit_and_can_be_left(
    open_window: Callable[..., Hands], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeating, "MANY_ARTICLES", 2)
    hands = open_window("ISIS said.\n", "ISIS did.\n", "ISIS, again ISIS.\n")
    project = hands.desk.project
    assert project
    hands.drag("ISIS")
    hands.press("A")
    repeating.mark_in_project(hands.desk)
    assert hands.window.is_working
    qtbot.waitUntil(lambda: not hands.window.is_working)
    assert "3 in 2 other articles. The same key" in hands.desk.messages.last.text
    repeating.mark_in_project(hands.desk)
    assert hands.desk.busy
    hands.window.cancel_work()
    qtbot.waitUntil(lambda: not hands.window.is_working)
    assert marks_of(project) == 1
    hands.press("Shift+M", "Shift+M")
    qtbot.waitUntil(lambda: not hands.window.is_working)
    hands.press("Shift+M")
    qtbot.waitUntil(lambda: not hands.window.is_working)
    assert marks_of(project) == 4
    assert checking.problems(project) == []
    hands.press("Ctrl+Z")
    assert marks_of(project) == 1


def test_counting_that_takes_long_says_so(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "SIGN_MILLISECONDS", 0)
    hands = open_window("ISIS said.\n", "ISIS did.\n")
    hands.drag("ISIS")
    hands.press("A")
    inspector = hands.window.inspector
    inspector.refresh()
    inspector._count()
    card = inspector.widget()
    assert isinstance(card, MarkCard)
    said = [card.elsewhere.text()]
    inspector._count_on()
    # Something is told that is not about this mark; counting goes on when that is over.
    hands.desk.reader.changed.emit(None)
    inspector.settle()
    assert inspector.widget() is card
    assert inspector._resting.isActive()
    inspector._resting.stop()
    inspector._count()
    while inspector._between.isActive():
        inspector._count_on()
        said += [card.elsewhere.text()]
    assert "counting all articles …" in said
    assert said[-1].startswith("1 in 1 other article")


def test_counting_that_fails_is_not_said_to_go_on(
    open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(panel, "SIGN_MILLISECONDS", 0)
    hands = open_window("ISIS said.\n", "ISIS did.\n")
    hands.drag("ISIS")
    hands.press("A")
    inspector = hands.window.inspector
    inspector.refresh()
    inspector._resting.stop()
    card = inspector.widget()
    assert isinstance(card, MarkCard)
    before = card.elsewhere.text(), card.elsewhere.accessibleName()

    def places(*_: object, **__: object) -> Iterator[None]:
        yield
        raise Problem("The drive is gone.")

    monkeypatch.setattr(spreading.places, "slices", places)
    inspector._count()
    inspector._count_on()
    assert card.elsewhere.text() == "counting all articles …"
    inspector._count_on()
    assert (card.elsewhere.text(), card.elsewhere.accessibleName()) == before
    assert hands.desk.messages.last == Message("The drive is gone.", Tone.PROBLEM)


def test_counting_ends_where_another_mark_is_current(
    open_window: Callable[..., Hands], qtbot: QtBot
) -> None:
    hands = open_window("ISIS said.\n", "ISIS did.\n")
    hands.drag("ISIS")
    hands.press("A")
    inspector = hands.window.inspector
    inspector.refresh()
    inspector._count()
    hands.press("Escape", "End")
    qtbot.waitUntil(lambda: not inspector._between.isActive())
    assert hands.desk.reader.counted is None


def marks_of(project: Project) -> int:
    return int(project.db.execute("SELECT count(*) FROM mark").fetchone()[0])


def test_a_chooser_shows_what_lies_under_the_caret(hands: Hands) -> None:
    hands.drag("said Amal Haddad, who leads the union")
    hands.press("C")
    hands.drag("Amal Haddad")
    hands.press("A", "Space")
    shown = [hands.window.popups.chooser.list.item(row).text() for row in range(2)]
    assert shown[0].startswith("1   Actor · Amal Haddad")
    assert shown[1].startswith("2   Claim · said Amal Haddad")
    key_in_chooser(hands, Qt.Key.Key_2)
    assert hands.desk.reader.current_layer == "claim"
    assert not hands.window.popups.chooser.isVisible()
    hands.press("Space")
    key_in_chooser(hands, Qt.Key.Key_Return)
    assert hands.desk.reader.current_layer == "actor"


def test_from_here_to_there_finds_the_tie_that_fits(hands: Hands) -> None:
    hands.drag("insult")
    hands.press("S")
    hands.drag("said")
    hands.press("Q")
    hands.drag("We will not go back")
    hands.press("C", "L")
    hands.click("said")
    (link,) = hands.desk.reader.links.values()
    assert (link.type, hands.desk.reader.marks[link.end or ""].layer) == ("cue", "cue")
    assert hands.desk.reader.current_layer == "claim"


def test_where_several_ties_fit_a_list_is_shown(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.drag("We will not go back")
    hands.press("C", "L", "Tab", "L")
    options = [hands.window.popups.chooser.list.item(row).text() for row in range(3)]
    assert all("Amal Haddad" in option for option in options)
    key_in_chooser(hands, Qt.Key.Key_1)
    (link,) = hands.desk.reader.links.values()
    assert link.type == "source"


def test_two_marks_that_no_tie_joins_are_told_so(hands: Hands) -> None:
    for words in ("Amal Haddad", "port authority"):
        hands.drag(words)
        hands.press("A")
    hands.press("L", "Tab", "Return")
    message = hands.desk.messages.last
    assert message
    assert message.text == "The codebook has no further tie between this actor and this actor."
    assert hands.desk.reader.links == {}


def test_what_l_took_the_place_of_is_told(hands: Hands) -> None:
    hands.drag("said Amal")
    hands.press("Q")
    hands.drag("called")
    hands.press("Q")
    hands.drag("We will not go back")
    hands.press("C", "U")
    hands.click("go back")
    hands.press("L")
    (tied,) = hands.desk.reader.links.values()
    other = next(mark for mark in marks(hands) if mark.layer == "cue" and mark.id != tied.end)
    hands.click(other.text)
    (link,) = hands.desk.reader.links.values()
    assert link.end == other.id
    message = hands.desk.messages.last
    assert message
    assert f": “{other.text}”, instead of “" in message.text


def test_edges_move_by_letters_too(hands: Hands) -> None:
    hands.drag("Haddad")
    hands.press("A")
    for name in ("mark.end-left-letter", "mark.start-right-letter"):
        hands.window.run_by_id(name)
    assert [mark.text for mark in marks(hands)] == ["adda"]


def test_escape_in_the_field_above_the_list_goes_back_to_the_page(hands: Hands) -> None:
    hands.press("/")
    QTest.keyClicks(hands.window.articles.filter, "nothing like it")
    assert not hands.desk.library.rows
    hands.key(Qt.Key.Key_Escape)
    assert hands.window.page.hasFocus()
    assert hands.window.articles.filter.text() == ""
    assert len(hands.desk.library.rows) == 1


def test_what_is_not_filled_in_fits_into_the_inspector(hands: Hands) -> None:
    hands.drag("We will not go back,” said Amal Haddad")
    hands.press("C", "Escape", "D")
    assert hands.desk.reader.gaps
    hands.settle()
    panel_shown = hands.window.inspector
    card = panel_shown.widget()
    assert card.minimumSizeHint().width() <= panel_shown.viewport().width()


def test_the_field_for_somebody_else_tells_its_key_as_the_buttons_do(hands: Hands) -> None:
    hands.drag("Amal Haddad")
    hands.press("A")
    hands.settle()
    fields = hands.window.inspector.widget().findChildren(QLineEdit)
    (who,) = (field for field in fields if field.property("field") == "who")
    assert who.placeholderText().endswith("  ⇧E")
    margins = who.width() - who.fontMetrics().horizontalAdvance(who.placeholderText())
    assert margins > 20, "the words are not cut off"


def test_words_not_filled_in_stand_in_one_pair_of_quotation_marks(hands: Hands) -> None:
    hands.drag("“We will not go back,”")
    hands.press("C", "Escape", "D")
    hands.settle()
    links = [
        button.text()
        for button in hands.window.inspector.widget().findChildren(QPushButton)
        if button.objectName() == "link"
    ]
    assert links
    for text in links:
        assert text[0].isupper()
        assert text.count("“") == 1
        assert "““" not in text
