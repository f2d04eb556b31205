"""Suggestions in the window: shown apart from marks, walked with Tab, answered with one key."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.mark import Origin
from annotator.domain.policy import Policy
from annotator.presentation import suggesting
from annotator.presentation.acts import base
from annotator.ui.inspector.ghost_card import GhostCard
from tests.ui.conftest import Hands
from tests.ui.test_marking_by_hand import marks

TEXT = (
    "Lena Holm said the harbour would stay shut. Piet Maas said it was a disgraceful offer.\n\n"
    "Later they met Lena Holm again.\n"
)


@pytest.fixture
def hands(open_window: Callable[..., Hands], qtbot: QtBot) -> Hands:
    """A window on an article whose suggestions were just asked for."""
    hands = open_window(TEXT)
    hands.desk.reader.ghosts.policy = Policy(kept_back=0)
    hands.press("F7")
    qtbot.waitUntil(lambda: bool(hands.desk.reader.ghosts.by_id), timeout=60_000)
    hands.settle()
    return hands


def ghosts(hands: Hands) -> list[str]:
    return [item.fragments[0].slice for item in hands.desk.reader.ghosts.by_id.values()]


def said(hands: Hands) -> str:
    """Return what was said last."""
    last = hands.desk.messages.last
    return last.text if last else ""


def test_actors_are_shown_at_once_and_are_no_marks(hands: Hands) -> None:
    assert ghosts(hands) == ["Lena Holm", "Piet Maas", "Lena Holm"]
    assert marks(hands) == []
    drawn = hands.page.marks
    assert all(mark.ghost for mark in drawn.values())


def test_tab_goes_to_it_enter_accepts_and_the_next_is_current(hands: Hands) -> None:
    hands.click("Lena Holm")
    hands.press("Tab")
    hands.key(Qt.Key.Key_Return)
    (mark,) = marks(hands)
    assert (mark.text, mark.made.origin) == ("Piet Maas", Origin.SUGGESTED)
    assert hands.desk.reader.ghost is not None
    assert hands.desk.reader.ghost.fragments[0].start == TEXT.rindex("Lena Holm")
    hands.press("Ctrl+Z")
    assert marks(hands) == []
    assert ghosts(hands) == ["Lena Holm", "Piet Maas", "Lena Holm"]


def test_a_double_click_answers_one_suggestion(hands: Hands) -> None:
    hands.page.move_to(0)
    hands.press("G")
    hands.settle()
    window = hands.window
    reject = next(
        one for one in window.inspector.findChildren(QPushButton) if "Reject" in one.text()
    )
    place = reject.mapTo(window, reject.rect().center())
    QTest.mouseDClick(
        window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place
    )
    hands.settle()
    assert ghosts(hands) == ["Lena Holm", "Lena Holm"]
    assert window.page.hasFocus()


def test_from_the_list_of_articles_g_leads_into_the_page(hands: Hands) -> None:
    hands.window.articles.view.setFocus()
    hands.press("G")
    shown = hands.desk.reader.ghost
    assert shown is not None
    hands.key(Qt.Key.Key_Return)
    assert [mark.text for mark in marks(hands)] == [shown.fragments[0].slice]


def test_backspace_rejects_for_good(hands: Hands, qtbot: QtBot) -> None:
    hands.page.move_to(0)
    hands.press("G")
    assert hands.desk.reader.ghost is not None
    assert hands.desk.reader.ghost.fragments[0].slice == "Piet Maas"
    hands.key(Qt.Key.Key_Backspace)
    assert ghosts(hands) == ["Lena Holm", "Lena Holm"]
    said: list[object] = []
    hands.desk.messages.said.connect(said.append)
    hands.press("F7")
    qtbot.waitUntil(lambda: bool(said), timeout=60_000)
    hands.settle()
    assert ghosts(hands) == ["Lena Holm", "Lena Holm"]


def test_all_of_one_actor_after_a_count(hands: Hands) -> None:
    hands.click("Lena Holm")
    hands.press("M")
    assert marks(hands) == []
    assert "2 times" in str(hands.desk.messages.last)
    hands.press("M")
    assert [mark.text for mark in marks(hands)] == ["Lena Holm", "Lena Holm"]
    hands.press("Ctrl+Z")
    assert marks(hands) == []


def test_very_many_of_one_actor_are_accepted_bit_by_bit(
    hands: Hands, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(base, "SLOW_ACT", 1)
    hands.click("Lena Holm")
    desk = hands.desk
    suggesting.accept_same(desk)
    suggesting.accept_same(desk)
    assert desk.busy
    hands.window.cancel_work()
    assert marks(hands) == []
    assert ghosts(hands) == ["Lena Holm", "Piet Maas", "Lena Holm"]
    hands.click("Lena Holm")
    suggesting.accept_same(desk)
    suggesting.accept_same(desk)
    qtbot.waitUntil(lambda: not desk.busy)
    assert [mark.text for mark in marks(hands)] == ["Lena Holm", "Lena Holm"]
    assert desk.reader.ghost is not None
    assert ghosts(hands) == ["Piet Maas"]


def test_the_inspector_tells_why(hands: Hands) -> None:
    hands.click("Piet Maas")
    card = hands.window.inspector.widget()
    assert isinstance(card, GhostCard)
    words = [label.text() for label in card.findChildren(QLabel)]
    assert "several capitalised words" in words
    assert "proposed by the rules" in words


def test_claims_come_when_the_layer_is_done(hands: Hands) -> None:
    from annotator.domain.article import Verdict

    hands.desk.set_verdicts(Verdict.DONE, ["claim"])
    assert "the harbour would stay shut" in ghosts(hands)
    hands.click("stay shut")
    hands.key(Qt.Key.Key_Return)
    assert {mark.layer for mark in marks(hands)} == {"claim", "cue", "actor"}


def test_learning_from_too_little_is_told(hands: Hands, qtbot: QtBot) -> None:
    hands.window.run_by_id("suggestion.learn")
    qtbot.waitUntil(
        lambda: "too little to learn from" in str(hands.desk.messages.last), timeout=10_000
    )


def test_learning_goes_on_beside_the_reading(
    open_window: Callable[..., Hands], qtbot: QtBot
) -> None:
    from annotator.domain.article import Verdict
    from annotator.presentation import learning
    from annotator.services import models

    texts = [f"Lena Holm came on day {day}. Then Piet Maas left.\n" for day in range(6)]
    hands = open_window(*texts)
    for row in list(hands.desk.library.rows):
        hands.desk.open_article(row.id)
        hands.drag("Lena Holm")
        hands.press("A", "1")
        hands.drag("Piet Maas")
        hands.press("A", "1")
        hands.desk.set_verdicts(Verdict.DONE, ["actor"])
    learning.learn(hands.desk, steps=10)
    hands.press("Left")
    qtbot.waitUntil(lambda: bool(models.kept()), timeout=100_000)
    qtbot.waitUntil(lambda: "Learned" in str(hands.desk.messages.last), timeout=10_000)
    (model,) = models.kept()
    assert model.layers == ("actor",)


def test_accept_and_change(hands: Hands) -> None:
    hands.click("Piet Maas")
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    current = hands.desk.reader.current
    assert current is not None
    assert current.text == "Piet Maas"
    hands.window.page.setFocus()
    hands.press("4")
    (mark,) = marks(hands)
    assert mark.attributes["type"] == "government"
    assert mark.made.origin is Origin.EDITED


def test_a_suggestion_is_answered_from_its_menu(hands: Hands) -> None:
    first, *others = sorted(ghosts(hands))
    start, end = next(
        ghost.fragments[0].extent
        for ghost in hands.desk.reader.ghosts.by_id.values()
        if ghost.fragments[0].slice == first
    )
    words = hands.page.text[start:end]
    hands.take(hands.menu(words), "Reject the suggestion")
    assert len(ghosts(hands)) < len(others) + 1
    assert not hands.desk.reader.marks


def test_very_many_are_kept_bit_by_bit(
    open_window: Callable[..., Hands], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "SLOW_ACT", 1)
    hands = open_window(TEXT)
    hands.desk.reader.ghosts.policy = Policy(kept_back=0)
    titles = []
    run = hands.window.run_slices

    def watched(title: str, *about: object) -> bool:
        titles.append(title)
        return run(title, *about)  # type: ignore[arg-type]

    monkeypatch.setattr(hands.window, "run_slices", watched)
    hands.press("F7")
    qtbot.waitUntil(lambda: bool(hands.desk.reader.ghosts.by_id), timeout=60_000)
    qtbot.waitUntil(lambda: not hands.window.is_working)
    assert titles == [suggesting.TITLE] * 2, "once to look for names, once to keep what was found"
    assert "3 suggestions shown" in said(hands)
    hands.press("Ctrl+Z")
    assert ghosts(hands) == []


def test_who_reads_on_is_told_for_which_article_suggestions_are_there(
    open_window: Callable[..., Hands], qtbot: QtBot
) -> None:
    hands = open_window(TEXT, "Nobody said anything here.\n")
    hands.desk.reader.ghosts.policy = Policy(kept_back=0)
    (first, second) = [row.id for row in hands.desk.library.rows]
    hands.desk.open_article(first)
    hands.press("F7")
    hands.desk.open_article(second)
    qtbot.waitUntil(lambda: "are there" in said(hands), timeout=60_000)
    assert hands.desk.reader.article is not None
    assert hands.desk.reader.article.id == second
    hands.desk.open_article(first)
    assert ghosts(hands) == ["Lena Holm", "Piet Maas", "Lena Holm"]
