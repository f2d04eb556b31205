"""A newcomer gets from the first start to exported training data without reading anything.

With ANNOTATOR_PICTURES naming a folder, a picture of each step is left there to look at.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.app.window import make_application
from annotator.presentation.first_steps import STEPS
from annotator.presentation.memory import Memory
from annotator.services import checking
from tests.support import newcomer
from tests.support.hands import Hands

CARDS = {"first-start": 0, "an-actor": 1, "a-claim": 2, "its-source": 3, "its-stance": 4, "done": 4}
"""Which card is shown when a step was reached."""


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    """The window as the first start shows it."""
    make_application()
    found = newcomer.first_start(tmp_path)
    qtbot.addWidget(found.window)
    yield found
    found.window.close()


def test_from_the_first_start_to_training_data(hands: Hands, tmp_path: Path) -> None:
    reached = []
    for number, name in enumerate(newcomer.walk(hands, tmp_path)):
        reached.append(name)
        _picture(hands, f"newcomer-{number}-{name}")
        if name in CARDS:
            assert hands.window.tour.isVisible()
            assert hands.window.tour.steps.number == CARDS[name], name
            assert STEPS[CARDS[name]].title in _texts(hands)
            assert hands.window.page.hasFocus(), "the cards take no keys away"
        elif name == "own-project":
            assert not hands.window.tour.isVisible()
            assert "Drop files here" in hands.window.articles.empty.text()
            assert "Drop articles" in _inspector(hands)
            assert hands.window.page.invitation().startswith("No articles yet. Drop files")
            assert hands.desk.messages.last
            assert "islands.annotator" in hands.desk.messages.last.text
            assert hands.window.status.undo.isHidden()
        elif name == "what-comes-in":
            assert hands.window.tools.incoming.isVisible()
        elif name == "own-article":
            assert not hands.window.tools.incoming.isVisible()
            assert hands.page.text == newcomer.ARTICLE.rstrip("\n") + "\n"
    assert reached[-1] == "export"
    (line,) = (tmp_path / "islands.jsonl").read_text(encoding="utf-8").splitlines()
    data = json.loads(line)
    (actor,), (claim,) = data["actors"], data["claims"]
    assert actor["text"] == "Tove Lund"
    assert claim["text"] == "Nobody on the islands can pay this"
    assert claim["sources"] == [actor["id"]]
    assert hands.desk.project
    assert checking.problems(hands.desk.project) == []


@pytest.mark.parametrize("size", [(1280, 800), (780, 500)])
def test_no_card_covers_the_text(hands: Hands, size: tuple[int, int]) -> None:
    window = hands.window
    tour, page = window.tour, window.page
    window.resize(*size)
    for number in range(len(STEPS)):
        hands.settle()
        assert tour.steps.number == number
        assert tour.geometry().top() > page.viewport().geometry().bottom()
        assert page.rect().contains(tour.geometry())
        bar = page.verticalScrollBar()
        assert tour.geometry().right() < bar.mapTo(page, QPoint(0, 0)).x() or not bar.isVisible()
        assert all(label.height() >= label.heightForWidth(label.width()) for label in _words(hands))
        tour.steps.forward()
    hands.settle()
    assert not tour.isVisible()
    assert page.viewport().height() == page.height(), "the page has its whole height again"


def test_cards_that_were_sent_away_do_not_come_back(hands: Hands, tmp_path: Path) -> None:
    away = next(
        one for one in hands.window.tour.findChildren(QPushButton) if one.text() == "Not now"
    )
    away.click()
    assert not hands.window.tour.isVisible()
    hands.drag("Dock workers")
    hands.press("C")
    assert not hands.window.tour.isVisible()
    assert Memory(tmp_path / "config").preferences.tour_done
    hands.window.run_by_id("help.tour")
    assert hands.window.tour.isVisible()


def test_a_card_can_be_passed_over_and_another_article_is_no_step(hands: Hands) -> None:
    tour = hands.window.tour
    before = tour.steps.number
    hands.desk.go(forward=True)
    hands.desk.go(forward=False)
    assert tour.steps.number == before == 0
    button = next(one for one in tour.findChildren(QPushButton) if one.text() == "Next")
    for number in range(1, len(STEPS)):
        button.click()
        assert tour.steps.number == number
    assert button.text() == "Start"
    button.click()
    assert not tour.isVisible()


def test_without_an_article_there_is_no_card_to_follow(hands: Hands, tmp_path: Path) -> None:
    sample = hands.desk.project
    assert sample
    path = sample.path
    assert hands.desk.make_project(tmp_path / "empty.annotator")
    assert not hands.window.tour.isVisible()
    assert hands.desk.open_project(path)
    assert hands.window.tour.isVisible()


def test_the_page_says_how_to_come_to_an_article(hands: Hands, tmp_path: Path) -> None:
    page = hands.window.page
    assert page.invitation().startswith("Choose an article on the left")
    assert hands.desk.make_project(tmp_path / "empty.annotator")
    assert page.invitation().startswith("No articles yet")
    empty = page.grab().toImage()
    hands.desk.close()
    hands.settle()
    assert page.invitation() == "Open a project (Ctrl+O) or make one (Ctrl+N)."
    assert page.grab().toImage() != empty


def _texts(hands: Hands) -> list[str]:
    return [label.text() for label in hands.window.tour.findChildren(QLabel)]


def _words(hands: Hands) -> list[QLabel]:
    """Return the labels of a card that may take several lines."""
    return [label for label in hands.window.tour.findChildren(QLabel) if label.wordWrap()]


def _inspector(hands: Hands) -> str:
    return " ".join(label.text() for label in hands.window.inspector.findChildren(QLabel))


def _picture(hands: Hands, name: str) -> None:
    folder = os.environ.get("ANNOTATOR_PICTURES")
    if folder:
        hands.settle()
        shown = hands.window.tools.incoming if "comes-in" in name else hands.window
        shown.grab().save(str(Path(folder) / f"{name}.png"))
