"""Calling an article done: what is not filled in is shown first, and may be overruled.

What an act leaves open in an article that is done already is told beside what the act did.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from annotator.domain.article import Verdict
from annotator.domain.link import Link
from annotator.domain.mark import Mark
from annotator.services import completeness, states
from annotator.services.completeness import Gap
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.domain.step import Outcome
    from annotator.presentation.acts.articles import ArticleActs
    from annotator.presentation.acts.base import Acting
    from annotator.presentation.reader import Reader
    from annotator.services.project import Project

__all__ = ["Gap", "finish", "left_open"]

LOOKED_AT = 20
"""So many of the records that an act touched are looked at: an act of thousands waits for nothing."""


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


def left_open(desk: Acting, project: Project, outcome: Outcome) -> str:
    """Return in a sentence what an act made and did not fill in, if the open article is done; else nothing."""
    reader = desk.reader
    for mark in _made_or_untied(reader, outcome):
        if reader.verdicts.get(mark.layer) is not Verdict.DONE:
            continue
        missing = completeness.gaps_of(project, mark)
        if missing:
            where = "This article" if reader.is_finished else f"The layer “{missing[0].layer}”"
            what = ", ".join(gap.what for gap in missing)
            return f"{where} is done; not filled in yet: {what}."
    return ""


def _made_or_untied(reader: Reader, outcome: Outcome) -> Iterator[Mark]:
    """Go through the marks of the open article that an act made, or took a link from."""
    for change in islice(outcome.changes, LOOKED_AT):
        before, after = change.before, change.after
        id = (
            after.id
            if isinstance(after, Mark) and before is None
            else before.start
            if isinstance(before, Link) and after is None
            else ""
        )
        mark = reader.marks.get(id)
        if mark:
            yield mark
