"""Counts over the project file, made by SQL in one pass each."""

from __future__ import annotations

from annotator.domain.identity import Id
from annotator.store.connection import Database


def people(db: Database) -> list[tuple[Id, str]]:
    """Return id and name of every annotator, by name."""
    return list(db.execute("SELECT id, name FROM annotator ORDER BY name"))


def articles(db: Database) -> tuple[int, int]:
    """Return how many articles there are, and how many characters they have together."""
    count, characters = db.execute(
        "SELECT count(*), coalesce(sum(length), 0) FROM article"
    ).fetchone()
    return int(count), int(characters)


def actors(db: Database) -> int:
    """Return how many entries the actor book has."""
    return int(db.execute("SELECT count(*) FROM actor WHERE retired = 0").fetchone()[0])


def gold(db: Database) -> int:
    """Return how many adjudicated marks there are."""
    return int(db.execute("SELECT count(*) FROM mark WHERE view = 'gold'").fetchone()[0])


def marks_by_layer(db: Database, annotator: Id) -> dict[str, int]:
    """Return how many marks an annotator made on each layer."""
    sql = "SELECT layer, count(*) FROM mark WHERE annotator = ? AND view = 'annotator' GROUP BY layer ORDER BY layer"
    return dict(db.execute(sql, (annotator,)))


def values_by_attribute(db: Database, annotator: Id) -> dict[str, dict[str, int]]:
    """Return how often an annotator gave each value, by ``layer.attribute``; free texts are left out."""
    sql = """
        SELECT layer || '.' || item.key, item.atom, count(*)
        FROM mark, json_each(mark.attributes) AS item
        WHERE annotator = ? AND view = 'annotator' AND item.atom IS NOT NULL AND length(item.atom) <= 40
        GROUP BY 1, 2 ORDER BY 1, 3 DESC, 2
    """
    found: dict[str, dict[str, int]] = {}
    for name, value, count in db.execute(sql, (annotator,)):
        found.setdefault(name, {})[str(value)] = count
    return found


def links_by_type(db: Database, annotator: Id) -> dict[str, int]:
    """Return how many links of each type an annotator made."""
    sql = "SELECT type, count(*) FROM link WHERE annotator = ? AND view = 'annotator' GROUP BY type ORDER BY type"
    return dict(db.execute(sql, (annotator,)))


def verdicts_by_layer(db: Database, annotator: Id) -> dict[str, dict[str, int]]:
    """Return how many articles an annotator called done, or empty, on each layer."""
    sql = """
        SELECT layer, verdict, count(*) FROM state
        WHERE annotator = ? AND verdict <> 'open' GROUP BY 1, 2 ORDER BY 1, 2
    """
    found: dict[str, dict[str, int]] = {}
    for layer, verdict, count in db.execute(sql, (annotator,)):
        found.setdefault(layer, {})[verdict] = count
    return found
