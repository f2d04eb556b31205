"""Answering suggestions from the desk, and asking for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.slices import Progress, with_progress
from annotator.domain.suggestion import Suggestion
from annotator.services import answering, suggesting
from annotator.services.wording import counted, quoted

if TYPE_CHECKING:
    from annotator.domain.article import Article
    from annotator.domain.step import Outcome
    from annotator.presentation.desk import Desk
    from annotator.services.project import Project
    from annotator.services.suggesting import Task

TITLE = "Suggesting"

Run = Callable[["Desk"], None]
Answer = Callable[["Project", Suggestion, "str | None"], "Outcome"]


def accept(desk: Desk) -> None:
    """Make a mark of the current suggestion and go to the next one."""
    _answer(desk, lambda project, item, shown: answering.accept(project, item.id, shown=shown))


def accept_and_change(desk: Desk) -> None:
    """Make a mark of the current suggestion, stay on it and go to its values."""
    ghost = desk.reader.ghost
    if ghost is None:
        return
    shown = desk.reader.ghosts.shown_at(ghost.id)
    outcome = desk.act(lambda project: answering.accept(project, ghost.id, shown=shown))
    made = [change.after for change in outcome.changes] if outcome else []
    mark = next(
        (item for item in made if isinstance(item, Mark) and item.layer == ghost.layer), None
    )
    if mark:
        desk.reader.select_mark(mark.id)
        desk.focus.emit("inspector")


def reject(desk: Desk) -> None:
    """Say no to the current suggestion for good, and go to the next one."""
    _answer(desk, lambda project, item, shown: answering.reject(project, item.id, shown=shown))


def accept_same(desk: Desk) -> None:
    """Accept every suggestion in the article with the words of the current one, in one step.

    The first time the number is told, the second time it is done.
    """
    ghost, project = desk.reader.ghost, desk.project
    if ghost is None or project is None:
        return
    same = [
        item
        for item in answering.same_words(project, ghost.id)
        if item.id in desk.reader.ghosts.by_id
    ]
    if desk.reader.counted != ghost.id:
        desk.reader.counted = ghost.id
        words = quoted(" ".join(part.slice for part in ghost.fragments))
        desk.messages.done(
            f"{words} is suggested {counted(len(same), 'time')} here. "
            "The same key once more accepts all."
        )
        return
    desk.reader.counted = None
    following = _following(desk, {item.id for item in same})
    shown = desk.reader.ghosts.shown_at(ghost.id)
    ids = [item.id for item in same]
    desk.act_on(
        len(ids),
        "Accepting suggestions",
        lambda project: answering.accept_all.slices(project, ids, shown=shown),
        lambda _: _go(desk, following),
        is_slow=True,
    )


def next_ghost(desk: Desk) -> None:
    """Go to the next suggestion after the caret, around the end."""
    reader = desk.reader
    items = list(reader.ghosts.by_id.values())
    if not items:
        desk.messages.done(
            "No suggestion is shown here: those for claims and sentiment come when you have "
            "called the layer done."
        )
        return
    behind = [item for item in items if item.fragments[0].start > reader.page.caret]
    reader.page.set_current((behind or items)[0].id)
    # From the list of articles, too: there Enter would not accept it.
    desk.focus.emit("page")


def suggest_here(desk: Desk) -> None:
    """Let rules and trained models read the open article beside the reading, and keep what they propose."""
    article, project = desk.reader.article, desk.project
    if article is None or project is None:
        return
    task: list[Task] = []

    def gather() -> Iterator[Progress]:
        task.append((yield from with_progress(suggesting.task_for.slices(project, article.id))))

    def gathered(error: BaseException | None) -> None:
        if task and error is None and desk.project is project:
            desk.window.run_aside(TITLE, work, done)

    def work(tell: Callable[[int, int], bool]) -> object:
        return suggesting.work_out_apart(task[0], lambda: tell(0, 1))

    def done(result: object | None, error: BaseException | None) -> None:
        if not isinstance(result, tuple) or error is not None or desk.project is not project:
            return
        found, troubles = result
        desk.act_on(
            sum(len(item.proposals) for item in found),
            TITLE,
            lambda project: suggesting.keep.slices(project, found),
            lambda outcome: _tell(desk, project, article, troubles) if outcome else None,
            is_slow=True,
        )

    desk.window.run_slices(TITLE, gather(), gathered)


def _tell(desk: Desk, project: Project, article: Article, troubles: Sequence[str]) -> None:
    """Say what came of reading an article, which may no longer be the open one."""
    shown = desk.reader.article
    policy = desk.reader.ghosts.policy or project.codebook.suggesting
    if troubles:
        desk.messages.problem(" ".join(troubles))
    elif answering.is_kept_back(article.id, policy.kept_back):
        desk.messages.done(
            "This article is one of those that never show suggestions; they are kept to "
            "measure with."
        )
    elif shown is None or shown.id != article.id:
        desk.messages.done(f"The suggestions for {quoted(article.title)} are there.")
    else:
        desk.messages.done(
            f"{counted(len(desk.reader.ghosts.by_id), 'suggestion')} shown: Tab goes to the "
            "next, Enter accepts, Backspace rejects."
        )


def _answer(desk: Desk, answer: Answer) -> None:
    ghost = desk.reader.ghost
    if ghost is None:
        return
    following = _following(desk, {ghost.id})
    shown = desk.reader.ghosts.shown_at(ghost.id)
    outcome = desk.act(lambda project: answer(project, ghost, shown))
    if outcome is not None:
        _go(desk, following)


def _following(desk: Desk, but: set[Id]) -> list[Id]:
    """Return the suggestions in the order in which they are next, without some."""
    ids = list(desk.reader.ghosts.by_id)
    current = desk.reader.page.current_mark
    at = ids.index(current) if current in ids else 0
    return [id for id in ids[at:] + ids[:at] if id not in but]


def _go(desk: Desk, following: list[Id]) -> None:
    """Go to the first of these suggestions that is still there."""
    found = next((id for id in following if id in desk.reader.ghosts.by_id), None)
    if found:
        desk.reader.page.set_current(found)
