"""Learning one layer from coded articles: a blank ``ner`` pipeline, the same from the same seed.

Run as ``python -m annotator.assist.learning JOB`` it works in a process of its own, tells
how far it is in lines of JSON, and can be killed at any moment: what it writes counts only
when whoever started it moves it into place.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.assist.as_written import AsWritten
from annotator.assist.choosing import Trial, candidates, chosen, label_of, learn_choice, ruled
from annotator.assist.hints import COLUMNS, Hints, hinted, hints
from annotator.assist.job import Course, Job, Learned, Lesson, Score, Whole, read_job
from annotator.assist.lines import Labelled, clipped, joined, lines
from annotator.assist.proposal import Proposes, Request
from annotator.assist.rules import Rules

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Tell = Callable[[dict[str, Any]], None]

EVERY = 100
"""Steps between two looks at the held-out articles."""

_TELL = 10
"""Steps, or articles before the first, between two words on how far it is: it can be stopped there."""

PATIENCE = 4
"""Looks without a better score before it stops."""

_BATCH_WORDS = 800

_PARTS = (8, 4, 2)
_FEWEST = 3
_CURVE_STEPS = 300
"""The curve learns from an eighth, a quarter and a half of the articles, if they are so many."""

_DROP = 0.2

_WIDTH = 64

MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": _WIDTH,
            "attrs": ["NORM", "SUFFIX", "SHAPE", *COLUMNS],
            "rows": [2000, 1000, 500, *(200 for _ in COLUMNS)],
            "include_static_vectors": False,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": _WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    },
}
"""The usual small pipeline, with the hints of the rules beside the words."""


def learn(job: Job, tell: Tell) -> list[Learned]:
    """Learn every layer of a job and write each pipeline to its folder."""
    seen: dict[str, Hints] = {}
    learned = []
    for course in job.courses:
        points = list(_curve(job, course, seen, tell)) if job.curve else []
        nlp, result = _learn_layer(job, course, seen, tell)
        nlp.to_disk(Path(job.out) / course.layer)
        if result.score:
            result.curve = [*points, (result.articles, result.score.exact_f1)]
        learned.append(result)
    return learned


def _curve(
    job: Job, course: Course, seen: dict[str, Hints], tell: Tell
) -> Iterator[tuple[int, float]]:
    """Yield how good the layer is when it is learned from a part of the articles, quickly."""
    for part in _PARTS:
        count = len(course.lessons) // part
        if count < _FEWEST or not course.held_out:
            continue
        steps = min(job.steps or steps_for(count), _CURVE_STEPS)
        lessons = tuple(random.Random(job.seed).sample(course.lessons, count))  # noqa: S311
        _, result = _learn_layer(
            replace(job, steps=steps), replace(course, lessons=lessons), seen, tell
        )
        if result.score:
            yield count, result.score.exact_f1


def steps_for(articles: int) -> int:
    """Return how many steps a number of articles is worth."""
    return min(1_000, 5 * articles + 200)


def _learn_layer(
    job: Job, course: Course, seen: dict[str, Hints], tell: Tell
) -> tuple[Language, Learned]:
    import spacy
    from spacy.util import fix_random_seed
    from thinc.api import Adam

    fix_random_seed(job.seed)
    chance = random.Random(job.seed)  # noqa: S311  (repeatable, not secret)
    nlp = spacy.blank(job.language)
    nlp.add_pipe("ner", config={"model": MODEL})
    total = job.steps or steps_for(len(course.lessons))
    loss = 0.0
    score: Score | None = None

    def say(step: int) -> None:
        tell(
            {
                "layer": course.layer, "step": step, "of": total, "loss": round(loss, 2),
                "score": round(score.exact_f1, 4) if course.held_out and score else None,
            }
        )  # fmt: skip

    result = Learned(course.layer, articles=len(course.lessons))
    result.labels = sorted({label for lesson in course.lessons for _, _, label in lesson.spans})
    for number, lesson in enumerate((*course.lessons, *course.held_out)):
        if not number % _TELL:
            say(0)
        if lesson.id not in seen:
            seen[lesson.id] = hints(lesson.text, job.language, Path(job.lexicons))
    examples = list(_examples(nlp, course.lessons, seen, result))
    trial = [(lesson, seen[lesson.id]) for lesson in course.held_out]
    nlp.initialize(lambda: examples)
    optimizer = Adam(0.001, use_averages=True)
    best, best_at, best_bytes = -1.0, 0, b""
    batches = _batches(examples, chance)
    for step in range(1, total + 1):
        losses: dict[str, float] = {}
        nlp.update(next(batches), sgd=optimizer, drop=_DROP, losses=losses)
        loss += float(losses.get("ner", 0.0))
        if step % EVERY and step != total:
            if not step % _TELL:
                say(step)
            continue
        # The mean of the weights of all steps swings less than those of the last one.
        with nlp.use_params(optimizer.averages):
            score = _score(nlp, trial)
            now = nlp.to_bytes()
        say(step)
        loss = 0.0
        if score.exact_f1 > best or not course.held_out:
            best, best_at, best_bytes = score.exact_f1, step, now
        elif step - best_at >= PATIENCE * EVERY:
            break
    nlp.from_bytes(best_bytes)
    result.steps = best_at
    if course.held_out:
        _judge(nlp, job, course, seen, result)
    return nlp, result


def _examples(
    nlp: Language, lessons: tuple[Lesson, ...], seen: dict[str, Hints], result: Learned
) -> Iterator[Example]:
    from spacy.training import Example

    for lesson in sorted(lessons, key=lambda item: item.id):
        told = seen[lesson.id]
        for start, end in lines(lesson.text):
            doc = hinted(nlp, lesson.text, (start, end), told)
            inside = [span for span in lesson.spans if span[0] < end and span[1] > start]
            kept: list[Any] = []
            for a, b, label in clipped(inside, start, end):
                span = doc.char_span(a, b, label=label, alignment_mode="expand")
                if span is not None and not any(
                    span.start < o.end and o.start < span.end for o in kept
                ):
                    kept.append(span)
            result.spans += len(kept)
            result.aside += len(inside) - len(kept)
            reference = doc.copy()
            reference.set_ents([], default="outside")
            reference.ents = [_span(reference, span.start, span.end, span.label_) for span in kept]
            yield Example(doc, reference)


def _span(doc: Any, start: int, end: int, label: str) -> Any:
    from spacy.tokens import Span

    return Span(doc, start, end, label=label)


def _batches(examples: list[Example], chance: random.Random) -> Iterator[list[Example]]:
    """Yield batches for ever, in an order that the seed alone decides."""
    while True:
        order = list(range(len(examples)))
        chance.shuffle(order)
        batch: list[Example] = []
        size = 0
        for number in order:
            batch.append(examples[number])
            size += len(examples[number].x)
            if size >= _BATCH_WORDS:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch


def predict(nlp: Language, text: str, told: Hints | None) -> list[Whole]:
    """Return the marks that a pipeline finds in a text; None for one that learned no hints."""
    places = list(lines(text))
    found: list[Labelled] = []
    with nlp.memory_zone():
        docs = nlp.pipe(
            hinted(nlp, text, place, told) if told else nlp.make_doc(text[place[0] : place[1]])
            for place in places
        )
        for (start, _), doc in zip(places, docs, strict=True):
            found += [(start + e.start_char, start + e.end_char, e.label_) for e in doc.ents]
    return joined(text, found)


def _score(nlp: Language, trial: list[tuple[Lesson, Hints]]) -> Score:
    score = Score(articles=len(trial))
    for lesson, told in trial:
        score.add(predict(nlp, lesson.text, told), joined(lesson.text, lesson.spans))
    return score


def _judge(
    nlp: Language, job: Job, course: Course, seen: dict[str, Hints], result: Learned
) -> None:
    """Fill in how the layer does on the held-out articles, and when to believe whom there.

    When the rules know the layer, too, what is scored is what both propose together; each half
    of the articles is scored with what the other half says of whom to believe.
    """
    rules: Proposes = (AsWritten if job.as_written else Rules)(Path(job.lexicons))
    known = course.layer in rules.layers
    label = label_of(course.layer, result.labels)
    mine, alone, together = (Score(articles=len(course.held_out)) for _ in range(3))
    trials: list[Trial] = []
    for lesson in course.held_out:
        found = predict(nlp, lesson.text, seen[lesson.id])
        wanted = joined(lesson.text, lesson.spans)
        mine.add(found, wanted)
        if known:
            proposals = rules.propose(Request(lesson.text, job.language))
            seen_here = candidates(found, ruled(proposals, course.layer, label))
            trials.append((seen_here, wanted))
            alone.add([item.whole for item in seen_here if item.proposal], wanted)
    result.score = mine
    if not known:
        return
    for half in (0, 1):
        choice = learn_choice(trials[half::2])
        for here, wanted in trials[1 - half :: 2]:
            together.add([item.whole for item in chosen(choice, here)], wanted)
    result.rules = alone
    if together.exact_f1 >= mine.exact_f1:
        result.score, result.choice = together, learn_choice(trials)


def main(arguments: list[str]) -> int:
    """Do the job named on the command line; tell in lines of JSON on standard output."""

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
