"""Tying two marks that were both pointed at: the codebook says which ties fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from annotator.domain import labels
from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.presentation.choosing import Choosing, Option
from annotator.presentation.shortening import begun
from annotator.services import linking

if TYPE_CHECKING:
    from annotator.presentation.acts.base import Acting
    from annotator.presentation.acts.links import LinkActs

ANY = ""
"""The type of a link whose type is told by the marks it joins."""


def begin(desk: LinkActs) -> None:
    """Remember the mark under the caret as the one to tie; the next mark chosen is the other."""
    current = desk.reader.current
    if current:
        desk.reader.linking, desk.reader.partners = (current.id, ANY), ()
        desk.messages.done(asked(desk))
        desk.reader.changed.emit(None)


def asked(desk: Acting) -> str:
    """Return what is to be chosen while a partner is being chosen, and how; else nothing."""
    if desk.reader.linking is None:
        return ""
    start, type = desk.reader.linking
    return (
        f"{begun(called(desk, start, type))}: choose by the number on the right, a click, or Tab and Enter."
        if type
        else "Now the other mark: click it, or go there with Tab and press Enter."
    )


def called(desk: Acting, start: Id, type: str) -> str:
    """Return what the codebook calls a tie that begins at a mark."""
    project, mark = desk.project, desk.reader.marks.get(start)
    return project.codebook.link_called(mark.layer, type) if project and mark else type


def join(desk: LinkActs, one: Id, other: Id) -> None:
    """Tie two marks; where the codebook allows several ties, let the user choose."""
    project = desk.project
    if project is None:
        return
    try:
        ties = linking.fitting(project, one, other)
    except Problem as problem:
        desk.messages.problem(str(problem))
        return
    if not ties:
        first, second = (
            labels.layer(project.codebook, desk.reader.marks[id].layer) for id in (one, other)
        )
        desk.messages.problem(
            "A mark cannot be tied to itself: choose another one."
            if one == other
            else f"The codebook has no further tie between this {first} and this {second}."
        )
    elif len(ties) == 1:
        desk.tie(*ties[0])
    else:
        options = tuple(Option(_told(desk, *tie), _tie(desk, *tie)) for tie in ties)
        desk.chooser.emit(Choosing("Tie as", options))


def _told(desk: LinkActs, start: Id, type: str, end: Id) -> str:
    """Return a tie as half a sentence: “source: Amal Haddad”."""
    words = " ".join(desk.reader.marks[end].text.split())[:50]
    return f"{called(desk, start, type)}: {words}"


def _tie(desk: LinkActs, start: Id, type: str, end: Id) -> Callable[[], None]:
    def run() -> None:
        desk.tie(start, type, end)

    return run
