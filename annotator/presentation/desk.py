"""The desk: everything the window shows and everything it can be told to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from annotator.domain.slices import Sliced
from annotator.domain.step import Outcome, Step
from annotator.presentation.acts.articles import ArticleActs
from annotator.presentation.acts.base import LONG_ACT
from annotator.presentation.acts.links import LinkActs
from annotator.presentation.acts.marks import MarkActs
from annotator.presentation.acts.projects import ProjectActs
from annotator.services import history
from annotator.services.project import Project


class Desk(ProjectActs, ArticleActs, MarkActs, LinkActs):
    """An open project with its list, its open article and its messages, and every act on them.

    The acts stand by subject in ``presentation/acts``; all of them can be taken back here.
    """

    @property
    def can_undo(self) -> bool:
        """Tell whether there is something to undo."""
        return bool(self.undo_name)

    @property
    def can_redo(self) -> bool:
        """Tell whether there is something to redo."""
        return bool(self.redo_name)

    @property
    def undo_name(self) -> str:
        """What undo would take back, or nothing."""
        step = history.next_undo(self.project) if self.project else None
        return step.name if step else ""

    @property
    def redo_name(self) -> str:
        """What redo would do again, or nothing."""
        step = history.next_redo(self.project) if self.project else None
        return step.name if step else ""

    def local_time(self) -> str:
        """Return the present time of day, for the status line."""
        return datetime.now().astimezone().strftime("%H:%M")

    def undo(self) -> None:
        """Take the last act back, wherever it was."""
        self._turn(history.next_undo, history.undo, "Undoing", "Undone: {}")

    def redo(self) -> None:
        """Do the act again that was undone last."""
        self._turn(history.next_redo, history.redo, "Redoing", "Redone: {}")

    def _turn(
        self,
        following: Callable[[Project], Step | None],
        turn: Sliced[[Project], Outcome],
        title: str,
        saying: str,
    ) -> None:
        step = following(self.project) if self.project else None
        if self.project and step and history.is_long(self.project, step, LONG_ACT):
            self.act_in_slices(title, turn.slices, saying=saying)
        else:
            self._act(turn, saying=saying)
