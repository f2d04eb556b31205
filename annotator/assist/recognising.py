"""A recogniser: a pipeline with spaCy's ``ner``, made blank, taught from examples, and asked.

It may know several layers; its labels tell the layer, and the label of the mark there.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from annotator.assist.hints import COLUMNS, Hints, hinted
from annotator.assist.job import Whole
from annotator.assist.lines import CONTINUED, Labelled, clipped, joined, lines

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

NER = "ner"
_OF = "|"

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


def taught_nothing(language: str) -> Language:
    """Return a pipeline that knows nothing yet."""
    import spacy

    nlp = spacy.blank(language)
    nlp.add_pipe(NER, config={"model": _MODEL})
    return nlp


def label_in(layer: str, label: str) -> str:
    """Return the label by which a recogniser knows marks of a layer with a label."""
    return f"{layer}{_OF}{label}"


def examples_of(
    nlp: Language, text: str, spans: Sequence[Labelled], told: Hints
) -> tuple[list[Example], list[Labelled]]:
    """Return an article as examples, one a line, and the parts of spans that cannot be learned.

    Of spans that lie on each other the longest is learned.
    """
    from spacy.tokens import Span
    from spacy.training import Example

    found: list[Example] = []
    aside: list[Labelled] = []
    for start, end in lines(text):
        doc = hinted(nlp, text, (start, end), told)
        inside = [span for span in spans if span[0] < end and span[1] > start]
        kept: list[Any] = []
        whole = clipped(inside, start, end)
        for a, b, label in whole:
            span = doc.char_span(a, b, label=label, alignment_mode="expand")
            if span is None or any(span.start < o.end and o.start < span.end for o in kept):
                aside.append((a, b, label))
            else:
                kept.append(span)
        left = Counter(label.removesuffix(CONTINUED) for _, _, label in inside)
        left.subtract(label.removesuffix(CONTINUED) for _, _, label in whole)
        aside += [(start, end, label) for label in left.elements()]
        reference = doc.copy()
        reference.set_ents([], default="outside")
        reference.ents = [Span(reference, s.start, s.end, label=s.label_) for s in kept]
        found.append(Example(doc, reference))
    return found, aside


def teach(
    nlp: Language, examples: Sequence[Example], steps: int, chance: random.Random, pause: int
) -> Iterator[tuple[int, float]]:
    """Teach a recogniser; every few steps yield the step and the loss since the last time.

    Whenever it yields, and in the end, its weights are the mean of those of the last steps,
    which swings less than the last one; the steps become smaller and smaller.
    """
    from thinc.api import Adam

    recogniser: Any = nlp.get_pipe(NER)
    optimizer = Adam(_RATE, use_averages=True)
    batches = _batches(examples, chance)
    loss = 0.0
    for step in range(1, steps + 1):
        losses: dict[str, float] = {}
        optimizer.learn_rate = _RATE * (1 - step / (steps + 1))
        recogniser.update(next(batches), sgd=optimizer, drop=_DROP, losses=losses)
        loss += float(losses.get(NER, 0.0))
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


def found_by(nlp: Language, text: str, told: Hints) -> dict[str, list[Whole]]:
    """Return the marks that a recogniser finds in a text, by layer."""
    places = list(lines(text))
    by_layer: dict[str, list[Labelled]] = defaultdict(list)
    with nlp.memory_zone():
        docs = nlp.pipe(hinted(nlp, text, place, told) for place in places)
        for start, end, label in _entities(places, docs):
            layer, _, own = label.partition(_OF)
            by_layer[layer].append((start, end, own))
    return {layer: joined(text, found) for layer, found in by_layer.items()}


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
