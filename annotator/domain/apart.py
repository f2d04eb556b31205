"""Two articles that a person has said are no copies of each other."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.errors import Refused
from annotator.domain.identity import Id


@dataclass(frozen=True, slots=True)
class Apart:
    """A pair that is not asked about again, and that words alone do not put into a group.

    Attributes:
        one, other: the articles; it means the same either way round.
    """

    one: Id
    other: Id
    annotator: Id
    at: str

    def __post_init__(self) -> None:
        if self.one == self.other:
            raise Refused("An article cannot be told apart from itself.")

    @property
    def id(self) -> str:
        """What names it in the journal."""
        return f"{self.one}/{self.other}"
