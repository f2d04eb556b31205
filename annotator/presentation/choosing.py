"""A few things to choose from, shown in a small list beside the caret."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from annotator.presentation.page import PageMark

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

SHOWN = 60
"""Characters of a mark's words that tell it from the others."""


class Option(NamedTuple):
    """One thing to choose: its words, what choosing it does, and whether it is chosen now."""

    words: str
    run: Callable[[], None]
    is_current: bool = False


class Choosing(NamedTuple):
    """What is to be chosen, and from what."""

    title: str
    options: tuple[Option, ...]


def choose_mark(desk: Desk) -> None:
    """Let the user choose among the marks that lie under the caret."""
    reader = desk.reader
    here = [mark for mark in reader.page.marks_at(reader.page.caret) if not mark.ghost]
    if len(here) < 2:
        desk.messages.done("Only one mark lies here." if here else "No mark lies under the caret.")
        return
    options = tuple(
        Option(told(desk, mark), _select(desk, mark), mark.id == reader.page.current_mark)
        for mark in here
    )
    desk.chooser.emit(Choosing("Marks here", options))


def told(desk: Desk, mark: PageMark) -> str:
    """Return layer and words of a mark on one line."""
    project = desk.project
    layer = project.codebook.layer(mark.layer).label if project else mark.layer
    known = desk.reader.marks.get(mark.id)
    words = " ".join((known.text if known else "").split())
    return f"{layer} · {words if len(words) <= SHOWN else words[: SHOWN - 1].rstrip() + '…'}"


def _select(desk: Desk, mark: PageMark) -> Callable[[], None]:
    def run() -> None:
        desk.reader.select_mark(mark.id)

    return run
