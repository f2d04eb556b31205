"""What the project remembers of its releases."""

from __future__ import annotations

import json

from annotator.domain.cells import compact
from annotator.domain.release import Release, version_of
from annotator.store.connection import Database
from annotator.store.rows import Row, Table

_COLUMNS = (
    "version", "annotator", "at", "day", "digest", "codebook", "splits", "people", "counts", "prints",
)  # fmt: skip


def _encode(record: Release) -> Row:
    return (
        record.version,
        record.annotator,
        record.at,
        record.day,
        record.digest,
        record.codebook,
        compact(dict(record.splits)),
        compact(dict(record.people)),
        compact(dict(record.counts)),
        compact({id: dict(prints) for id, prints in record.prints.items()}),
    )


def _decode(row: Row) -> Release:
    version, annotator, at, day, digest, codebook, splits, people, counts, prints = map(str, row)
    return Release(
        version=version,
        annotator=annotator,
        at=at,
        day=day,
        digest=digest,
        codebook=int(codebook),
        splits=json.loads(splits),
        people=json.loads(people),
        counts=json.loads(counts),
        prints=json.loads(prints),
    )


TABLE = Table("release", _COLUMNS, _encode, _decode)


def all(db: Database) -> list[Release]:
    """Return every release, the lowest version first."""
    return sorted(TABLE.select(db), key=lambda one: version_of(one.version))
