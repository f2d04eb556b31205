"""Marks as rows of a table, found, sorted and counted by SQL.

A query of hundreds of thousands of marks answers its first rows at once (SQLite keeps only
the best ones while it sorts); the whole order is read when somebody scrolls further.
Rows are named by SQLite's row numbers, which are short and hold until the mark is deleted.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.article import Verdict
from annotator.domain.cells import quoted
from annotator.domain.identity import Id
from annotator.domain.mark import Origin, Value
from annotator.domain.mark_query import PLACE, VALUE, MarkQuery
from annotator.store.connection import Database
from annotator.store.mark_conditions import VERDICT, condition_of, is_choosy, marks_for
from annotator.store.mark_order import Reached, in_pieces
from annotator.store.marks import attributes_in
from annotator.store.rows import Cell
from annotator.store.word_bounds import WORDS, bound

_BY = """(CASE WHEN mark.layer NOT IN ('actor', 'cue') THEN (SELECT group_concat(coalesce(actor.name, json_extract(ends.fragments, '$[0][2]'), link.voice), ', ')
    FROM link LEFT JOIN mark AS ends ON ends.id = link.end LEFT JOIN actor ON actor.id = ends.actor
    WHERE link.start = mark.id AND link.type IN ('source', 'holder')) END)"""

_ACTOR = "(SELECT name FROM actor WHERE actor.id = mark.actor)"
_TITLE = "coalesce(article.title, article.source_file, article.id)"

_SORTS = {
    "words": WORDS,
    "layer": "mark.layer",
    "article": f"(SELECT {_TITLE} FROM article WHERE article.id = mark.article) COLLATE NOCASE",
    "actor": f"{_ACTOR} COLLATE NOCASE",
    "by": f"{_BY} COLLATE NOCASE",
    "annotator": "(SELECT name FROM annotator WHERE annotator.id = mark.annotator)",
    "state": VERDICT,
    "origin": "mark.origin",
    "modified": "mark.modified",
    "note": "mark.note COLLATE NOCASE",
}

_PLACE_KEY = """(SELECT printf('%012d%012d', position, article.rowid) FROM article
    WHERE article.id = mark.article) || printf('%012d', mark.start)"""
"""What ``_place`` sorts by, in one text."""

_WALKS = {
    "annotator": ("annotator", "mark_by_annotator", "name"),
    "article": ("article", "mark_by_article", f"{_TITLE} COLLATE NOCASE"),
}
"""Orders that can be walked: the table, the index that leads from it to marks, and what it is sorted by."""

_OF_STATE = """state CROSS JOIN mark INDEXED BY mark_by_article ON mark.article = state.article
    AND mark.annotator = state.annotator AND mark.layer = state.layer"""

_SAID = "(link.start = mark.id AND link.type IN ('source', 'holder'))"

Groups = tuple[tuple[str, str, str], ...]

_GROUPS: dict[str, Groups] = {
    "state": (
        (_OF_STATE, "state.verdict = 'done'", ""),
        (_OF_STATE, "state.verdict = 'nothing found'", ""),
        ("mark", f"{VERDICT} = 'open'", ""),
    ),
    "by": (
        ("mark", f"NOT EXISTS (SELECT 1 FROM link WHERE {_SAID})", ""),
        ("mark", f"EXISTS (SELECT 1 FROM link WHERE {_SAID})", f"{_BY} COLLATE NOCASE"),
    ),
}
"""Orders that come in groups, the first one first: where a group is found, by what, and its order within."""

PROBED = 2_000
"""So many marks are looked at to tell how many lack a value."""

SORTED = 15_000
"""So many marks are sorted more quickly than walked through."""


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark as the table shows it.

    Attributes:
        number: of its row in the file.
        by: who says or feels it, in words.
    """

    number: int
    id: Id
    article: Id
    title: str
    annotator: Id
    annotator_name: str
    layer: str
    start: int
    end: int
    words: str
    values: Mapping[str, Value]
    actor: str
    by: str
    verdict: Verdict
    origin: Origin
    modified: str
    note: str
    codebook_version: int


