"""What the page says while no article is open: the one next step."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from annotator.presentation.acts.base import Acting

NO_PROJECT = "Open a project (Ctrl+O) or make one (Ctrl+N)."
NO_ARTICLES = (
    "No articles yet. Drop files or a folder here, or choose files with Ctrl+I, a folder with "
    "Ctrl+Shift+I."
)
CHOOSE = "Choose an article on the left, or drop files here to bring articles in."


def invitation(desk: Acting) -> str:
    """Return how to come to an article, or why there is no way; nothing while the list is still being read."""
    if desk.project is None:
        return NO_PROJECT
    if desk.library.is_being_read:
        return ""
    if desk.library.problem:
        return desk.library.problem
    return CHOOSE if desk.library.total else NO_ARTICLES
