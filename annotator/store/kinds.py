"""Every kind of record the journal knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from annotator.domain.actor import Actor
from annotator.domain.adjudication import Adjudication
from annotator.domain.apart import Apart
from annotator.domain.article import Annotator, Article, State
from annotator.domain.codebook import CodebookVersion
from annotator.domain.link import Link
from annotator.domain.mark import Mark
from annotator.domain.release import Release
from annotator.domain.suggestion import Suggestion
from annotator.store import (
    actors,
    adjudications,
    annotators,
    apart,
    articles,
    codebooks,
    links,
    marks,
    releases,
    states,
    suggestions,
)
from annotator.store.rows import Table

if TYPE_CHECKING:
    from annotator.domain.step import Record

TABLES: dict[str, Table[Any]] = {
    table.kind: table
    for table in (
        annotators.TABLE,
        codebooks.TABLE,
        articles.TABLE,
        actors.TABLE,
        marks.TABLE,
        links.TABLE,
        states.TABLE,
        suggestions.TABLE,
        adjudications.TABLE,
        apart.TABLE,
        releases.TABLE,
    )
}

_TABLE_OF: dict[type, Table[Any]] = {
    Annotator: annotators.TABLE,
    CodebookVersion: codebooks.TABLE,
    Article: articles.TABLE,
    Actor: actors.TABLE,
    Mark: marks.TABLE,
    Link: links.TABLE,
    State: states.TABLE,
    Suggestion: suggestions.TABLE,
    Adjudication: adjudications.TABLE,
    Apart: apart.TABLE,
    Release: releases.TABLE,
}


def table_of(record: Record) -> Table[Any]:
    """Return the table that keeps this kind of record."""
    return _TABLE_OF[type(record)]
