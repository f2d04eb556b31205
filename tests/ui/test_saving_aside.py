"""A long act waits for the disk in another thread: the window goes on, and what is saved is told as saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from annotator.domain import slices
from annotator.domain.errors import Problem
from annotator.domain.slices import READING, SAVING, Progress
from annotator.services import history, importing, marking, reading
from annotator.services import project as projects
from annotator.store.connection import Database
from annotator.ui import jobs
from annotator.ui.jobs import Cancelled, SlicedJob
from tests.support.hands import Hands
from tests.support.material import STORY


class Ended:
    """Remembers how a job ended."""

    def __init__(self, job: SlicedJob) -> None:
        self.with_: list[BaseException | None] = []
        job.ended.connect(self.with_.append)

    def wait(self) -> BaseException | None:
        while not self.with_:
            QApplication.processEvents()
        return self.with_[0]


@pytest.fixture
def here(hands: Hands) -> threading.Thread:
    """The thread of the window."""
    return threading.current_thread()


def test_the_slice_after_saving_runs_beside_the_window(here: threading.Thread) -> None:
    go_on, threads, turns = threading.Event(), [], 0

    def work() -> Iterator[Progress]:
        threads.append(threading.current_thread())
        yield 0, 0, ""
        yield SAVING
        threads.append(threading.current_thread())
        go_on.wait()
        yield 0, 0, ""
        threads.append(threading.current_thread())

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    while len(threads) < 2 or turns < 5:
        QApplication.processEvents()
        turns += len(threads) == 2
    assert not ended.with_
    go_on.set()
    assert ended.wait() is None
    assert [thread is here for thread in threads] == [True, False, True]


def test_one_other_thread_takes_all_slices_of_a_job_and_ends_with_it(
    here: threading.Thread,
) -> None:
    """Beginning a thread for each would let the window wait for it, again and again."""
    threads: list[threading.Thread] = []

    def work() -> Iterator[Progress]:
        for _ in range(4):
            yield READING
            threads.append(threading.current_thread())
            yield 0, 0, ""

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    assert ended.wait() is None
    assert len(threads) == 4
    assert len(set(threads)) == 1
    assert threads[0] is not here
    assert not threads[0].is_alive()


@pytest.mark.parametrize(("each", "taken"), [(0.001, 12), (0.005, 2), (0.011, 1), (0.04, 1)])
def test_a_piece_that_would_take_too_long_is_left_for_the_next_turn(
    here: threading.Thread, monkeypatch: pytest.MonkeyPatch, each: float, taken: int
) -> None:
    now, pieces = 100.0, 0

    def work() -> Iterator[Progress]:
        nonlocal now, pieces
        while True:
            now += each
            pieces += 1
            yield 0, 0, ""

    monkeypatch.setattr(jobs, "SLICE_SECONDS", 0.0125)
    monkeypatch.setattr(jobs.time, "perf_counter", lambda: now)
    job = SlicedJob(work())
    job._slice()
    assert pieces == taken
    job._slice()
    assert pieces == 2 * taken


@pytest.mark.parametrize("error", [None, Problem("The disk is full.")])
def test_its_end_is_told(here: threading.Thread, error: Problem | None) -> None:
    def work() -> Iterator[Progress]:
        yield SAVING
        if error:
            raise error

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    assert ended.wait() is error


def test_what_is_being_saved_is_not_said_to_be_cancelled(here: threading.Thread) -> None:
    begun = threading.Event()

    def work() -> Iterator[Progress]:
        yield SAVING
        begun.set()

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    while not begun.is_set():
        QApplication.processEvents()
    job.cancel()
    job.wait()
    assert ended.with_ == [None]


def test_what_is_cancelled_while_a_thread_reads_stops_when_that_comes_back(
    here: threading.Thread,
) -> None:
    begun, go_on, closed = threading.Event(), threading.Event(), []

    def work() -> Iterator[Progress]:
        try:
            yield READING
            begun.set()
            go_on.wait()
            while True:
                yield 0, 0, ""
        finally:
            closed.append(threading.current_thread() is here)

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    while not begun.is_set():
        QApplication.processEvents()
    job.cancel()
    assert not ended.with_
    go_on.set()
    assert isinstance(ended.wait(), Cancelled)
    # Cleaning up may mean to remove a large file: the window does not wait for that, either.
    assert closed == [False]


def test_a_long_slice_hears_that_it_was_cancelled(here: threading.Thread) -> None:
    begun = threading.Event()

    def work() -> Iterator[Progress]:
        yield READING
        begun.set()
        while slices.go_on():
            pass
        raise Problem("It was not read to its end.")

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    while not begun.is_set():
        QApplication.processEvents()
    job.cancel()
    assert isinstance(ended.wait(), Cancelled)
    assert slices.go_on()


def test_two_slices_in_a_row_run_beside_the_window(here: threading.Thread) -> None:
    threads: list[bool] = []

    def work() -> Iterator[Progress]:
        yield READING
        threads.append(threading.current_thread() is here)
        yield SAVING
        threads.append(threading.current_thread() is here)

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    assert ended.wait() is None
    assert threads == [False, False]


def test_before_saving_it_can_be_cancelled(here: threading.Thread) -> None:
    def work() -> Iterator[Progress]:
        while True:
            yield 0, 0, ""

    job = SlicedJob(work())
    ended = Ended(job)
    job.start()
    QApplication.processEvents()
    job.cancel()
    assert isinstance(ended.with_[0], Cancelled)


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[threading.Thread]:
    """Return the list of the threads in which transactions came to their end."""
    seen: list[threading.Thread] = []
    atomic = Database.atomic

    @contextmanager
    def noted(db: Database) -> Iterator[None]:
        with atomic(db):
            yield
            seen.append(threading.current_thread())

    monkeypatch.setattr(Database, "atomic", noted)
    return seen


def test_bulk_acts_imports_and_what_takes_them_back_are_saved_aside(
    open_window: Callable[..., Hands], commits: list[threading.Thread], tmp_path: Path
) -> None:
    hands = open_window(STORY)
    desk, window = hands.desk, hands.window
    assert desk.project
    article = reading.list_articles(desk.project)[0].article.id
    ids = [
        marking.mark(desk.project, article, [(start, start + 4)], "claim").changes[0].after.id  # type: ignore[union-attr]
        for start in (0, 10, 20)
    ]
    other = tmp_path / "more.txt"
    other.write_text("Another text came in.\n", encoding="utf-8")

    def wait() -> None:
        while window._job is not None:
            QApplication.processEvents()

    def value() -> set[object]:
        assert desk.project
        return {desk.project.own_mark(id).attributes.get("stance") for id in ids}

    commits.clear()
    desk.act_in_slices(
        "Changing",
        lambda project: marking.set_attribute_of_all.slices(project, ids, "stance", "oppose"),
    )
    wait()
    assert value() == {"oppose"}
    desk.act_in_slices("Undoing", history.undo.slices)
    wait()
    assert value() == {"none"}
    desk.act_in_slices("Redoing", history.redo.slices)
    wait()
    assert value() == {"oppose"}
    desk.window.run_slices(
        "Importing",
        importing.import_steps(desk.project, [other], importing.Report()),
        lambda error: None,
    )
    wait()
    assert len(reading.list_articles(desk.project)) == 2
    assert len(commits) >= 4
    assert all(thread is not threading.current_thread() for thread in commits)


def test_a_project_can_be_closed_while_it_is_saved(hands: Hands) -> None:
    desk = hands.desk
    assert desk.project
    path, article = desk.project.path, reading.list_articles(desk.project)[0].article.id
    made = marking.mark(desk.project, article, [(0, 4)], "claim").changes[0].after
    assert made
    desk.act_in_slices(
        "Changing",
        lambda project: marking.set_attribute_of_all.slices(project, [made.id], "stance", "oppose"),
    )
    while hands.window._job is not None and hands.window._job._aside is None:  # type: ignore[union-attr]
        QApplication.processEvents()
    hands.window.close()
    with projects.open_existing(path) as again:
        assert again.own_mark(made.id).attributes["stance"] == "oppose"
