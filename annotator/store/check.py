"""The proof that a project file is whole: SQLite, schema, texts, slices, links, and the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from annotator.domain.cells import quoted
from annotator.domain.codebook import Codebook
from annotator.domain.errors import Problem
from annotator.domain.fragment import agree
from annotator.domain.mark import Mark
from annotator.domain.text import sha256_of
from annotator.store import codebooks, links, marks, replay, schema, search
from annotator.store.connection import Database, pragma


def problems(db: Database, reached: Callable[[int, int], None] | None = None) -> Iterator[str]:
    """Yield one sentence for each thing that is not as it must be; a whole project yields none.

    Of a file of an earlier version, which has other tables, only what SQLite and its schema say.

    Args:
        reached: told, before each of its parts, how many are done and how many there are.
    """
    parts = _PARTS if _version(db) == schema.SCHEMA_VERSION else _PARTS_OF_EARLIER
    for done, find in enumerate(parts):
        if reached:
            reached(done, len(parts))
        whole = True
        try:
            for sentence in find(db):
                whole = False
                yield sentence
        except (sqlite3.Error, ValueError, TypeError, KeyError, Problem) as error:
            # What a check stumbles over is itself a finding.
            yield f"The file cannot be read throughout ({type(error).__name__}: {error})."
        if find is sqlite_problems and not whole:
            return


def _schema_problems(db: Database) -> Iterator[str]:
    yield from schema.faults(db, _version(db))


def _version(db: Database) -> int:
    """Return the version that the file says it has; the present one where that cannot be."""
    try:
        version = int(pragma(db, "user_version"))
    except sqlite3.Error:
        return schema.SCHEMA_VERSION
    return version if 0 < version < schema.SCHEMA_VERSION else schema.SCHEMA_VERSION


def sqlite_problems(db: Database) -> Iterator[str]:
    """Yield what SQLite itself finds wrong: pages, indexes, constraints, references."""
    try:
        for (message,) in db.execute("PRAGMA integrity_check(20)"):
            if message != "ok":
                yield f"The database is damaged: {message}."
        for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
            yield f"A {table} (row {rowid}) names a {parent} that does not exist."
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        # SQLite quotes the damage in its message, and Python may not be able to decode that.
        yield f"The database is damaged: {error}."


def _text_problems(db: Database) -> Iterator[str]:
    for sha256, body, length in db.execute("SELECT sha256, body, length FROM text"):
        if sha256_of(body) != sha256 or len(body) != length:
            yield f"The text {sha256[:12]} is not the one that was imported."
    for id, length, kept in db.execute(
        "SELECT article.id, article.length, text.length FROM article JOIN text ON sha256 = text_sha256"
    ):
        if length != kept:
            yield f"The article {id} says it has {length} characters, its text has {kept}."


def _search_problems(db: Database) -> Iterator[str]:
    if not search.is_whole(db):
        yield "The index of words for searching does not fit the texts."
    for id in search.misplaced(db):
        yield f"The article {id} is not known by the number of its text, so searching would miss it."


def _mark_problems(db: Database) -> Iterator[str]:
    books = {book.version: book.codebook for book in codebooks.TABLE.select(db)}
    text, current = "", None
    # Layers with values that were looked at, and versions of the codebook.
    right: set[tuple[str, str, int]] = set()
    for row in db.execute(
        f"SELECT {', '.join(f'mark.{name}' for name in marks.TABLE.columns)}, text_sha256 "
        "FROM mark JOIN article ON article.id = mark.article ORDER BY mark.article, mark.id"
    ):
        sha256 = row[-1]
        if sha256 != current:
            found = db.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
            text, current = (found[0] if found else ""), sha256
        kind = row[4], row[8], row[-2]
        if kind in right and _covers(text, *row[5:8]):
            continue
        try:
            mark = marks.TABLE.decode(row[:-1])
        except (Problem, ValueError, TypeError, KeyError) as error:
            yield f"The mark {row[0]} cannot be read: {str(error).rstrip('.')}."
            continue
        found_wrong = list(_one_mark(mark, text, books))
        yield from found_wrong
        if not found_wrong:
            right.add(kind)
        if (mark.start, mark.end) != (row[5], row[6]):
            yield f"The mark {mark.id} says {row[5]}–{row[6]} but its fragments cover {mark.start}–{mark.end}."


def _covers(text: str, start: int, end: int, fragments: str) -> bool:
    """Tell whether a mark is one fragment that covers its words; all others are looked at as records."""
    return (
        0 <= start < end <= len(text)
        and fragments == f"[[{start},{end},{quoted(text[start:end])}]]"
    )


def _one_mark(mark: Mark, text: str, books: dict[int, Codebook]) -> Iterator[str]:
    if not agree(mark.fragments, text):
        yield f"The mark {mark.id} says “{mark.text[:40]}”, but the text at {mark.start}–{mark.end} differs."
    book = books.get(mark.made.codebook_version)
    if book is None:
        return
    try:
        book.check_attributes(mark.layer, mark.attributes)
    except Problem as problem:
        yield f"The mark {mark.id}: {problem}"


def _link_problems(db: Database) -> Iterator[str]:
    books = {book.version: book.codebook for book in codebooks.TABLE.select(db)}
    names = ", ".join(f"link.{name}" for name in links.TABLE.columns)
    rows = db.execute(
        f"SELECT {names}, a.layer, a.article, a.annotator, a.view, b.layer, b.article, b.annotator, b.view "
        "FROM link JOIN mark a ON a.id = link.start LEFT JOIN mark b ON b.id = link.end"
    )
    width = len(links.TABLE.columns)
    for row in rows:
        try:
            link = links.TABLE.decode(row[:width])
            layer, *home = row[width : width + 4]
            end_layer, *end_home = row[width + 4 :]
            book = books.get(link.made.codebook_version)
            if book:
                book.check_link(link.type, layer, end_layer)
        except (Problem, ValueError) as problem:
            yield f"The link {row[0]}: {problem}"
            continue
        own = [link.article, link.made.annotator, link.view]
        if home != own or (link.end is not None and end_home != own):
            yield f"The link {link.id} joins marks of different articles or annotators."


_PARTS = (
    sqlite_problems,
    _schema_problems,
    _text_problems,
    _search_problems,
    _mark_problems,
    _link_problems,
    replay.problems,
)
"""In this order: where SQLite itself finds damage, the rest would only stumble over it."""

_PARTS_OF_EARLIER = (sqlite_problems, _schema_problems)
