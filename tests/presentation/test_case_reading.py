"""Cases are read bit by bit where they are many, and follow what is done meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.domain.identity import Id
from annotator.presentation import case_reading
from annotator.presentation.case_list import CaseList, RowChange, Show
from annotator.presentation.case_reading import CaseReading
from annotator.services import adjudication, history, judging, marking
from annotator.services import project as projects
from annotator.services.project import Project
from annotator.store import marks
from tests.support.material import make_project
from tests.support.team import article_id, code

TEXTS = [f"Story {number}. The port authority refused, said Amal Haddad." for number in range(4)]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """Three articles that two finished, and one that only one of them did."""
    with make_project(tmp_path, *TEXTS) as made:
        path = made.path
    for number in range(4):
        code(path, "Amal", [("actor", "Amal Haddad"), ("actor", "authority")], article=number)
    for number in range(3):
        code(path, "Bea", [("actor", "Amal Haddad"), ("claim", "refused")], article=number)
    with projects.open_existing(path, "Amal") as opened:
        yield opened


class Reader:
    """Reads as a window does: a piece now and then."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(case_reading, "FEW", 0)
        self.changes = 0
        self.reading = CaseReading(self._changed)

    def _changed(self) -> None:
        self.changes += 1

    def read(self, project: Project) -> None:
        self.reading.begin(project)
        self.to_the_end()

    def until_half(self) -> None:
        while self.reading.readings.reached(case_reading.CASES)[0] < 1:
            self.reading.readings.go_on()

    def to_the_end(self) -> list[tuple[int, int]]:
        reached = []
        while self.reading.readings.go_on():
            reached.append(self.reading.readings.reached(case_reading.CASES))
        return reached


def read(project: Project) -> CaseList:
    """Return the cases as they are when they are all read anew."""
    fresh = CaseReading(lambda: None)
    fresh.begin(project)
    while fresh.readings.go_on():
        pass
    return fresh.cases


def listed(cases: CaseList) -> list[tuple[Id, int, str, bool]]:
    return [
        (item.case.article, item.case.start, item.case.layer, item.is_open) for item in cases.listed
    ]


def same(one: CaseList, other: CaseList) -> bool:
    """Tell whether two lists show the same, whatever they list."""
    for show in Show:
        one.choose_shown(show)
        other.choose_shown(show)
        if listed(one) != listed(other):
            return False
    counts = [(cases.decided, cases.total, cases.agreed) for cases in (one, other)]
    return counts[0] == counts[1]


