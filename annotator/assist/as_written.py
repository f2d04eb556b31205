"""The rules for studies of attribution: sources, cues and contents as they stand in the text.

Unlike ``rules`` it does not ask who is meant: a pronoun, a report or “officials” is a source as
it is written. Wishes and deeds are contents too, and a content keeps its quotation marks.
"""

from __future__ import annotations

from pathlib import Path

from annotator.assist.attribution import Attribution
from annotator.assist.attributions import attributions
from annotator.assist.proposal import Proposal, Request
from annotator.assist.rules import ACTOR, CLAIM, CUE, base_language
from annotator.domain.fragment import Extent
from annotator.domain.mark import Suggester
from annotator.domain.text import trim


class AsWritten:
    """Proposes what stands in the text as source, cue and content of each attribution."""

    maker = Suggester("attributions", "1")
    about = "Sources as they are written, cues, and contents with their quotation marks; no model."
    layers = (ACTOR, CLAIM, CUE)

    def __init__(self, lexicons: Path) -> None:
        self._lexicons = lexicons

    def propose(self, request: Request) -> list[Proposal]:
        """Return sources and cues, each followed by the contents tied to it."""
        text, language = request.text, base_language(request.language)
        found: list[Proposal] = []
        numbers: dict[tuple[str, Extent], int] = {}
        for item in attributions(text, language, self._lexicons).attributions:
            extents = _content(text, item)
            if not extents:
                continue
            links = []
            kind = item.groups[0] if item.groups else ""
            for layer, type, place in ((ACTOR, "source", item.source), (CUE, "cue", item.cue)):
                whole = trim(text, *place) if place else None
                if whole is None:
                    continue
                if (layer, whole) not in numbers:
                    numbers[layer, whole] = len(found)
                    found.append(Proposal(layer, (whole,), item.reason, item.sure, kind=kind))
                links.append((type, numbers[layer, whole]))
            values = {"mode": item.mode}
            found.append(
                Proposal(CLAIM, extents, item.reason, item.sure, values, tuple(links), kind)
            )
        return found


def _content(text: str, item: Attribution) -> tuple[Extent, ...]:
    """Return what is said, with what the same source goes on to say right after it."""
    parts = sorted([*item.outer, *(part for later in item.later for part in later.outer)])
    places = (trim(text, start, end) for start, end in parts)
    kept: list[Extent] = []
    for place in places:
        if place and (not kept or place[0] >= kept[-1][1]):
            kept.append(place)
    return tuple(kept)
