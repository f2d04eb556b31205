"""Marks in the project file."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from annotator.domain.cells import (
    MAKER,
    SEPARATOR,
    MarkCells,
    apart,
    attributes_json,
    fragments_json,
    made_of,
)
from annotator.domain.fragment import Extent, Fragment
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Place, Value, View
from annotator.domain.on_demand import OnDemand
from annotator.store import provenance
from annotator.store.connection import Database
from annotator.store.provenance import VIEWS
from annotator.store.rows import Cell, Row, Table, grouped, parsed

_COLUMNS = (
    "id", "article", "annotator", "view", "layer", "start", "end", "fragments", "attributes", "actor", "note",
    *provenance.COLUMNS,
)  # fmt: skip


_PLACE = "start, -end, id, layer, instr(fragments, '],') = 0"
"""Where a mark lies, the order of reading first, and whether in one piece (such words are no harm)."""

AT_A_TIME = 400
"""So many marks are read, or found of an entry, in one bit."""


def fragments_in(cell: Cell) -> tuple[Fragment, ...]:
    """Return the fragments of their column."""
    return tuple([Fragment(*part) for part in parsed(str(cell))])


def attributes_in(cell: Cell) -> dict[str, Value]:
    """Return the attribute values of their column."""
    return {} if cell == "{}" else _attributes(str(cell)).copy()


@lru_cache(maxsize=4096)
def _attributes(cell: str) -> dict[str, Value]:
    """Read once what many marks have alike."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in parsed(cell).items()
    }


def _encode(record: Mark) -> Row:
    return (
        record.id,
        record.article,
        record.made.annotator,
        record.view.value,
        record.layer,
        record.start,
        record.end,
        fragments_json(record.fragments),
        attributes_json(record.attributes),
        record.actor,
        record.note,
        *provenance.encode(record.made),
    )


def _decode(row: Row) -> Mark:
    id, article, annotator, view, layer, _, _, fragments, attributes, actor, note, *made = row
    return Mark(
        str(id),
        str(article),
        VIEWS.get(view) or View(str(view)),
        str(layer),
        fragments_in(fragments),
        provenance.decode(annotator, tuple(made)),
        attributes_in(attributes),
        None if actor is None else str(actor),
        str(note),
    )


TABLE = Table("mark", _COLUMNS, _encode, _decode, many=True)

ACTOR = _COLUMNS.index("actor")
"""Place of the cell in the row of a mark that says for whom it stands."""


def rows_of(
    cells: Iterable[MarkCells],
    article: Id,
    annotator: Id,
    view: View,
    at: str,
    codebook_version: int,
    entries: Mapping[Id, Id],
) -> list[Row]:
    """Return the rows of marks that came as cells.

    Args:
        at: when they are made.
        entries: for each entry of the actor book that they name, the one in this project.
    """
    seen = view.value
    return [
        (
            id, article, annotator, seen, layer, start, -end, fragments, attributes,
            entries[actor] if actor else None, note or "", at, at, *made_of(made), codebook_version,
        )
        for start, end, id, fragments, actor, note, _, alike in cells
        for layer, attributes, made in (apart(alike),)
    ]  # fmt: skip


def actor_in(row: Row) -> Id | None:
    """Return the entry of the actor book that the mark of a row stands for, or None."""
    cell = row[ACTOR]
    return None if cell is None else str(cell)


def of_article(
    db: Database, article: Id, annotator: Id | None, view: View = View.ANNOTATOR
) -> list[Mark]:
    """Return the marks of one annotator (None: of all) in one article, in reading order."""
    where, parameters = "WHERE article = ? AND view = ?", [article, view.value]
    if annotator is not None:
        where += " AND annotator = ?"
        parameters.append(annotator)
    return list(TABLE.select(db, f"{where} ORDER BY start, end DESC, id", tuple(parameters)))


def bits_of_article(db: Database, article: Id) -> Iterator[list[Mark]]:
    """Yield the marks of all annotators in one article, some in reading order after others."""
    sql = "SELECT id FROM mark WHERE article = ? AND view = ? ORDER BY start, end DESC, id"
    ids = [str(id) for (id,) in db.execute(sql, (article, View.ANNOTATOR.value))]
    for first in range(0, len(ids), AT_A_TIME):
        some = ids[first : first + AT_A_TIME]
        rows = TABLE.rows_of(db, some)
        yield [_decode(rows[id]) for id in some if id in rows]


def read_of_article(
    db: Database, article: Id, annotator: Id
) -> tuple[OnDemand[Id, Mark], list[Place]]:
    """Return one annotator's marks in one article, each made when asked for, and where they lie.

    Both are in reading order. Only where they lie is read now: what they say takes two thirds of
    the time, and the first paint of a long article shows few of them.
    """
    places: list[Place] = provenance.own_rows(db, TABLE.kind, _PLACE, article, annotator)
    rows: dict[Id, Row] = {}

    def make(place: Place) -> Mark:
        row = rows.get(place[2]) or TABLE.row(db, place[2])
        if row is None:
            raise LookupError(f"the mark {place[2]} is gone")
        return _decode(row)

    def fetch(ids: Collection[Id]) -> None:
        rows.update(TABLE.rows_of(db, ids))

    ids = map(itemgetter(2), places)
    return OnDemand(dict(zip(ids, places, strict=True)), make, fetch), places


def some_of(db: Database, article: Id, annotator: Id, view: View) -> bool:
    """Tell whether one annotator has marks in an article."""
    sql = "SELECT 1 FROM mark WHERE article = ? AND view = ? AND annotator = ? LIMIT 1"
    return db.execute(sql, (article, view.value, annotator)).fetchone() is not None


