"""Doing it once more: like the last mark, the same words elsewhere, the last act again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.mark import Mark
from annotator.domain.slices import Progress, Slices, whole, with_progress
from annotator.presentation.shortening import short
from annotator.services import marking, spreading
from annotator.services.wording import counted, quoted

if TYPE_CHECKING:
    from annotator.domain.identity import Id
    from annotator.presentation.desk import Desk
    from annotator.services.spreading import Places

MANY_ARTICLES = 500
"""To look through so many texts takes longer than a frame or two."""

MANY_PLACES = 250
"""To mark so many places takes longer than that, too."""


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
            reader.select_mark(made.id)
    elif desk.again:
        desk.again()
    else:
        desk.messages.done("Nothing was done yet that could be repeated.")


def mark_here(desk: Desk) -> None:
    """Mark the current mark's words wherever they stand again in the article."""
    current, project = desk.reader.current, desk.project
    if current and project:
        many = len(spreading.places(project, current.id, wide=False).here)
        _spread(desk, current.id, wide=False, is_long=many >= MANY_PLACES)


def mark_in_project(desk: Desk) -> None:
    """Mark the current mark's words in all articles; if their number was not shown yet, show it first."""
    current = desk.reader.current
    if current is None:
        return
    if desk.reader.counted == current.id:
        desk.reader.counted = None
        _spread(desk, current.id, wide=True, is_long=desk.library.total >= MANY_ARTICLES)
    elif desk.library.total < MANY_ARTICLES:
        _tell(desk, whole(count(desk)))
    else:
        found: list[Places | None] = []

        def counting() -> Iterator[Progress]:
            found.append((yield from with_progress(count(desk))))

        desk.window.run_slices(
            f"Counting {quoted(short(current.text, 40))}",
            counting(),
            lambda error: None if error else _tell(desk, found[0]),
        )


def _spread(desk: Desk, mark: Id, *, wide: bool, is_long: bool) -> None:
    if is_long:
        desk.act_in_slices(
            "Marking", lambda project: spreading.spread.slices(project, mark, wide=wide)
        )
    else:
        desk.act(lambda project: spreading.spread(project, mark, wide=wide))


def _tell(desk: Desk, found: Places | None) -> None:
    if found:
        desk.messages.done(f"{told(found)}. The same key once more marks all.")


def count(desk: Desk) -> Slices[Places | None]:
    """Return where the current mark's words stand again in the project, and remember that it is known."""
    current, project = desk.reader.current, desk.project
    if current is None or project is None:
        return None
    try:
        found = yield from spreading.places.slices(project, current.id, wide=True)
    except Problem as problem:
        desk.messages.problem(str(problem))
        return None
    if desk.reader.current is None or desk.reader.current.id != current.id:
        return None
    desk.reader.counted = current.id
    return found


def told(places: Places) -> str:
    """Return the places in words: ``3 here, 12 in 5 other articles``."""
    here = f"{len(places.here):,} more here"
    if not places.elsewhere:
        return here
    articles = counted(len(places.elsewhere), "other article")
    return f"{here}, {places.count_elsewhere:,} in {articles}"
