"""Full-text search: an index over the frozen texts, kept in the project and filled as texts come in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.search_query import SearchQuery, Term
from annotator.store.rows import Cell

_OPEN, _SHUT = "\U0001fffe", "\U0001ffff"
"""What SQLite puts around a hit; being noncharacters they stand in no frozen text."""

_CONDITIONS = {
    "publisher": "article.publisher LIKE ? ESCAPE '\\'",
    "title": "article.title LIKE ? ESCAPE '\\'",
    "author": "article.author LIKE ? ESCAPE '\\'",
    "split": "article.split = ?",
    "after": "article.published >= ?",
    "before": "article.published < ?",
    "has": "EXISTS (SELECT 1 FROM mark WHERE mark.article = article.id AND mark.layer = ?)",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An article that has what was looked for, and where, in code points."""

    article: Id
    title: str | None
    text: str
    places: tuple[Extent, ...]


def find(db: Database, query: SearchQuery, limit: int) -> Iterator[Found]:
    """Yield at most ``limit`` articles that fit, in the order their texts came in."""
    expression = _expression(query)
    conditions = [_CONDITIONS[name] for name, _ in query.filters]
    values: list[Cell] = [_value(name, value) for name, value in query.filters]
    if not expression:
        where = " AND ".join(conditions) or "FALSE"
        sql = (
            "SELECT article.id, article.title, text.body, text.body FROM article "
            f"JOIN text ON text.sha256 = article.text_sha256 WHERE {where} ORDER BY text.rowid LIMIT ?"
        )
        parameters: list[Cell] = [*values, limit]
    else:
        where = " AND ".join(["text_words MATCH ?", *conditions])
        sql = (
            "SELECT article.id, article.title, text.body, highlight(text_words, 0, ?, ?) FROM text_words "
            "JOIN text ON text.rowid = text_words.rowid "
            f"JOIN article ON article.text_sha256 = text.sha256 WHERE {where} "
            "ORDER BY text_words.rowid LIMIT ?"
        )
        parameters = [_OPEN, _SHUT, expression, *values, limit]
    for id, title, body, marked in db.execute(sql, parameters):
        yield Found(id, title, body, _places(marked))


def count(db: Database, query: SearchQuery) -> int:
    """Return how many articles fit."""
    expression = _expression(query)
    conditions = [_CONDITIONS[name] for name, _ in query.filters]
    values: list[Cell] = [_value(name, value) for name, value in query.filters]
    if expression:
        conditions.insert(
            0,
            "article.text_sha256 IN (SELECT sha256 FROM text WHERE rowid IN "
            "(SELECT rowid FROM text_words WHERE text_words MATCH ?))",
        )
        values.insert(0, expression)
    where = " AND ".join(conditions) or "FALSE"
    return int(db.execute(f"SELECT count(*) FROM article WHERE {where}", values).fetchone()[0])


def add(db: Database, rowid: int, body: str) -> None:
    """Index a text that has just come in."""
    db.execute("INSERT INTO text_words (rowid, body) VALUES (?, ?)", (rowid, body))


def is_whole(db: Database) -> bool:
    """Tell whether the index fits the texts, word by word; of what is open for reading only it cannot be told."""
    try:
        with db.atomic():
            db.execute("INSERT INTO text_words (text_words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY
    return True


def _expression(query: SearchQuery) -> str:
    """Return the query in the language of FTS5, everything a person typed within quotation marks."""
    wanted = " ".join(_quoted(term) for term in query.wanted)
    unwanted = " OR ".join(_quoted(term) for term in query.terms if term.is_unwanted)
    if not wanted or not unwanted:
        return wanted
    return f"({wanted}) NOT ({unwanted})"


def _quoted(term: Term) -> str:
    words = term.words.replace('"', '""')
    return f'"{words}"*' if term.is_begun else f'"{words}"'


def _value(name: str, value: str) -> str:
    if name in ("publisher", "title", "author"):
        plain = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"%{plain}%"
    return value


def _places(marked: str) -> tuple[Extent, ...]:
    """Return where the hits are, from the text with signs around them."""
    found = []
    at = taken = 0
    while (start := marked.find(_OPEN, at)) >= 0:
        end = marked.index(_SHUT, start)
        found.append((start - taken, end - taken - 1))
        taken += 2
        at = end + 1
    return tuple(found)
