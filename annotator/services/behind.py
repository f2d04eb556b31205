"""The marks behind a number, as they read in their articles."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from annotator.domain.identity import Id
from annotator.services.project import Project
from annotator.store import mark_places
from annotator.store.mark_places import Quote

MOST = 1000
"""More quotes than anybody reads in a list."""

__all__ = ["MOST", "Quote", "openings", "quotes"]


def quotes(project: Project, marks: Iterable[Id]) -> list[Quote]:
    """Return marks as quotes, by article and place, at most ``MOST`` of them."""
    return mark_places.quotes_of_marks(project.db, list(islice(marks, MOST)))


def openings(project: Project, articles: Iterable[Id]) -> list[Quote]:
    """Return articles as quotes of their first words, at most ``MOST`` of them, in their order."""
    return mark_places.openings(project.db, list(islice(articles, MOST)))
