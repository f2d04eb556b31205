"""How long somebody worked on an article, told from the times of their acts.

Looking writes nothing, so the journal is all there is to go by: the time from one act to the next
belongs to the article of the later one. A longer break than ``IDLE`` is idle time and left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from annotator.domain.identity import Id
from annotator.services.project import Project
from annotator.store import working_time

IDLE = timedelta(minutes=5)
"""Whoever does nothing for so long is not at the article any more."""


def minutes(project: Project, article: Id) -> float:
    """Return how many minutes the annotator worked on an article."""
    return _sum(working_time.of_article(project.db, article, project.annotator.id))


def minutes_by_article(project: Project, annotator: Id) -> dict[Id, float]:
    """Return how many minutes an annotator worked on each article that they acted in."""
    spans: dict[Id, list[tuple[str | None, str]]] = {}
    before: str | None = None
    for article, at in working_time.acts(project.db, annotator):
        if article is not None:
            spans.setdefault(article, []).append((before, at))
        before = at
    return {article: _sum(found) for article, found in spans.items()}


def _sum(spans: Iterable[tuple[str | None, str]]) -> float:
    """Return the minutes of all spans that are no longer than a break."""
    total = timedelta()
    for before, at in spans:
        if before is not None:
            span = datetime.fromisoformat(at) - datetime.fromisoformat(before)
            if timedelta() < span <= IDLE:
                total += span
    return total.total_seconds() / 60
