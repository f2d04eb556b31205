"""Marks with the words around them and the article they are in, for lists of quotes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from annotator.domain.identity import Id
from annotator.store.connection import Database

AROUND = 48
"""How much of the text is shown on either side of a quote, in code points."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A mark as it reads in its article.

    Attributes:
        before, after: the text on either side, on one line.
        title: of the article, or what else names it.
    """

    mark: Id
    article: Id
    title: str
    annotator: str
    before: str
    words: str
    after: str


def quotes_of_actors(db: Database, actors: Sequence[Id]) -> list[Quote]:
    """Return every mark that stands for one of these entries, by article and place."""
    sql = f"""
        SELECT mark.id, mark.article, coalesce(article.title, article.source_file, mark.article),
            annotator.name, fragments,
            substr(body, max(start - {AROUND}, 0) + 1, min(start, {AROUND})), substr(body, end + 1, {AROUND})
        FROM mark JOIN article ON article.id = mark.article JOIN text ON sha256 = text_sha256
            JOIN annotator ON annotator.id = mark.annotator
        WHERE mark.actor IN (SELECT value FROM json_each(?))
        ORDER BY article.position, start, mark.id
    """
    return [_quote(row) for row in db.execute(sql, (json.dumps(list(actors)),))]


def _quote(row: tuple[str, ...]) -> Quote:
    id, article, title, annotator, fragments, before, after = row
    words = " … ".join(part[2] for part in json.loads(fragments))
    return Quote(
        id, article, title, annotator, _line(before), " ".join(words.split()), _line(after)
    )


def _line(text: str) -> str:
    """Return a text on one line; its outer blanks stay as one, so that words do not run together."""
    inner = " ".join(text.split())
    return (
        f"{' ' if text[:1].isspace() else ''}{inner}{' ' if inner and text[-1:].isspace() else ''}"
    )
