"""The window of suggesters: scores, the curve, and a way from each slip into the text."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain.article import Verdict
from annotator.services import answering, marking, models, states, suggesting
from annotator.ui.trial.window import TrialWindow
from tests.ui.conftest import Hands

TEXT = "Lena Holm met Piet Maas. Mayor Ola Berg said the pier was shut. The big dog slept."


@pytest.fixture
def hands(open_window: Callable[..., Hands]) -> Hands:
    hands = open_window(TEXT)
    project = hands.desk.project
    assert project is not None
    suggesting.suggest(project)
    article = hands.desk.reader.article
    assert article is not None
    for words in ("Lena Holm", "big dog"):
        start = TEXT.index(words)
        place = [(start, start + len(words))]
        marking.mark(project, article.id, place, "actor", {"type": "person"})
    states.set_verdict(project, article.id, ["actor"], Verdict.DONE)
    return hands


@pytest.fixture
def window(hands: Hands, qtbot: QtBot) -> TrialWindow:
    hands.desk.focus.emit("suggesters")
    window = hands.window.tools.findings.trial
    window.measure.click()
    qtbot.waitUntil(lambda: window.scores.rowCount() == 1, timeout=20_000)
    return window


def test_scores_and_slips_are_shown(window: TrialWindow) -> None:
    assert window.scores.item(0, 0).text() == "actor"
    assert window.scores.item(0, 2).text() == "2"
    rows = [window.model.index(row, 0).data() for row in range(window.model.rowCount())]
    assert [row.splitlines()[0] for row in rows] == [
        "actor too much: “Piet Maas”",
        "actor too much: “Ola Berg”",
        "actor missed: “big dog”",
    ]
    assert "The rules: " in window.fared.text()


def test_versions_are_named_where_a_suggester_had_several(
    window: TrialWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tallies = [
        answering.Tally(name, version, {"accepted": 2})
        for name, version in (("rules", "1"), ("harbour", "1"), ("harbour", "2"))
    ]
    monkeypatch.setattr(answering, "tallies", lambda project: tallies)
    assert window.table.fared() == [
        "The rules: 2 accepted",
        "The model “harbour”, version 1: 2 accepted",
        "The model “harbour”, version 2: 2 accepted",
    ]


def test_a_kind_can_be_chosen(window: TrialWindow) -> None:
    window.table.choose("missed")
    assert window.model.rowCount() == 1


def test_a_slip_opens_in_the_text(hands: Hands, window: TrialWindow) -> None:
    window.view.setCurrentIndex(window.model.index(2, 0))
    window.view.activated.emit(window.model.index(2, 0))
    page = hands.desk.reader.page
    assert TEXT[slice(*sorted(page.selection))] == "big dog"


def test_the_learning_curve_is_plotted(hands: Hands, window: TrialWindow) -> None:
    folder = models.models_folder() / "harbour"
    folder.mkdir(parents=True)
    result = {
        "layer": "actor", "exact_f1": 0.7, "rules_exact_f1": 0.6, "curve": [[10, 0.5], [40, 0.7]],
    }  # fmt: skip
    card = {
        "name": "harbour", "version": "1", "about": "A.", "layers": ["actor"], "spacy": "3.8",
        "results": [result],
    }  # fmt: skip
    (folder / "card.json").write_text(json.dumps(card), encoding="utf-8")
    window.hide()
    window.show()
    assert window.curve.isVisible()
    assert "40 articles 0.70" in window.curve.accessibleDescription()
    before = window.curve.grab().toImage()
    window.curve.show_curves([])
    assert window.curve.isHidden()
    assert any(
        before.pixelColor(x, y) != before.pixelColor(0, 0)
        for x in range(0, before.width(), 3)
        for y in range(before.height())
    )
    assert window.windowModality() == Qt.WindowModality.NonModal
