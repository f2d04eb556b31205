"""From a list to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def jump(desk: Desk, article: Id, mark: Id, extent: Extent) -> None:
    """Open an article and make a mark current; another annotator's words are selected instead."""
    desk.open_article(article)
    if mark in desk.reader.marks:
        desk.reader.select_mark(mark)
    elif desk.reader.article and desk.reader.article.id == article:
        desk.reader.page.select(*extent)
