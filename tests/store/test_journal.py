"""A step is whole or not there at all, and can be taken back whenever; also when the disk is full."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from annotator.domain.article import Annotator
from annotator.domain.errors import Problem, Refused
from annotator.domain.mark import Mark
from annotator.domain.step import Outcome, StepState
from annotator.services import checking, codebooks, history, importing, linking, marking, reading
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import annotators, marks, step_writer
from tests.support.material import STORY, add_article, make_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project with one article, two marks and a link."""
    made = make_project(tmp_path, STORY)
    marked(made, "Amal Haddad", "actor")
    linking.tie_to_nearest(made, marked(made, "We will not go back", "claim").id, "source")
    yield made
    made.close()


def marked(project: Project, words: str, layer: str) -> Mark:
    """Mark words of the first article."""
    article = reading.list_articles(project)[0].article
    start = STORY.index(words)
    outcome = marking.mark(project, article.id, [(start, start + len(words))], layer)
    found = outcome.changes[0].after
    assert isinstance(found, Mark)
    return found


def copies(project: Project, count: int) -> Outcome:
    """Make many marks in one bulk step."""
    old = own_marks(project)[0]
    with project.step("Copy", bulk=True) as ticket:
        ticket.write.add(replace(old, id=project.file.new_id()) for _ in range(count))
    return ticket.outcome


def content(project: Project) -> list[str]:
    """Return everything the file holds, as SQL."""
    return list(project.db.conn.iterdump())


def own_marks(project: Project) -> list[Mark]:
    """Return the marks of the first article."""
    return reading.open_article(project, reading.list_articles(project)[0].article.id).marks


# A step that fails


def stumble(project: Project) -> None:
    """Change, make and remove records, and then fail."""
    marks = own_marks(project)
    with project.step("Something") as ticket:
        ticket.write.put(replace(marks[0], note="changed"))
        ticket.write.put(Annotator(project.file.new_id(), "Bea", project.file.clock()))
        ticket.write.remove(marks[1])
        raise MemoryError


def orphan(project: Project) -> None:
    """Take away an article that has marks."""
    with project.step("Delete") as ticket:
        ticket.write.put(Annotator(project.file.new_id(), "Bea", project.file.clock()))
        ticket.write.remove(reading.list_articles(project)[0].article)


def double(project: Project) -> None:
    """Add marks that are there already."""
    with project.step("Add", bulk=True) as ticket:
        ticket.write.add([Annotator(project.file.new_id(), "Bea", project.file.clock())])
        ticket.write.add(own_marks(project))


@pytest.mark.parametrize(
    ("act", "error"), [(stumble, MemoryError), (orphan, Refused), (double, Refused)]
)
def test_a_failing_step_leaves_nothing(
    project: Project, act: Callable[[Project], None], error: type[Exception]
) -> None:  # G1
    before = content(project)
    with pytest.raises(error):
        act(project)
    assert content(project) == before
    marked(project, "insult", "sentiment")
    assert checking.problems(project) == []


ACTS: dict[str, Callable[[Project], object]] = {
    "mark": lambda project: marked(project, "insult", "sentiment"),
    "delete": lambda project: marking.delete(project, [mark.id for mark in own_marks(project)]),
    "relabel": lambda project: marking.relabel(project, own_marks(project)[0].id, "actor"),
    "undo": history.undo,
    "codebook": lambda project: codebooks.retire_layer(project, "cue"),
    "many": lambda project: copies(project, 20),
}


@pytest.mark.parametrize("name", ACTS)
def test_an_act_that_is_broken_off_anywhere_leaves_nothing(project: Project, name: str) -> None:
    before, codebook, db = content(project), project.codebook, project.db.conn
    broken_off = 0
    for patience in range(1, 4_000, 7):
        calls = iter([False] * patience + [True])
        db.set_progress_handler(lambda calls=calls: db.in_transaction and next(calls, False), 5)
        try:
            ACTS[name](project)
        except (Problem, sqlite3.OperationalError):
            broken_off += 1
        else:
            break
        finally:
            db.set_progress_handler(None, 0)
        assert content(project) == before
        assert project.codebook == codebook
    assert broken_off > 3
    assert content(project) != before
    assert checking.problems(project) == []