def count(db: Database, query: MarkQuery) -> int:
    """Return how many marks a query finds."""
    where, parameters = condition_of(query)
    sql = f"SELECT count(*) FROM {marks_for(query)} WHERE {where}"
    return int(db.execute(sql, parameters).fetchone()[0])


def find(db: Database, query: MarkQuery, limit: int) -> tuple[int, array[int]]:
    """Return how many marks a query finds, and the row numbers of the first ones in its order."""
    if not is_choosy(query):
        return count(db, query), numbers(db, query, limit)
    where, parameters = condition_of(query)
    # Told in one string, since handing out a hundred thousand rows takes longer than finding them.
    sql = f"SELECT count(*), group_concat(mark.rowid) FROM {marks_for(query)} WHERE {where}"
    total, listed = db.execute(sql, parameters).fetchone()
    if total > SORTED:
        return total, numbers(db, query, limit)
    found = array("q", map(int, listed.split(",") if listed else ()))
    if query.sort in _WALKS or query.sort in _GROUPS:
        return len(found), numbers(db, query, limit)
    return len(found), _numbers_among(db, query, found, limit)


def numbers(db: Database, query: MarkQuery, limit: int = -1) -> array[int]:
    """Return the row numbers of what a query finds, in its order; at most ``limit``.

    Where there is an order to walk in, from article to article or from one annotator to the
    next, the walk ends as soon as enough is found.
    """
    if (groups := _groups_of(query)) and not _is_one_walk(db, query, groups):
        return _numbers_in_groups(db, query, groups, limit)
    if query.sort == "words" and limit > 0 and (near := bound(db, query, limit)):
        found = _numbers_in_one(db, query, limit, *near)
        if len(found) == limit:
            return found
    return _numbers_in_one(db, query, limit)


def _is_one_walk(db: Database, query: MarkQuery, groups: Groups) -> bool:
    """Tell whether all marks have to be looked at for an order by a value, then better once than twice.

    Those without the value come first: where few of some are, the walk to enough of them is long.
    """
    if query.descending or not _is_value(query.sort):
        return False
    where, parameters = condition_of(query)
    source, lacks, _ = groups[0]
    sql = f"""SELECT total(lacks) < {PROBED // 10} FROM
        (SELECT {lacks} AS lacks FROM {source} WHERE {where} LIMIT {PROBED})"""
    return bool(db.execute(sql, parameters).fetchone()[0])


def sorts_in_pieces(query: MarkQuery) -> bool:
    """Tell whether ``numbers_in_pieces`` knows the order: others are walked along, and soon read."""
    known = query.sort == PLACE or query.sort in _SORTS or _is_value(query.sort)
    return known and query.sort not in {*_WALKS, "state"}


def numbers_in_pieces(db: Database, query: MarkQuery) -> Generator[Reached, None, array[int]]:
    """Return the row numbers of what a query finds, in its order, yielding how far it is."""
    key = _PLACE_KEY if query.sort == PLACE else _sort(query.sort)
    order = yield from in_pieces(db, query, key)
    return order


def _numbers_in_one(
    db: Database, query: MarkQuery, limit: int, near: str = "1", among: tuple[Cell, ...] = ()
) -> array[int]:
    """Return row numbers with one statement; only of marks that meet ``near``, if that is given."""
    where, parameters = condition_of(query)
    down = " DESC" if query.descending else ""
    order = ""
    if query.sort == PLACE:
        source = "article CROSS JOIN mark ON mark.article = article.id"
        order = f" ORDER BY {_place(down)}"
    elif query.sort in _WALKS and not query.article:
        # SQLite keeps to the order of a subquery that has a limit, even if that is none.
        table, index, by = _WALKS[query.sort]
        walk = f"(SELECT id FROM {table} ORDER BY {by}{down}, rowid LIMIT -1) AS walk"
        source = f"{walk} CROSS JOIN mark INDEXED BY {index} ON mark.{table} = walk.id"
    else:
        source = marks_for(query)
        order = f" ORDER BY {_sort(query.sort)}{down}, mark.rowid"
    sql = f"SELECT mark.rowid FROM {source} WHERE {near} AND {where}{order} LIMIT ?"
    return array("q", (row[0] for row in db.execute(sql, (*among, *parameters, limit))))


