"""Whom the mention under the caret stands for, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.identity import Id
from annotator.domain.slices import Slices
from annotator.domain.step import Outcome
from annotator.presentation import leaving
from annotator.services import actor_book, recognising
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def arrange(desk: Desk) -> Slices[None]:
    """Arrange the actor book by its names, slice by slice, so that somebody can be proposed."""
    if desk.project and not desk.busy:
        yield from recognising.index.slices(desk.project)


def is_to_arrange(desk: Desk) -> bool:
    """Tell whether there is a large book that is not arranged."""
    return desk.project is not None and not recognising.is_arranged(desk.project)


def names(desk: Desk) -> list[str]:
    """Return the names to choose from: likely ones first, then all others by name.

    Nobody is to choose from while a large book is still to be arranged.
    """
    mark, project = desk.reader.current, desk.project
    if mark is None or project is None or is_to_arrange(desk):
        return []
    likely = [found.actor.name for found in actor_book.candidates(project, mark.id)]
    return list(dict.fromkeys([*likely, *(actor.name for actor in recognising.book(project))]))


def tie(desk: Desk, name: str) -> None:
    """Tie the mention to the entry of that name, the likeliest of namesakes, or to a new one."""
    mark = desk.reader.current
    if mark and name.strip():
        desk.act(lambda project: _tie(project, mark.id, name))


def keep(desk: Desk, mark: Id, name: str) -> bool:
    """Tie a mention to the name that was left in its field, whatever mark is current by now.

    Tells whether it was.
    """
    return leaving.keep(desk, name, lambda project: _tie(project, mark, name))


def _tie(project: Project, mark: Id, name: str) -> Outcome:
    wanted = " ".join(name.split())
    same = [actor.id for actor in actor_book.namesakes(project, wanted)]
    if not same:
        return actor_book.assign_new(project, mark, wanted)
    likely = actor_book.candidates(project, mark) if len(same) > 1 else []
    known = next((found.actor.id for found in likely if found.actor.id in same), same[0])
    return actor_book.assign(project, mark, known)
