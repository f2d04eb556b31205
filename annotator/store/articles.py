"""Articles and their frozen texts in the project file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, cast

from annotator.domain import coded
from annotator.domain.article import Article, Meta, TextSource
from annotator.domain.cells import compact
from annotator.domain.identity import Id
from annotator.domain.text import DecodedText
from annotator.store import search
from annotator.store.connection import Database
from annotator.store.rows import Cell, Row, Table, parsed

if TYPE_CHECKING:
    from annotator.domain.coded import CodedArticle

_META = ("title", "author", "publisher", "url", "published", "language", "licence", "source_file")
_COLUMNS = (
    "id", "position", *_META, "extra", "text_sha256", "length", "encoding", "newlines", "had_bom",
    "source_sha256", "added", "split", "duplicate_group", "replaces", "note",
)  # fmt: skip


def _encode(record: Article) -> Row:
    meta = record.meta
    return (
        record.id,
        record.position,
        *(getattr(meta, name) for name in _META),
        compact(dict(meta.extra)),
        record.text_sha256,
        record.length,
        record.source.encoding,
        record.source.newlines,
        int(record.source.had_bom),
        record.source.sha256,
        record.added,
        record.split,
        record.duplicate_group,
        record.replaces,
        record.note,
    )


def _decode(row: Row) -> Article:
    # Columns are typed by the schema (STRICT); ten thousand of these rows are read for a list.
    values = cast(Any, row)
    id, position = values[:2]
    sha256, length, encoding, newlines, had_bom, source, added = values[11:18]
    split, group, replaces, note = values[18:]
    return Article(
        id=id,
        meta=_meta(values[2:11]),
        text_sha256=sha256,
        length=length,
        source=TextSource(encoding, newlines, bool(had_bom), source),
        added=added,
        position=position,
        split=split,
        duplicate_group=group,
        replaces=replaces,
        note=note,
    )


def _meta(cells: Sequence[Any]) -> Meta:
    extra = cells[len(_META)]
    known: Any = (*cells[: len(_META)], {} if extra == "{}" else parsed(extra))
    return Meta(*known)


TABLE = Table("article", _COLUMNS, _encode, _decode)

COUNTED_AT_ONCE = 1_000
"""In so many articles the groups of copies are counted in one go."""


def all(db: Database) -> list[Article]:
    """Return every article in the order of the project."""
    return list(TABLE.select(db, "ORDER BY position, id"))


def ids_in_pages(db: Database, most: int) -> Iterator[list[Id]]:
    """Yield the ids of all articles in their own order, so many at a time."""
    sql = "SELECT id FROM article WHERE id > ? ORDER BY id LIMIT ?"
    last = ""
    while some := [id for (id,) in db.execute(sql, (last, most))]:
        yield some
        last = some[-1]


def ids_in_project_order(db: Database) -> list[Id]:
    """Return the ids of all articles, in the order of the project."""
    return [id for (id,) in db.execute("SELECT id FROM article ORDER BY position, id")]


class ToDeal(NamedTuple):
    """What has to be known of an article to deal it out; they sort in the order of the project."""

    position: int
    id: Id
    publisher: str | None
    published: str | None


DEALT_AT_ONCE = 500
"""Of so many articles it is read in one go."""

_UNASSIGNED = "id NOT IN (SELECT article FROM state)"
"""Nobody has a verdict on it, be it an open one."""


def to_deal(db: Database, *, again: bool) -> Iterator[list[ToDeal]]:
    """Yield the articles that nobody has been assigned, or all (``again``), some rows of the table after others."""
    where = "TRUE" if again else _UNASSIGNED
    for some in TABLE.bits(db, ", ".join(ToDeal._fields), where, (), share=DEALT_AT_ONCE):
        yield list(map(ToDeal._make, some))


def count_to_deal(db: Database, *, again: bool) -> int:
    """Return how many articles ``to_deal`` yields."""
    sql = f"SELECT count(*) FROM article WHERE {'TRUE' if again else _UNASSIGNED}"
    return int(db.execute(sql).fetchone()[0])


def after(db: Database, last: Article | None, most: int) -> list[Article]:
    """Return the next articles in the order of the project, or the first ones (None)."""
    place: tuple[Cell, ...] = (last.position, last.id) if last else (-1, "")
    order = "WHERE (position, id) > (?, ?) ORDER BY position, id LIMIT ?"
    return list(TABLE.select(db, order, (*place, most)))


def place_of(db: Database, article: Article) -> int:
    """Return how many articles come before one in the order of the project."""
    sql = """SELECT (SELECT count(*) FROM article WHERE position < ?)
        + (SELECT count(*) FROM article WHERE position = ? AND id < ?)"""
    cells = (article.position, article.position, article.id)
    return int(db.execute(sql, cells).fetchone()[0])


def from_place(db: Database, place: int, most: int) -> list[Article]:
    """Return the articles from a place in the order of the project on.

    The place is counted in the index alone; rows are read from there.
    """
    sql = "SELECT position FROM article ORDER BY position LIMIT 1 OFFSET ?"
    found = db.execute(sql, (place,)).fetchone()
    if found is None:
        return []
    sql = "SELECT count(*) FROM article WHERE position < ?"
    passed = place - int(db.execute(sql, found).fetchone()[0])
    order = "WHERE position >= ? ORDER BY position, id LIMIT ? OFFSET ?"
    return list(TABLE.select(db, order, (*found, most, passed)))


def duplicate_counts(db: Database) -> Iterator[dict[str, int]]:
    """Yield how many articles each group of copies has, by its name, some rows of the table after others."""
    where = "duplicate_group IS NOT NULL"
    for some in TABLE.bits(
        db, "duplicate_group, count(*)", where, (), "GROUP BY 1", COUNTED_AT_ONCE
    ):
        yield dict(some)


def in_id_order(db: Database) -> Iterator[tuple[Article, str]]:
    """Yield every article with its text, by id: the order of exports."""
    names = ", ".join(f"article.{name}" for name in _COLUMNS)
    rows = db.execute(
        f"SELECT {names}, body FROM article JOIN text ON sha256 = text_sha256 ORDER BY article.id"
    )
    for row in rows:
        yield _decode(row[:-1]), row[-1]


Between: TypeAlias = tuple[Id, Id | None]
"""From the first of these ids on, and below the second, if there is one."""

EVERY: Final[Between] = ("", None)

LOOKED_THROUGH = 50
"""So many texts are looked through in one go."""


def coded_in_id_order(
    db: Database, view: str, between: Between = EVERY, *, as_json: bool = False
) -> Iterator[tuple[CodedArticle, bytes | None]]:
    """Yield articles with their texts as nobody coded them, by id, and, if wanted, the text as JSON in UTF-8.

    SQLite puts a text into JSON in a tenth of the time that Python takes.
    """
    names = ", ".join(_META)
    json = "CAST(json_quote(body) AS BLOB)" if as_json else "NULL"
    sql = f"""SELECT {names}, extra, id, text_sha256, split, duplicate_group,
        encoding, newlines, had_bom, source_sha256, body, {json}
        FROM article JOIN text ON sha256 = text_sha256
        WHERE id >= ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id"""
    for row in db.execute(sql, between):
        id, sha256, split, group, encoding, newlines, bom, source, body, written = row[9:]
        text = DecodedText(body, encoding, newlines, bool(bom), source, sha256)
        meta = _meta(row[:9])
        yield (
            coded.CodedArticle(sha256, meta, id, text, view, split=split, duplicate_group=group),
            written,
        )


def with_text(db: Database, sha256: str) -> list[Article]:
    """Return the articles that have exactly this text."""
    return list(TABLE.select(db, "WHERE text_sha256 = ? ORDER BY position, id", (sha256,)))


def leaking(db: Database) -> list[Article]:
    """Return the articles of the first group of copies that stand in different splits; mostly none."""
    row = db.execute(
        "SELECT duplicate_group FROM article WHERE duplicate_group IS NOT NULL AND split IS NOT NULL"
        " GROUP BY duplicate_group HAVING count(DISTINCT split) > 1 ORDER BY duplicate_group LIMIT 1"
    ).fetchone()
    return in_group(db, row[0]) if row else []


def with_texts(db: Database, hashes: Iterable[str]) -> list[Article]:
    """Return the articles that have one of these texts, in project order."""
    where = "WHERE text_sha256 IN (SELECT value FROM json_each(?)) ORDER BY position, id"
    return list(TABLE.select(db, where, (json.dumps(sorted(hashes)),)))


def holding(db: Database, words: str) -> Iterator[list[tuple[Id, str]]]:
    """Yield id and text of every article whose text holds exactly these characters, in the order they came in.

    They come in lists, many of them empty: each takes a few thousandths of a second to find, and
    nothing is kept open in between.
    """
    sql = """SELECT article.id, body FROM text CROSS JOIN article ON text_sha256 = sha256
        WHERE text.rowid > ? AND text.rowid <= ? AND instr(body, ?)"""
    last = int(db.execute("SELECT coalesce(max(rowid), 0) FROM text").fetchone()[0])
    for first in range(0, last, LOOKED_THROUGH):
        yield db.execute(sql, (first, first + LOOKED_THROUGH, words)).fetchall()


def next_position(db: Database) -> int:
    """Return the position after the last article."""
    return int(db.execute("SELECT coalesce(max(position), 0) + 1 FROM article").fetchone()[0])


def text(db: Database, sha256: str) -> str | None:
    """Return the frozen text of that hash, or None."""
    row = db.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
    return None if row is None else str(row[0])


def keep_text(db: Database, sha256: str, body: str, *, indexed: bool = True) -> None:
    """Keep a text for ever; the same text is kept once.

    Args:
        indexed: whether to index its words at once; else ``search.catch_up`` is to be called.
    """
    made = db.execute(
        "INSERT INTO text (sha256, body, length) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
        (sha256, body, len(body)),
    )
    if indexed and made.rowcount == 1 and made.lastrowid is not None:
        search.add(db, made.lastrowid, body)


def are_few(db: Database, most: int) -> bool:
    """Tell whether there are at most so many articles."""
    return db.execute("SELECT 1 FROM article LIMIT 1 OFFSET ?", (most,)).fetchone() is None


def count(db: Database) -> int:
    """Return how many articles there are."""
    return int(db.execute("SELECT count(*) FROM article").fetchone()[0])


def id_at(db: Database, place: int) -> Id:
    """Return the id that has so many articles before it by id; there must be one."""
    return str(
        db.execute("SELECT id FROM article ORDER BY id LIMIT 1 OFFSET ?", (place,)).fetchone()[0]
    )


def group_sizes(db: Database, groups: Iterable[str]) -> dict[str, int]:
    """Return how many articles each of these groups of copies has, by its name."""
    sql = """SELECT duplicate_group, count(*) FROM article
        WHERE duplicate_group IN (SELECT value FROM json_each(?)) GROUP BY 1"""
    return dict(db.execute(sql, (json.dumps(list(groups)),)))


def grouped(db: Database) -> list[Article]:
    """Return the articles that are called copies of others, in project order."""
    return list(TABLE.select(db, "WHERE duplicate_group IS NOT NULL ORDER BY position, id"))


def numbers_in_groups(db: Database, groups: Iterable[str]) -> Iterator[list[int]]:
    """Yield, bit by bit, the row numbers of the articles in any of these groups of copies."""
    where = "duplicate_group IN (SELECT value FROM json_each(?))"
    return TABLE.numbers(db, where, (json.dumps(list(groups)),))


def in_group(db: Database, group: str) -> list[Article]:
    """Return the articles that are called copies of each other under this name, in project order."""
    return list(TABLE.select(db, "WHERE duplicate_group = ? ORDER BY position, id", (group,)))
