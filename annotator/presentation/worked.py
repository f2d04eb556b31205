"""How long one worked on the open article, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.services import working_time

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def minutes_here(desk: Desk) -> str:
    """Return “12 minutes”, or nothing if it was less than half a minute."""
    project, article = desk.project, desk.reader.article
    if project is None or article is None:
        return ""
    found = round(working_time.minutes(project, article.id))
    return "" if not found else "1 minute" if found == 1 else f"{found:,} minutes"
