"""Everybody's own work on some articles as plain rows, to be sent to another process and read there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.domain.article import Article, State
from annotator.domain.link import Link
from annotator.domain.mark import Mark, View
from annotator.store import articles, links, marks, states
from annotator.store.connection import Database
from annotator.store.rows import Row

_OWN = "WHERE article = ? AND view = ?"


@dataclass(frozen=True, slots=True)
class Undecoded:
    """Some articles with their texts, and what all annotators made of them; gold is not there.

    Making records of the rows takes most of the time of reading, so it is left to whoever asks.
    """

    articles: list[tuple[Article, str]] = field(default_factory=list)
    _marks: list[Row] = field(default_factory=list)
    _links: list[Row] = field(default_factory=list)
    _states: list[Row] = field(default_factory=list)

    def marks(self) -> Iterator[Mark]:
        """Yield the marks, article by article in reading order."""
        return map(marks.TABLE.decode, self._marks)

    def links(self) -> Iterator[Link]:
        """Yield the links, article by article, oldest first."""
        return map(links.TABLE.decode, self._links)

    def states(self) -> Iterator[State]:
        """Yield the verdicts, open ones too."""
        return map(states.TABLE.decode, self._states)

    def add(self, db: Database, article: Article, text: str) -> None:
        """Add one article with everything that belongs to it."""
        own = (article.id, View.ANNOTATOR.value)
        self.articles.append((article, text))
        self._marks.extend(marks.TABLE.rows(db, f"{_OWN} ORDER BY start, end DESC, id", own))
        self._links.extend(links.TABLE.rows(db, f"{_OWN} ORDER BY created, id", own))
        self._states.extend(
            states.TABLE.rows(db, "WHERE article = ? ORDER BY annotator, layer", own[:1])
        )


def in_id_order(db: Database, at_once: int) -> Iterator[Undecoded]:
    """Yield all articles by id, so many at a time."""
    found = Undecoded()
    for article, text in articles.in_id_order(db):
        found.add(db, article, text)
        if len(found.articles) == at_once:
            yield found
            found = Undecoded()
    if found.articles:
        yield found
