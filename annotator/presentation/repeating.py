"""Doing it once more: like the last mark, the same words elsewhere, the last act again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.mark import Mark
from annotator.services import marking, spreading
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def repeat(desk: Desk) -> None:
    """Mark the selection like the last mark; with nothing selected, do the last act here again."""
    reader = desk.reader
    article, model = reader.article, reader.recent
    if article and reader.has_selection and model and model in reader.marks:
        outcome = desk.act(
            lambda project: marking.mark_like(project, article.id, reader.page.selections, model)
        )
        changes = outcome.changes if outcome else ()
        made = next((change.after for change in changes if isinstance(change.after, Mark)), None)
        if made:
            reader.page.clear_selection()
            reader.select_mark(made.id)
    elif desk.again:
        desk.again()
    else:
        desk.messages.done("Nothing was done yet that could be repeated.")


def mark_here(desk: Desk) -> None:
    """Mark the current mark's words wherever they stand again in the article."""
    current = desk.reader.current
    if current:
        desk.act(lambda project: spreading.spread(project, current.id, wide=False))


def mark_in_project(desk: Desk) -> None:
    """Mark the current mark's words in all articles; if their number was not shown yet, show it first."""
    current = desk.reader.current
    if current is None:
        return
    if desk.reader.counted == current.id:
        desk.act(lambda project: spreading.spread(project, current.id, wide=True))
        desk.reader.counted = None
        return
    found = count(desk)
    if found:
        desk.messages.done(f"{told(found)}. The same key once more marks all.")


def count(desk: Desk) -> spreading.Places | None:
    """Return where the current mark's words stand again in the project, and remember that it is known."""
    current, project = desk.reader.current, desk.project
    if current is None or project is None:
        return None
    try:
        found = spreading.places(project, current.id, wide=True)
    except Problem as problem:
        desk.messages.problem(str(problem))
        return None
    desk.reader.counted = current.id
    return found


def told(places: spreading.Places) -> str:
    """Return the places in words: ``3 here, 12 in 5 other articles``."""
    here = f"{len(places.here):,} more here"
    if not places.elsewhere:
        return here
    articles = counted(len(places.elsewhere), "other article")
    return f"{here}, {places.count_elsewhere:,} in {articles}"
