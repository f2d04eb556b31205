"""The rows that a long list can show before all of it is read, each at the place it will keep."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.domain.identity import Id
from annotator.presentation.article_row import ArticleRow
from annotator.services import reading
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.domain.step import Change

BEFORE, LOOKED_AT = 20, 60
"""So many rows are read where somebody looks: more than a window shows, some of them before that place."""


class EarlyRows:
    """Rows in the order of the project, as far as they are read.

    Args:
        row_of: makes a row of what was read of an article.

    Attributes:
        rows: by their places.
        places: of articles in ``rows``.
    """

    def __init__(self, project: Project, row_of: Callable[[reading.Listed], ArticleRow]) -> None:
        self.rows: dict[int, ArticleRow] = {}
        self.places: dict[Id, int] = {}
        self._project = project
        self._row_of = row_of

    def take(self, first: int, rows: Sequence[ArticleRow]) -> None:
        """Keep the rows that stand from a place on."""
        for place, row in enumerate(rows, first):
            self.rows[place] = row
            self.places[row.id] = place

    def look_at(self, place: int) -> None:
        """Read the rows around a place, if that one is not read yet."""
        if place not in self.rows:
            first = max(place - BEFORE, 0)
            found = reading.listed_from(self._project, first, LOOKED_AT)
            self.take(first, [self._row_of(item) for item in found])

    def look_for(self, article: Id) -> None:
        """Read the rows around an article, if it is not read yet."""
        if article not in self.places:
            place = reading.place_of(self._project, article)
            if place is not None:
                self.look_at(place)

    def follow(self, article: Id, changes: Iterable[Change]) -> None:
        """Bring the row of an article in step with an act, if it is read."""
        place = self.places.get(article)
        if place is not None:
            self.rows[place] = self.rows[place].after(changes)