# A full disk


def fill_up(project: Project) -> None:
    """Let the file grow no further."""
    pages = project.db.conn.execute("PRAGMA page_count").fetchone()[0]
    assert project.db.conn.execute(f"PRAGMA max_page_count = {pages}").fetchone()[0] == pages


def test_a_full_disk_is_told_in_a_sentence_and_earlier_work_stays(project: Project) -> None:
    fill_up(project)
    states = [content(project)]

    def mark_on() -> None:
        while len(states) < 10_000:
            marked(project, "insult", "sentiment")
            states.append(content(project))

    with pytest.raises(Problem, match="make room on the disk") as told:
        mark_on()
    assert "\n" not in str(told.value)
    assert content(project) == states[-1]
    path = project.path
    project.close()
    with projects.open_existing(path) as again:
        assert len(own_marks(again)) == 1 + len(states)
        assert checking.problems(again) == []
        marked(again, "insult", "sentiment")


def test_an_import_onto_a_full_disk_leaves_nothing(project: Project, tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("A long article. " * 20_000, encoding="utf-8")
    fill_up(project)
    before = content(project)
    with pytest.raises(Problem, match="make room on the disk"):
        importing.import_all(project, [file])
    assert content(project) == before
    project.db.conn.execute("PRAGMA max_page_count = 1000000")
    assert importing.import_all(project, [file]).added.articles == 1
    assert checking.problems(project) == []


def test_undo_on_a_full_disk_is_whole_or_nothing(project: Project) -> None:
    copies(project, 100)
    marking.delete(project, [mark.id for mark in own_marks(project)])
    fill_up(project)
    before = content(project)
    try:
        history.undo(project)
    except Problem as problem:
        refused = str(problem)
        assert content(project) == before
        project.db.conn.execute("PRAGMA max_page_count = 1000000")
        history.undo(project)
        assert "make room" in refused
    assert len(own_marks(project)) == 102
    assert checking.problems(project) == []


# Steps


def test_a_step_tells_before_and_after(project: Project) -> None:
    old = own_marks(project)[0]
    outcome = marking.set_note(project, old.id, "look again")
    (change,) = outcome.changes
    assert change.before == old
    assert isinstance(change.after, Mark)
    assert change.after.note == "look again"
    assert outcome.step
    assert outcome.step.annotator == project.annotator.id
    assert outcome.step.article == old.article


def test_numbers_count_up_without_gaps(project: Project) -> None:
    with pytest.raises(MemoryError):
        stumble(project)
    marked(project, "insult", "sentiment")
    numbers = [step.number for step in project.file.journal.history()]
    assert numbers == list(range(len(numbers), 0, -1))


def test_a_step_that_changes_nothing_leaves_no_trace(project: Project) -> None:
    before = content(project)
    mark = own_marks(project)[0]
    with project.step("Nothing") as ticket:
        ticket.write.put(mark)
    assert ticket.outcome.step is None
    assert content(project) == before


def test_nothing_done_leaves_what_was_undone_to_be_redone(project: Project) -> None:
    history.undo(project)
    with project.step("Nothing") as ticket:
        ticket.write.put(own_marks(project)[0])
    assert history.next_redo(project) is not None


def test_history_is_newest_first_and_of_one_record(project: Project) -> None:
    mark = own_marks(project)[0]
    marking.set_note(project, mark.id, "one")
    marking.set_note(project, mark.id, "two")
    names = [entry.step.name for entry in history.entries(project)]
    assert names[-1] == "New project"
    own = history.entries(project, record=mark.id)
    assert [entry.step.name for entry in own][-1].startswith("Mark claim")
    assert len(own) == 3
    assert [entry.annotator for entry in own] == ["Amal"] * 3
    assert [entry.step.number for entry in history.entries(project, 2)] == [
        own[0].step.number,
        own[1].step.number,
    ]


def test_a_long_step_is_told_from_a_short_one(project: Project) -> None:
    outcome = marking.delete(project, [mark.id for mark in own_marks(project)])
    assert outcome.step
    number = outcome.step.number
    long = [project.file.journal.is_long(number, least) for least in (1, 3, 4)]
    assert long == [True, True, False]


# Undo and redo


def test_undo_and_redo_go_on_after_a_restart(project: Project) -> None:
    path, count = project.path, len(own_marks(project))
    states = [content_of_records(project)]
    for words, layer in (("insult", "sentiment"), ("said", "cue"), ("offer", "actor")):
        marked(project, words, layer)
        states.append(content_of_records(project))
    for state in states[-2::-1]:
        project.close()
        project = projects.open_existing(path)
        history.undo(project)
        assert content_of_records(project) == state
    assert len(own_marks(project)) == count
    for state in states[1:]:
        project.close()
        project = projects.open_existing(path)
        history.redo(project)
        assert content_of_records(project) == state
    with pytest.raises(Problem, match="nothing to redo"):
        history.redo(project)
    assert checking.problems(project) == []
    project.close()


def content_of_records(project: Project) -> list[str]:
    """Return everything the file holds but the journal."""
    return [
        line
        for line in content(project)
        if not line.startswith(('INSERT INTO "step"', 'INSERT INTO "change"'))
    ]


def test_redo_brings_back_the_same_ids(project: Project) -> None:
    marks_before, links_before = own_marks(project), project.links_of(own_marks(project)[0].id)
    marking.delete(project, [mark.id for mark in marks_before])
    history.undo(project)
    assert own_marks(project) == marks_before
    assert project.links_of(marks_before[0].id) == links_before


def test_the_making_of_the_project_stays(project: Project) -> None:
    while history.next_undo(project, anybody=True):
        history.undo(project, anybody=True)
    assert reading.list_articles(project) == []
    assert codebooks.default_codebook() == project.codebook
    assert annotators.all(project.db) == [project.annotator]
    with pytest.raises(Problem, match="nothing to undo"):
        history.undo(project, anybody=True)
    assert checking.problems(project) == []


def test_undo_is_refused_where_a_record_was_changed_behind_the_journal(project: Project) -> None:
    marked(project, "insult", "sentiment")
    project.db.conn.execute("UPDATE mark SET note = 'x' WHERE layer = 'sentiment'")
    before = content(project)
    with pytest.raises(Refused, match="a later act changed the same mark"):
        history.undo(project)
    assert content(project) == before


def test_a_bulk_step_is_undone_and_redone_whole(project: Project) -> None:
    assert copies(project, 500).changes == ()
    assert len(own_marks(project)) == 502
    history.undo(project)
    assert len(own_marks(project)) == 2
    history.redo(project)
    assert len(own_marks(project)) == 502
    assert checking.problems(project) == []


def test_steps_overtaken_by_another_act_are_dropped_for_that_person_only(project: Project) -> None:
    marked(project, "insult", "sentiment")
    history.undo(project)
    path = project.path
    project.close()
    with projects.open_existing(path, "Bea") as other:
        add_article(other, "Another article.\n", "Another")
        states = [step.state for step in other.file.journal.history()]
        assert states.count(StepState.UNDONE) == 1
    with projects.open_existing(path, "Amal") as mine:
        history.redo(mine)
        assert marks.counts(mine.db, mine.annotator.id)
        assert checking.problems(mine) == []


def test_a_record_made_and_changed_in_one_step_is_journalled_in_that_order(
    project: Project,
) -> None:
    old = own_marks(project)[0]
    before = content(project)
    with project.step("Copy and change", bulk=True) as ticket:
        made = [replace(old, id=project.file.new_id()) for _ in range(3)]
        ticket.write.add(made[:2])
        ticket.write.put(replace(made[0], note="looked at"))
        ticket.write.add(made[2:])
        ticket.write.remove(made[1])
        assert ticket.write.count == 5
    assert {mark.note for mark in own_marks(project)} == {"", "looked at"}
    assert len(own_marks(project)) == 4
    assert checking.problems(project) == []
    after = content(project)
    history.undo(project)
    assert len(own_marks(project)) == 2
    assert [line for line in content(project) if line.startswith('INSERT INTO "mark"')] == [
        line for line in before if line.startswith('INSERT INTO "mark"')
    ]
    history.redo(project)
    assert content(project) == after


def test_what_sqlite_journals_is_what_python_would(project: Project) -> None:
    odd = 'quo"te \\ \b\f\n\r\t\x00\x1f\x7f \u2028 \U0001f600 ﬁ é'
    old = own_marks(project)[0]
    with project.step("Copy", bulk=True) as ticket:
        made = replace(old, id=project.file.new_id(), note=odd)
        ticket.write.add([made])
    (kept,) = project.db.execute("SELECT after FROM change WHERE record = ?", (made.id,)).fetchone()
    row = marks.TABLE.encode(made)
    assert marks.TABLE.from_json(kept) == row == marks.TABLE.from_json(marks.TABLE.to_json(row))
    assert checking.problems(project) == []


def test_more_marks_than_are_journalled_at_once(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step_writer, "FEW", 7)
    old = own_marks(project)[0]
    with project.step("Copy", bulk=True) as ticket:
        for _ in range(9):
            ticket.write.add(replace(old, id=project.file.new_id()) for _ in range(4))
    assert len(own_marks(project)) == 38
    assert checking.problems(project) == []
    history.undo(project)
    assert len(own_marks(project)) == 2
    assert checking.problems(project) == []


def test_what_waits_for_the_journal_asks_to_be_written_and_then_writes_itself(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step_writer, "FEW", 4)
    monkeypatch.setattr(step_writer, "AT_HAND", 3)
    old = own_marks(project)[0]
    with project.step("Copy", bulk=True) as ticket:
        write = ticket.write

        def asks(*records: Mark | Annotator) -> bool:
            write.add(records)
            return write.is_behind

        def copy() -> Mark:
            return replace(old, id=project.file.new_id())

        def person(name: str) -> Annotator:
            return Annotator(project.file.new_id(), name, project.file.clock())

        assert [asks(copy()) for _ in range(8)] == [False] * 3 + [True] * 4 + [False]
        assert asks(*(copy() for _ in range(4)))
        write.settle()
        assert not write.is_behind
        assert [asks(person(name)) for name in "CDEFGH"] == [False] * 2 + [True] * 3 + [False]
        assert write.count == 18
    assert checking.problems(project) == []
    history.undo(project)
    assert len(own_marks(project)) == 2


def test_a_window_may_go_on_after_each_change_that_is_taken_back(project: Project) -> None:
    copies(project, 12)
    assert len(list(history.undo.slices(project))) >= 12
    assert len(own_marks(project)) == 2


def test_many_changes_at_once_are_journalled_as_one_by_one(tmp_path: Path) -> None:
    """Changed, unchanged, new and doubled records, of several kinds: the same rows either way."""
    found = []
    for name in ("one", "many"):
        with make_project(tmp_path, STORY, name=name) as project:
            first, second = (
                marked(project, "Amal Haddad", "actor"),
                marked(project, "We will", "actor"),
            )
            person = Annotator(
                "0190b9a0-0000-7000-8000-00000000000a", "Bea", "2024-01-01T00:00:00Z"
            )
            new = replace(first, id="0190b9a0-0000-7000-8000-00000000000b", note="new")
            for records in (
                [replace(first, note="a"), second],
                [replace(first, note="b"), replace(second, note="b")],
                [person, replace(first, note="c"), replace(first, note="d"), new],
                [new, second, replace(second, note="b")],
            ):
                with project.step("Change") as ticket:
                    if name == "many":
                        ticket.write.put_all(records)
                    else:
                        for record in records:
                            ticket.write.put(record)
            sql = "SELECT step, number, kind, before IS NULL, after FROM change WHERE step > 3"
            rows = project.db.execute(f"{sql} ORDER BY step, number").fetchall()
            found.append([(*row[:4], _without_ids(row[4])) for row in rows])
            assert checking.problems(project) == []
            while history.next_undo(project):
                history.undo(project)
            assert checking.problems(project) == []
    assert found[0] == found[1]
    assert len(found[0]) > 6


def _without_ids(record: str | None) -> object:
    cells = json.loads(record or "{}")
    return cells.get("note"), cells.get("name")
