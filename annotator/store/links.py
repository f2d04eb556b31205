"""Links in the project file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from annotator.domain.cells import LinkCells
from annotator.domain.identity import Id
from annotator.domain.link import Link, Tie, Voice, link_id
from annotator.domain.mark import View
from annotator.domain.on_demand import OnDemand
from annotator.store import provenance
from annotator.store.connection import Database
from annotator.store.provenance import VIEWS
from annotator.store.rows import Cell, Row, Table, grouped

_COLUMNS = (
    "id",
    "article",
    "annotator",
    "view",
    "type",
    "start",
    "end",
    "voice",
    *provenance.COLUMNS,
)

_MADE = -len(provenance.COLUMNS)
"""From here on a mark's row and a link's say how they came to be."""

_READ = ", ".join(("created, id, type, start, end, voice", *provenance.COLUMNS[1:]))
"""What differs between the links of one annotator in one article, the order of age first."""

_VOICES: dict[Cell, Voice] = {voice.value: voice for voice in Voice}


def _encode(record: Link) -> Row:
    return (
        record.id,
        record.article,
        record.made.annotator,
        record.view.value,
        record.type,
        record.start,
        record.end,
        record.voice.value if record.voice else None,
        *provenance.encode(record.made),
    )


def _decode(row: Row) -> Link:
    id, article, annotator, view, type, start, end, voice, *made = row
    return Link(
        id=str(id),
        article=str(article),
        view=VIEWS.get(view) or View(str(view)),
        type=str(type),
        start=str(start),
        made=provenance.decode(annotator, tuple(made)),
        end=None if end is None else str(end),
        voice=None if voice is None else _VOICES.get(voice) or Voice(str(voice)),
    )


TABLE = Table("link", _COLUMNS, _encode, _decode, many=True)


def rows_of(cells: Iterable[LinkCells], marks: Iterable[Row]) -> list[Row]:
    """Return the rows of links that came as cells; each is made as the mark is that it starts at."""
    starts = {row[0]: row for row in marks}
    found: list[Row] = []
    for start, type, end, voice in cells:
        _, article, annotator, view, *_ = mark = starts[start]
        id = link_id(start, type, end or str(voice))
        found.append((id, article, annotator, view, type, start, end, voice, *mark[_MADE:]))
    return found


def of_article(
    db: Database, article: Id, annotator: Id | None, view: View = View.ANNOTATOR
) -> list[Link]:
    """Return the links of one annotator (None: of all) in one article, oldest first."""
    if annotator is None:
        return list(
            TABLE.select(db, "WHERE article = ? AND view = ? ORDER BY created, id", (article, view))
        )
    return list(
        TABLE.select(
            db,
            "WHERE article = ? AND view = ? AND annotator = ? ORDER BY created, id",
            (article, view, annotator),
        )
    )


def read_of_article(
    db: Database, article: Id, annotator: Id
) -> tuple[OnDemand[Id, Link], list[Tie]]:
    """Return one annotator's links in one article, each made when asked for, and what they tie.

    Both begin with the oldest.
    """
    view = View.ANNOTATOR.value
    rows = provenance.own_rows(db, TABLE.kind, _READ, article, annotator)

    def make(row: tuple[Any, ...]) -> Link:
        created, id, type, start, end, voice, *made = row
        return _decode((id, article, annotator, view, type, start, end, voice, created, *made))

    return OnDemand({row[1]: row for row in rows}, make), [row[1:6] for row in rows]


def of_mark(db: Database, mark: Id) -> list[Link]:
    """Return the links that begin or end at a mark."""
    return list(TABLE.select(db, "WHERE start = ?1 OR end = ?1 ORDER BY created, id", (mark,)))


def in_export_order(db: Database, view: View, annotator: Id | None) -> Iterator[Link]:
    """Return links by article and annotator, oldest first: the order of exports."""
    where, parameters = ("AND annotator = ?", (view, annotator)) if annotator else ("", (view,))
    return TABLE.select(
        db, f"WHERE view = ? {where} ORDER BY article, annotator, created, id", parameters
    )


def cells_of_article(
    db: Database, article: Id, view: View, annotator: Id | None
) -> dict[Id, list[LinkCells]]:
    """Return the cells of the links of one annotator (None: of each) in one article, in any order."""
    where, parameters = "AND annotator = ?", [article, view.value, annotator]
    if annotator is None:
        where, parameters = "", parameters[:2]
    sql = f"""SELECT start, type, end, voice, annotator FROM link
        WHERE article = ? AND view = ? {where} ORDER BY annotator"""
    found = grouped(db.execute(sql, parameters).fetchall(), -1)
    return {person: [row[:-1] for row in rows] for person, rows in found.items()}
