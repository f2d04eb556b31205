"""Calling an article done: what is not filled in is shown first, and may be overruled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.services import completeness, states
from annotator.services.completeness import Gap
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.acts.articles import ArticleActs

__all__ = ["Gap", "finish"]


def finish(desk: ArticleActs) -> None:
    """Call the open article done and go on; if something is missing, only after showing it once.

    A second call overrules what is missing; the step then says how much that was, and why,
    if a reason was written (``reader.reason``).
    """
    project, article = desk.project, desk.reader.article
    if project is None or article is None:
        return
    missing = tuple(completeness.gaps(project, article.id))
    if missing and missing != desk.reader.gaps:
        desk.reader.show_gaps(missing)
        key = desk.key_of("article.done")
        desk.messages.done(
            f"{counted(len(missing), 'thing')} not filled in, listed on the right. "
            f"{key} once more calls it done anyway."
        )
        return
    remark = f"{counted(len(missing), 'thing')} not filled in" if missing else ""
    if remark and desk.reader.reason.strip():
        remark = f"{remark}: {' '.join(desk.reader.reason.split())}"
    desk.reader.show_gaps(())
    desk.conclude(lambda at, id: states.finish(at, id, remark))
