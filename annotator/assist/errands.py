"""The files in which a learning process is told what to do, written lesson by lesson.

Thousands of articles turned into JSON at once would need the memory of all of them once more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from annotator.assist.job import Course, Job, Lesson, Task, Taught


def nothing() -> None:
    """Breathe where nobody else waits."""


def write_task(task: Task, path: Path, breathe: Callable[[], None] = nothing) -> None:
    """Write a task for the process that does it.

    Args:
        breathe: called before each lesson; the error that it raises ends the writing.
    """
    _write(_in_pieces(task), path, breathe)


def write_job(
    job: Job,
    taught: Sequence[tuple[int, Taught]],
    path: Path,
    breathe: Callable[[], None] = nothing,
) -> None:
    """Write a job with what came of its tasks, each with the number of articles it is a part of."""
    _write(_job_in_pieces(job, taught), path, breathe)


def _job_in_pieces(job: Job, taught: Sequence[tuple[int, Taught]]) -> Iterator[str]:
    yield '{"job": '
    yield from _in_pieces(job)
    yield ', "taught": ['
    for number, (part, item) in enumerate(taught):
        yield f"{', ' if number else ''}[{part}, "
        yield from _in_pieces(item)
        yield "]"
    yield "]}"


def _in_pieces(value: object) -> Iterator[str]:
    """Yield the JSON of a value: each lesson, and what was found in each article, by itself."""
    if isinstance(value, Lesson):
        yield _json(_fields(value))
    elif isinstance(value, Task | Job | Course | Taught):
        yield from _in_pieces(_fields(value))
    elif isinstance(value, dict):
        yield "{"
        for number, (name, inner) in enumerate(value.items()):
            yield f"{', ' if number else ''}{_json(name)}: "
            yield from _in_pieces(inner)
        yield "}"
    elif isinstance(value, tuple) and value and isinstance(value[0], Course | Lesson):
        yield "["
        for number, inner in enumerate(value):
            yield ", " if number else ""
            yield from _in_pieces(inner)
        yield "]"
    else:
        yield _json(value)


def _fields(item: Any) -> dict[str, Any]:
    return {one.name: getattr(item, one.name) for one in fields(item)}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _write(pieces: Iterator[str], path: Path, breathe: Callable[[], None]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for piece in pieces:
            breathe()
            file.write(piece)
