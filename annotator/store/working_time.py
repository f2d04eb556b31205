"""When acts were done, by whom and in which article; those undone since took their time, too."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.identity import Id
from annotator.store.connection import Database


def acts(db: Database, annotator: Id) -> Iterator[tuple[Id | None, str]]:
    """Yield article and time of every act of an annotator, in order."""
    yield from db.execute(
        "SELECT article, at FROM step WHERE annotator = ? ORDER BY number", (annotator,)
    )


def of_article(db: Database, article: Id, annotator: Id) -> list[tuple[str | None, str]]:
    """Return for every act of an annotator in an article when their act before was, and when this one."""
    sql = """
        SELECT (SELECT earlier.at FROM step AS earlier
                WHERE earlier.number < step.number AND earlier.annotator = step.annotator
                ORDER BY earlier.number DESC LIMIT 1), step.at
        FROM step WHERE step.article = ? AND step.annotator = ? ORDER BY step.number
    """
    return list(db.execute(sql, (article, annotator)))
