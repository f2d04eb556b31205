"""Coded articles out of a project, one after the other, in the order of exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Generic, TypeAlias, TypeVar

from annotator.domain.actor import Actor
from annotator.domain.article import Verdict
from annotator.domain.cells import CodedCells, LinkCells, MarkCells, actor_of, cells_of
from annotator.domain.coded import ANNOTATOR, GOLD, SUGGESTIONS, CodedArticle
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark, Origin, Provenance, View
from annotator.domain.suggestion import Decision, Suggestion
from annotator.store import actors, annotators, articles, links, marks, states, suggestions
from annotator.store.articles import EVERY, Between
from annotator.store.connection import Database

M = TypeVar("M")
L = TypeVar("L")
B = TypeVar("B")
R = TypeVar("R")
Owned: TypeAlias = dict[Id, list[R]]
"""Records of one article by the person who made them."""
Entries: TypeAlias = Callable[[Iterable[Id | None]], tuple[Actor, ...]]
"""Gives the entries of the actor book of some ids."""


Heap: TypeAlias = tuple[Id, Id, list[R]]
"""Records of one person in one article, with the ids of both."""


class _Stream(Generic[R]):
    """Gives the records of one article at a time out of a stream sorted by article."""

    def __init__(self, heaps: Iterable[Heap[R]]) -> None:
        self._heaps = iter(heaps)
        self._next = next(self._heaps, None)

    def of(self, article: Id) -> Owned[R]:
        """Return the records of an article; articles must be asked for in order."""
        found: dict[Id, list[R]] = {}
        heap = self._next
        while heap is not None and heap[0] <= article:
            if heap[0] == article:
                found[heap[1]] = heap[2]
            heap = next(self._heaps, None)
        self._next = heap
        return found


def _heaps(records: Iterable[R], owner: Callable[[R], tuple[Id, Id]]) -> Iterator[Heap[R]]:
    """Put records together that stand beside each other and have the same article and person."""
    for (article, person), own in groupby(records, owner):
        yield article, person, list(own)


def coded_articles(
    db: Database, view: str = ANNOTATOR, annotator: Id | None = None, between: Between = EVERY
) -> Iterator[CodedArticle]:
    """Yield articles as each annotator coded them, by article id, then name.

    An article that nobody worked on comes once, without an annotator, so that no text is
    missing. Memory holds one article at a time.
    """
    if view == SUGGESTIONS:
        yield from _suggested(db, between)
        return
    kind = _kind(view)
    owner = attrgetter("article", "made.annotator")
    all_marks = _Stream(_heaps(marks.in_export_order(db, kind, annotator), owner)).of
    all_links = _Stream(_heaps(links.in_export_order(db, kind, annotator), owner)).of
    uncoded = articles.coded_in_id_order(db, view, between)
    for coded, _, own_marks, own_links, named in _each(
        db, uncoded, annotator, all_marks, all_links
    ):
        actors = named(mark.actor for mark in own_marks)
        yield replace(coded, actors=actors, marks=tuple(own_marks), links=tuple(own_links))


def coded_cells(
    db: Database, view: str, annotator: Id | None = None, between: Between = EVERY
) -> Iterator[CodedCells]:
    """Yield the same as ``coded_articles``, with marks and links as they are stored."""
    if view == SUGGESTIONS:
        yield from map(cells_of, _suggested(db, between))
        return
    kind = _kind(view)

    def all_marks(article: Id) -> Owned[MarkCells]:
        return marks.cells_of_article(db, article, kind, annotator)

    def all_links(article: Id) -> Owned[LinkCells]:
        return links.cells_of_article(db, article, kind, annotator)

    uncoded = articles.coded_in_id_order(db, view, between, as_json=True)
    for coded, body, own_marks, own_links, named in _each(
        db, uncoded, annotator, all_marks, all_links
    ):
        actors = named(map(actor_of, own_marks))
        whole = replace(coded, actors=actors) if actors else coded
        yield CodedCells(whole, own_marks, own_links, body)


def _kind(view: str) -> View:
    return View.GOLD if view == GOLD else View.ANNOTATOR


def _each(
    db: Database,
    uncoded: Iterable[tuple[CodedArticle, B]],
    annotator: Id | None,
    marks_of: Callable[[Id], Owned[M]],
    links_of: Callable[[Id], Owned[L]],
) -> Iterator[tuple[CodedArticle, B, list[M], list[L], Entries]]:
    """Yield each article as each annotator coded it, still without the marks and links beside it."""
    names = {person.id: person.name for person in annotators.all(db)}
    book = {actor.id: actor for actor in actors.TABLE.select(db)}

    def named(ids: Iterable[Id | None]) -> tuple[Actor, ...]:
        found = {id for id in set(ids) if id}
        return tuple([book[id] for id in sorted(found) if id in book]) if found else ()

    all_states = _Stream(
        _heaps(states.in_export_order(db, annotator), attrgetter("article", "annotator"))
    )
    for coded, body in uncoded:
        article = coded.id or ""
        own_marks, own_links = marks_of(article), links_of(article)
        own_states = all_states.of(article) if coded.view == ANNOTATOR else {}
        # An open verdict without marks is an assignment nobody has begun; there is nothing to tell of it.
        people = own_marks.keys() | {
            person
            for person, given in own_states.items()
            if any(state.verdict is not Verdict.OPEN for state in given)
        }
        if not people:
            yield coded, body, [], [], named
        for person in sorted(people, key=lambda id: names[id]):
            verdicts = {state.layer: state.verdict for state in own_states.get(person, ())}
            yield (
                _coded_by(coded, names[person], verdicts),
                body,
                own_marks.get(person, []),
                own_links.get(person, []),
                named,
            )


def _coded_by(coded: CodedArticle, name: str, states: Mapping[str, Verdict]) -> CodedArticle:
    """Return an article that nobody has coded as one person's, still without records.

    What ``replace`` does, in half the time.
    """
    return CodedArticle(
        coded.text_sha256,
        coded.meta,
        coded.id,
        coded.text,
        coded.view,
        name,
        None,
        coded.split,
        coded.duplicate_group,
        states,
    )


def _suggested(db: Database, between: Between) -> Iterator[CodedArticle]:
    """Yield articles with the suggestions nobody has answered yet, in the shape of marks."""
    for coded, _ in articles.coded_in_id_order(db, SUGGESTIONS, between):
        waiting = [
            item
            for item in suggestions.of_article(db, coded.id or "")
            if item.decision is Decision.WAITING
        ]
        shown = [as_mark(item) for item in waiting]
        ids = {mark.id for mark in shown}
        ties = [
            link
            for item in waiting
            for link in _as_links(item)
            if link.end is None or link.end in ids
        ]
        yield replace(coded, marks=tuple(shown), links=tuple(ties))


def _as_links(item: Suggestion) -> list[Link]:
    made = Provenance("", item.created, item.created, Origin.SUGGESTED, 0, item.suggester)
    voices = set(Voice)
    return [
        Link(
            id=link_id(item.id, type, end),
            article=item.article,
            view=View.ANNOTATOR,
            type=type,
            start=item.id,
            made=made,
            end=None if end in voices else end,
            voice=Voice(end) if end in voices else None,
        )
        for type, end in item.links
    ]


def as_mark(item: Suggestion) -> Mark:
    """Return a suggestion in the shape of a mark, of nobody."""
    made = Provenance("", item.created, item.created, Origin.SUGGESTED, 0, item.suggester)
    return Mark(
        item.id, item.article, View.ANNOTATOR, item.layer, item.fragments, made, item.attributes
    )
