"""Marks and links as figures and networks are counted from them: plain rows, a few articles at a time.

A batch is small enough to be read between two frames of the screen, however large the project is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, NamedTuple, TypeVar

from annotator.domain.codebook import ACTOR
from annotator.domain.identity import Id
from annotator.domain.mark import Value, View
from annotator.domain.slices import MANY, Slices, sliced
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
        words: of a mention that stands for nobody in the actor book; else None.
    """

    id: Id
    article: Id
    layer: str
    attributes: str
    actor: Id | None
    words: str | None


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


class LinkRow(NamedTuple):
    """A link between two marks."""

    start: Id
    type: str
    end: Id


class Batch(NamedTuple):
    """Articles whose marks are read together.

    Attributes:
        first: the id of the first of them; batches come in the order of ids.
        articles: their ids, as JSON.
    """

    first: Id
    articles: str


@sliced
def articles(db: Database) -> Slices[dict[Id, ArticleRow]]:
    """Return every article, in the order of the list."""
    sql = "SELECT id, published, title, author, publisher FROM article ORDER BY position, id"
    found: dict[Id, ArticleRow] = {}
    rows = db.execute(sql)
    while some := rows.fetchmany(MANY):
        found.update((id, ArticleRow(*rest)) for id, *rest in some)
        yield
    return found


def batches(db: Database, view: View) -> Iterator[Batch]:
    """Yield the articles that have marks in a view, in batches; nothing is held open in between."""
    last = ""
    while counts := db.execute(_COUNTS, (view.value, last)).fetchall():
        some: list[Id] = []
        size = 0
        for article, marks in counts:
            if some and size + marks > BATCH:
                yield Batch(some[0], json.dumps(some))
                some, size = [], 0
            some.append(article)
            size += marks
        yield Batch(some[0], json.dumps(some))
        last = counts[-1][0]


def marks(
    db: Database, batch: Batch, view: View, layers: Iterable[str], annotator: Id | None
) -> list[MarkRow]:
    """Return the marks of a batch on some layers, of one annotator or (None) of all, in any order."""
    chosen = batch.articles, view.value, json.dumps(list(layers)), annotator
    return _as(MarkRow, db.execute(_MARKS, chosen))


def links(db: Database, batch: Batch, view: View, types: Iterable[str]) -> list[LinkRow]:
    """Return the links between marks of a batch that are of some types, in any order."""
    chosen = batch.articles, view.value, json.dumps(list(types))
    return _as(LinkRow, db.execute(_LINKS, chosen))


def ends(db: Database, batch: Batch, view: View, types: Iterable[str]) -> list[EndRow]:
    """Return where the links of a batch lead that are of some types, in any order."""
    chosen = batch.articles, view.value, json.dumps(list(types))
    return _as(EndRow, db.execute(_ENDS, chosen))


@lru_cache(maxsize=4096)
def values_of(attributes: str) -> Mapping[str, Value]:
    """Return the values of a mark; those of marks that say the same are read once."""
    return attributes_in(attributes)


def _as(kind: type[R], rows: Iterable[tuple[Any, ...]]) -> list[R]:
    """Return rows under their names; without a call of Python for each, which would double the time."""
    return list(map(partial(tuple.__new__, kind), rows))  # type: ignore[type-var]


_COUNTS = """
    SELECT article, count(*) FROM mark WHERE view = ? AND article > ?
    GROUP BY article ORDER BY article LIMIT 100
"""
# Most layers are often not wanted: this index has the layer in it, so that only wanted marks are looked at.
_MARKS = f"""
    SELECT id, article, layer, attributes, actor,
        CASE WHEN actor IS NULL AND layer = '{ACTOR}' THEN json_extract(fragments, '$[0][2]') END
    FROM mark INDEXED BY mark_by_annotator
    WHERE annotator IN (SELECT id FROM annotator WHERE id = coalesce(?4, id)) AND view = ?2
        AND article IN (SELECT value FROM json_each(?1))
        AND layer IN (SELECT value FROM json_each(?3))
"""
_LINKS = """
    SELECT start, type, end FROM link
    WHERE article IN (SELECT value FROM json_each(?1)) AND view = ?2
        AND type IN (SELECT value FROM json_each(?3)) AND end IS NOT NULL
"""
_ENDS = f"""
    SELECT link.start, type, voice, ends.layer, ends.actor,
        CASE WHEN ends.actor IS NULL AND ends.layer = '{ACTOR}'
            THEN json_extract(ends.fragments, '$[0][2]') END
    FROM link LEFT JOIN mark AS ends ON ends.id = link.end
    WHERE link.article IN (SELECT value FROM json_each(?1)) AND link.view = ?2
        AND type IN (SELECT value FROM json_each(?3))
"""
