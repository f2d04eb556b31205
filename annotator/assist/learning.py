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
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.assist.job import Course, Job, Learned, Lesson, Score, read_job
from annotator.assist.lines import Labelled, clipped, lines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Tell = Callable[[dict[str, Any]], None]

EVERY = 100
"""Steps between two looks at the held-out articles."""

PATIENCE = 6
"""Looks without a better score before it stops."""

_BATCH_WORDS = 800


def learn(job: Job, tell: Tell) -> list[Learned]:
    """Learn every layer of a job and write each pipeline to its folder."""
    return [_learn_layer(job, course, tell) for course in job.courses]


def steps_for(articles: int) -> int:
    """Return how many steps a number of articles is worth."""
    return min(900, 20 * articles + 200)


def _learn_layer(job: Job, course: Course, tell: Tell) -> Learned:
    import spacy
    from spacy.util import fix_random_seed

    fix_random_seed(job.seed)
    chance = random.Random(job.seed)  # noqa: S311  (repeatable, not secret)
    nlp = spacy.blank(job.language)
    nlp.add_pipe("ner")
    result = Learned(course.layer, articles=len(course.lessons))
    result.labels = sorted({label for lesson in course.lessons for _, _, label in lesson.spans})
    examples = list(_examples(nlp, course.lessons, result))
    optimizer = nlp.initialize(lambda: examples)
    total = job.steps or steps_for(len(course.lessons))
    best, best_at, best_bytes = -1.0, 0, b""
    batches = _batches(examples, chance)
    loss = 0.0
    for step in range(1, total + 1):
        losses: dict[str, float] = {}
        nlp.update(next(batches), sgd=optimizer, drop=0.1, losses=losses)
        loss += float(losses.get("ner", 0.0))
        if step % EVERY and step != total:
            continue
        score = _score(nlp, course.held_out)
        tell(
            {
                "layer": course.layer, "step": step, "of": total, "loss": round(loss, 2),
                "score": round(score.exact_f1, 4) if course.held_out else None,
            }
        )  # fmt: skip
        loss = 0.0
        if score.exact_f1 > best or not course.held_out:
            best, best_at, best_bytes = score.exact_f1, step, nlp.to_bytes()
        elif step - best_at >= PATIENCE * EVERY:
            break
    nlp.from_bytes(best_bytes)
    result.steps = best_at
    result.score = _score(nlp, course.held_out) if course.held_out else None
    nlp.to_disk(Path(job.out) / course.layer)
    return result


def _examples(nlp: Language, lessons: tuple[Lesson, ...], result: Learned) -> Iterator[Example]:
    from spacy.training import Example

    for lesson in sorted(lessons, key=lambda item: item.id):
        for start, end in lines(lesson.text):
            doc = nlp.make_doc(lesson.text[start:end])
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


def predict(nlp: Language, text: str) -> list[Labelled]:
    """Return what a pipeline finds in a text, as offsets into it."""
    places = list(lines(text))
    found: list[Labelled] = []
    with nlp.memory_zone():
        docs = nlp.pipe(text[start:end] for start, end in places)
        for (start, _), doc in zip(places, docs, strict=True):
            found += [(start + e.start_char, start + e.end_char, e.label_) for e in doc.ents]
    return found


def _score(nlp: Language, lessons: tuple[Lesson, ...]) -> Score:
    score = Score(articles=len(lessons))
    for lesson in lessons:
        wanted = [
            (start + a, start + b, label)
            for start, end in lines(lesson.text)
            for a, b, label in clipped(lesson.spans, start, end)
        ]
        found = predict(nlp, lesson.text)
        score.proposed += len(found)
        score.wanted += len(wanted)
        score.exact += len(set(found) & set(wanted))
        free = sorted(wanted)
        for a, b, _ in sorted(found):
            hit = next((other for other in free if other[0] < b and a < other[1]), None)
            if hit is not None:
                free.remove(hit)
                score.overlap += 1
    return score


def main(arguments: list[str]) -> int:
    """Do the job named on the command line; tell in lines of JSON on standard output."""

    def tell(news: dict[str, Any]) -> None:
        sys.stdout.write(json.dumps(news) + "\n")
        sys.stdout.flush()

    learned = learn(read_job(Path(arguments[0])), tell)
    tell({"learned": [asdict(item) for item in learned]})
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
