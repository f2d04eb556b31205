"""A decision of the adjudicator: what becomes gold of the marks that stand for one thing in the text."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.errors import Refused
from annotator.domain.identity import Id, derived_id


class Choice(StrEnum):
    """How it was decided.

    ``agreed``: everybody marked it alike, and it was accepted with the others like it.
    """

    AGREED = "agreed"
    ACCEPTED = "accepted"
    SEVERAL = "several"
    EDITED = "edited"
    NEW = "new"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Adjudication:
    """One decision, kept when the marks it was about change or are merged again.

    Attributes:
        marks: the annotators' marks it is about, sorted; none for a mark nobody else had made.
        chosen: those of them that were accepted.
        gold: the gold marks it made; none if nothing was to be marked.
        annotator: the adjudicator.
        reason: in their words; may be empty.
    """

    id: Id
    article: Id
    layer: str
    choice: Choice
    marks: tuple[Id, ...]
    chosen: tuple[Id, ...]
    gold: tuple[Id, ...]
    annotator: Id
    at: str
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.layer:
            raise Refused("A decision needs a layer.")
        if not set(self.chosen) <= set(self.marks):
            raise Refused("Only a mark that the decision is about can be accepted.")
        if bool(self.gold) == (self.choice is Choice.LEFT_OUT):
            raise Refused("A decision either makes gold marks or leaves the marks out.")


def gold_id(mark: Id) -> Id:
    """Return the one id that the gold copy of a mark has, in every file."""
    return derived_id("gold", mark)


def adjudication_id(marks: tuple[Id, ...]) -> Id:
    """Return the one id of the decision about these marks, so that two files' decisions meet."""
    return derived_id("adjudication", *sorted(marks))
