"""What the menu of an article in the list offers; the article is open, so that all of it is about that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.article import Verdict
from annotator.presentation.menu_items import Entry, Item

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def groups(desk: Desk) -> list[list[Item]]:
    """Return what can be done now with the open article, group by group, none of them empty."""
    reader = desk.reader
    known = {command.id: command for command in desk.commands if command.available(desk)}
    answers = [] if reader.is_finished else ["article.done", "article.nothing"]
    if any(verdict is not Verdict.OPEN for verdict in reader.verdicts.values()):
        answers.append("article.reopen")
    wanted = (
        ["view.page"],
        answers,
        ["article.note", "suggestion.here"],
        ["project.print", "project.picture"],
    )
    found: list[list[Item]] = [[Entry(known[id]) for id in ids if id in known] for ids in wanted]
    return [group for group in found if group]
