"""Mentions beside the actor book: counts, and those that stand for nobody yet."""

from __future__ import annotations

import json

from annotator.domain.identity import Id
from annotator.store.connection import Database


def counts(db: Database) -> dict[Id, int]:
    """Return how many marks, of all annotators and gold, stand for each entry."""
    return dict(
        db.execute("SELECT actor, count(*) FROM mark WHERE actor IS NOT NULL GROUP BY actor")
    )


def unlinked(db: Database, annotator: Id) -> list[tuple[str, str | None, tuple[Id, ...]]]:
    """Return words, type and ids of an annotator's mentions that stand for nobody, most first.

    Mentions of the same words and type come together, in the order of articles.
    """
    sql = """
        SELECT words, type, json_group_array(id) FROM (
            SELECT id, json_extract(attributes, '$.type') AS type,
                (SELECT group_concat(json_extract(part.value, '$[2]'), ' … ') FROM json_each(fragments) AS part) AS words
            FROM mark WHERE annotator = ? AND view = 'annotator' AND layer = 'actor' AND actor IS NULL
            ORDER BY article, start, id
        ) GROUP BY words, type ORDER BY count(*) DESC, words, type
    """
    return [
        (str(words), type, tuple(json.loads(ids)))
        for words, type, ids in db.execute(sql, (annotator,))
    ]
