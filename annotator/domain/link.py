"""A link: a typed, directed tie from one mark to another, or to an explicit voice."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.errors import Refused
from annotator.domain.identity import Id, derived_id
from annotator.domain.mark import Provenance, View


class Voice(StrEnum):
    """What a source or holder is when no mark can be: the article's author, or not known.

    Both differ from a link that is not there, which means “not filled in”.
    """

    AUTHOR = "author"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Link:
    """``type`` from the mark ``start`` to the mark ``end``, or to a ``voice``: exactly one of the two."""

    id: Id
    article: Id
    view: View
    type: str
    start: Id
    made: Provenance
    end: Id | None = None
    voice: Voice | None = None

    def __post_init__(self) -> None:
        if (self.end is None) == (self.voice is None):
            raise Refused(
                f"A {self.type} link goes to one mark or to one voice, not to both or neither."
            )
        if self.end == self.start:
            raise Refused(f"A mark cannot be its own {self.type}.")


Tie = tuple[Id, str, Id, Id | None, str | None]
"""What a link ties, without the record: its id, its type, the mark it starts at, and the mark it
ends at or else the word for a voice."""


def link_id(start: Id, type: str, end: str) -> Id:
    """Return the one id that belongs to a link from a mark to a mark or voice.

    It is the same in every file and after every redo, so that two copies of a link are
    seen to be one.
    """
    return derived_id("link", start, type, end)
