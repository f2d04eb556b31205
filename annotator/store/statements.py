"""Marks of one layer with what their links lead to, as statements are read from them: plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.identity import Id
from annotator.domain.mark import Value, View
from annotator.store.connection import Database
from annotator.store.marks import attributes_in


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One mark of the layer, with what its article tells."""

    mark: Id
    article: Id
    values: dict[str, Value]
    published: str | None
    title: str | None
    author: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class EndRow:
    """Where a link of such a mark leads: to a mark, with its entry in the actor book, or to a voice."""

    start: Id
    type: str
    voice: str | None
    layer: str | None
    actor: Id | None
    words: str


def count(db: Database, layer: str, view: View, annotator: Id | None) -> int:
    """Return how many marks there are to read."""
    sql = f"SELECT count(*) FROM mark WHERE {_WHERE}"
    return int(db.execute(sql, (layer, view, annotator)).fetchone()[0])


def rows(db: Database, layer: str, view: View, annotator: Id | None) -> Iterator[StatementRow]:
    """Yield the marks of a layer, of one annotator or (None) of all."""
    sql = f"""
        SELECT mark.id, mark.article, mark.attributes, published, title, author, publisher
        FROM mark JOIN article ON article.id = mark.article WHERE {_WHERE}
    """
    for id, article, attributes, *meta in db.execute(sql, (layer, view, annotator)):
        yield StatementRow(id, article, attributes_in(attributes), *meta)


def ends(db: Database, layer: str, view: View, annotator: Id | None) -> Iterator[EndRow]:
    """Yield the ends of all links of these marks, the oldest link first."""
    sql = f"""
        SELECT link.start, link.type, link.voice, ends.layer, ends.actor,
            json_extract(ends.fragments, '$[0][2]')
        FROM mark JOIN link ON link.start = mark.id LEFT JOIN mark AS ends ON ends.id = link.end
        WHERE {_WHERE} ORDER BY link.created, link.id
    """
    for start, type, voice, ends_layer, actor, words in db.execute(sql, (layer, view, annotator)):
        yield EndRow(start, type, voice, ends_layer, actor, words or "")


_WHERE = "mark.layer = ?1 AND mark.view = ?2 AND mark.annotator = coalesce(?3, mark.annotator)"
