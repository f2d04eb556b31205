"""Articles cut into lines for models, and back: short texts keep memory small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotator.assist.quotations import paragraphs
from annotator.domain.fragment import Extent

LONGEST = 4_000
"""In code points; a longer line is cut at a space."""

Labelled = tuple[int, int, str]
"""Start, end (code points) and label."""


def lines(text: str) -> Iterator[Extent]:
    """Yield the extents of the lines of a text, long ones in pieces."""
    for begin, end in paragraphs(text):
        at = begin
        while end - at > LONGEST:
            space = text.rfind(" ", at + 1, at + LONGEST)
            cut = space if space > at else at + LONGEST
            yield at, cut
            at = cut
        yield at, end


CONTINUED = " +"
"""Behind the label of a stretch that goes on with the one before: a fragment, another line."""

_REACH = 1_500
"""How far, in code points, a stretch may go on behind the one before."""


def joined(text: str, found: Iterable[Labelled]) -> list[tuple[tuple[Extent, ...], str]]:
    """Return whole marks: stretches that go on with the one before are put to it.

    Where nothing but space lies between the two, they are one fragment.
    """
    result: list[tuple[tuple[Extent, ...], str]] = []
    for start, end, label in sorted(found):
        plain = label.removesuffix(CONTINUED)
        before = result[-1] if result and label != plain else None
        if before is None or start - before[0][-1][1] > _REACH or start < before[0][-1][1]:
            result.append((((start, end),), plain))
            continue
        parts = before[0]
        if text[parts[-1][1] : start].isspace():
            parts = (*parts[:-1], (parts[-1][0], end))
        else:
            parts = (*parts, (start, end))
        result[-1] = (parts, before[1])
    return result


def clipped(spans: Iterable[Labelled], start: int, end: int) -> list[Labelled]:
    """Return the parts of spans within one line, as offsets into it; the longest first where they overlap."""
    inside = sorted(
        (
            (max(start, a) - start, min(end, b) - start, _label(label, begun=a < start))
            for a, b, label in spans
            if a < end and b > start
        ),
        key=lambda span: (span[0] - span[1], span),
    )
    kept: list[Labelled] = []
    for span in inside:
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def _label(label: str, *, begun: bool) -> str:
    return label + CONTINUED if begun and not label.endswith(CONTINUED) else label
