"""One layer's pipeline: made blank, taught from examples, and asked.

It holds several recognisers (spaCy's ``ner``) that learn apart from each other. Each leaves out
other articles, so that what it says of those is honest; on a new text each has a vote.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.assist.hints import COLUMNS, Hints, hinted
from annotator.assist.job import Lesson, Whole
from annotator.assist.lines import Labelled, clipped, joined, lines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

NER = "ner"

_RATE = 0.0015
_DROP = 0.1
_BATCH_WORDS = 800
_WIDTH = 64

_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": NER,
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
            "window_size": 2,
            "maxout_pieces": 3,
        },
    },
}
"""The usual small pipeline that sees two words to either side, with the hints of the rules."""


def taught_nothing(language: str, recognisers: int) -> Language:
    """Return a pipeline of so many recognisers that know nothing yet."""
    import spacy

    nlp = spacy.blank(language)
    for number in range(recognisers):
        nlp.add_pipe(NER, name=f"{NER}{number + 1}" if number else NER, config={"model": _MODEL})
    return nlp


def examples_of(nlp: Language, lesson: Lesson, told: Hints) -> tuple[list[Example], int, int]:
    """Return an article as examples, one a line; how many spans are in them, and how many are not.

    Of spans that lie on each other the longest is learned.
    """
    from spacy.tokens import Span
    from spacy.training import Example

    found: list[Example] = []
    learned = aside = 0
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
        learned += len(kept)
        aside += len(inside) - len(kept)
        reference = doc.copy()
        reference.set_ents([], default="outside")
        reference.ents = [Span(reference, s.start, s.end, label=s.label_) for s in kept]
        found.append(Example(doc, reference))
    return found, learned, aside


def teach(
    recogniser: Any, examples: Sequence[Example], steps: int, chance: random.Random, pause: int
) -> Iterator[tuple[int, float]]:
    """Teach one recogniser; every few steps yield the step and the loss since the last time.

    Whenever it yields, and in the end, its weights are the mean of those of the last steps,
    which swings less than the last one; the steps become smaller and smaller.
    """
    from thinc.api import Adam

    optimizer = Adam(_RATE, use_averages=True)
    batches = _batches(examples, chance)
    loss = 0.0
    for step in range(1, steps + 1):
        losses: dict[str, float] = {}
        optimizer.learn_rate = _RATE * (1 - step / (steps + 1))
        recogniser.update(next(batches), sgd=optimizer, drop=_DROP, losses=losses)
        loss += float(losses.get(recogniser.name, 0.0))
        if not step % pause or step == steps:
            with recogniser.model.use_params(optimizer.averages):
                yield step, loss
                kept = recogniser.model.to_bytes() if step == steps else b""
            loss = 0.0
    recogniser.model.from_bytes(kept)


def _batches(examples: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
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


def votes(nlp: Language, text: str, told: Hints) -> list[list[Whole]]:
    """Return the marks that each recogniser of a pipeline of ours finds in a text."""
    return [found_by(nlp, recogniser, text, told) for _, recogniser in nlp.pipeline]


def found_by(nlp: Language, recogniser: Any, text: str, told: Hints) -> list[Whole]:
    """Return the marks that one recogniser finds in a text."""
    places = list(lines(text))
    with nlp.memory_zone():
        docs = recogniser.pipe(hinted(nlp, text, place, told) for place in places)
        return joined(text, _entities(places, docs))


def predict(nlp: Language, text: str) -> list[Whole]:
    """Return the marks that a pipeline made by others finds in a text."""
    places = list(lines(text))
    with nlp.memory_zone():
        docs = nlp.pipe(nlp.make_doc(text[start:end]) for start, end in places)
        return joined(text, _entities(places, docs))


def _entities(places: Sequence[tuple[int, int]], docs: Iterable[Any]) -> list[Labelled]:
    return [
        (start + entity.start_char, start + entity.end_char, entity.label_)
        for (start, _), doc in zip(places, docs, strict=True)
        for entity in doc.ents
    ]
