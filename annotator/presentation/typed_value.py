"""Values that are typed: a text, a date, or words with commas between them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.domain.codebook import Kind
from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.presentation import leaving
from annotator.services import marking

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def keep(desk: Desk, attribute: str, kind: Kind, mark: Id, words: str) -> bool:
    """Give a mark the value that was typed, whatever mark is current by now; no words take it off.

    Tells whether it was taken.
    """
    value = _meant(kind, words)
    desk.again = partial(desk.set_value, attribute, value)
    return leaving.keep(
        desk, words, lambda project: marking.set_attribute(project, mark, attribute, value)
    )


def _meant(kind: Kind, words: str) -> Value | None:
    if kind is not Kind.SEVERAL:
        return words or None
    return tuple(part.strip() for part in words.split(",") if part.strip()) or None
