"""What goes to the learning process comes out of the file as it went in."""

from __future__ import annotations

from pathlib import Path

from annotator.assist.errands import write_job, write_task
from annotator.assist.job import (
    Course,
    Job,
    Lesson,
    Task,
    Taught,
    read_job,
    read_task,
)
from annotator.assist.lines import CONTINUED, clipped, joined

LESSON = Lesson("a", "Lena Holm 😀 came.", ((0, 9, "person"),))
OTHER = Lesson("b", "“Nobody” came.", ())
COURSE = Course("actor", (LESSON, OTHER), (("a", "b"), ()))
TAUGHT = Taught(
    {"actor": {"a": [(((0, 4), (5, 9)), "person")], "b": []}}, {"actor": 1}, {"actor": 0}
)


def test_a_task_is_read_as_it_was_written(tmp_path: Path) -> None:
    task = Task("actor", (COURSE, Course("claim", ())), ("a",), 20, 3, "en", "lexicons", "out")
    write_task(task, tmp_path / "task.json")
    assert read_task(tmp_path / "task.json") == task


def test_a_job_is_read_as_it_was_written(tmp_path: Path) -> None:
    job = Job("en", 3, (COURSE,), "out", "lexicons", 20, as_written=True, curve=True)
    write_job(job, [(0, TAUGHT), (4, TAUGHT)], tmp_path / "job.json")
    assert read_job(tmp_path / "job.json") == (job, [(0, TAUGHT), (4, TAUGHT)])


def test_fragments_are_learned_one_by_one_and_joined_again() -> None:
    text = "“We stay,” she said, “for good.”\nNobody left."
    spans = [(0, 10, "claim"), (21, 32, "claim" + CONTINUED), (33, 45, "claim")]
    assert joined(text, spans) == [(((0, 10), (21, 32)), "claim"), (((33, 45),), "claim")]


def test_a_stretch_over_two_lines_is_one_again() -> None:
    text = "We stay\nfor good."
    first, second = clipped([(0, 17, "claim")], 0, 7), clipped([(0, 17, "claim")], 8, 17)
    found = [*first, *((start + 8, end + 8, label) for start, end, label in second)]
    assert joined(text, found) == [(((0, 17),), "claim")]


def test_what_goes_on_with_nothing_stands_alone() -> None:
    assert joined("We stay.", [(0, 7, "claim" + CONTINUED)]) == [(((0, 7),), "claim")]
