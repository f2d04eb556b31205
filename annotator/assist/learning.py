"""Learning from coded articles, layer by layer; the same from the same seed.

Run as ``python -m annotator.assist.learning JOB`` it works in a process of its own, tells
how far it is in lines of JSON, and can be killed at any moment: what it writes counts only
when whoever started it moves it into place.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.assist import recognising
from annotator.assist.as_written import AsWritten
from annotator.assist.choosing import EVERYTHING, Trial, chosen, label_of, learn_choice, ruled
from annotator.assist.hints import Hints, hints
from annotator.assist.job import Course, Job, Learned, Lesson, Score, Whole, read_job
from annotator.assist.lines import joined
from annotator.assist.proposal import Proposal, Proposes, Request
from annotator.assist.rules import Rules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Tell = Callable[[dict[str, Any]], None]

_TELL = 10
"""Steps, or articles before the first, between two words on how far it is: it can be stopped there."""

_LOOKS = 6
"""How often a recogniser is tried while it learns, on so many articles at most."""
_LOOKED_AT = 6

_PARTS = (8, 4, 2)
_FEWEST = 3
_CURVE_STEPS = 300
"""The curve learns from an eighth, a quarter and a half of the articles, if they are so many."""


def learn(job: Job, tell: Tell) -> list[Learned]:
    """Learn every layer of a job and write each pipeline to its folder."""
    seen: dict[str, Hints] = {}
    learned = []
    for course in job.courses:
        parts = list(_parts(job, course)) if job.curve else []
        steps = job.steps or steps_for(len(course.lessons))
        say = _Teller(tell, course.layer, [*parts, (course, steps)])
        points = []
        for part, few in parts:
            _, tried = _learn_layer(job, part, few, seen, say)
            if tried.score:
                points.append((len(part.lessons) - len(part.folds[0]), tried.score.exact_f1))
        nlp, result = _learn_layer(job, course, steps, seen, say)
        nlp.to_disk(Path(job.out) / course.layer)
        if result.score:
            result.curve = [*points, (result.articles, result.score.exact_f1)]
        learned.append(result)
    return learned


class _Teller:
    """Tells how far a layer is, over everything that is learned for it."""

    def __init__(self, tell: Tell, layer: str, plan: list[tuple[Course, int]]) -> None:
        self._tell = tell
        self._layer = layer
        self._of = sum(max(1, len(course.folds)) * steps for course, steps in plan)
        self._behind = 0

    def __call__(self, step: int, loss: float = 0.0, score: float | None = None) -> None:
        """Say how far the recogniser is that learns now, and how it does."""
        self._tell(
            {
                "layer": self._layer, "step": self._behind + step, "of": self._of,
                "loss": round(loss, 2), "score": score,
            }
        )  # fmt: skip

    def next(self, steps: int) -> None:
        """Go on with the next recogniser."""
        self._behind += steps


def _parts(job: Job, course: Course) -> Iterator[tuple[Course, int]]:
    """Yield parts of a course to learn from quickly, each tried on all articles held out of it."""
    held = {id for fold in course.folds for id in fold}
    tried = [lesson for lesson in course.lessons if lesson.id in held]
    rest = [lesson for lesson in course.lessons if lesson.id not in held]
    for part in _PARTS:
        count = len(course.lessons) // part
        if tried and _FEWEST <= count <= len(rest):
            lessons = random.Random(job.seed).sample(rest, count)  # noqa: S311
            fold = tuple(lesson.id for lesson in tried)
            steps = min(job.steps or steps_for(count), _CURVE_STEPS)
            yield replace(course, lessons=(*lessons, *tried), folds=(fold,)), steps


def steps_for(articles: int) -> int:
    """Return how many steps a number of articles is worth to each recogniser."""
    return min(1_900, 4 * articles + 240)


def _learn_layer(
    job: Job, course: Course, steps: int, seen: dict[str, Hints], say: _Teller
) -> tuple[Language, Learned]:
    from spacy.util import fix_random_seed

    fix_random_seed(job.seed)
    folds = course.folds or ((),)
    result = Learned(course.layer, articles=len(course.lessons), steps=steps)
    result.labels = sorted({label for lesson in course.lessons for _, _, label in lesson.spans})
    nlp = recognising.taught_nothing(job.language, len(folds))
    examples: dict[str, list[Example]] = {}
    for number, lesson in enumerate(sorted(course.lessons, key=lambda item: item.id)):
        if not number % _TELL:
            say(0)
        if lesson.id not in seen:
            seen[lesson.id] = hints(lesson.text, job.language, Path(job.lexicons))
        found, spans, aside = recognising.examples_of(nlp, lesson, seen[lesson.id])
        examples[lesson.id] = found
        result.spans += spans
        result.aside += aside
    everything = [example for found in examples.values() for example in found]
    nlp.initialize(lambda: everything)
    look = max(1, steps // _LOOKS // _TELL) * _TELL
    honest: list[tuple[Lesson, list[Whole]]] = []
    for number, ((_, recogniser), fold) in enumerate(zip(nlp.pipeline, folds, strict=True)):
        mine = [item for id, found in examples.items() if id not in fold for item in found]
        tried = [lesson for lesson in course.lessons if lesson.id in fold]
        chance = random.Random(job.seed + number)  # noqa: S311  (repeatable, not secret)
        score: float | None = None
        for step, loss in recognising.teach(recogniser, mine, steps, chance, _TELL):
            if tried and (step == steps or not step % look):
                score = _glance(nlp, recogniser, tried[:_LOOKED_AT], seen)
            say(step, loss, score)
        say.next(steps)
        honest += [
            (item, recognising.found_by(nlp, recogniser, item.text, seen[item.id]))
            for item in tried
        ]
    _judge(job, honest, result)
    return nlp, result


def _glance(nlp: Language, recogniser: Any, tried: list[Lesson], seen: dict[str, Hints]) -> float:
    """Return the exact F1 on some of the articles that a recogniser does not learn from."""
    score = Score(articles=len(tried))
    for lesson in tried:
        found = recognising.found_by(nlp, recogniser, lesson.text, seen[lesson.id])
        score.add(found, joined(lesson.text, lesson.spans))
    return round(score.exact_f1, 4)


def _judge(job: Job, honest: list[tuple[Lesson, list[Whole]]], result: Learned) -> None:
    """Fill in how the layer does on articles it did not learn from, and when to believe whom.

    When the rules know the layer, too, what is scored is what both propose together; each half
    of the articles is scored with what the other half says of whom to believe.
    """
    if not honest:
        result.choice = EVERYTHING
        return
    mine, alone, together = (Score(articles=len(honest)) for _ in range(3))
    known, trials = _trials(job, honest, result)
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
    job: Job, honest: list[tuple[Lesson, list[Whole]]], result: Learned
) -> tuple[bool, list[Trial]]:
    """Return whether the rules know the layer, and what they find beside what was learned."""
    rules: Proposes = (AsWritten if job.as_written else Rules)(Path(job.lexicons))
    known = result.layer in rules.layers
    label = label_of(result.layer, result.labels)
    trials = []
    for lesson, found in honest:
        by_rule: dict[Whole, Proposal] = {}
        if known:
            proposals = rules.propose(Request(lesson.text, job.language))
            by_rule = ruled(proposals, result.layer, label)
        trials.append(Trial(found, by_rule, joined(lesson.text, lesson.spans)))
    return known, trials


def main(arguments: list[str]) -> int:
    """Do the job named on the command line; tell in lines of JSON on standard output."""
    if hasattr(os, "nice"):
        os.nice(5)  # whoever reads meanwhile comes first

    def tell(news: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(news) + "\n")
        sys.stdout.flush()

    try:
        learned = learn(read_job(Path(arguments[0])), tell)
    except OSError as error:
        tell({"unwritten": error.strerror or type(error).__name__})
        return 1
    tell({"learned": [asdict(item) for item in learned]})
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
