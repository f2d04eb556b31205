"""Marks as rows of a table, found, sorted and counted by SQL.

A query of hundreds of thousands of marks answers its first rows at once (SQLite keeps only
the best ones while it sorts); the whole order is read when somebody scrolls further.
Rows are named by SQLite's row numbers, which are short and hold until the mark is deleted.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from annotator.domain.article import Verdict
from annotator.domain.identity import Id
from annotator.domain.mark import Origin, Value
from annotator.domain.mark_query import PLACE, VALUE, MarkQuery
from annotator.store.connection import Database
from annotator.store.marks import attributes_in
from annotator.store.rows import Cell

_VERDICT = """coalesce((SELECT verdict FROM state WHERE state.article = mark.article
    AND state.annotator = mark.annotator AND state.layer = mark.layer), 'open')"""

_BY = """(CASE WHEN mark.layer NOT IN ('actor', 'cue') THEN (SELECT group_concat(coalesce(actor.name, json_extract(ends.fragments, '$[0][2]'), link.voice), ', ')
    FROM link LEFT JOIN mark AS ends ON ends.id = link.end LEFT JOIN actor ON actor.id = ends.actor
    WHERE link.start = mark.id AND link.type IN ('source', 'holder')) END)"""

_ACTOR = "(SELECT name FROM actor WHERE actor.id = mark.actor)"
_TITLE = "coalesce(article.title, article.source_file, article.id)"

_SORTS = {
    "words": "json_extract(mark.fragments, '$[0][2]') COLLATE NOCASE",
    "layer": "mark.layer",
    "article": f"(SELECT {_TITLE} FROM article WHERE article.id = mark.article) COLLATE NOCASE",
    "actor": f"{_ACTOR} COLLATE NOCASE",
    "by": f"{_BY} COLLATE NOCASE",
    "annotator": "(SELECT name FROM annotator WHERE annotator.id = mark.annotator)",
    "state": _VERDICT,
    "origin": "mark.origin",
    "modified": "mark.modified",
    "note": "mark.note COLLATE NOCASE",
}

_CONDITIONS = {
    "view": "mark.view = ?",
    "article": "mark.article = ?",
    "annotator": "mark.annotator = ?",
    "verdict": f"{_VERDICT} = ?",
    "origin": "mark.origin = ?",
    "actor": "mark.actor = ?",
    "source": """mark.id IN (SELECT link.start FROM mark AS who JOIN link ON link.end = who.id
        WHERE who.actor = ? AND link.type IN ('source', 'holder'))""",
    "before_version": "mark.codebook_version < ?",
}


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
    values: dict[str, Value]
    actor: str
    by: str
    verdict: Verdict
    origin: Origin
    modified: str
    note: str
    codebook_version: int


def count(db: Database, query: MarkQuery) -> int:
    """Return how many marks a query finds."""
    where, parameters = _where(query)
    sql = f"SELECT count(*) FROM {_source(query)} WHERE {where}"
    return int(db.execute(sql, parameters).fetchone()[0])


def numbers(db: Database, query: MarkQuery, limit: int = -1) -> array[int]:
    """Return the row numbers of what a query finds, in its order; at most ``limit``."""
    where, parameters = _where(query)
    down = " DESC" if query.descending else ""
    if query.sort == PLACE:
        # Walking from article to article ends as soon as enough is found; where few marks
        # are meant, finding them first and sorting them is quicker.
        source = (
            f"{_source(query)} JOIN article ON article.id = mark.article"
            if _is_choosy(query)
            else "article CROSS JOIN mark ON mark.article = article.id"
        )
        order = f"article.position{down}, article.rowid{down}, mark.start{down}, mark.rowid"
    else:
        source = _source(query)
        order = f"{_sort(query.sort)}{down}, mark.rowid"
    rows = db.execute(
        f"SELECT mark.rowid FROM {source} WHERE {where} ORDER BY {order} LIMIT ?",
        (*parameters, limit),
    )
    return array("q", (row[0] for row in rows))


def rows(db: Database, wanted: Sequence[int]) -> list[MarkRow]:
    """Return the rows of these numbers, in this order; those no longer there are left out."""
    sql = f"""
        SELECT mark.rowid, mark.id, mark.article, {_TITLE}, mark.annotator, annotator.name, mark.layer,
            mark.start, mark.end, mark.fragments, mark.attributes, {_ACTOR}, {_BY}, {_VERDICT},
            mark.origin, mark.modified, mark.note, mark.codebook_version
        FROM json_each(?) AS wanted CROSS JOIN mark ON mark.rowid = wanted.value
            JOIN article ON article.id = mark.article JOIN annotator ON annotator.id = mark.annotator
        ORDER BY wanted.key
    """
    return [_row(row) for row in db.execute(sql, (json.dumps(list(wanted)),))]


def ids(db: Database, query: MarkQuery) -> list[Id]:
    """Return the ids of everything a query finds, in the order of the file."""
    where, parameters = _where(query)
    return [row[0] for row in db.execute(f"SELECT mark.id FROM mark WHERE {where}", parameters)]


def _source(query: MarkQuery) -> str:
    """Return the table of marks; reading it from end to end beats an index that leads to most of it."""
    narrow = query.article or query.actor or query.source
    quick = query.sort == PLACE and not _is_choosy(query)
    return "mark" if narrow or quick else "mark NOT INDEXED"


def _is_choosy(query: MarkQuery) -> bool:
    """Tell whether a query has conditions that only the rows themselves can answer."""
    return bool(
        query.values
        or query.text.strip()
        or query.verdict
        or query.origin
        or query.unlinked
        or query.before_version
    )


def _where(query: MarkQuery) -> tuple[str, tuple[Cell, ...]]:
    parts: list[str] = []
    parameters: list[Cell] = []

    def add(part: str, *cells: Cell) -> None:
        parts.append(part)
        parameters.extend(cells)

    for field, condition in _CONDITIONS.items():
        value = getattr(query, field)
        if value is not None:
            add(condition, value)
    if query.layers:
        add("mark.layer IN (SELECT value FROM json_each(?))", json.dumps(query.layers))
    if query.unlinked:
        add("mark.layer = 'actor' AND mark.actor IS NULL")
    for name, value in query.values:
        path = f'$."{name}"'
        if value is None:
            add("json_extract(mark.attributes, ?) IS NULL", path)
        else:
            add("? IN (SELECT atom FROM json_each(mark.attributes, ?))", value, path)
    if query.text.strip():
        _add_text(add, query.text)
    return " AND ".join(parts), tuple(parameters)


def _add_text(add: Callable[..., None], text: str) -> None:
    """Look for words in what a mark covers; the quick look at the whole column goes first."""
    cleaned = text.strip()
    variants = list(
        dict.fromkeys((cleaned, cleaned.lower(), cleaned.upper(), cleaned.capitalize()))
    )
    coarse = " OR ".join(r"mark.fragments LIKE ? ESCAPE '!'" for _ in variants)
    fine = " OR ".join(r"json_extract(part.value, '$[2]') LIKE ? ESCAPE '!'" for _ in variants)
    quoted = [_pattern(json.dumps(item, ensure_ascii=False)[1:-1]) for item in variants]
    add(f"({coarse})", *quoted)
    add(
        f"EXISTS (SELECT 1 FROM json_each(mark.fragments) AS part WHERE {fine})",
        *(_pattern(item) for item in variants),
    )


def _pattern(text: str) -> str:
    escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_")
    return f"%{escaped}%"


def _sort(column: str) -> str:
    if column.startswith(VALUE):
        name = column.removeprefix(VALUE).replace("'", "''").replace('"', "")
        return f"json_extract(mark.attributes, '$.\"{name}\"')"
    return _SORTS[column]


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
