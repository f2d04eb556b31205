"""Coded articles out of a project, one after the other, in the order of exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Generic, TypeAlias, TypeVar

from annotator.domain.actor import Actor
from annotator.domain.article import Article, Verdict
from annotator.domain.cells import CodedCells, actor_of, cells_of
from annotator.domain.coded import ANNOTATOR, GOLD, SUGGESTIONS, CodedArticle
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark, Origin, Provenance, View
from annotator.domain.suggestion import Decision, Suggestion
from annotator.domain.text import DecodedText
from annotator.store import actors, annotators, articles, links, marks, states, suggestions
from annotator.store.connection import Database

M = TypeVar("M")
L = TypeVar("L")
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
    db: Database, view: str = ANNOTATOR, annotator: Id | None = None
) -> Iterator[CodedArticle]:
    """Yield every article as each annotator coded it, by article id, then name.

    An article that nobody worked on comes once, without an annotator, so that no text is
    missing. Memory holds one article at a time.
    """
    if view == SUGGESTIONS:
        yield from _suggested(db)
        return
    kind = _kind(view)
    owner = attrgetter("article", "made.annotator")
    all_marks = _heaps(marks.in_export_order(db, kind, annotator), owner)
    all_links = _heaps(links.in_export_order(db, kind, annotator), owner)
    for coded, own_marks, own_links, named in _each(db, view, annotator, all_marks, all_links):
        actors = named(mark.actor for mark in own_marks)
        yield replace(coded, actors=actors, marks=tuple(own_marks), links=tuple(own_links))


def coded_cells(db: Database, view: str, annotator: Id | None = None) -> Iterator[CodedCells]:
    """Yield the same as ``coded_articles``, with marks and links as they are stored."""
    if view == SUGGESTIONS:
        yield from map(cells_of, _suggested(db))
        return
    kind = _kind(view)
    all_marks = marks.cells_in_export_order(db, kind, annotator)
    all_links = links.cells_in_export_order(db, kind, annotator)
    for coded, own_marks, own_links, named in _each(db, view, annotator, all_marks, all_links):
        actors = named(map(actor_of, own_marks))
        own_marks.sort()
        yield CodedCells(replace(coded, actors=actors) if actors else coded, own_marks, own_links)


def _kind(view: str) -> View:
    return View.GOLD if view == GOLD else View.ANNOTATOR


def _each(
    db: Database,
    view: str,
    annotator: Id | None,
    marks: Iterable[Heap[M]],
    links: Iterable[Heap[L]],
) -> Iterator[tuple[CodedArticle, list[M], list[L], Entries]]:
    """Yield each article as each annotator coded it, still without the marks and links beside it."""
    names = {person.id: person.name for person in annotators.all(db)}
    book = {actor.id: actor for actor in actors.TABLE.select(db)}

    def named(ids: Iterable[Id | None]) -> tuple[Actor, ...]:
        return tuple(book[id] for id in sorted(filter(None, set(ids))) if id in book)

    given = states.in_export_order(db, annotator) if view == ANNOTATOR else ()
    all_marks, all_links = _Stream(marks), _Stream(links)
    all_states = _Stream(_heaps(given, attrgetter("article", "annotator")))
    for article, text in articles.in_id_order(db):
        own_marks, own_links, own_states = (
            all_marks.of(article.id),
            all_links.of(article.id),
            all_states.of(article.id),
        )
        # An open verdict without marks is an assignment nobody has begun; there is nothing to tell of it.
        people = own_marks.keys() | {
            person
            for person, given in own_states.items()
            if any(state.verdict is not Verdict.OPEN for state in given)
        }
        coded = _coded(article, text, view)
        if not people:
            yield coded, [], [], named
        for person in sorted(people, key=lambda id: names[id]):
            verdicts = {state.layer: state.verdict for state in own_states.get(person, ())}
            yield (
                replace(coded, annotator=names[person], states=verdicts),
                own_marks.get(person, []),
                own_links.get(person, []),
                named,
            )


def _coded(article: Article, text: str, view: str) -> CodedArticle:
    """Return an article that nobody has coded."""
    source = article.source
    return CodedArticle(
        text_sha256=article.text_sha256,
        meta=article.meta,
        id=article.id,
        text=DecodedText(
            text,
            source.encoding,
            source.newlines,
            source.had_bom,
            source.sha256,
            article.text_sha256,
        ),
        view=view,
        split=article.split,
        duplicate_group=article.duplicate_group,
    )


def _suggested(db: Database) -> Iterator[CodedArticle]:
    """Yield articles with the suggestions nobody has answered yet, in the shape of marks."""
    for article, text in articles.in_id_order(db):
        waiting = [
            item
            for item in suggestions.of_article(db, article.id)
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
        yield replace(_coded(article, text, SUGGESTIONS), marks=tuple(shown), links=tuple(ties))


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
