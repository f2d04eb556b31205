"""Adjudication by keys in a real window."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.adjudication import Choice
from annotator.domain.mark import Mark, View
from annotator.presentation import case_reading
from annotator.presentation.acts import base
from annotator.presentation.case_list import Show
from annotator.presentation.case_words import CaseRow, Column
from annotator.services import actor_book, checking, marking, merging, reading
from annotator.services import project as projects
from annotator.services.exporting import Order, export
from annotator.store import adjudications, marks
from annotator.ui.team import adjudication_window
from annotator.ui.team.adjudication_window import AdjudicationWindow
from annotator.ui.team.case_column import CaseColumn
from annotator.ui.theme import DARK
from tests.support.material import STORY, make_project
from tests.support.team import article_id, code
from tests.ui.conftest import Hands

Opened = tuple[Hands, AdjudicationWindow]

AMAL = [
    ("actor", "harbour workers’ union", {"type": "organisation"}),
    ("actor", "Amal Haddad", {"type": "person"}),
    ("claim", "We will not go back", {"stance": "oppose"}),
]
BEA = [
    ("actor", "workers’ union", {"type": "group"}),
    ("actor", "Amal Haddad", {"type": "person"}),
    ("claim", "We will not go back", {"stance": "support"}),
    ("actor", "port authority", {"type": "government"}),
]


def study(folder: Path) -> Path:
    with make_project(folder, STORY) as project:
        path = project.path
    code(path, "Amal", AMAL)
    code(path, "Bea", BEA)
    return path


@pytest.fixture
def opened(open_window: Callable[..., Hands], tmp_path: Path) -> Opened:
    """The window on a project that Amal and Bea finished."""
    hands = open_window(path=study(tmp_path))
    hands.press("Ctrl+Shift+D")
    return hands, hands.window.tools.team.adjudication


def press(window: AdjudicationWindow, *keys: str) -> None:
    """Press keys wherever the focus is in the window."""
    for key in keys:
        QTest.keySequence(QApplication.focusWidget() or window.view, key)
        QApplication.processEvents()


def rows(window: AdjudicationWindow) -> list[CaseRow]:
    """Return the cases listed, as they read."""
    return [window.desk.row(item) for item in window.desk.listed]


def choose(window: AdjudicationWindow, words: str) -> None:
    """Put the case of these words before the adjudicator."""
    number = next(n for n, row in enumerate(rows(window)) if words in row.quote)
    window.view.setCurrentIndex(window.model.index(number, 0))
    QApplication.processEvents()


def key_of(window: AdjudicationWindow, words: str) -> str:
    """The key of the annotator whose mark has these words."""
    text = window.desk.text
    return next(
        column.column.key
        for column in window.columns
        if any(text[start:end] == words for start, end in column.column.extents)
    )


def gold(hands: Hands) -> list[Mark]:
    project = hands.desk.project
    assert project
    return marks.of_article(project.db, article_id(project), None, View.GOLD)


def test_cases_stand_by_kind_and_side_by_side(opened: Opened) -> None:
    _, window = opened
    QAbstractItemModelTester(window.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [row.sign for row in rows(window)] == ["M", "B", "V", "="]
    assert window.progress.words.text() == "0 of 4 decided"
    choose(window, "We will not go back")
    assert "other values (stance)" in window.heading.text()
    assert sorted(column.column.name for column in window.columns) == ["A", "B"]
    facts = {
        fact.words for column in window.columns for fact in column.column.facts if fact.differs
    }
    assert facts == {"Oppose", "Support"}


def test_values_and_ties_have_the_names_of_the_codebook(
    open_window: Callable[..., Hands], tmp_path: Path
) -> None:
    with make_project(tmp_path, STORY) as project:
        path = project.path
    for name, kind in (("Amal", "armed_group"), ("Bea", "government")):
        code(path, name, [("actor", "port authority", {"type": kind})])
    with projects.open_existing(path, "Amal") as project:
        (mark,) = marks.of_article(project.db, article_id(project), project.annotator.id)
        actor_book.assign_best(project, mark.id)
    hands = open_window(path=path)
    hands.press("Ctrl+Shift+D")
    window = hands.window.tools.team.adjudication
    facts = [fact for column in window.columns for fact in column.column.facts if fact.differs]
    assert {(fact.label, fact.words) for fact in facts} == {
        ("Type", "Armed group"),
        ("Type", "Government"),
        ("Stands for", "port authority"),
        ("Stands for", "not filled in"),
    }
    assert "(type, who it stands for)" in window.heading.text()


def test_one_key_accepts_and_goes_on(opened: Opened) -> None:
    hands, window = opened
    choose(window, "workers’ union")
    press(window, key_of(window, "workers’ union"))
    assert [mark.text for mark in gold(hands)] == ["workers’ union"]
    assert window.progress.words.text() == "1 of 4 decided"
    assert len(rows(window)) == 3
    decided = window.said.text()
    press(window, "Ctrl+Z")
    assert gold(hands) == []
    assert window.progress.words.text() == "0 of 4 decided"
    assert decided
    assert window.said.text() == f"Undone: {decided}"


def test_a_decision_shows_the_next_case_once_and_looks_at_no_other_row(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, window = opened
    QAbstractItemModelTester(window.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    before, made = window.desk.listed, list[Column]()

    def column(shown: Column, *rest: object) -> CaseColumn:
        made.append(shown)
        return CaseColumn(shown, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(adjudication_window, "CaseColumn", column)
    press(window, "X")
    assert len(made) == len(window.columns) == 2
    assert window.desk.listed is before
    assert window.model.rowCount() == 3
    assert window.said.text().startswith("Gold, left out")
    press(window, "Ctrl+Z")
    assert len(made) == 4
    assert window.desk.listed is before
    assert [window.model.index(n, 0).data(Qt.ItemDataRole.UserRole) for n in range(4)] == before


def test_a_double_click_decides_one_case_and_leaves_the_keys_to_the_list(opened: Opened) -> None:
    hands, window = opened
    window.view.setFocus()
    hands.settle()
    for button, decided in ((window.columns[0].accept, 1), (window.nothing, 2)):
        place = button.mapTo(window, button.rect().center())
        QTest.mouseDClick(
            window.windowHandle(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
            place,
        )
        hands.settle()
        assert window.progress.words.text() == f"{decided} of 4 decided"
        assert window.view.hasFocus()


def test_every_choice_has_its_key(opened: Opened) -> None:
    hands, window = opened
    project = hands.desk.project
    assert project
    choose(window, "workers’ union")
    press(window, "0")
    choose(window, "port authority")
    press(window, "X")
    choose(window, "We will not go back")
    press(window, "R")
    QTest.keyClicks(window.reason, "the quote is 1 refusal")
    QTest.keyClick(window.reason, Qt.Key.Key_Return)
    start = window.desk.text.index("We will not")
    window.columns[1].text.select((start, start + len("We will not")))
    press(window, "E")
    text = window.desk.text
    start = text.index("night shift")
    window.columns[0].text.select((start, start + len("night shift")))
    press(window, "N")
    made = {decision.choice: decision for decision in adjudications.all(project.db)}
    assert set(made) == {Choice.SEVERAL, Choice.LEFT_OUT, Choice.EDITED, Choice.NEW}
    assert made[Choice.EDITED].reason == "the quote is 1 refusal"
    assert window.reason.text() == ""
    assert sorted(mark.text for mark in gold(hands)) == [
        "We will not", "harbour workers’ union", "night shift", "workers’ union",
    ]  # fmt: skip
    assert checking.problems(project) == []


def test_who_has_no_mark_is_right_where_there_is_nothing(opened: Opened) -> None:
    hands, window = opened
    choose(window, "port authority")
    without = next(column for column in window.columns if not column.column.extents)
    press(window, without.column.key)
    assert gold(hands) == []
    assert window.progress.words.text() == "1 of 4 decided"


def test_a_value_of_the_other_can_be_picked(opened: Opened) -> None:
    hands, window = opened
    choose(window, "We will not go back")
    window.desk.pick("stance", "neutral")
    press(window, "1")
    (made,) = gold(hands)
    assert made.attributes["stance"] == "neutral"


def test_whom_the_other_meant_can_be_picked(
    open_window: Callable[..., Hands], tmp_path: Path
) -> None:
    with make_project(tmp_path, STORY) as project:
        path = project.path
    for name, called in (("Amal", "Port of Haven"), ("Bea", "The port")):
        code(path, name, [("actor", "port authority", {"type": "government"})])
        with projects.open_existing(path, name) as project:
            (mark,) = marks.of_article(project.db, article_id(project), project.annotator.id)
            actor_book.assign_new(project, mark.id, called)
    hands = open_window(path=path)
    hands.press("Ctrl+Shift+D")
    window = hands.window.tools.team.adjudication

    def entries() -> list[str | None]:
        assert hands.desk.project
        found = [mark.actor for mark in gold(hands)]
        return [actor_book.entry(hands.desk.project, id).name for id in found if id]

    def chips() -> list[QPushButton]:
        found = [column.findChildren(QPushButton) for column in window.columns]
        return [next(one for one in all if "Stands for" in one.text()) for all in found]

    others = chips()[1].text().removeprefix("≠ Stands for: ")
    chips()[1].click()
    assert [chip.isChecked() for chip in chips()] == [False, True]
    press(window, "1")
    assert entries() == [others]
    press(window, "Ctrl+Z")
    assert entries() == []
    press(window, "1")
    assert entries() != [others], "what was picked counts once"


def test_gold_can_stand_for_nobody(open_window: Callable[..., Hands], tmp_path: Path) -> None:
    with make_project(tmp_path, STORY) as project:
        path = project.path
    for name in ("Amal", "Bea"):
        code(path, name, [("actor", "port authority", {"type": "government"})])
    with projects.open_existing(path, "Amal") as project:
        (mark,) = marks.of_article(project.db, article_id(project), project.annotator.id)
        actor_book.assign_new(project, mark.id, "Port of Haven")
    hands = open_window(path=path)
    hands.press("Ctrl+Shift+D")
    window = hands.window.tools.team.adjudication

    def chips() -> list[QPushButton]:
        found = [column.findChildren(QPushButton) for column in window.columns]
        return [next(one for one in all if "Stands for" in one.text()) for all in found]

    assert not any(chip.isChecked() for chip in chips())
    named = next(at for at, chip in enumerate(chips()) if "Port of Haven" in chip.text())
    chips()[1 - named].click()
    assert [chip.isChecked() for chip in chips()] == [named == 1, named == 0]
    press(window, str(named + 1))
    assert [mark.actor for mark in gold(hands)] == [None]


def test_the_signs_of_the_list_are_explained_below_it(opened: Opened) -> None:
    _, window = opened
    told = [label.text().replace("\xa0", " ") for label in window.findChildren(QLabel)]
    (legend,) = (text for text in told if text.startswith("M not everybody marked this"))
    for sign in ("B", "K", "V", "L", "=", "✓"):
        assert f" · {sign} " in legend


def test_all_that_agree_are_accepted_after_the_count_was_seen(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands, window = opened
    asked: list[str] = []

    def ask(_title: str, text: str, _answers: object) -> int | None:
        asked.append(text)
        return None if len(asked) == 1 else 0

    monkeypatch.setattr(hands.window, "ask", ask)
    press(window, "G")
    assert "1 thing" in asked[0]
    assert gold(hands) == []
    press(window, "G")
    assert [mark.text for mark in gold(hands)] == ["Amal Haddad"]
    assert not window.agreed.isEnabled()


def test_many_that_agree_are_accepted_bit_by_bit_and_can_be_cancelled(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hands, window = opened
    desk = hands.desk
    monkeypatch.setattr(base, "SLOW_ACT", 1)
    monkeypatch.setattr(hands.window, "ask", lambda *_: 0)
    window.desk.accept_agreed()
    assert desk.busy
    hands.window.cancel_work()
    assert gold(hands) == []
    assert window.progress.words.text() == "0 of 4 decided"
    assert window.agreed.isEnabled()
    window.desk.accept_agreed()
    qtbot.waitUntil(lambda: not desk.busy)
    assert [mark.text for mark in gold(hands)] == ["Amal Haddad"]
    assert window.progress.words.text() == "1 of 4 decided"
    assert window.said.text().startswith("Gold, agreed by all")
    assert not window.agreed.isEnabled()


@pytest.mark.parametrize("slow", [1, 1_000])
def test_what_goes_wrong_in_accepting_leaves_the_window_following(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, slow: int
) -> None:
    hands, window = opened
    monkeypatch.setattr(base, "SLOW_ACT", slow)
    monkeypatch.setattr(hands.window, "ask", lambda *_: 0)

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    with monkeypatch.context() as patched:
        patched.setattr(hands.desk, "_tell", broken)
        with qtbot.capture_exceptions() as caught, suppress(RuntimeError):
            window.desk.accept_agreed()
            qtbot.waitUntil(lambda: not hands.desk.busy)
        assert len(caught) == (slow == 1)
    window.desk.reload()
    before = window.progress.words.text()
    choose(window, "We will not go back")
    press(window, "1")
    assert window.progress.words.text() != before


def test_many_cases_are_read_bit_by_bit_and_nothing_is_decided_meanwhile(
    open_window: Callable[..., Hands],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    monkeypatch.setattr(case_reading, "FEW", 0)
    hands = open_window(path=study(tmp_path))
    hands.window.tools.team.show_adjudication()
    window = hands.window.tools.team.adjudication
    assert window.desk.reading.is_going_on
    assert window.empty.text().startswith("Reading what the annotators marked")
    window.desk.accept(0)
    window.desk.accept_agreed()
    assert gold(hands) == []
    qtbot.waitUntil(lambda: not window.desk.reading.is_going_on)
    assert window.progress.words.text() == "0 of 4 decided"
    assert [row.sign for row in rows(window)] == ["M", "B", "V", "="]
    assert window.view.currentIndex().row() == 0
    window.close()
    window.show()
    assert not window.desk.reading.is_going_on
    assert len(rows(window)) == 4


def test_what_was_marked_while_the_window_was_closed_is_seen(opened: Opened, qtbot: QtBot) -> None:
    hands, window = opened
    window.close()
    claim = next(mark for mark in hands.desk.reader.marks.values() if mark.layer == "claim")
    hands.desk.reader.select_mark(claim.id)
    hands.desk.set_value("stance", "support")
    window.show()
    assert [row.sign for row in rows(window)] == ["M", "B", "=", "="]


def test_names_are_letters_until_they_are_asked_for(opened: Opened) -> None:
    _, window = opened
    window.names.click()
    assert sorted(column.column.name for column in window.columns) == ["Amal", "Bea"]
    window.names.click()
    assert sorted(column.column.name for column in window.columns) == ["A", "B"]


def test_words_can_be_typed_as_a_reason_without_deciding_anything(opened: Opened) -> None:
    hands, window = opened
    press(window, "R")
    QTest.keyClicks(window.reason, "A 1 x 0 n G e")
    assert window.desk.reason == "A 1 x 0 n G e"
    assert gold(hands) == []
    assert window.progress.words.text() == "0 of 4 decided"


def test_without_words_selected_the_window_says_what_to_do(opened: Opened) -> None:
    _, window = opened
    press(window, "E")
    assert "Select the right words" in window.said.text()
    press(window, "N")
    assert "Select the words" in window.said.text()


def test_gold_and_what_others_made_stay_off_the_page(opened: Opened) -> None:
    hands, window = opened
    own = dict(hands.desk.reader.marks)
    choose(window, "port authority")
    press(window, key_of(window, "port authority"))
    assert len(gold(hands)) == 1
    assert hands.desk.reader.marks == own
    press(window, "Ctrl+Z")
    assert hands.desk.reader.marks == own


def test_undoing_a_merge_takes_nothing_of_others_onto_the_page(
    open_window: Callable[..., Hands], tmp_path: Path
) -> None:
    path = study(tmp_path)
    theirs = tmp_path / "chi.annotator"
    theirs.write_bytes(path.read_bytes())
    code(theirs, "Chi", [("sentiment", "an insult")])
    with projects.open_existing(path, "Amal") as project:
        merging.merge(project, [theirs])
    hands = open_window(path=path)
    own = set(hands.desk.reader.marks)
    hands.press("Ctrl+Z", "Ctrl+Shift+Z")
    assert set(hands.desk.reader.marks) == own


def test_the_stale_and_the_decided_are_found_again(opened: Opened) -> None:
    hands, window = opened
    choose(window, "We will not go back")
    press(window, "A")
    claim = next(mark for mark in hands.desk.reader.marks.values() if mark.layer == "claim")
    hands.desk.reader.select_mark(claim.id)
    hands.desk.set_value("stance", "neutral")
    window.desk.choose_shown(Show.STALE)
    assert [row.about for row in rows(window)] == ["accepted, changed since"]
    assert "was changed since" in window.heading.text()
    window.desk.choose_shown(Show.ALL)
    assert len(rows(window)) == 4


def test_six_annotators_are_adjudicated_by_keys_and_gold_goes_out(
    open_window: Callable[..., Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = ["Amal", "Bea", "Chi", "Dan", "Eve", "Fay"]
    with make_project(tmp_path, STORY) as project:
        path = project.path
    for number, name in enumerate(people):
        code(path, name, [
            ("actor", "Amal Haddad", {"type": "person"}),
            ("actor", "union" if number % 2 else "workers’ union"),
            *([("claim", "We will not go back")] if number < 4 else []),
        ])  # fmt: skip
    hands = open_window(path=path)
    monkeypatch.setattr(hands.window, "ask", lambda *_: 0)
    hands.press("Ctrl+Shift+D")
    window = hands.window.tools.team.adjudication
    window.set_theme(DARK)
    assert len(window.columns) == 6
    press(window, "G")
    while window.desk.current:
        wanted = (
            "workers’ union" if rows(window)[window.desk.cases.position].layer == "Actor" else ""
        )
        key = key_of(window, wanted or "We will not go back")
        press(window, key)
    project = hands.desk.project
    assert project
    assert window.progress.words.text() == "3 of 3 decided"
    export(project, Order(tmp_path / "gold.jsonl", view="gold"))
    line = json.loads((tmp_path / "gold.jsonl").read_text(encoding="utf-8"))
    assert sorted(actor["text"] for actor in line["actors"]) == ["Amal Haddad", "workers’ union"]
    assert [claim["text"] for claim in line["claims"]] == ["We will not go back"]
    assert len(reading.people(project)) == 6
    assert checking.problems(project) == []


def test_it_says_why_there_is_nothing(open_window: Callable[..., Hands], qtbot: QtBot) -> None:
    hands = open_window()
    hands.press("Ctrl+Shift+D")
    window = hands.window.tools.team.adjudication
    assert "no article with marks was finished by two annotators" in window.empty.text()
    assert not window.all.isEnabled()
    press(window, "1", "0", "X", "N", "E", "J", "K")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())


def test_keys_pressed_while_cases_are_read_show_no_part_of_them(
    open_window: Callable[..., Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_reading, "FEW", 0)
    hands = open_window(path=study(tmp_path))
    hands.window.tools.team.show_adjudication()
    window = hands.window.tools.team.adjudication
    QAbstractItemModelTester(window.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    window._reading_on.setInterval(10**7)
    window.desk.reload()
    readings = window.desk.reading.readings
    while readings.go_on():
        press(window, "J", "K")
        window.desk.choose_shown(Show.ALL)
        if readings.reads(case_reading.CASES):
            assert (window.model.rowCount(), rows(window)) == (0, [])
    assert window.model.rowCount() == len(rows(window)) == 4
    press(window, "X")
    window._reading_on.stop()
    while readings.go_on():
        pass
    assert [row.sign for row in rows(window)].count("✓") == 1


def test_reading_cases_is_stopped_by_escape_and_a_part_of_them_is_not_decided(
    open_window: Callable[..., Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_reading, "FEW", 0)
    hands = open_window(path=study(tmp_path))
    hands.window.tools.team.show_adjudication()
    window = hands.window.tools.team.adjudication
    window._reading_on.setInterval(10**7)
    window.desk.reload()
    line, readings = window.progress, window.desk.reading.readings
    assert line.button.isHidden(), "a few cases are there before anybody could read it"
    while readings.reached(case_reading.CASES)[1] == 0:
        readings.go_on()
    line.late.timeout.emit()
    assert (line.words.text(), line.button.text()) == ("0 of 1 articles read", "Stop  Esc")
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert window.isVisible()
    assert (line.words.text(), line.button.text()) == (
        "Stopped: 0 of 1 articles read",
        "Read on",
    )
    assert window.empty.text().startswith("The cases were not read to their end")
    assert (rows(window), window.agreed.isEnabled()) == ([], False)
    assert window.agreed.toolTip() == "Not all articles are read yet."
    window.desk.accept_agreed()
    assert window.said.text() == "Not all articles are read yet."
    article = hands.desk.library.rows[0].id
    hands.desk.act(lambda project: marking.mark(project, article, [(0, 3)], "actor"))
    hands.desk.refresh()
    assert not readings.go_on(), "an act elsewhere is no wish to read on"
    line.button.click()
    while readings.go_on():
        pass
    assert (line.words.text(), line.button.isHidden()) == ("0 of 5 decided", True)
    assert [row.sign for row in rows(window)] == ["M", "M", "B", "V", "="]
    window.desk.reload()
    line.stop()
    QTest.keyClick(window.view, Qt.Key.Key_Escape)
    assert not window.isVisible()
    window.show()
    assert readings.go_on(), "who opens the window again wants to read"
