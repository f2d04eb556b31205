"""The adjudicator's decisions in the project file."""

from __future__ import annotations

import json

from annotator.domain.adjudication import Adjudication, Choice
from annotator.domain.cells import compact
from annotator.domain.identity import Id
from annotator.store.connection import Database
from annotator.store.rows import Row, Table

_COLUMNS = (
    "id", "article", "layer", "choice", "marks", "chosen", "gold", "annotator", "at", "reason",
)  # fmt: skip


def _encode(record: Adjudication) -> Row:
    return (
        record.id,
        record.article,
        record.layer,
        record.choice.value,
        compact(record.marks),
        compact(record.chosen),
        compact(record.gold),
        record.annotator,
        record.at,
        record.reason,
    )


def _decode(row: Row) -> Adjudication:
    id, article, layer, choice, marks, chosen, gold, annotator, at, reason = map(str, row)
    return Adjudication(
        id=id,
        article=article,
        layer=layer,
        choice=Choice(choice),
        marks=tuple(json.loads(marks)),
        chosen=tuple(json.loads(chosen)),
        gold=tuple(json.loads(gold)),
        annotator=annotator,
        at=at,
        reason=reason,
    )


TABLE = Table("adjudication", _COLUMNS, _encode, _decode)


def all(db: Database) -> list[Adjudication]:
    """Return every decision, oldest first."""
    return list(TABLE.select(db, "ORDER BY at, id"))


def of_article(db: Database, article: Id) -> list[Adjudication]:
    """Return the decisions about one article, oldest first."""
    return list(TABLE.select(db, "WHERE article = ? ORDER BY at, id", (article,)))
