"""A training cut into tasks: one for each recogniser, each done in a process of its own.

Layers that are done in the same articles and do not lie on each other are learned together:
where a cue is known, a claim is found more easily, and once is less work than twice.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.assist.job import Course, Job, Task
from annotator.assist.lines import Labelled

_MOST_STEPS = 10_000
"""Of all recognisers together: some ten minutes on two cores."""

_MAY_TOUCH = 0.01
"""The share of marks that may lie on marks of the layers learned along; of such the longest is learned."""

_PARTS = (8, 4, 2)
_FEWEST = 3
_CURVE_STEPS = 300
"""The curve learns from an eighth, a quarter and a half of the articles, if they are so many."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A task, and what it is for.

    Attributes:
        part: the number of articles of the curve it is a point of; 0 for a recogniser that stays.
    """

    task: Task
    part: int = 0


def plan(job: Job) -> list[Planned]:
    """Return the tasks of a job: the recognisers that stay first, then the points of the curve."""
    groups = together(job.courses)
    recognisers = sum(max(1, len(group[0].folds)) for group in groups)
    found: list[Planned] = []
    points: list[Planned] = []
    for group in groups:
        folds = group[0].folds or ((),)
        steps = min(steps_for(len(group[0].lessons)), max(1, _MOST_STEPS // recognisers))
        names = ", ".join(course.layer for course in group)
        for number, fold in enumerate(folds):
            name = names if len(folds) == 1 else f"{names} ({number + 1} of {len(folds)})"
            out = str(Path(job.out) / folder_of(group) / str(number + 1))
            task = _task(job, name, group, fold, job.steps or steps)
            found.append(Planned(replace(task, seed=job.seed + number, out=out)))
        if job.curve:
            points += _points(job, names, group)
    return found + points


def steps_for(articles: int) -> int:
    """Return how many steps a number of articles is worth to each recogniser."""
    return min(4_500, 6 * articles + 200)


def folder_of(group: Sequence[Course]) -> str:
    """Return the name of the folder for the recognisers of layers that are learned together."""
    return "+".join(course.layer for course in group)


def together(courses: Sequence[Course]) -> list[tuple[Course, ...]]:
    """Return courses in groups that are learned together."""
    groups: list[tuple[Course, ...]] = []
    for course in courses:
        for at, group in enumerate(groups):
            if all(_fit(course, other) for other in group):
                groups[at] = (*group, course)
                break
        else:
            groups.append((course,))
    return groups


def _fit(one: Course, other: Course) -> bool:
    """Tell whether two layers are done in the same articles and hardly lie on each other."""
    texts = [lesson.id for lesson in one.lessons]
    if texts != [lesson.id for lesson in other.lessons] or one.folds != other.folds:
        return False
    pairs = list(zip(one.lessons, other.lessons, strict=True))
    touching = sum(_touching(a.spans, b.spans) for a, b in pairs)
    fewer = min(sum(len(a.spans) for a, _ in pairs), sum(len(b.spans) for _, b in pairs))
    return touching <= _MAY_TOUCH * fewer


def _touching(ours: Sequence[Labelled], theirs: Sequence[Labelled]) -> int:
    """Count our spans that share a character with one of theirs."""
    waiting = sorted(theirs, reverse=True)
    reach = count = 0
    for start, end, _ in sorted(ours):
        while waiting and waiting[-1][0] < end:
            reach = max(reach, waiting.pop()[1])
        count += reach > start
    return count


def _points(job: Job, names: str, group: tuple[Course, ...]) -> list[Planned]:
    """Return the tasks of the curve, each tried on all articles that some recogniser left out."""
    lessons = group[0].lessons
    held = {id for fold in group[0].folds for id in fold}
    rest = [lesson.id for lesson in lessons if lesson.id not in held]
    found = []
    for part in _PARTS:
        count = len(lessons) // part
        if held and _FEWEST <= count <= len(rest):
            chosen = held.union(random.Random(job.seed).sample(rest, count))  # noqa: S311
            few = tuple(
                replace(course, lessons=tuple(x for x in course.lessons if x.id in chosen))
                for course in group
            )
            steps = job.steps or min(steps_for(count), _CURVE_STEPS)
            task = _task(job, f"{names} from {count}", few, tuple(sorted(held)), steps)
            found.append(Planned(task, count))
    return found


def _task(
    job: Job, name: str, group: tuple[Course, ...], left_out: tuple[str, ...], steps: int
) -> Task:
    return Task(name, group, left_out, steps, job.seed, job.language, job.lexicons)
