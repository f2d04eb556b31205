"""Full-text search: an index over the frozen texts, kept in the project and filled as texts come in."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.search_query import SearchQuery, Term
from annotator.store.connection import Database
from annotator.store.rows import Cell

_OPEN, _SHUT = "\U0001fffe", "\U0001ffff"
"""What SQLite puts around a hit; being noncharacters they stand in no frozen text."""

_ARTICLES = "article INDEXED BY article_for_searching"
"""In the order in which their texts came in; of one text, in the order of the project."""

_HITS = f"text_words CROSS JOIN {_ARTICLES} ON article.text_number = text_words.rowid"
"""The texts that have the words, one after the other, with their articles.

What the filters ask for stands in that index, too, so that neither an article nor its text is read
before it is known to fit.
"""

_CONDITIONS = {
    "publisher": "article.publisher LIKE ? ESCAPE '\\'",
    "title": "article.title LIKE ? ESCAPE '\\'",
    "author": "article.author LIKE ? ESCAPE '\\'",
    "split": "article.split = ?",
    "after": "article.published >= ?",
    "before": "article.published < ?",
    "has": "EXISTS (SELECT 1 FROM mark WHERE mark.layer = ? AND mark.layer <> '' "
    "AND mark.article = article.id)",
}


@dataclass(frozen=True, slots=True)
class Found:
    """An article that has what was looked for, and where, in code points.

    Attributes:
        number: of its text, in the order in which texts came in.
        extra: its free extra fields, as JSON.
    """

    article: Id
    title: str | None
    text: str
    places: tuple[Extent, ...]
    number: int
    extra: str = "{}"


Numbers = tuple[int, int]
"""The first and the last number of some texts, in the order in which they came in."""


def find(
    db: Database,
    query: SearchQuery,
    limit: int,
    article: Id | None = None,
    among: Numbers | None = None,
) -> Iterator[Found]:
    """Yield at most ``limit`` articles that fit (−1: all), in the order their texts came in.

    Args:
        article: look in this one alone.
        among: look only at articles with one of these texts.
    """
    looked = _look(query)
    where, values = looked.where, looked.values
    if among is not None:
        where, values = f"{where} AND {looked.number} BETWEEN ? AND ?", [*values, *among]
    if article is not None:
        where += (
            f" AND {looked.number} = (SELECT text_number FROM article WHERE id = ?)"
            " AND article.id = ?"
        )
        values = [*values, article, article]
    marked, signs = "text.body", list[Cell]()
    if looked.has_words:
        marked, signs = "highlight(text_words, 0, ?, ?)", [_OPEN, _SHUT]
    sql = (
        f"SELECT article.id, article.title, text.body, {marked}, text.rowid, article.extra "
        f"FROM {looked.tables} CROSS JOIN text ON text.rowid = article.text_number "
        f"WHERE {where} ORDER BY {looked.number} LIMIT ?"
    )
    for id, title, body, shown, number, extra in db.execute(sql, (*signs, *values, limit)):
        yield Found(id, title, body, _places(shown), number, extra)


def count(db: Database, query: SearchQuery, since: int = 0) -> int:
    """Return how many articles fit, of those whose text has this number or came in later."""
    looked = _look(query)
    sql = f"SELECT count(*) FROM {looked.tables} WHERE {looked.where} AND {looked.number} >= ?"
    return int(db.execute(sql, (*looked.values, since)).fetchone()[0])


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


def ids(db: Database, query: SearchQuery, among: Numbers) -> list[Id]:
    """Return every article that fits and has one of these texts, in the order in which these came in."""
    looked = _look(query)
    sql = f"""SELECT article.id FROM {looked.tables}
        WHERE {looked.where} AND {looked.number} BETWEEN ? AND ? ORDER BY {looked.number}"""
    return [row[0] for row in db.execute(sql, (*looked.values, *among))]


def numbers(db: Database, share: int) -> Iterator[Numbers]:
    """Yield shares of so many numbers each, in which together every text stands that is there now."""
    last = int(db.execute("SELECT coalesce(max(rowid), 0) FROM text").fetchone()[0])
    return ((first, first + share - 1) for first in range(1, last + 1, share))


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


def misplaced(db: Database) -> Iterator[Id]:
    """Yield the articles that do not have the number of their text, so that no words find them."""
    sql = """SELECT id FROM article WHERE text_number IS NOT
        (SELECT text.rowid FROM text WHERE text.sha256 = article.text_sha256)"""
    for (id,) in db.execute(sql):
        yield id


class _Look(NamedTuple):
    """Where what a query stands for is looked up.

    Attributes:
        number: of the text, as the tables are walked through in its order.
    """

    tables: str
    where: str
    values: list[Cell]
    number: str
    has_words: bool


def _look(query: SearchQuery) -> _Look:
    expression = _expression(query)
    filters = [_CONDITIONS[name] for name, _ in query.filters]
    values: list[Cell] = [_value(name, value) for name, value in query.filters]
    if expression:
        where = " AND ".join(["text_words MATCH ?", *filters])
        return _Look(_HITS, where, [expression, *values], "text_words.rowid", has_words=True)
    where = " AND ".join(["article.text_number IS NOT NULL", *(filters or ["FALSE"])])
    return _Look(_ARTICLES, where, values, "article.text_number", has_words=False)


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
