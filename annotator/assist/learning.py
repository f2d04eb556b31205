"""Learning from coded articles: one recogniser at a time; the same from the same seed.

Run as ``python -m annotator.assist.learning TASK…`` it works in a process of its own, tells
how far it is in lines of JSON, and can be killed at any moment: what it writes counts only
when whoever started it moves it into place. With ``--judge JOB`` it says what came of all.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from annotator.assist import recognising
from annotator.assist.as_written import AsWritten
from annotator.assist.choosing import EVERYTHING, Trial, chosen, label_of, learn_choice, ruled
from annotator.assist.hints import Hints, hints
from annotator.assist.job import (
    Course,
    Job,
    Learned,
    Lesson,
    Score,
    Task,
    Taught,
    Whole,
    read_job,
    read_task,
)
from annotator.assist.lines import Labelled, joined
from annotator.assist.proposal import Proposal, Proposes, Request
from annotator.assist.rules import Rules
from annotator.assist.tasks import plan

Tell = Callable[[dict[str, Any]], None]

_TELL = 10
"""Steps, or articles before the first, between two words on how far it is: it can be stopped there."""

_LOOKS = 6
"""How often a recogniser is tried while it learns, on so many articles at most."""
_LOOKED_AT = 6


def learn(task: Task, tell: Tell) -> Taught:
    """Teach a recogniser, write its pipeline, and return what it finds where it did not learn."""
    from spacy.util import fix_random_seed

    def say(step: int, loss: float = 0.0, score: float | None = None) -> None:
        tell(
            {
                "layer": task.name, "step": step, "of": task.steps,
                "loss": round(loss, 2), "score": score,
            }
        )  # fmt: skip

    fix_random_seed(task.seed)
    nlp = recognising.taught_nothing(task.language)
    taught = Taught({course.layer: {} for course in task.courses}, {}, {})
    examples, tried = [], []
    aside: list[Labelled] = []
    for number, lesson in enumerate(_lessons(task.courses)):
        if not number % _TELL:
            say(0)
        told = hints(lesson.text, task.language, Path(task.lexicons))
        if lesson.id in task.left_out:
            tried.append((lesson, told))
            continue
        found, left = recognising.examples_of(nlp, lesson.text, lesson.spans, told)
        examples += found
        aside += left
    for course in task.courses:
        own = recognising.label_in(course.layer, "")
        taught.aside[course.layer] = sum(label.startswith(own) for _, _, label in aside)
        taught.spans[course.layer] = sum(
            len(lesson.spans) for lesson in course.lessons if lesson.id not in task.left_out
        )
    nlp.initialize(lambda: examples)
    look = max(1, task.steps // _LOOKS // _TELL) * _TELL
    score: float | None = None
    chance = random.Random(task.seed)  # noqa: S311  (repeatable, not secret)
    for step, loss in recognising.teach(nlp, examples, task.steps, chance, _TELL):
        if tried and (step == task.steps or not step % look):
            score = _glance(nlp, tried[:_LOOKED_AT], task.courses)
        say(step, loss, score)
    for lesson, told in tried:
        by_layer = recognising.found_by(nlp, lesson.text, told)
        for layer, honest in taught.honest.items():
            honest[lesson.id] = by_layer.get(layer, [])
    if task.out:
        nlp.meta["layers"] = [course.layer for course in task.courses]
        Path(task.out).mkdir(parents=True)
        nlp.to_disk(Path(task.out))
    return taught


def _lessons(courses: Sequence[Course]) -> list[Lesson]:
    """Return the articles in the order of their ids, each with the marks of all layers."""
    spans: dict[str, list[Labelled]] = defaultdict(list)
    for course in courses:
        for lesson in course.lessons:
            spans[lesson.id] += [
                (start, end, recognising.label_in(course.layer, label))
                for start, end, label in lesson.spans
            ]
    return [
        replace(lesson, spans=tuple(sorted(spans[lesson.id])))
        for lesson in sorted(courses[0].lessons, key=lambda item: item.id)
    ]


def _glance(nlp: Any, tried: Sequence[tuple[Lesson, Hints]], courses: Sequence[Course]) -> float:
    """Return the exact F1 of all layers on some of the articles that are not learned from."""
    score = Score(articles=len(tried))
    for lesson, told in tried:
        by_layer = recognising.found_by(nlp, lesson.text, told)
        for course in courses:
            (own,) = (item for item in course.lessons if item.id == lesson.id)
            score.add(by_layer.get(course.layer, []), joined(own.text, own.spans))
    return round(score.exact_f1, 4)


def judge(job: Job, taught: Sequence[tuple[int, Taught]]) -> list[Learned]:
    """Return how every layer does on articles it did not learn from, and when to believe whom."""
    results = []
    steps = {
        course.layer: planned.task.steps
        for planned in plan(job)
        if not planned.part
        for course in planned.task.courses
    }
    for course in job.courses:
        labels = sorted({label for lesson in course.lessons for _, _, label in lesson.spans})
        result = Learned(course.layer, labels=labels, articles=len(course.lessons))
        result.steps = steps[course.layer]
        honest: dict[int, dict[str, list[Whole]]] = defaultdict(dict)
        for part, item in taught:
            if course.layer in item.honest:
                honest[part].update(item.honest[course.layer])
                if not part:
                    result.spans = max(result.spans, item.spans[course.layer])
                    result.aside = max(result.aside, item.aside[course.layer])
        _judge(job, course, honest.pop(0, {}), result)
        if result.score is not None:
            points = [
                (part, _alone(job, course, found).exact_f1)
                for part, found in sorted(honest.items())
            ]
            result.curve = [*points, (result.articles, result.score.exact_f1)]
        results.append(result)
    return results


def _alone(job: Job, course: Course, honest: dict[str, list[Whole]]) -> Score:
    """Return how a part of the articles does, with the rules where they help."""
    result = Learned(
        course.layer, labels=[label for x in course.lessons for _, _, label in x.spans]
    )
    _judge(job, course, honest, result)
    return result.score or Score()


def _judge(job: Job, course: Course, honest: dict[str, list[Whole]], result: Learned) -> None:
    """Fill in the scores of a layer, and when to believe whom.

    When the rules know the layer, too, what is scored is what both propose together; each half
    of the articles is scored with what the other half says of whom to believe.
    """
    if not honest:
        result.choice = EVERYTHING
        return
    mine, alone, together = (Score(articles=len(honest)) for _ in range(3))
    known, trials = _trials(job, course, honest, result)
    for trial in trials:
        mine.add(trial.learned, trial.wanted)
        alone.add(list(trial.by_rule), trial.wanted)
    for half in (0, 1) if known else ():
        choice = learn_choice(trials[half::2])
        for trial in trials[1 - half :: 2]:
            kept = chosen(choice, [trial.learned], trial.by_rule)
            together.add([item.whole for item in kept], trial.wanted)
    result.rules = alone if known else None
    result.with_rules = known and together.exact_f1 >= mine.exact_f1
    result.score = together if result.with_rules else mine
    if not result.with_rules:
        trials = [replace(trial, by_rule={}) for trial in trials]
    result.choice = learn_choice(trials)


def _trials(
    job: Job, course: Course, honest: dict[str, list[Whole]], result: Learned
) -> tuple[bool, list[Trial]]:
    """Return whether the rules know the layer, and what they find beside what was learned."""
    rules: Proposes = (AsWritten if job.as_written else Rules)(Path(job.lexicons))
    known = course.layer in rules.layers
    label = label_of(course.layer, result.labels)
    trials = []
    for lesson in course.lessons:
        if lesson.id not in honest:
            continue
        by_rule: dict[Whole, Proposal] = {}
        if known:
            proposals = rules.propose(Request(lesson.text, job.language))
            by_rule = ruled(proposals, course.layer, label)
        wanted = joined(lesson.text, lesson.spans)
        trials.append(Trial(honest[lesson.id], by_rule, wanted))
    return known, trials


def main(arguments: list[str]) -> int:
    """Do what is named on the command line; tell in lines of JSON on standard output."""
    if hasattr(os, "nice"):
        os.nice(5)  # whoever reads meanwhile comes first

    def tell(news: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(news) + "\n")
        sys.stdout.flush()

    try:
        if arguments[0] == "--judge":
            learned = judge(*read_job(Path(arguments[1])))
            tell({"done": [asdict(item) for item in learned]})
        else:
            for place in arguments:
                tell({"done": asdict(learn(read_task(Path(place)), tell))})
    except OSError as error:
        tell({"unwritten": error.strerror or type(error).__name__})
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
