"""What a suggester hands over: proposed marks, tied to each other by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from annotator.assist.gazetteer import Gazetteer
from annotator.domain.fragment import Extent
from annotator.domain.link import Voice
from annotator.domain.mark import Suggester, Value

ATTRIBUTE = {"actor": "type", "claim": "mode", "sentiment": "polarity"}
"""Which attribute of a layer a model learns as its label."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed mark.

    Attributes:
        extents: in code points, sorted; they do not overlap.
        links: type, and the number of another proposal in the same list, or a voice.
        reason: why, in words.
        score: 0 to 1; only for putting suggestions in order.
        kind: of the rule that proposes it, where there are several.
    """

    layer: str
    extents: tuple[Extent, ...]
    reason: str
    score: float
    attributes: Mapping[str, Value] = field(default_factory=dict, hash=False)
    links: tuple[tuple[str, int | Voice], ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What a suggester is given: values only, so that it can work anywhere."""

    text: str
    language: str
    names: Gazetteer | None = None


class Proposes(Protocol):
    """A suggester: the same request always gives the same proposals."""

    @property
    def maker(self) -> Suggester:
        """Name and version."""
        ...

    @property
    def about(self) -> str:
        """One sentence on what it proposes."""
        ...

    @property
    def layers(self) -> tuple[str, ...]:
        """The layers it proposes marks of."""
        ...

    def propose(self, request: Request) -> list[Proposal]:
        """Return the proposals for one text, in reading order."""
        ...
