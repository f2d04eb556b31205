"""What the user chose to see of the list of articles: words, stage and order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.identity import Id
from annotator.presentation.article_row import ArticleRow
from annotator.presentation.queue import Order, Stage, is_at, ordered
from annotator.services import learning_queue
from annotator.services.project import Project


class ArticleChoice:
    """Which rows are shown, and in which order.

    Attributes:
        filter: words that the title or the line below has to have, all of them.
        stage: how far the articles are.
        order: in which order they come.
        seed: of the order by chance; empty gives each annotator of each project their own.
    """

    def __init__(self) -> None:
        self.filter = ""
        self.stage = Stage.ALL
        self.order = Order.GIVEN
        self.seed = ""
        self._turns: dict[Id, int] = {}
        self._reasons: dict[Id, str] = {}

    @property
    def is_as_given(self) -> bool:
        """Tell whether all articles are listed in the order of the project."""
        return self.order is Order.GIVEN and self.stage is Stage.ALL and not self.filter.strip()

    def queue_up(self, project: Project | None) -> None:
        """Find out which articles teach most, where they are to come in this order."""
        is_asked = project is not None and self.order is Order.TEACHING
        turns = learning_queue.queue(project) if project and is_asked else []
        self._turns = {turn.article: place for place, turn in enumerate(turns)}
        self._reasons = {turn.article: turn.reason for turn in turns}

    def of(self, rows: Iterable[ArticleRow], project: Project | None) -> list[ArticleRow]:
        """Return those of the rows of a project that are shown, as they are shown, in their order."""
        words = self.filter.casefold().split()
        some = list(rows)
        if words or self.stage is not Stage.ALL:
            some = [
                row
                for row in some
                if is_at(row, self.stage)
                and all(word in f"{row.title} {row.subtitle}".casefold() for word in words)
            ]
        some = ordered(some, self.order, self.seed or _own_seed(project), self._turns)
        return [self.shown(row) for row in some] if self._reasons else some

    def shown(self, row: ArticleRow) -> ArticleRow:
        """Return the row with the reason why it comes here, if there is one."""
        reason = self._reasons.get(row.id)
        return replace(row, subtitle=f"{reason} · {row.subtitle}") if reason else row


def _own_seed(project: Project | None) -> str:
    return f"{project.file.id} {project.annotator.name}" if project else ""