def _groups_of(query: MarkQuery) -> Groups | None:
    """Return the groups that an order comes in; by a value, those without it come first."""
    if not _is_value(query.sort):
        return _GROUPS.get(query.sort)
    source, name = marks_for(query), quoted(query.sort.removeprefix(VALUE)).replace("'", "''")
    has = f"instr(mark.attributes, '{name}:')"
    return ((source, f"NOT {has}", ""), (source, has, _sort(query.sort)))


def _numbers_in_groups(db: Database, query: MarkQuery, groups: Groups, limit: int) -> array[int]:
    """Return row numbers group by group, so that later groups are only read where they are needed."""
    where, parameters = condition_of(query)
    down = " DESC" if query.descending else ""
    found: array[int] = array("q")
    for source, condition, order in reversed(groups) if query.descending else groups:
        left = -1 if limit < 0 else limit - len(found)
        if left == 0:
            break
        sort = f" ORDER BY {order}{down}, mark.rowid" if order else ""
        sql = f"SELECT mark.rowid FROM {source} WHERE {condition} AND {where}{sort} LIMIT ?"
        found.extend(row[0] for row in db.execute(sql, (*parameters, left)))
    return found


def _numbers_among(db: Database, query: MarkQuery, found: array[int], limit: int) -> array[int]:
    """Return row numbers in the order of a query; at most ``limit``."""
    down = " DESC" if query.descending else ""
    sort = _place(down) if query.sort == PLACE else f"{_sort(query.sort)}{down}, mark.rowid"
    sql = f"""SELECT mark.rowid FROM json_each(?) AS wanted CROSS JOIN mark ON mark.rowid = wanted.value
        CROSS JOIN article ON article.id = mark.article ORDER BY {sort} LIMIT ?"""
    rows = db.execute(sql, (json.dumps(list(found)), limit))
    return array("q", (row[0] for row in rows))


def _place(down: str) -> str:
    return f"article.position{down}, article.rowid{down}, mark.start{down}, mark.rowid"


def rows(db: Database, wanted: Sequence[int]) -> list[MarkRow]:
    """Return the rows of these numbers, in this order; those no longer there are left out."""
    sql = f"""
        SELECT mark.rowid, mark.id, mark.article, {_TITLE}, mark.annotator, annotator.name, mark.layer,
            mark.start, mark.end, mark.fragments, mark.attributes, {_ACTOR}, {_BY}, {VERDICT},
            mark.origin, mark.modified, mark.note, mark.codebook_version
        FROM json_each(?) AS wanted CROSS JOIN mark ON mark.rowid = wanted.value
            JOIN article ON article.id = mark.article JOIN annotator ON annotator.id = mark.annotator
        ORDER BY wanted.key
    """
    return [_row(row) for row in db.execute(sql, (json.dumps(list(wanted)),))]


def ids(db: Database, query: MarkQuery) -> list[Id]:
    """Return the ids of everything a query finds, in the order of the file."""
    where, parameters = condition_of(query)
    return [row[0] for row in db.execute(f"SELECT mark.id FROM mark WHERE {where}", parameters)]


def _sort(column: str) -> str:
    if _is_value(column):
        name = column.removeprefix(VALUE).replace("'", "''").replace('"', "")
        return f"json_extract(mark.attributes, '$.\"{name}\"')"
    return _SORTS[column]


def _is_value(column: str) -> bool:
    return column.startswith(VALUE)


def _row(row: tuple[Cell, ...]) -> MarkRow:
    number, id, article, title, annotator, name, layer, start, end, fragments = row[:10]
    attributes, actor, by, verdict, origin, modified, note, version = row[10:]
    words = " … ".join(part[2] for part in json.loads(str(fragments)))
    return MarkRow(
        number=int(str(number)),
        id=str(id),
        article=str(article),
        title=str(title),
        annotator=str(annotator),
        annotator_name=str(name),
        layer=str(layer),
        start=int(str(start)),
        end=int(str(end)),
        words=" ".join(words.split()),
        values=attributes_in(attributes),
        actor="" if actor is None else str(actor),
        by="" if by is None else str(by),
        verdict=Verdict(str(verdict)),
        origin=Origin(str(origin)),
        modified=str(modified),
        note=str(note),
        codebook_version=int(str(version)),
    )
