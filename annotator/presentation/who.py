"""Whom the mention under the caret stands for, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.services import actor_book, recognising

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def names(desk: Desk) -> list[str]:
    """Return the names to choose from: likely ones first, then all others by name."""
    mark, project = desk.reader.current, desk.project
    if mark is None or project is None:
        return []
    likely = [found.actor.name for found in actor_book.candidates(project, mark.id)]
    return list(dict.fromkeys([*likely, *(actor.name for actor in recognising.book(project))]))


def tie(desk: Desk, name: str) -> None:
    """Tie the mention to the entry of that name, the likeliest of namesakes, or to a new one."""
    mark, project = desk.reader.current, desk.project
    wanted = " ".join(name.split())
    if mark is None or project is None or not wanted:
        return
    likely = [found.actor for found in actor_book.candidates(project, mark.id)]
    known = next(
        (actor for actor in (*likely, *recognising.book(project)) if actor.name == wanted), None
    )
    if known:
        desk.act(lambda project: actor_book.assign(project, mark.id, known.id))
    else:
        desk.act(lambda project: actor_book.assign_new(project, mark.id, wanted))
