"""The nearest plausible partner for a link: what most likely belongs together in a news text."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Place
from annotator.domain.segments import paragraph_at, sentence_at

PARAGRAPH_AWAY = 400
SENTENCE_AWAY = 60
AFTER = 5


def plausible_partners(
    text: str, mark: Mark, candidates: Iterable[Place], cue: Extent | None = None
) -> list[Id]:
    """Return the ids of the candidates, most plausible first.

    The distance counts code points from the cue where there is one, else from the mark;
    leaving the sentence or the paragraph costs extra, standing inside the mark too (who
    speaks is rarely named within the words spoken). Of two equally near ones the one before
    wins, then the longer one.
    """
    anchor = cue or (mark.start, mark.end)
    sentence = sentence_at(text, anchor[0])
    paragraph = paragraph_at(text, anchor[0])

    def cost(candidate: Place) -> tuple[int, Place]:
        start, end = candidate[0], -candidate[1]
        gap = max(anchor[0] - end, start - anchor[1], 0)
        if not sentence[0] <= start < max(sentence[1], mark.end):
            gap += SENTENCE_AWAY
        if not paragraph[0] <= start <= paragraph[1]:
            gap += PARAGRAPH_AWAY
        if any(mark.covers(offset) for offset in (start, end - 1)):
            gap += SENTENCE_AWAY
        if start > anchor[0]:
            gap += AFTER
        return gap, candidate

    found = sorted((candidate for candidate in candidates if candidate[2] != mark.id), key=cost)
    return [candidate[2] for candidate in found]
