"""The marks of a project in heaps, read once and in small steps; figures are counted from them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TypeVar

from annotator.analysis.tally import Feeling, Tally
from annotator.domain.actor import Actor
from annotator.domain.article import Verdict
from annotator.domain.codebook import ACTOR, CLAIM, SENTIMENT, Codebook
from annotator.domain.errors import NotFound
from annotator.domain.identity import Id
from annotator.domain.mark import View
from annotator.domain.names import usual_spelling, without_case
from annotator.domain.slices import with_progress
from annotator.services import recognising
from annotator.services.collecting import put_off
from annotator.services.network_values import Book
from annotator.services.project import Project
from annotator.store import annotators, statements, states
from annotator.store.statements import Batch, MarkRow, values_of

Steps = Iterator[tuple[int, int, str]]

SOURCE, TOPICS, TARGET, POLARITY = "source", "topics", "target", "polarity"
"""What the figures of claims and judgements are read from, as the default codebook has it."""

STATES_AT_ONCE = NAMES_AT_ONCE = 2000

_UNLINKED = "\0"
"""Before the words of mentions that stand for nobody: no entry of the actor book begins so."""

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose marks are counted: everybody's, one annotator's by name, or gold."""

    view: View = View.ANNOTATOR
    annotator: str = ""


def gather(project: Project, whose: Whose, tally: Tally, articles: Iterable[Id]) -> Steps:
    """Sort the marks of a project into ``tally``, in small steps.

    Yields:
        How many articles are read, of all.

    Raises:
        NotFound: no annotator of that name.
    """
    entries = yield from with_progress(recognising.book.slices(project))
    reading = _Reading(project, whose, tally, entries)
    place = {id: number for number, id in enumerate(sorted(articles))}
    for number, (article, layer, verdict) in enumerate(states.given(project.db, reading.person)):
        # “Done” says more than “nothing found”, whoever says it.
        if verdict == Verdict.DONE or (layer, article) not in tally.verdicts:
            tally.verdicts[layer, article] = verdict
        if number % STATES_AT_ONCE == 0:
            yield 0, len(place), ""
    with put_off():
        for batch in statements.batches(project.db, whose.view):
            yield place[batch.first], len(place), ""
            reading.take(batch)
        for _ in reading.spell():
            yield len(place), len(place), ""


class _Reading:
    """How marks come on their heaps."""

    def __init__(
        self, project: Project, whose: Whose, tally: Tally, entries: Iterable[Actor]
    ) -> None:
        self.person = _person(project, whose.annotator)
        self._db, self._view = project.db, whose.view
        self._tally = tally
        self._layers = [layer.name for layer in project.codebook.layers]
        self._entries = Book.of(entries, linked_only=False, voices=False).names
        self._topics = _labels(project.codebook, CLAIM, TOPICS)
        self._heap_of: dict[str, str] = {}
        self._spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def take(self, batch: Batch) -> None:
        """Add the marks of a batch."""
        tally = self._tally
        said: list[MarkRow] = []
        names: dict[Id, str] = {}
        for mark in statements.marks(self._db, batch, self._view, self._layers, self.person):
            id, article, layer, attributes, actor, words = mark
            tally.marks[layer, article].append(id)
            tally.values[layer, attributes].append(id)
            if layer == ACTOR:
                names[id] = name = self._entries.get(actor or "") or self._unlinked(words or "")
                tally.mentions[name].append(id)
            else:
                said.append(mark)
        ends: dict[Id, list[str]] = defaultdict(list)
        for start, _, end in statements.links(self._db, batch, self._view, (SOURCE, TARGET)):
            name = names.get(end, "")
            if name and name not in ends[start]:
                ends[start].append(name)
        for mark in said:
            if mark.id in ends:
                self._tie(mark, ends[mark.id])

    def spell(self) -> Iterator[None]:
        """Call mentions that stand for nobody by their usual spelling, once all are read; in small steps."""
        names: dict[str, str] = {}
        while self._spellings:
            key, counts = self._spellings.popitem()
            names[key] = " ".join(usual_spelling(counts).split())
            if len(names) % NAMES_AT_ONCE == 0:
                yield
        tally = self._tally
        tally.mentions = yield from _renamed(tally.mentions, lambda key: names.get(key, key))
        tally.feelings = yield from _renamed(tally.feelings, lambda key: names.get(key, key))
        tally.claims = yield from _renamed(
            tally.claims, lambda key: (names.get(key[0], key[0]), key[1])
        )

    def _unlinked(self, words: str) -> str:
        """Return the heap of a mention that stands for nobody: one for all its spellings."""
        heap = self._heap_of.get(words)
        if heap is None:
            line = " ".join(words.split())
            heap = self._heap_of[words] = f"{_UNLINKED}{without_case(line)}"
        self._spellings[heap][words] += 1
        return heap

    def _tie(self, mark: MarkRow, names: list[str]) -> None:
        """Add who makes a claim, or whom a judgement is about."""
        values, tally = values_of(mark.attributes), self._tally
        if mark.layer == CLAIM:
            topics = values.get(TOPICS)
            for topic in topics if isinstance(topics, tuple) else ():
                for name in names:
                    tally.claims[name, self._topics.get(topic, topic)].append(mark.id)
        elif mark.layer == SENTIMENT and isinstance(polarity := values.get(POLARITY), str):
            for name in names:
                tally.feelings[name].append(Feeling(polarity, mark.article, mark.id))


def _renamed(
    heaps: MutableMapping[K, list[V]], name_of: Callable[[K], K]
) -> Generator[None, None, defaultdict[K, list[V]]]:
    """Move heaps under other names, those of one name on one heap; yields now and then."""
    found: defaultdict[K, list[V]] = defaultdict(list)
    for number, key in enumerate(list(heaps), 1):
        found[name_of(key)] += heaps.pop(key)
        if number % NAMES_AT_ONCE == 0:
            yield
    return found


def _labels(codebook: Codebook, layer: str, name: str) -> Mapping[str, str]:
    attribute = codebook.layer(layer).attribute(name) if codebook.has_layer(layer) else None
    return {code.name: code.label or code.name for code in attribute.codes} if attribute else {}


def _person(project: Project, name: str) -> Id | None:
    if not name:
        return None
    found = annotators.named(project.db, name)
    if found is None:
        raise NotFound(f"The project has no annotator “{name}”.")
    return found.id
