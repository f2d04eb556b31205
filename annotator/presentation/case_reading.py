"""Reading the cases of a project, many bit by bit, and following what is done there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TypeGuard

from annotator.domain.adjudication import Adjudication
from annotator.domain.article import Annotator, State
from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, View
from annotator.domain.slices import Slices
from annotator.presentation.case_list import CaseList
from annotator.presentation.piecemeal import WHOLE, Piecemeal
from annotator.services import history, judging, reading
from annotator.services.collecting import let_go

if TYPE_CHECKING:
    from annotator.domain.codebook import Codebook
    from annotator.domain.step import Change, Record
    from annotator.services.comparing import Whose
    from annotator.services.project import Project

CASES = "cases"

FEW = 200
"""So many marks or cases are read at once; more bit by bit, where somebody can."""

MANY_TOUCHED = 50
"""After an act on so many articles all cases are read anew."""


class CaseReading:
    """Keeps cases in step with a project.

    Attributes:
        cases: those read so far.
        readings: what is read piece by piece.
        codebook: the one the cases were made by.
        problem: why they could not be read, in a sentence.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        """``changed`` is called whenever reading goes on beside other things, and when it has ended."""
        self.cases = CaseList()
        self.readings = Piecemeal()
        self.codebook: Codebook | None = None
        self.problem = ""
        self._changed = changed
        self._project: Project | None = None
        self._unfinished = False
        self._whose: Whose | None = None
        self._touched: set[Id] = set()
        # When all cases were as they are here: None where an act went on meanwhile.
        self._moment: int | None = None

    @property
    def is_going_on(self) -> bool:
        """Whether there are more to be read, now or when somebody reads on."""
        return self.readings.reads(CASES)

    @property
    def is_halted(self) -> bool:
        """Whether there are more to be read, and nobody does."""
        return self.readings.is_halted(CASES)

    def begin(self, project: Project | None, *, unfinished: bool = False) -> None:
        """Read all cases of a project, or have none; see ``judging.everybody``.

        Where reading was halted it waits.
        """
        self._touched.clear()
        self._project, self._unfinished, self._whose = project, unfinished, None
        before = self.cases.clear()
        if project is None:
            self.readings.stop()
            self._changed()
        else:
            self.codebook = project.codebook
            self._run(self._all(project), at_once=reading.is_small(project, FEW))
        let_go(before)

    def stop(self) -> None:
        """Read no further."""
        self.readings.stop()
        self._touched.clear()

    def follow(self, changes: Sequence[Change]) -> None:
        """Read anew what an act touched; an act without changes may have touched anything.

        Of one that was cancelled all is as it was.
        """
        project = self._project
        if project is None or (not changes and self._is_in_step(project)):
            return
        records = [change.after or change.before for change in changes]
        if any(isinstance(record, Annotator) for record in records):
            self._whose = None
        decided = {record.article for record in records if _is_gold(record)}
        marked = {record.article for record in records if _is_compared(record)}
        if not records or len(decided | marked) > MANY_TOUCHED:
            self.begin(project, unfinished=self._unfinished)
        elif self.is_going_on:
            self._touched |= decided | marked
        else:
            for article in decided - marked:
                self._judge_again(project, article)
            few = sum(len(self.cases.of(article)) for article in marked) <= FEW
            self._run(self._some(project, marked), at_once=few)

    def judge_all_again(self) -> None:
        """Look up what was decided; nobody marked anything since the cases were read."""
        project = self._project
        if project and self.is_going_on:
            self.begin(project, unfinished=self._unfinished)
        elif project:
            self._run(self._judging(project), at_once=self.cases.total <= FEW)

    def _is_in_step(self, project: Project) -> bool:
        """Tell whether all cases are read, and nothing was done since."""
        is_known = self._moment is not None and not self.is_going_on
        return is_known and self._moment == history.moment(project)

    def _run(self, steps: Slices[None], *, at_once: bool) -> None:
        self._moment = None
        if not at_once:
            self.cases.list_later()
        self.readings.begin(
            CASES, self._to_the_end(steps), lambda _: self._changed(), at_once=at_once
        )
        if self.is_going_on:
            self._changed()

    def _to_the_end(self, steps: Slices[None]) -> Slices[None]:
        self.problem = ""
        project = self._project
        begun = history.moment(project) if project else None
        try:
            yield from steps
            # To list very many cases takes a turn of its own; meanwhile somebody may mark on.
            yield WHOLE
            while self._touched and project:
                yield from self._some(project, {self._touched.pop()})
                if not self._touched:
                    yield WHOLE
            ended = history.moment(project) if project else None
            self._moment = ended if ended == begun else None
        except Problem as problem:
            self.cases.clear()
            self.problem = str(problem)
        except Exception:
            # A part of the cases must not be taken for all of them.
            self.cases.clear()
            self.problem = "The cases could not be read: close this window and open it again."
            self.readings.stop(CASES)
            self._changed()
            raise

    def _all(self, project: Project) -> Slices[None]:
        whose = self._compared(project)
        several = yield from judging.articles_of_several.slices(project, whose)
        for number, article in enumerate(several):
            yield number, len(several), "articles"
            yield from self._read(project, article)

    def _some(self, project: Project, articles: Iterable[Id]) -> Slices[None]:
        for article in sorted(articles):
            yield from self._read(project, article)

    def _read(self, project: Project, article: Id) -> Slices[None]:
        whose = self._compared(project)
        cases = yield from judging.cases_in.slices(project, article, whose)
        self.cases.put(project.article(article), cases)

    def _judging(self, project: Project) -> Slices[None]:
        articles = self.cases.articles
        for number, article in enumerate(articles):
            self._judge_again(project, article)
            yield number + 1, len(articles), "articles"

    def _judge_again(self, project: Project, article: Id) -> None:
        before = self.cases.of(article)
        self.cases.put(project.article(article), judging.judged_again(project, article, before))

    def _compared(self, project: Project) -> Whose:
        """Return whose work is compared, found out once for many articles."""
        if self._whose is None:
            self._whose = judging.everybody(project, unfinished=self._unfinished)
        return self._whose


def _is_gold(record: Record | None) -> TypeGuard[Mark | Link | Adjudication]:
    """Tell whether a record belongs to what was decided."""
    is_in_view = isinstance(record, Mark | Link) and record.view is View.GOLD
    return is_in_view or isinstance(record, Adjudication)


def _is_compared(record: Record | None) -> TypeGuard[Mark | Link | State]:
    """Tell whether a record belongs to what annotators made."""
    is_in_view = isinstance(record, Mark | Link) and record.view is View.ANNOTATOR
    return is_in_view or isinstance(record, State)
