"""Acts on many marks let the window go on, can be cancelled, and are one step all the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from annotator.domain import slices
from annotator.domain.codebook_edits import Path
from annotator.presentation import desk as desks
from annotator.presentation import mark_table as tables
from annotator.presentation import search as searches
from annotator.presentation.actor_book import ActorBook
from annotator.presentation.acts import base
from annotator.presentation.codebook_editor import CodebookEditor
from annotator.presentation.memory import Memory
from annotator.presentation.saved_searches import SavedSearches
from annotator.services import (
    actor_book,
    history,
    marking,
    reading,
    searching,
    spreading,
    value_editing,
)
from annotator.store import journal, step_writer
from tests.support.hands import Hands

WORDS = "Amal spoke. " * 30
COUNT = 30


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch, open_window: Callable[..., Hands]) -> Hands:
    """A window on thirty marks, where acts on five are long ones."""
    for module in (base, desks, tables):
        monkeypatch.setattr(module, "LONG_ACT", 5)
    monkeypatch.setattr(marking, "BATCH", 1)
    monkeypatch.setattr(slices, "BATCH", 1)
    found = open_window(WORDS)
    desk = found.desk
    desk.reader.page.select(0, 4)
    found.press("a", "m")
    assert len(desk.reader.marks) == COUNT
    return found


def finish(hands: Hands, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not hands.desk.busy, timeout=20_000)


def test_a_long_undo_and_redo_are_one_step_each(hands: Hands, qtbot: QtBot) -> None:
    desk = hands.desk
    desk.undo()
    assert desk.busy
    finish(hands, qtbot)
    assert len(desk.reader.marks) == len(desk.reader.page.marks) == 1
    assert [sign.count for sign in desk.library.rows[0].signs if sign.layer == "actor"] == [1]
    desk.redo()
    finish(hands, qtbot)
    assert len(desk.reader.marks) == len(desk.reader.page.marks) == COUNT


def test_nothing_else_is_done_meanwhile(hands: Hands, qtbot: QtBot) -> None:
    desk = hands.desk
    desk.undo()
    desk.undo()
    assert desk.messages.last
    assert desk.messages.last.text == base.BUSY
    finish(hands, qtbot)
    assert len(desk.reader.marks) == 1


def test_a_cancelled_undo_leaves_everything_as_it_was(hands: Hands, qtbot: QtBot) -> None:
    desk = hands.desk
    before = reading.open_article(desk.project, desk.reader.article.id).marks
    work = history.undo.slices(desk.project)
    next(work)
    next(work)
    work.close()
    assert reading.open_article(desk.project, desk.reader.article.id).marks == before
    desk.undo()
    hands.window.cancel_work()
    finish(hands, qtbot)
    assert reading.open_article(desk.project, desk.reader.article.id).marks == before
    assert len(desk.reader.page.marks) == COUNT
    assert desk.undo_name.startswith("Mark")


def test_a_value_of_many_marks_is_set_in_one_step(hands: Hands, qtbot: QtBot) -> None:
    desk = hands.desk
    table = tables.MarkTable(desk)
    table.show()
    column = next(one for one in table.columns if one.attribute and one.attribute.name == "type")
    table.set_value(range(COUNT), column, "person")
    assert desk.busy
    finish(hands, qtbot)
    assert {mark.attributes["type"] for mark in desk.reader.marks.values()} == {"person"}
    assert desk.undo_name == "Set type of 30 marks to person"
    desk.undo()
    finish(hands, qtbot)
    assert not any("type" in mark.attributes for mark in desk.reader.marks.values())


def test_many_marks_are_deleted_in_one_step(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "REMOVED_AT_ONCE", 1)
    desk = hands.desk
    table = tables.MarkTable(desk)
    table.show()
    table.delete(range(COUNT))
    assert desk.busy
    hands.window.cancel_work()
    finish(hands, qtbot)
    assert len(desk.reader.marks) == COUNT
    table.delete(range(COUNT))
    finish(hands, qtbot)
    assert not desk.reader.marks
    assert desk.undo_name == "Delete 30 marks"
    desk.undo()
    finish(hands, qtbot)
    assert len(desk.reader.page.marks) == COUNT


def test_many_lines_that_were_found_are_marked_in_one_step(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searches, "LONG_ACT", 5)
    monkeypatch.setattr(searching, "MARKED_AT_ONCE", 1)
    desk = hands.desk
    search = searches.Search(desk, SavedSearches(Memory(None)))
    search.type("spoke")
    numbers = range(len(search.lines))
    assert len(numbers) == COUNT
    search.mark(numbers, "claim")
    assert desk.busy
    hands.window.cancel_work()
    finish(hands, qtbot)
    assert len(desk.reader.marks) == COUNT
    search.mark(numbers, "claim")
    finish(hands, qtbot)
    assert len(desk.reader.marks) == 2 * COUNT
    desk.undo()
    finish(hands, qtbot)
    assert len(desk.reader.page.marks) == COUNT


def test_what_is_too_much_to_be_told_one_by_one_is_read_anew(
    hands: Hands, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (journal, step_writer):
        monkeypatch.setattr(module, "MANY_TOLD", 5)
    desk = hands.desk
    assert desk.project
    outcome = history.undo(desk.project)
    assert outcome.step
    assert outcome.changes == ()
    assert history.redo(desk.project).changes == ()
    desk.undo()
    finish(hands, qtbot)
    assert len(desk.reader.marks) == len(desk.reader.page.marks) == 1
    assert [sign.count for sign in desk.library.rows[0].signs if sign.layer == "actor"] == [1]
    (first,) = desk.reader.marks
    assert spreading.spread(desk.project, first, wide=False).changes == ()


def test_renaming_a_value_of_many_marks_shows_progress_and_is_cancelled(
    hands: Hands, qtbot: QtBot
) -> None:
    desk = hands.desk
    person = Path("actor", "type", "person")
    table = tables.MarkTable(desk)
    table.show()
    column = next(one for one in table.columns if one.attribute and one.attribute.name == "type")
    table.set_value(range(COUNT), column, "person")
    finish(hands, qtbot)
    editor = CodebookEditor(desk)
    editor.choose(person)
    editor.rename_code("human")
    assert desk.busy
    assert hands.window.status.bar.isVisible()
    assert "Renaming person" in hands.window.status.message.text()
    hands.window.cancel_work()
    finish(hands, qtbot)
    assert types(hands) == {"person"}
    assert editor.chosen == person
    assert desk.undo_name.startswith("Set type")
    editor.rename_code("human")
    finish(hands, qtbot)
    assert types(hands) == {"human"}
    assert editor.chosen == replace(person, code="human")
    editor.choose(replace(person, code="group"))
    editor.merge_codes(["human"])
    assert desk.busy
    finish(hands, qtbot)
    assert types(hands) == {"group"}


def test_what_is_refused_in_slices_is_said_and_changes_nothing(hands: Hands, qtbot: QtBot) -> None:
    desk = hands.desk
    editor = CodebookEditor(desk)
    path = Path("actor", "type", "person")
    editor.choose(path)
    desk.act_on(
        COUNT,
        "Renaming",
        lambda project: value_editing.rename_code.slices(project, path, "group"),
    )
    finish(hands, qtbot)
    assert desk.messages.last
    assert "merge the two" in desk.messages.last.text
    assert not desk.undo_name.startswith("Rename")


def test_many_mentions_are_tied_split_off_and_merged(hands: Hands, qtbot: QtBot) -> None:
    desk = hands.desk
    book = ActorBook(desk)
    book.show()
    book.show_open(shown=True)
    book.choose_group(book.groups[0])
    book.acts.make_from_group()
    assert desk.busy
    hands.window.cancel_work()
    finish(hands, qtbot)
    assert (book.entries, book.open_count) == ([], COUNT)
    book.choose_group(book.groups[0])
    book.acts.make_from_group()
    finish(hands, qtbot)
    (entry,) = book.entries
    assert (entry.actor.name, entry.mentions, book.open_count) == ("Amal", COUNT, 0)
    book.choose([entry.actor.id])
    book.acts.split(range(6), "Amal Noor")
    assert desk.busy
    finish(hands, qtbot)
    assert {one.actor.name: one.mentions for one in book.entries} == {"Amal": 24, "Amal Noor": 6}
    (new,) = book.chosen
    assert new != entry.actor.id
    book.choose([one.actor.id for one in book.entries])
    book.acts.merge(new)
    assert desk.busy
    finish(hands, qtbot)
    assert book.chosen == (new,)
    assert [one.mentions for one in book.entries] == [COUNT]


def test_few_are_changed_at_once(hands: Hands) -> None:
    desk = hands.desk
    ids = list(desk.reader.marks)
    book = ActorBook(desk)
    book.show()
    book.acts.create("Amal Haddad")
    (entry,) = book.chosen
    desk.act(lambda project: actor_book.assign_all(project, ids[:4], entry))
    book.acts.split(range(3), "Amal Noor")
    assert not desk.busy
    assert desk.undo_name.startswith("Split 3 marks")


def types(hands: Hands) -> set[object]:
    return {mark.attributes["type"] for mark in hands.desk.reader.marks.values()}


def test_closing_the_window_ends_it(hands: Hands) -> None:
    path = hands.desk.project.path
    hands.desk.undo()
    hands.window.close()
    assert not hands.desk.busy
    assert not path.with_name(path.name + "-wal").exists()
