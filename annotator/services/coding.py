"""Coded articles out of a project, one after the other, in the order of exports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from annotator.domain.actor import Actor
from annotator.domain.article import Article, State, Verdict
from annotator.domain.coded import ANNOTATOR, GOLD, SUGGESTIONS, CodedArticle
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark, Origin, Provenance, View
from annotator.domain.suggestion import Decision, Suggestion
from annotator.domain.text import DecodedText
from annotator.store import actors, annotators, articles, links, marks, states, suggestions
from annotator.store.connection import Database

T = TypeVar("T", Mark, Link, State)


class _Stream(Generic[T]):
    """Gives the records of one article at a time out of a stream sorted by article."""

    def __init__(self, records: Iterable[T]) -> None:
        self._records: Iterator[T] = iter(records)
        self._next: T | None = next(self._records, None)

    def of(self, article: Id) -> list[T]:
        """Return the records of an article; articles must be asked for in order."""
        found: list[T] = []
        record = self._next
        while record is not None and record.article <= article:
            if record.article == article:
                found.append(record)
            record = next(self._records, None)
        self._next = record
        return found


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
    kind = View.GOLD if view == GOLD else View.ANNOTATOR
    names = {person.id: person.name for person in annotators.all(db)}
    book = {actor.id: actor for actor in actors.TABLE.select(db)}
    all_marks = _Stream(marks.in_export_order(db, kind, annotator))
    all_links = _Stream(links.in_export_order(db, kind, annotator))
    all_states = _Stream(states.in_export_order(db, annotator) if kind is View.ANNOTATOR else ())
    for article, text in articles.in_id_order(db):
        own_marks, own_links, own_states = (
            all_marks.of(article.id),
            all_links.of(article.id),
            all_states.of(article.id),
        )
        # An open verdict without marks is an assignment nobody has begun; there is nothing to tell of it.
        people = {mark.annotator for mark in own_marks} | {
            state.annotator for state in own_states if state.verdict is not Verdict.OPEN
        }
        if not people:
            yield _coded(article, text, view, None, [], [], [], book)
        for person in sorted(people, key=lambda id: names[id]):
            yield _coded(
                article,
                text,
                view,
                names[person],
                [mark for mark in own_marks if mark.annotator == person],
                [link for link in own_links if link.made.annotator == person],
                [state for state in own_states if state.annotator == person],
                book,
            )


def _coded(
    article: Article,
    text: str,
    view: str,
    annotator: str | None,
    own_marks: list[Mark],
    own_links: list[Link],
    own_states: list[State],
    book: dict[Id, Actor],
) -> CodedArticle:
    source = article.source
    named = sorted({mark.actor for mark in own_marks if mark.actor})
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
        annotator=annotator,
        split=article.split,
        duplicate_group=article.duplicate_group,
        states={state.layer: state.verdict for state in own_states},
        actors=tuple(book[id] for id in named if id in book),
        marks=tuple(own_marks),
        links=tuple(own_links),
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
        yield _coded(article, text, SUGGESTIONS, None, shown, ties, [], {})


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
