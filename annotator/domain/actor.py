"""The actor book: who the mentions in the articles stand for."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.errors import Refused
from annotator.domain.identity import Id


@dataclass(frozen=True, slots=True)
class Affiliation:
    """That an actor belongs to another from one date to another (ISO; None is open-ended)."""

    to: Id
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One entry of the actor book.

    Attributes:
        aliases: other names it goes by, in the order they were added.
        merged_into: the entry that took its place, when two were found to be one.
    """

    id: Id
    name: str
    type: str | None = None
    aliases: tuple[str, ...] = ()
    external_id: str | None = None
    affiliations: tuple[Affiliation, ...] = ()
    note: str = ""
    retired: bool = False
    merged_into: Id | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise Refused("An actor needs a name.")

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name and all aliases."""
        return (self.name, *self.aliases)
