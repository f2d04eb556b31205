"""What the user chose to see of the list of articles: words, stage and order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.presentation.article_row import ArticleRow
from annotator.presentation.queue import Order, Stage, ordered
from annotator.services import learning_queue
from annotator.services.learning_queue import Turn
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

    @property
    def needs_queue(self) -> bool:
        """Tell whether articles are to come in the order of what teaches most, which has to be found out."""
        return self.order is Order.TEACHING

    def queue_up(self, project: Project | None) -> Slices[None]:
        """Find out which articles teach most, where they are to come in this order."""
        turns: list[Turn] = []
        if project and self.needs_queue:
            turns = yield from learning_queue.queue.slices(project)
            yield
        self._turns = {turn.article: place for place, turn in enumerate(turns)}
        self._reasons = {turn.article: turn.reason for turn in turns}

    def of(self, rows: Iterable[ArticleRow], project: Project | None) -> list[ArticleRow]:
        """Return those of the rows of a project that are shown, in their order."""
        some = list(rows)
        if self.stage is not Stage.ALL:
            some = [row for row in some if self.stage in row.stages]
        for word in self.filter.casefold().split():
            some = [row for row in some if word in f"{row.title} {row.subtitle}".casefold()]
        return ordered(some, self.order, self.seed or _own_seed(project), self._turns)

    def shown(self, row: ArticleRow) -> ArticleRow:
        """Return the row with the reason why it comes here, if there is one: made for rows in sight alone."""
        reason = self._reasons.get(row.id)
        return replace(row, subtitle=f"{reason} · {row.subtitle}") if reason else row


def _own_seed(project: Project | None) -> str:
    return f"{project.file.id} {project.annotator.name}" if project else ""
