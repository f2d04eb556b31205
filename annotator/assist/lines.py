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


def clipped(spans: Iterable[Labelled], start: int, end: int) -> list[Labelled]:
    """Return the parts of spans within one line, as offsets into it; the longest first where they overlap."""
    inside = sorted(
        (
            (max(start, a) - start, min(end, b) - start, label)
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
