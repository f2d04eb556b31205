"""Where the start or the end of a mark goes when it is moved by a word or a character."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.fragment import Extent
from annotator.domain.segments import next_token, previous_token, snap_to_tokens, token_at
from annotator.presentation.page_clusters import following, preceding


def moved_edge(
    text: str, extents: Sequence[Extent], *, at_start: bool, forward: bool, unit: str = "token"
) -> list[Extent]:
    """Return the extents with their outer edge moved by one ``token`` or ``character``.

    An edge never passes the other one; where it would, the extents stay as they are.
    """
    index = 0 if at_start else -1
    start, end = extents[index]
    step = _by_character if unit == "character" else _by_token
    start, end = step(text, start, end, at_start=at_start, forward=forward)
    changed = list(extents)
    if start < end:
        changed[index] = (start, end)
    return changed


def dragged_edge(
    text: str, extents: Sequence[Extent], edge: int, to: int, *, by_character: bool = False
) -> list[Extent]:
    """Return the extents with the edge that stands at ``edge`` put at ``to``.

    The edge snaps to words unless ``by_character``; it stays within its fragment's other edge.
    """
    changed = list(extents)
    for number, (start, end) in enumerate(extents):
        if edge == start:
            to_start = min(to, end - 1)
            snapped = to_start if by_character else snap_to_tokens(text, to_start, end)[0]
            changed[number] = (snapped, end)
            return changed
        if edge == end:
            to_end = max(to, start + 1)
            snapped = to_end if by_character else snap_to_tokens(text, start, to_end)[1]
            changed[number] = (start, snapped)
            return changed
    return changed


def _by_character(
    text: str, start: int, end: int, *, at_start: bool, forward: bool
) -> tuple[int, int]:
    step = following if forward else preceding
    return (step(text, start), end) if at_start else (start, step(text, end))


def _by_token(text: str, start: int, end: int, *, at_start: bool, forward: bool) -> tuple[int, int]:
    if at_start:
        return (min(next_token(text, start), end) if forward else previous_token(text, start)), end
    if forward:
        after = token_at(text, next_token(text, end - 1)) if end < len(text) else None
        return start, (after[1] if after and after[1] > end else end)
    return start, _end_before(text, start, end)


def _end_before(text: str, start: int, end: int) -> int:
    """Return the end of the last token that ends before ``end``, but not before ``start``."""
    position = previous_token(text, end)
    token = token_at(text, position)
    while token and token[1] >= end and position > start:
        position = previous_token(text, position)
        token = token_at(text, position)
    return token[1] if token and token[1] > start else end
