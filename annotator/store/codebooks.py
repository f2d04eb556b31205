"""Versions of the codebook in the project file."""

from __future__ import annotations

import json

from annotator.domain.cells import compact
from annotator.domain.codebook import CodebookVersion
from annotator.domain.codebook_json import from_json, to_json
from annotator.store.connection import Database
from annotator.store.rows import Row, Table


def _encode(record: CodebookVersion) -> Row:
    return record.version, compact(to_json(record.codebook)), record.annotator, record.created


def _decode(row: Row) -> CodebookVersion:
    version, body, annotator, created = row
    return CodebookVersion(
        version=int(str(version)),
        codebook=from_json(json.loads(str(body))),
        annotator=None if annotator is None else str(annotator),
        created=str(created),
    )


TABLE = Table("codebook", ("version", "body", "annotator", "created"), _encode, _decode)


def latest(db: Database) -> CodebookVersion:
    """Return the version in force."""
    return next(TABLE.select(db, "ORDER BY version DESC LIMIT 1"))


def versions(db: Database) -> list[CodebookVersion]:
    """Return every version, oldest first."""
    return list(TABLE.select(db, "ORDER BY version"))