def test_many_are_read_bit_by_bit_and_are_all_there_in_the_end(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.reading.begin(project)
    assert reader.reading.is_going_on
    reached = [done for done, total in reader.to_the_end() if total == 3]
    assert sorted(set(reached)) == [0, 1, 2]
    assert not reader.reading.is_going_on
    cases = reader.reading.cases
    assert (cases.decided, cases.total, cases.agreed) == (0, 9, 3)
    order = [article_id(project, number) for number in range(3)]
    assert [item.case.article for item in cases.listed] == [
        *(id for id in order for _ in range(2)),
        *order,
    ]
    assert [item.case for item in cases.all] == [item.case for item in judging.judged(project)]


def test_an_act_while_they_are_read_is_not_missed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.reading.begin(project)
    reader.until_half()
    first = article_id(project)
    own = marks.of_article(project.db, first, project.annotator.id)
    outcome = marking.delete(project, [mark.id for mark in own])
    reader.reading.follow(outcome.changes)
    reader.to_the_end()
    assert reader.reading.cases.total == 8
    assert same(reader.reading.cases, read(project))


def test_an_act_after_they_are_read_and_before_they_are_listed_is_not_missed(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.reading.begin(project)
    while not reader.reading.readings.is_through:
        assert reader.reading.readings.go_on()
    own = marks.of_article(project.db, article_id(project), project.annotator.id)
    for mark, through in zip(own, (True, False), strict=True):
        outcome = marking.delete(project, [mark.id])
        reader.reading.follow(outcome.changes)
        while through and reader.reading.readings.go_on():
            if reader.reading.readings.is_through:
                break
    reader.to_the_end()
    assert reader.reading.cases.total == 8
    assert same(reader.reading.cases, read(project))


@pytest.mark.parametrize("few", [0, 1_000])
def test_cases_follow_decisions_marks_and_what_is_undone(
    project: Project, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    reader = Reader(monkeypatch)
    monkeypatch.setattr(case_reading, "FEW", few)
    reading = reader.reading
    reader.read(project)
    case = reading.cases.listed[0].case
    acts = [
        lambda: adjudication.accept(project, case, [next(iter(case.marks.values())).id]),
        lambda: adjudication.leave_out(project, reading.cases.listed[-1].case),
        lambda: marking.mark(project, case.article, [(0, 5)], "actor"),
        lambda: history.undo(project),
        lambda: history.undo(project),
        lambda: history.undo(project),
        lambda: history.redo(project),
    ]
    for act in acts:
        reading.cases.choose_shown(Show.OPEN)
        reading.follow(act().changes)
        reader.to_the_end()
        assert same(reading.cases, read(project))


@pytest.mark.parametrize("show", Show)
def test_an_act_changes_only_the_rows_it_touched(
    project: Project, monkeypatch: pytest.MonkeyPatch, show: Show
) -> None:
    reader = Reader(monkeypatch)
    reader.read(project)
    monkeypatch.setattr(case_reading, "FEW", 1_000)
    cases = reader.reading.cases
    case = next(item.case for item in cases.listed if item.case.is_agreed)
    mark = min(case.marks.values(), key=lambda mark: mark.made.annotator != project.annotator.id)
    cases.choose_shown(show)
    shown, changes = list(cases.listed), list[RowChange]()
    cases.row_changed.connect(changes.append)
    for act in (
        lambda: adjudication.accept(project, case, [mark.id]),
        lambda: marking.set_attribute(project, mark.id, "type", "group"),
        lambda: marking.mark(project, case.article, [(0, 5)], "actor"),
        lambda: history.undo(project),
        lambda: history.undo(project),
        lambda: history.undo(project),
    ):
        listed_before = cases.listed
        changes.clear()
        reader.reading.follow(act().changes)
        for row, before, after in changes:
            assert before is None or shown[row] is before
            shown[row : row + (before is not None)] = [] if after is None else [after]
        assert cases.listed is listed_before
        assert [*map(id, cases.listed)] == [*map(id, shown)]
        touched = {item.case.article for change in changes for item in change[1:] if item}
        assert touched <= {case.article}
        fresh = read(project)
        fresh.choose_shown(show)
        assert listed(cases) == listed(fresh)


def test_after_a_large_act_all_are_read_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.read(project)
    adjudication.accept_agreed(project, reader.reading.cases.all)
    reader.reading.follow(())
    assert reader.reading.is_going_on
    assert reader.reading.cases.total == 0
    reader.to_the_end()
    assert reader.reading.cases.decided == 3


def test_nothing_is_read_after_an_act_that_was_cancelled(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.read(project)
    before = list(map(id, reader.reading.cases.all))
    own = marks.of_article(project.db, article_id(project), project.annotator.id)

    def cancelled() -> None:
        acting = marking.delete.slices(project, [mark.id for mark in own])
        while not project.db.conn.in_transaction:
            next(acting)
        reader.to_the_end()
        acting.close()
        reader.reading.follow(())

    monkeypatch.setattr(marking, "REMOVED_AT_ONCE", 1)
    cancelled()
    assert not reader.reading.is_going_on
    assert list(map(id, reader.reading.cases.all)) == before
    reader.reading.begin(project)
    reader.until_half()
    cancelled()
    assert reader.reading.is_going_on, "what was read meanwhile may never have been so"
    reader.to_the_end()
    assert same(reader.reading.cases, read(project))
    marking.delete(project, [mark.id for mark in own])
    reader.reading.follow(())
    assert reader.reading.is_going_on
    reader.to_the_end()
    assert reader.reading.cases.total == 8


def test_what_was_accepted_at_once_is_looked_up_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.read(project)
    open_before = [item for item in reader.reading.cases.all if not item.case.is_agreed]
    adjudication.accept_agreed(project, reader.reading.cases.all)
    reader.reading.judge_all_again()
    reader.to_the_end()
    assert same(reader.reading.cases, read(project))
    kept = {id(item) for item in reader.reading.cases.all}
    assert all(id(item) in kept for item in open_before)


def test_who_stops_reading_hears_nothing_more(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.reading.begin(project)
    reader.until_half()
    before = reader.changes
    reader.reading.stop()
    reader.to_the_end()
    assert reader.changes == before
    assert not reader.reading.is_going_on


def test_the_case_chosen_stays_chosen_when_another_comes_before_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reading = reader.reading
    reader.read(project)
    first, chosen = reading.cases.listed[0].case, reading.cases.listed[3].case
    reading.cases.choose(3)
    outcome = adjudication.leave_out(project, first)
    for changes in (outcome.changes, history.undo(project).changes):
        reading.follow(changes)
        reading.cases.keep_place()
        assert reading.cases.current
        assert reading.cases.current.case.mark_ids == chosen.mark_ids
    reading.follow(adjudication.leave_out(project, chosen).changes)
    reading.cases.keep_place()
    assert reading.cases.position == 3


def test_accepting_amid_another_reading_loses_no_case(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.reading.begin(project)
    reader.until_half()
    reader.reading.judge_all_again()
    reader.to_the_end()
    assert same(reader.reading.cases, read(project))


def test_cases_that_cannot_be_read_are_not_shown_in_part(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = Reader(monkeypatch)
    reader.reading.begin(project)
    reader.until_half()
    changes = reader.changes

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(judging.cases_in, "slices", broken)
    with pytest.raises(RuntimeError, match="a bug"):
        reader.to_the_end()
    assert reader.changes == changes + 1
    assert not reader.reading.is_going_on
    assert reader.reading.cases.total == 0
    assert "could not be read" in reader.reading.problem


def test_an_undo_that_others_stand_around_is_no_cancelled_act(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last act done and the first one undone are the same before and after it."""
    path, article = project.path, article_id(project)
    project.close()
    with projects.open_existing(path, "Cem") as third:
        marking.mark(third, article, [(0, 5)], "actor")
        history.undo(third)
    with projects.open_existing(path, "Amal") as first:
        own = marks.of_article(first.db, article, first.annotator.id)
        marking.delete(first, [mark.id for mark in own])
    with projects.open_existing(path, "Bea") as second:
        marking.mark(second, article_id(second, 3), [(0, 5)], "actor")
    with projects.open_existing(path, "Amal") as first:
        reader = Reader(monkeypatch)
        reader.read(first)
        history.undo(first)
        reader.reading.follow(())
        reader.to_the_end()
        assert same(reader.reading.cases, read(first))
