"""Suggestions in the project file: kept apart from marks, so nothing can count them as such."""

from __future__ import annotations

import json
from collections.abc import Sequence

from annotator.domain.cells import attributes_json, compact, fragments_json
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Suggester
from annotator.domain.suggestion import Decision, Suggestion
from annotator.store.connection import Database
from annotator.store.marks import attributes_in, fragments_in
from annotator.store.rows import Row, Table

_COLUMNS = (
    "id", "article", "layer", "start", "end", "fragments", "attributes", "links", "suggester",
    "suggester_version", "created", "reason", "score", "decision", "annotator", "shown", "decided",
)  # fmt: skip


def _encode(record: Suggestion) -> Row:
    return (
        record.id,
        record.article,
        record.layer,
        record.fragments[0].start,
        record.fragments[-1].end,
        fragments_json(record.fragments),
        attributes_json(record.attributes),
        compact(record.links),
        record.suggester.name,
        record.suggester.version,
        record.created,
        record.reason,
        record.score,
        record.decision.value,
        record.annotator,
        record.shown,
        record.decided,
    )


def _decode(row: Row) -> Suggestion:
    values = dict(zip(_COLUMNS, row, strict=True))
    text = {name: None if value is None else str(value) for name, value in values.items()}
    return Suggestion(
        id=str(values["id"]),
        article=str(values["article"]),
        layer=str(values["layer"]),
        fragments=fragments_in(values["fragments"]),
        suggester=Suggester(str(values["suggester"]), str(values["suggester_version"])),
        created=str(values["created"]),
        attributes=attributes_in(values["attributes"]),
        links=tuple((type, end) for type, end in json.loads(str(values["links"]))),
        reason=str(values["reason"]),
        score=None if values["score"] is None else float(values["score"]),
        decision=Decision(str(values["decision"])),
        annotator=text["annotator"],
        shown=text["shown"],
        decided=text["decided"],
    )


TABLE = Table("suggestion", _COLUMNS, _encode, _decode)


def of_article(db: Database, article: Id, within: Extent | None = None) -> list[Suggestion]:
    """Return the suggestions for one article in reading order, whatever was said to them.

    Args:
        within: only those that touch this stretch of the text.
    """
    where, bounds = ("AND start <= ? AND end >= ?", (within[1], within[0])) if within else ("", ())
    order = "ORDER BY start, end DESC, id"
    return list(TABLE.select(db, f"WHERE article = ? {where} {order}", (article, *bounds)))


def waiting(db: Database) -> list[Suggestion]:
    """Return the suggestions nobody has answered, by article in reading order."""
    return list(
        TABLE.select(db, "WHERE decision = 'waiting' ORDER BY article, start, end DESC, id")
    )


def tallies(db: Database) -> list[tuple[str, str, str, int]]:
    """Return suggester, its version, decision and how many there are, in this order."""
    return [
        (str(name), str(version), str(decision), int(count))
        for name, version, decision, count in db.execute(
            "SELECT suggester, suggester_version, decision, count(*) FROM suggestion"
            " GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
    ]


def unsureness(db: Database, articles: Sequence[Id]) -> list[tuple[str, str, int, float]]:
    """Return of some articles id, suggester, how many wait, and how unsure they are (0 to 1, mean)."""
    sql = """
        SELECT article, suggester, count(*), avg(1 - abs(2 * coalesce(score, 0.5) - 1))
        FROM suggestion WHERE decision = 'waiting' AND article IN (SELECT value FROM json_each(?))
        GROUP BY article, suggester ORDER BY 1, 2
    """
    rows = db.execute(sql, (json.dumps(list(articles)),))
    return [(str(a), str(s), int(n), float(u)) for a, s, n, u in rows]
