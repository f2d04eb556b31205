"""A suggestion: a mark that a rule, lexicon or model proposes. It is no mark until accepted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.domain.fragment import Fragment, check_order
from annotator.domain.identity import Id
from annotator.domain.mark import Suggester, Value


class Decision(StrEnum):
    """What a person said to a suggestion."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposed mark with its maker and its reason in words.

    Attributes:
        links: proposed links, as ``(type, id of the suggestion or mark it leads to, or a voice)``.
        score: the maker's own confidence, 0 to 1, where it has one.
        annotator, decided: who answered and when; None while waiting.
        shown: when it was first shown to them.
    """

    id: Id
    article: Id
    layer: str
    fragments: tuple[Fragment, ...]
    suggester: Suggester
    created: str
    attributes: Mapping[str, Value] = field(default_factory=dict, hash=False)
    links: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    score: float | None = None
    decision: Decision = Decision.WAITING
    annotator: Id | None = None
    shown: str | None = None
    decided: str | None = None

    def __post_init__(self) -> None:
        check_order(self.fragments)