def annotators_in(db: Database, article: Id, view: View) -> set[Id]:
    """Return who has marks in an article."""
    sql = "SELECT DISTINCT annotator FROM mark WHERE article = ? AND view = ?"
    return {id for (id,) in db.execute(sql, (article, view.value))}


def extents_on(db: Database, article: Id, annotator: Id, layer: str) -> set[Extent]:
    """Return from where to where one annotator's marks on a layer of an article reach."""
    sql = (
        "SELECT start, end FROM mark WHERE article = ? AND view = ? AND annotator = ? AND layer = ?"
    )
    return set(db.execute(sql, (article, View.ANNOTATOR, annotator, layer)))


def places_on(
    db: Database, article: Id, annotator: Id, layers: Collection[str], within: Extent | None = None
) -> list[Place]:
    """Return where one annotator's marks on some layers of an article lie, in no order.

    Args:
        within: only those that touch this stretch of the text.
    """
    where = "WHERE article = ? AND view = ? AND annotator = ?"
    parameters: tuple[Cell, ...] = (article, View.ANNOTATOR.value, annotator)
    if within is not None:
        where += " AND start <= ? AND end >= ?"
        parameters += (within[1], within[0])
    where += " AND layer IN (SELECT value FROM json_each(?))"
    sql = f"SELECT {_PLACE} FROM mark {where}"
    return db.execute(sql, (*parameters, json.dumps(list(layers)))).fetchall()


def in_export_order(db: Database, view: View, annotator: Id | None) -> Iterator[Mark]:
    """Return marks by article, annotator and reading order: the order of exports."""
    where, parameters = ("AND annotator = ?", (view, annotator)) if annotator else ("", (view,))
    return TABLE.select(
        db, f"WHERE view = ? {where} ORDER BY article, annotator, start, end DESC, id", parameters
    )


def cells_of_article(
    db: Database, article: Id, view: View, annotator: Id | None
) -> dict[Id, list[MarkCells]]:
    """Return the cells of the marks of one annotator (None: of each) in one article, in reading order."""
    where, parameters = "AND annotator = ?", [article, view.value, annotator]
    if annotator is None:
        where, parameters = "", parameters[:2]
    sql = f"""SELECT start, -end, id, fragments, actor, nullif(note, ''), annotator,
        layer || '{SEPARATOR}' || attributes || '{SEPARATOR}'
        || iif(suggester IS NULL, origin, json_array(origin, suggester, suggester_version))
        FROM mark WHERE article = ? AND view = ? {where} ORDER BY annotator"""
    found = grouped(db.execute(sql, parameters).fetchall(), MAKER)
    for cells in found.values():
        cells.sort()
    return found


def numbers_of_actor(db: Database, actor: Id) -> Iterator[list[int]]:
    """Yield, bit by bit, the row number of every mark that stands for an entry of the actor book."""
    sql = "SELECT rowid FROM mark WHERE actor = ? AND rowid > ? ORDER BY rowid LIMIT ?"
    reached = 0
    while some := [number for (number,) in db.execute(sql, (actor, reached, AT_A_TIME))]:
        yield some
        reached = some[-1]


def count_of_actors(db: Database, actors: Iterable[Id]) -> int:
    """Return how many marks stand for any of these entries."""
    sql = "SELECT count(*) FROM mark WHERE actor IN (SELECT value FROM json_each(?))"
    return int(db.execute(sql, (json.dumps(list(actors)),)).fetchone()[0])


def are_few(db: Database, most: int) -> bool:
    """Tell whether there are at most so many marks, of all views and annotators."""
    return db.execute("SELECT 1 FROM mark LIMIT 1 OFFSET ?", (most,)).fetchone() is None


def count(db: Database, view: View) -> int:
    """Return how many marks a view has."""
    sql = "SELECT count(*) FROM mark WHERE view = ?"
    return int(db.execute(sql, (view.value,)).fetchone()[0])


def actors_in(
    db: Database, article: Id, annotator: Id, view: View = View.ANNOTATOR
) -> frozenset[Id]:
    """Return the entries of the actor book that one annotator's marks in one article stand for."""
    sql = (
        "SELECT DISTINCT actor FROM mark WHERE article = ? AND view = ? AND annotator = ?"
        " AND actor IS NOT NULL"
    )
    return frozenset(str(row[0]) for row in db.execute(sql, (article, view, annotator)))


def counts(
    db: Database, annotator: Id | None, view: View = View.ANNOTATOR
) -> dict[Id, dict[str, int]]:
    """Return how many marks each article has on each layer, by one annotator or by all."""
    where, parameters = ("AND annotator = ?", (view, annotator)) if annotator else ("", (view,))
    found: dict[Id, dict[str, int]] = {}
    sql = (
        f"SELECT article, layer, count(*) FROM mark WHERE view = ? {where} GROUP BY article, layer"
    )
    for article, layer, count in db.execute(sql, parameters):
        found.setdefault(article, {})[layer] = count
    return found


def counts_of(db: Database, articles: Iterable[Id], annotator: Id) -> dict[Id, dict[str, int]]:
    """Return how many marks some articles have on each layer, by one annotator."""
    found: dict[Id, dict[str, int]] = {}
    sql = """
        SELECT article, layer, count(*) FROM mark
        WHERE view = ? AND annotator = ? AND article IN (SELECT value FROM json_each(?))
        GROUP BY article, layer
    """
    named = json.dumps(list(articles))
    for article, layer, count in db.execute(sql, (View.ANNOTATOR.value, annotator, named)):
        found.setdefault(article, {})[layer] = count
    return found
