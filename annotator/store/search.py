"""Full-text search: an index over the frozen texts, kept in the project and filled as texts come in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.search_query import SearchQuery, Term
from annotator.store.connection import Database
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
    """An article that has what was looked for, and where, in code points.

    Attributes:
        extra: its free extra fields, as JSON.
    """

    article: Id
    title: str | None
    text: str
    places: tuple[Extent, ...]
    extra: str = "{}"


def find(
    db: Database, query: SearchQuery, limit: int, article: Id | None = None
) -> Iterator[Found]:
    """Yield at most ``limit`` articles that fit (−1: all), in the order their texts came in.

    Args:
        article: look in this one alone.
    """
    expression = _expression(query)
    conditions = [_CONDITIONS[name] for name, _ in query.filters]
    values: list[Cell] = [_value(name, value) for name, value in query.filters]
    if article is not None:
        conditions.append("article.id = ?")
        values.append(article)
    if not expression:
        where = " AND ".join(conditions) or "FALSE"
        sql = (
            "SELECT article.id, article.title, text.body, text.body, article.extra FROM article "
            f"JOIN text ON text.sha256 = article.text_sha256 WHERE {where} ORDER BY text.rowid LIMIT ?"
        )
        parameters: list[Cell] = [*values, limit]
    else:
        where = " AND ".join(["text_words MATCH ?", *conditions])
        if article is not None:
            where += (
                " AND text_words.rowid = (SELECT text.rowid FROM article JOIN text "
                "ON text.sha256 = article.text_sha256 WHERE article.id = ?)"
            )
            values.append(article)
        sql = (
            "SELECT article.id, article.title, text.body, highlight(text_words, 0, ?, ?), "
            "article.extra FROM text_words "
            "JOIN text ON text.rowid = text_words.rowid "
            f"JOIN article ON article.text_sha256 = text.sha256 WHERE {where} "
            "ORDER BY text_words.rowid LIMIT ?"
        )
        parameters = [_OPEN, _SHUT, expression, *values, limit]
    for id, title, body, marked, extra in db.execute(sql, parameters):
        yield Found(id, title, body, _places(marked), extra)


def count(db: Database, query: SearchQuery) -> int:
    """Return how many articles fit."""
    where, values = _where(query)
    return int(db.execute(f"SELECT count(*) FROM article WHERE {where}", values).fetchone()[0])


def has_one_article_each(db: Database) -> bool:
    """Tell whether every text is that of exactly one article, so that counting texts counts articles."""
    texts, articles, different = db.execute(
        "SELECT (SELECT count(*) FROM text), count(*), count(DISTINCT text_sha256) FROM article"
    ).fetchone()
    return bool(texts == articles == different)


def count_texts(db: Database, query: SearchQuery) -> int:
    """Return how many texts have the words, whatever the filters say."""
    sql = "SELECT count(*) FROM text_words WHERE text_words MATCH ?"
    return int(db.execute(sql, (_expression(query),)).fetchone()[0])


def ids(db: Database, query: SearchQuery) -> list[Id]:
    """Return every article that fits."""
    where, values = _where(query)
    return [
        row[0]
        for row in db.execute(f"SELECT id FROM article WHERE {where} ORDER BY position, id", values)
    ]


def titles(db: Database) -> list[tuple[Id, str | None]]:
    """Return id and title of every article, in the order of the project."""
    return [
        (row[0], row[1])
        for row in db.execute("SELECT id, title FROM article ORDER BY position, id")
    ]


def bodies(db: Database, articles: Sequence[Id]) -> list[str]:
    """Return the texts of these articles, in this order."""
    sql = """SELECT text.body FROM json_each(?) AS wanted JOIN article ON article.id = wanted.value
        JOIN text ON text.sha256 = article.text_sha256 ORDER BY wanted.key"""
    return [row[0] for row in db.execute(sql, (json.dumps(list(articles)),))]


def publishers(db: Database, limit: int) -> list[str]:
    """Return the publishers with the most articles, the largest first."""
    sql = """SELECT publisher FROM article WHERE publisher IS NOT NULL AND publisher <> ''
        GROUP BY publisher ORDER BY count(*) DESC, publisher LIMIT ?"""
    return [row[0] for row in db.execute(sql, (limit,))]


def add(db: Database, rowid: int, body: str) -> None:
    """Index a text that has just come in."""
    db.execute("INSERT INTO text_words (rowid, body) VALUES (?, ?)", (rowid, body))


def catch_up(db: Database) -> None:
    """Index every text that came in since the last one that is indexed, in one statement.

    The index writes what it has gathered whenever another table is written to. So texts that come
    by the thousand are indexed many at a time: in a third of the time.
    """
    db.execute(
        "INSERT INTO text_words (rowid, body) SELECT rowid, body FROM text "
        "WHERE rowid > (SELECT coalesce(max(id), 0) FROM text_words_docsize) ORDER BY rowid"
    )


def is_whole(db: Database) -> bool:
    """Tell whether the index fits the texts, word by word; of what is open for reading only it cannot be told."""
    try:
        with db.atomic():
            db.execute("INSERT INTO text_words (text_words, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY
    return True


def _where(query: SearchQuery) -> tuple[str, list[Cell]]:
    """Return the condition on articles that a query stands for."""
    expression = _expression(query)
    conditions = [_CONDITIONS[name] for name, _ in query.filters]
    values: list[Cell] = [_value(name, value) for name, value in query.filters]
    if expression:
        conditions.insert(
            0,
            # The hash of a text and its row number stand in one index: no text is read for this.
            "(SELECT text.rowid FROM text WHERE text.sha256 = article.text_sha256) IN "
            "(SELECT rowid FROM text_words WHERE text_words MATCH ?)",
        )
        values.insert(0, expression)
    return " AND ".join(conditions) or "FALSE", values


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
