"""Which parts of articles (headline, byline, caption …) marks lie in, for filtering them.

Parts are found in the texts by rules that SQL does not know. So they are worked out when they
are first asked for, and kept beside the project for as long as it is open: nothing of them is
in the file.
"""

from __future__ import annotations

import json

from annotator.domain.anatomy import zones
from annotator.domain.article import Meta
from annotator.domain.search_query import BODY
from annotator.domain.slices import Slices
from annotator.store.connection import Database
from annotator.store.rows import Cell

BATCH = 50
"""So many articles are read at a time, which takes some hundredths of a second."""

LOOKED_UP = 500
"""Of so many articles it is looked up at a time whether they have to be read."""

_TABLES = (
    """CREATE TEMP TABLE IF NOT EXISTS part (
        article TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
        PRIMARY KEY (article, start, end, kind)) WITHOUT ROWID""",
    "CREATE TEMP TABLE IF NOT EXISTS parts_known (article TEXT PRIMARY KEY) WITHOUT ROWID",
    # A headline is known by the title; what the source told stands in the extra fields.
    """CREATE TEMP TRIGGER IF NOT EXISTS parts_change AFTER UPDATE OF title, extra ON main.article BEGIN
        DELETE FROM part WHERE article = old.id;
        DELETE FROM parts_known WHERE article = old.id; END""",
)

_PLACES = "json_each(mark.fragments) AS piece"
_START, _END = "json_extract(piece.value, '$[0]')", "json_extract(piece.value, '$[1]')"
_WITHIN = f"""mark.article IN (SELECT article FROM temp.part WHERE kind = ?)
    AND NOT EXISTS (SELECT 1 FROM {_PLACES} WHERE NOT EXISTS (SELECT 1 FROM temp.part
        WHERE part.article = mark.article AND part.kind = ? AND part.start <= {_START} AND {_END} <= part.end))"""
_APART = f"""NOT EXISTS (SELECT 1 FROM temp.part JOIN {_PLACES}
    WHERE part.article = mark.article AND part.start < {_END} AND {_START} < part.end)"""


def condition(part: str) -> tuple[str, tuple[Cell, ...]]:
    """Return the condition that all of a mark lies in a part; the body is what no part touches."""
    return (_APART, ()) if part == BODY else (_WITHIN, (part, part))


def unread(db: Database, where: str, parameters: tuple[Cell, ...]) -> Slices[list[str]]:
    """Return the articles with marks that meet a condition and whose parts are not known yet."""
    for statement in _TABLES:
        db.execute(statement)
    sql = f"""SELECT id FROM article WHERE article.rowid BETWEEN ? AND ?
        AND id NOT IN (SELECT article FROM temp.parts_known)
        AND EXISTS (SELECT 1 FROM mark WHERE mark.article = article.id AND {where})"""
    last = int(db.execute("SELECT coalesce(max(rowid), 0) FROM article").fetchone()[0])
    found: list[str] = []
    for begin in range(0, last + 1, LOOKED_UP):
        rows = db.execute(sql, (begin, begin + LOOKED_UP - 1, *parameters)).fetchall()
        found += (row[0] for row in rows)
        yield
    return found


def read(db: Database, articles: list[str]) -> Slices[None]:
    """Find the parts of articles."""
    sql = """SELECT article.id, article.title, article.extra, text.body FROM json_each(?) AS wanted
        JOIN article ON article.id = wanted.value JOIN text ON text.sha256 = article.text_sha256"""
    for begin in range(0, len(articles), BATCH):
        wanted = articles[begin : begin + BATCH]
        for id, title, extra, body in db.execute(sql, (json.dumps(wanted),)).fetchall():
            found = zones(Meta(title=title, extra=json.loads(extra)), body)
            places = ((id, zone.kind.value, zone.start, zone.end) for zone in found)
            db.conn.executemany("INSERT OR IGNORE INTO temp.part VALUES (?, ?, ?, ?)", places)
            db.execute("INSERT OR IGNORE INTO temp.parts_known VALUES (?)", (id,))
        yield begin + len(wanted), len(articles), ""
