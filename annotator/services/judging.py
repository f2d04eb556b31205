"""Cases with what was decided about them, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotator.domain.adjudication import Adjudication
from annotator.domain.identity import Id
from annotator.domain.slices import Slices, batches, sliced
from annotator.services import comparing, disagreements
from annotator.services.comparing import Whose
from annotator.services.disagreements import Case
from annotator.services.project import Project
from annotator.store import adjudications, articles, states


@dataclass(frozen=True, slots=True)
class Judged:
    """A case and what was decided about it.

    Attributes:
        decision: that about all its marks; None while it is open.
        is_stale: whether one of the marks was changed after the decision.
    """

    case: Case
    decision: Adjudication | None
    is_stale: bool = False

    @property
    def is_open(self) -> bool:
        """Tell whether it still has to be decided."""
        return self.decision is None


def everybody(project: Project, *, unfinished: bool = False) -> Whose:
    """Return whose work is judged: good until annotators come or the codebook changes.

    Args:
        unfinished: count whoever marked anything in an article as done with it.
    """
    return comparing.whose(project.db, unfinished=unfinished)


@sliced
def judged(project: Project, *, unfinished: bool = False) -> Slices[list[Judged]]:
    """Return every case of the project in reading order, decided or not."""
    found: list[Judged] = []
    whose = everybody(project, unfinished=unfinished)
    several = yield from articles_of_several.slices(project, whose)
    for article in several:
        found += yield from cases_in.slices(project, article, whose)
    return found


@sliced
def articles_of_several(project: Project, whose: Whose) -> Slices[list[Id]]:
    """Return the articles that two or more are done with, on any layer, in the order of the list."""
    found: list[Id] = []
    for some in batches(articles.ids_in_project_order(project.db)):
        found += states.done_by_several(project.db, some, with_marks=whose.unfinished)
        yield
    return found


@sliced
def cases_in(project: Project, article: Id, whose: Whose) -> Slices[list[Judged]]:
    """Return the cases of one article in reading order, decided or not."""
    material = yield from comparing.read_article.slices(project.db, project.article(article), whose)
    found = yield from disagreements.cases.slices(material)
    yield
    return list(_judged(project, article, found))


def judged_again(project: Project, article: Id, found: Sequence[Judged]) -> list[Judged]:
    """Return the cases of an article as they are decided now; its annotators marked nothing since.

    Those decided as before are the same objects.
    """
    now = _judged(project, article, (item.case for item in found))
    return [
        before if before.decision == after.decision and before.is_stale == after.is_stale else after
        for before, after in zip(found, now, strict=True)
    ]


def agreed(found: Iterable[Judged]) -> list[Judged]:
    """Return the open cases in which everybody agrees: what can be accepted in one step."""
    return [item for item in found if item.is_open and item.case.is_agreed]


def decisions_in(project: Project, article: Id) -> dict[Id, Adjudication]:
    """Return the decisions about an article by the annotators' marks they are about."""
    return {
        mark: decision
        for decision in adjudications.of_article(project.db, article)
        for mark in decision.marks
    }


def _judged(project: Project, article: Id, found: Iterable[Case]) -> Iterator[Judged]:
    decisions = decisions_in(project, article)
    return (_judge(case, decisions) for case in found)


def _judge(case: Case, decisions: Mapping[Id, Adjudication]) -> Judged:
    decision, *others = (decisions.get(mark.id) for mark in case.marks.values())
    if decision is None or any(other is not decision for other in others):
        return Judged(case, None)
    changed = any(mark.made.modified > decision.at for mark in case.marks.values())
    return Judged(case, decision, changed)
