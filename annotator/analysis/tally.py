"""What figures are counted from: ids of marks, sorted into heaps while a project is read once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from annotator.domain.identity import Id


class Feeling(NamedTuple):
    """One judgement of somebody."""

    polarity: str
    article: Id
    mark: Id


def _heap() -> defaultdict[tuple[str, str], list[Id]]:
    return defaultdict(list)


@dataclass
class Tally:
    """Marks in heaps.

    Attributes:
        marks: by layer and article.
        values: by layer and what their attributes hold, as it is stored.
        mentions: of the actor layer, by name.
        claims: by who makes them and what they are about; one claim may lie on several heaps.
        feelings: judgements by whom they are about.
        verdicts: articles by layer and the best that anybody said of them.
    """

    marks: defaultdict[tuple[str, Id], list[Id]] = field(default_factory=_heap)
    values: defaultdict[tuple[str, str], list[Id]] = field(default_factory=_heap)
    mentions: defaultdict[str, list[Id]] = field(default_factory=lambda: defaultdict(list))
    claims: defaultdict[tuple[str, str], list[Id]] = field(default_factory=_heap)
    feelings: defaultdict[str, list[Feeling]] = field(default_factory=lambda: defaultdict(list))
    verdicts: dict[tuple[str, Id], str] = field(default_factory=dict)
