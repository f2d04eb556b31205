"""Marks and links as figures and networks are counted from them: plain rows, a few articles at a time.

A batch is small enough to be read between two frames of the screen, however large the project is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from annotator.domain.codebook import ACTOR
from annotator.domain.identity import Id
from annotator.domain.mark import Value, View
from annotator.store.connection import Database
from annotator.store.marks import attributes_in

R = TypeVar("R")

BATCH = 600
"""About so many marks are in the articles of a batch; an article is never divided."""


class ArticleRow(NamedTuple):
    """What an article tells of its marks."""

    published: str | None
    title: str | None
    author: str | None
    publisher: str | None


class MarkRow(NamedTuple):
    """One mark.

    Attributes:
        attributes: as they are stored; ``values_of`` reads them.
    """

    id: Id
    article: Id
    layer: str
    attributes: str
    annotator: Id
    actor: Id | None


class EndRow(NamedTuple):
    """Where a link leads: to a mark, with its entry in the actor book, or to a voice.

    Attributes:
        words: of a mention that stands for nobody in the book; else None.
    """

    start: Id
    type: str
    voice: str | None
    layer: str | None
    actor: Id | None
    words: str | None


class Batch(NamedTuple):
    """The marks of some articles, in any order, and the ends of their links, the oldest first."""

    marks: Sequence[MarkRow]
    ends: Sequence[EndRow]


def articles(db: Database) -> dict[Id, ArticleRow]:
    """Return every article."""
    sql = "SELECT id, published, title, author, publisher FROM article ORDER BY position, id"
    return {id: ArticleRow(*rest) for id, *rest in db.execute(sql)}


def batches(
    db: Database, view: View, layers: Iterable[str], types: Iterable[str]
) -> Iterator[tuple[int, Batch]]:
    """Yield the marks of some layers, and the links of some types, in batches.

    Yields:
        How many marks of all layers were read before, and the batch.
    """
    done = 0
    on, of = json.dumps(list(layers)), json.dumps(list(types))
    for some, count in _together(db, view):
        articles = json.dumps(some)
        marks = db.execute(_MARKS, (articles, view.value, on))
        ends = db.execute(_ENDS, (articles, view.value, of))
        yield done, Batch(_as(MarkRow, marks), _as(EndRow, ends))
        done += count


def count(db: Database, view: View) -> int:
    """Return how many marks a view has."""
    sql = "SELECT count(*) FROM mark WHERE view = ?"
    return int(db.execute(sql, (view.value,)).fetchone()[0])


@lru_cache(maxsize=4096)
def values_of(attributes: str) -> Mapping[str, Value]:
    """Return the values of a mark; those of marks that say the same are read once."""
    return attributes_in(attributes)


def _as(kind: type[R], rows: Iterable[tuple[Any, ...]]) -> list[R]:
    """Return rows under their names; without a call of Python for each, which would double the time."""
    return list(map(partial(tuple.__new__, kind), rows))  # type: ignore[type-var]


def _together(db: Database, view: View) -> list[tuple[list[Id], int]]:
    """Return articles that are read together, and how many marks they have."""
    sql = "SELECT article, count(*) FROM mark WHERE view = ? GROUP BY article"
    found: list[tuple[list[Id], int]] = []
    some: list[Id] = []
    size = 0
    for article, marks in db.execute(sql, (view.value,)).fetchall():
        if some and size + marks > BATCH:
            found.append((some, size))
            some, size = [], 0
        some.append(article)
        size += marks
    return [*found, (some, size)] if some else found


_MARKS = """
    SELECT id, article, layer, attributes, annotator, actor FROM mark
    WHERE article IN (SELECT value FROM json_each(?1)) AND view = ?2
        AND layer IN (SELECT value FROM json_each(?3))
"""
_ENDS = f"""
    SELECT link.start, type, voice, ends.layer, ends.actor,
        CASE WHEN ends.actor IS NULL AND ends.layer = '{ACTOR}'
            THEN json_extract(ends.fragments, '$[0][2]') END
    FROM link LEFT JOIN mark AS ends ON ends.id = link.end
    WHERE link.article IN (SELECT value FROM json_each(?1)) AND link.view = ?2
        AND type IN (SELECT value FROM json_each(?3))
    ORDER BY link.created, link.id
"""
