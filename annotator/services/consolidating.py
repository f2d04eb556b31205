"""Which of several suggestions for the same words is shown, and where something is already."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from annotator.domain.fragment import Extent
from annotator.domain.mark import Mark
from annotator.domain.suggestion import Suggestion

RULES = frozenset(("rules", "attributions"))
"""Names of the suggesters that learn nothing."""


def consolidated(items: Sequence[Suggestion]) -> list[Suggestion]:
    """Return suggestions without those of the rules that a model proposes with other bounds.

    A model knows what the rules see, and what annotators made of it.
    """
    learned = Taken(item for item in items if item.suggester.name not in RULES)
    return [item for item in items if item.suggester.name not in RULES or not learned.touches(item)]


class Taken:
    """Where marks or suggestions lie, layer by layer, asked in one step whatever their number."""

    def __init__(self, own: Iterable[Mark | Suggestion]) -> None:
        self._extents: dict[str, list[Extent]] = {}
        places = sorted((mark.layer, *part.extent) for mark in own for part in mark.fragments)
        for layer, start, end in places:
            here = self._extents.setdefault(layer, [])
            if here and start <= here[-1][1]:
                here[-1] = (here[-1][0], max(end, here[-1][1]))
            else:
                here.append((start, end))

    def touches(self, item: Suggestion) -> bool:
        """Tell whether one on the layer of a suggestion shares a character with it."""
        here = self._extents.get(item.layer, [])
        for part in item.fragments:
            at = bisect_left(here, (part.end,)) - 1
            if at >= 0 and here[at][1] > part.start:
                return True
        return False
