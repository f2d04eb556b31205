"""What several annotators made of the same articles, read once, as documents to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.agreement.gathering import Gathered, Labels, Values, by_layer, gathered
from annotator.agreement.units import Document
from annotator.domain.article import Annotator, Article, State, Verdict
from annotator.domain.codebook import Codebook
from annotator.domain.errors import NotFound, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, View
from annotator.domain.segments import tokens
from annotator.domain.slices import Slices, sliced
from annotator.store import annotators, articles, codebooks, links, marks, states
from annotator.store.connection import Database
from annotator.store.undecoded import Undecoded

Told = Callable[[float], None]
"""Told which share is read; it may raise to stop."""


@dataclass(frozen=True)
class Whose:
    """Whose work is compared, and by which codebook.

    Attributes:
        people: names by id.
        unfinished: also count as done whoever marked anything in an article, as is right for
            marks that were imported without a verdict.
    """

    people: Mapping[Id, str]
    codebook: Codebook
    unfinished: bool = False


@dataclass(frozen=True)
class Material:
    """Everybody's work, as far as it was asked for.

    Attributes:
        people: names by id, of those compared.
        articles: that at least one of them finished, on any layer.
        tokens: by article; empty where no token measure was asked for.
    """

    codebook: Codebook
    people: Mapping[Id, str]
    articles: Mapping[Id, Article]
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    states: tuple[State, ...]
    tokens: Mapping[Id, Sequence[Extent]] = field(default_factory=dict)
    _layers: dict[str, tuple[Gathered, ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def documents(
        self,
        layer: str,
        label: Labels = by_layer,
        value: Values | None = None,
        *,
        tied: bool = True,
    ) -> tuple[Document, ...]:
        """Return the articles of one layer with everyone's spans, by name of annotator.

        Articles that nobody finished are left out; those that one person finished stay, so
        that a coefficient can say how many did not enter.

        Args:
            tied: whether links are looked at, too.
        """
        return tuple(
            one.document(label, value, tied=tied).renamed(self.people)
            for one in self._of_layer(layer)
        )

    def by_id(
        self, layer: str, label: Labels = by_layer, value: Values | None = None
    ) -> tuple[Document, ...]:
        """Return the same with everyone's spans by id of annotator."""
        return tuple(one.document(label, value) for one in self._of_layer(layer))

    def _of_layer(self, layer: str) -> tuple[Gathered, ...]:
        self.gather(layer)
        return self._layers[layer]

    def gather(self, layer: str) -> None:
        """Find out what everybody marked on a layer, which the documents are made of."""
        if layer not in self._layers:
            found = gathered(
                self.articles.values(), layer, self.marks, self.states, self.links, self.tokens
            )
            self._layers[layer] = tuple(one for one in found if one.marks)


def whose(db: Database, names: Iterable[str] = (), *, unfinished: bool = False) -> Whose:
    """Return whose work is to be compared; nobody named means everybody.

    Raises:
        NotFound: there is no annotator of that name.
        Refused: fewer than two annotators were named.
    """
    return Whose(_people(db, list(names)), codebooks.latest(db).codebook, unfinished)


def read_piece(piece: Undecoded, whose: Whose) -> Material:
    """Read what the annotators made of some articles."""
    return _material(whose, piece.articles, piece.marks(), piece.links(), piece.states())


def read(
    db: Database,
    names: Iterable[str] = (),
    *,
    unfinished: bool = False,
    with_tokens: bool = True,
    told: Told | None = None,
) -> Material:
    """Read what annotators made, suggestions and gold left out; see ``whose``."""
    return _material(
        whose(db, names, unfinished=unfinished),
        _told(articles.in_id_order(db), articles.count(db), told),
        marks.in_export_order(db, View.ANNOTATOR, None),
        links.in_export_order(db, View.ANNOTATOR, None),
        states.in_export_order(db, None),
        with_tokens=with_tokens,
    )


def _told(
    given: Iterator[tuple[Article, str]], total: int, told: Told | None
) -> Iterator[tuple[Article, str]]:
    for number, one in enumerate(given):
        if told:
            told(number / max(total, 1))
        yield one


def _material(
    whose: Whose,
    articles: Iterable[tuple[Article, str]],
    marks: Iterable[Mark],
    links: Iterable[Link],
    states: Iterable[State],
    *,
    with_tokens: bool = True,
) -> Material:
    people = whose.people
    own = tuple(mark for mark in marks if mark.annotator in people)
    tied = tuple(link for link in links if link.made.annotator in people)
    verdicts = [state for state in states if state.annotator in people]
    if whose.unfinished:
        verdicts += _looked_at(own, verdicts, whose.codebook)
    finished = {state.article for state in verdicts if state.verdict is not Verdict.OPEN}
    known: dict[Id, Article] = {}
    words: dict[Id, Sequence[Extent]] = {}
    for article, text in articles:
        if article.id in finished:
            known[article.id] = article
            if with_tokens:
                words[article.id] = tuple(tokens(text, 0, len(text)))
    return Material(whose.codebook, people, known, own, tied, tuple(verdicts), words)


@sliced
def read_article(db: Database, article: Article, whose: Whose) -> Slices[Material]:
    """Read what everybody made of one article, without tokens."""
    own: list[Mark] = []
    for some in marks.bits_of_article(db, article.id):
        own += some
        yield
    tied = links.of_article(db, article.id, None)
    yield
    verdicts = states.all_of_article(db, article.id)
    if whose.unfinished:
        verdicts += _looked_at(own, verdicts, whose.codebook)
    return Material(
        whose.codebook,
        whose.people,
        {article.id: article},
        tuple(own),
        tuple(tied),
        tuple(verdicts),
    )


def _people(db: Database, names: list[str]) -> dict[Id, str]:
    everybody = annotators.all(db)
    if not names:
        return {person.id: person.name for person in everybody}
    found: dict[Id, str] = {}
    for name in names:
        person = _named(everybody, name)
        found[person.id] = person.name
    if len(found) < 2:
        raise Refused("Agreement needs two annotators: name at least two, or nobody for all.")
    return found


def _named(everybody: Iterable[Annotator], name: str) -> Annotator:
    people = {person.name: person for person in everybody}
    if name not in people:
        known = ", ".join(sorted(people)) or "nobody yet"
        raise NotFound(f"The project has no annotator “{name}”: it has {known}.")
    return people[name]


def _looked_at(own: Iterable[Mark], verdicts: Iterable[State], codebook: Codebook) -> list[State]:
    """Return a verdict for every layer of an article in which somebody marked anything."""
    said = {
        (state.article, state.annotator, state.layer)
        for state in verdicts
        if state.verdict is not Verdict.OPEN
    }
    seen = dict.fromkeys((mark.article, mark.annotator) for mark in own)
    return [
        State(article, person, layer.name, Verdict.DONE, "")
        for article, person in seen
        for layer in codebook.layers
        if (article, person, layer.name) not in said
    ]
