"""What several annotators made of the same articles, read once, as documents to compare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from annotator.agreement.gathering import Labels, Values, by_layer, gather
from annotator.agreement.units import Document
from annotator.domain.article import Annotator, Article, State, Verdict
from annotator.domain.codebook import Codebook
from annotator.domain.errors import NotFound, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, View
from annotator.domain.segments import tokens
from annotator.store import annotators, articles, codebooks, links, marks, states
from annotator.store.connection import Database

Told = Callable[[float], None]
"""Told which share is read; it may raise to stop."""


@dataclass(frozen=True)
class Material:
    """Everybody's work, as far as it was asked for.

    Attributes:
        people: names by id, of those compared.
        tokens: by article; empty where no token measure was asked for.
    """

    codebook: Codebook
    people: Mapping[Id, str]
    articles: Mapping[Id, Article]
    marks: tuple[Mark, ...]
    links: tuple[Link, ...]
    states: tuple[State, ...]
    tokens: Mapping[Id, Sequence[Extent]] = field(default_factory=dict)
    _layers: dict[str, tuple[list[Mark], list[Link]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def documents(
        self, layer: str, label: Labels = by_layer, value: Values | None = None
    ) -> tuple[Document, ...]:
        """Return the articles of one layer with everyone's spans, by name of annotator.

        Articles that nobody finished are left out; those that one person finished stay, so
        that a coefficient can say how many did not enter.
        """
        return tuple(document.renamed(self.people) for document in self.by_id(layer, label, value))

    def by_id(
        self, layer: str, label: Labels = by_layer, value: Values | None = None
    ) -> tuple[Document, ...]:
        """Return the same with everyone's spans by id of annotator."""
        own, tied = self._of_layer(layer)
        found = gather(
            self.articles.values(),
            layer,
            own,
            self.states,
            tied,
            label,
            value,
            self.tokens,
        )
        return tuple(document for document in found if document.spans)

    def _of_layer(self, layer: str) -> tuple[list[Mark], list[Link]]:
        """Return the marks of a layer with those their links lead to, and these links."""
        if layer not in self._layers:
            own = {mark.id for mark in self.marks if mark.layer == layer}
            tied = [link for link in self.links if link.start in own]
            wanted = own | {link.end for link in tied if link.end}
            self._layers[layer] = [mark for mark in self.marks if mark.id in wanted], tied
        return self._layers[layer]


def read(
    db: Database,
    names: Iterable[str] = (),
    *,
    unfinished: bool = False,
    with_tokens: bool = True,
    told: Told | None = None,
) -> Material:
    """Read what annotators made, suggestions and gold left out.

    Args:
        names: whose; nobody named means everybody.
        unfinished: also count as done whoever marked anything in an article, as is right for
            marks that were imported without a verdict.

    Raises:
        NotFound: there is no annotator of that name.
        Refused: fewer than two annotators were named.
    """
    people = _people(db, list(names))
    own = tuple(
        mark for mark in marks.in_export_order(db, View.ANNOTATOR, None) if mark.annotator in people
    )
    tied = tuple(
        link
        for link in links.in_export_order(db, View.ANNOTATOR, None)
        if link.made.annotator in people
    )
    codebook = codebooks.latest(db).codebook
    verdicts = [state for state in states.in_export_order(db, None) if state.annotator in people]
    if unfinished:
        verdicts += _looked_at(own, verdicts, codebook)
    worked_on = {state.article for state in verdicts}
    total = articles.count(db)
    known: dict[Id, Article] = {}
    words: dict[Id, Sequence[Extent]] = {}
    for number, (article, text) in enumerate(articles.in_id_order(db)):
        if told:
            told(number / max(total, 1))
        if article.id in worked_on:
            known[article.id] = article
            if with_tokens:
                words[article.id] = tuple(tokens(text, 0, len(text)))
    return Material(codebook, people, known, own, tied, tuple(verdicts), words)


def read_article(db: Database, article: Article, *, unfinished: bool = False) -> Material:
    """Read what everybody made of one article, without tokens; see ``read``."""
    codebook = codebooks.latest(db).codebook
    own = tuple(marks.of_article(db, article.id, None))
    verdicts = states.all_of_article(db, article.id)
    if unfinished:
        verdicts += _looked_at(own, verdicts, codebook)
    return Material(
        codebook,
        _people(db, []),
        {article.id: article},
        own,
        tuple(links.of_article(db, article.id, None)),
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
