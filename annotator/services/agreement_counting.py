"""Counting what agreement is made of: a few articles at a time, in one process or in several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from annotator.agreement.measure import Counted, Finished
from annotator.agreement.sums import Columns
from annotator.agreement.table import Look, Tallied, counted
from annotator.domain.article import Article
from annotator.domain.identity import Id
from annotator.services.agreement_plan import Part
from annotator.services.comparing import Material, Whose, read_piece
from annotator.store.undecoded import Undecoded

AT_ONCE = 4
"""Articles that are counted together; a cancelled computation waits for these."""

_NOT_KNOWN = "(not known)"

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """Parts of the plan that look at the marks in the same way and are counted together.

    Attributes:
        parts: by their number in the plan.
        by_pair: whether every two annotators are looked at by themselves, too.
    """

    parts: Mapping[int, Part]
    look: Look
    by_pair: bool = False

    def answer(self, material: Material) -> Answer:
        """Return the counts of some articles."""
        part = next(iter(self.parts.values()))
        tied = any(one.tied for one in self.parts.values())
        documents = material.documents(part.layer, part.label, part.value, tied=tied)
        pairs: dict[_Pair, Tallied] = {}
        if self.by_pair:
            names = sorted({name for document in documents for name in document.annotators})
            for pair in combinations(names, 2):
                between = [document.between(pair) for document in documents]
                pairs[pair] = Look(self.look.measures).tallied(between)
        return Answer(self.look.tallied(documents), pairs)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to in some articles, as a whole and for every two annotators in them."""

    whole: Tallied
    pairs: dict[_Pair, Tallied]

    def add(self, part: Answer) -> None:
        """Append what it came to in the articles that follow."""
        for pair in part.pairs.keys() - self.pairs.keys():
            self.pairs[pair] = _apart(self.whole)
        for pair, own in self.pairs.items():
            own.add(part.pairs.get(pair) or _apart(part.whole))
        self.whole.add(part.whole)


@dataclass(slots=True)
class Counts:
    """The answers to all questions in some articles, in their order.

    Attributes:
        articles: that somebody finished, on any layer.
    """

    articles: dict[Id, Article]
    answers: list[Answer]

    def add(self, part: Counts) -> None:
        """Append what was counted in the articles that follow."""
        self.articles |= part.articles
        for own, more in zip(self.answers, part.answers, strict=True):
            own.add(more)


@dataclass(frozen=True, slots=True)
class Heading:
    """What a coefficient is of: see ``agreement.Line``; ``number`` is that of the part in the plan."""

    number: int
    layer: str
    about: str
    label: str = ""
    group: str = ""


def count_piece(questions: Sequence[Question], whose: Whose, piece: Undecoded) -> Counts:
    """Return the answers for some articles; can be sent to another process."""
    material = read_piece(piece, whose)
    return Counts(dict(material.articles), [question.answer(material) for question in questions])


def headed(
    questions: Sequence[Question], counts: Counts, by: str
) -> Iterator[tuple[Heading, Counted]]:
    """Yield every counted measure of the questions, also by publisher, month or pair if asked."""
    for question, answer in zip(questions, counts.answers, strict=True):
        whole = list(counted(question.look, answer.whole))
        yield from _whole(question, whole)
        measured = [one for label, one in whole if label is None]
        if by == "pair":
            yield from _by_pair(question, answer)
        elif by:
            given = answer.whole.documents
            yield from _by_article(question, measured, given, counts.articles, by)


def _whole(
    question: Question, rows: Sequence[tuple[str | None, Counted]]
) -> Iterator[tuple[Heading, Counted]]:
    measured = [one for label, one in rows if label is None]
    yield from _shared_out(question, measured, "")
    for label, one in rows:
        if label is not None:
            for number, part in question.parts.items():
                yield Heading(number, part.layer, part.about, label), one


def _shared_out(
    question: Question, measured: Sequence[Counted], group: str
) -> Iterator[tuple[Heading, Counted]]:
    """Give each part its measures, which come in the order of the parts."""
    left = iter(measured)
    for number, part in question.parts.items():
        for _ in part.measures:
            yield Heading(number, part.layer, part.about, group=group), next(left)


def _by_pair(question: Question, answer: Answer) -> Iterator[tuple[Heading, Counted]]:
    names = sorted({name for document in answer.whole.documents for name in document.annotators})
    look = Look(question.look.measures)
    for pair in combinations(names, 2):
        tallied = answer.pairs.get(pair) or _apart(answer.whole)
        measured = [one for _, one in counted(look, tallied)]
        yield from _shared_out(question, measured, " and ".join(pair))


def _apart(whole: Tallied) -> Tallied:
    """Return what two people share who finished none of these documents together."""
    alone = [document._replace(annotators=()) for document in whole.documents]
    return Tallied(alone, [Columns() for _ in whole.columns], {})


def _by_article(
    question: Question,
    measured: Sequence[Counted],
    given: Sequence[Finished],
    articles: Mapping[Id, Article],
    by: str,
) -> Iterator[tuple[Heading, Counted]]:
    groups: dict[str, list[Finished]] = {}
    for document in given:
        meta = articles[document.id].meta
        name = meta.publisher if by == "publisher" else (meta.published or "")[:7]
        groups.setdefault(name or _NOT_KNOWN, []).append(document)
    for name, documents in sorted(groups.items()):
        own = frozenset(documents)
        left_out = sum(len(document.annotators) < 2 for document in documents)
        parts = [replace(one.where(own.__contains__), left_out=left_out) for one in measured]
        yield from _shared_out(question, parts, name)
