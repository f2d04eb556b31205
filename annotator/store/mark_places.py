"""Marks with the words around them and the article they are in, for lists of quotes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotator.domain.identity import Id
from annotator.store.connection import Database

AROUND = 48
"""How much of the text is shown on either side of a quote, in code points."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A mark as it reads in its article.

    Attributes:
        title: of the article, or what else names it.
        start, end: outer bounds, in code points.
        before, after: the text on either side, on one line.
    """

    mark: Id
    article: Id
    title: str
    annotator: str
    start: int
    end: int
    before: str
    words: str
    after: str


_SELECT = f"""
    SELECT mark.id, mark.article, coalesce(article.title, article.source_file, mark.article),
        annotator.name, mark.start, mark.end, fragments,
        substr(body, max(start - {AROUND}, 0) + 1, min(start, {AROUND})), substr(body, end + 1, {AROUND})
    FROM mark JOIN article ON article.id = mark.article JOIN text ON sha256 = text_sha256
        JOIN annotator ON annotator.id = mark.annotator
"""

_ORDER = "ORDER BY article.position, mark.article, start, mark.id"


def quotes_of_actors(db: Database, actors: Sequence[Id]) -> list[Quote]:
    """Return every mark that stands for one of these entries, by article and place."""
    where = "WHERE mark.actor IN (SELECT value FROM json_each(?))"
    return _quotes(db, where, list(actors))


def quotes_of_marks(db: Database, marks: Sequence[Id]) -> list[Quote]:
    """Return these marks, by article and place."""
    return _quotes(db, "WHERE mark.id IN (SELECT value FROM json_each(?))", list(marks))


def claims_of_actor(db: Database, actor: Id) -> list[Quote]:
    """Return every claim that has a mention of this entry as its source, by article and place."""
    where = """WHERE mark.id IN (
        SELECT link.start FROM mark AS who JOIN link ON link.end = who.id
        WHERE who.actor IN (SELECT value FROM json_each(?)) AND link.type = 'source')"""
    return _quotes(db, where, [actor])


def openings(db: Database, articles: Sequence[Id]) -> list[Quote]:
    """Return the beginnings of articles as quotes without a mark, in the order of the project."""
    sql = """
        SELECT article.id, coalesce(title, source_file, article.id), coalesce(publisher, ''),
            substr(body, 1, 400)
        FROM article JOIN text ON sha256 = text_sha256
        WHERE article.id IN (SELECT value FROM json_each(?)) ORDER BY position, article.id
    """
    found = []
    for id, title, publisher, body in db.execute(sql, (json.dumps(list(articles)),)):
        first = " ".join(body.split())
        words, after = first[:AROUND].rstrip(), first[AROUND : 3 * AROUND]
        found.append(Quote("", id, title, publisher, 0, 0, "", words, after))
    return found


def _quotes(db: Database, where: str, ids: list[Id]) -> list[Quote]:
    rows = db.execute(f"{_SELECT} {where} {_ORDER}", (json.dumps(ids),))
    return [_quote(row) for row in rows]


def _quote(row: tuple[Any, ...]) -> Quote:
    id, article, title, annotator, start, end, fragments, before, after = row
    words = " … ".join(part[2] for part in json.loads(fragments))
    return Quote(
        id,
        article,
        title,
        annotator,
        start,
        end,
        _line(before),
        " ".join(words.split()),
        _line(after),
    )


def _line(text: str) -> str:
    """Return a text on one line; its outer blanks stay as one, so that words do not run together."""
    inner = " ".join(text.split())
    return (
        f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
    )
