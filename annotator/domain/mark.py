"""A mark: what an annotator marked in an article, and how it came to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.domain.errors import Refused
from annotator.domain.fragment import Fragment, check_order, joined_text
from annotator.domain.identity import Id

Value = str | int | bool | tuple[str, ...]
"""The value of one attribute: a code, a text, a date, a scale point, yes or no, or several codes."""


def words_of(value: Value | None) -> tuple[str, ...]:
    """Return a value as words, several for several codes: yes and no, not true and false; none for None."""
    if value is None:
        return ()
    if isinstance(value, tuple):
        return value
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    return (str(value),)


Place = tuple[int, int, Id, str, bool]
"""Where a mark lies, told before the mark itself is read: its start, its end as a negative number,
its id and layer, and whether it is certainly in one piece. Sorted, they stand in reading order."""


class Origin(StrEnum):
    """How a mark or link came into the project."""

    MANUAL = "manual"
    SUGGESTED = "suggested"
    EDITED = "edited"
    IMPORTED = "imported"
    PROPAGATED = "propagated"


class View(StrEnum):
    """Whose picture of an article this is: one annotator's own, or the adjudicated one."""

    ANNOTATOR = "annotator"
    GOLD = "gold"


@dataclass(frozen=True, slots=True)
class Suggester:
    """The rule, lexicon or model that proposed something, and its version."""

    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made a record, when, how, and under which version of the codebook.

    Attributes:
        annotator: the person; for gold, the adjudicator.
        created, modified: moments in UTC (see ``identity.Clock``).
        suggester: what proposed it, where something did.
    """

    annotator: Id
    created: str
    modified: str
    origin: Origin
    codebook_version: int
    suggester: Suggester | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """One or more fragments of an article, on a layer, with attribute values.

    Marks of one layer by one annotator may overlap, nest, cross and share an extent.

    Attributes:
        attributes: by attribute name; an attribute not filled in is absent.
        actor: entry of the actor book this mention stands for (layer ``actor``), if tied.
    """

    id: Id
    article: Id
    view: View
    layer: str
    fragments: tuple[Fragment, ...]
    made: Provenance
    attributes: Mapping[str, Value] = field(default_factory=dict, hash=False)
    actor: Id | None = None
    note: str = ""

    def __post_init__(self) -> None:
        check_order(self.fragments)
        if not self.layer:
            raise Refused("A mark needs a layer.")

    @property
    def start(self) -> int:
        """Where the first fragment begins."""
        return self.fragments[0].start

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.fragments[-1].end

    @property
    def text(self) -> str:
        """The words marked, fragments joined by ``…``."""
        return joined_text(self.fragments)

    @property
    def annotator(self) -> Id:
        """The person who made it."""
        return self.made.annotator

    def covers(self, offset: int) -> bool:
        """Tell whether the code point at ``offset`` lies in one of the fragments."""
        return any(part.start <= offset < part.end for part in self.fragments)


def reading_order(mark: Mark) -> tuple[int, int, str]:
    """Sort key: by start, longer first, then id."""
    parts = mark.fragments
    return parts[0].start, -parts[-1].end, mark.id
