"""The extent of a mark: one or more fragments of the frozen text, in code points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from annotator.domain.errors import Refused
from annotator.domain.text import trim

Extent = tuple[int, int]
"""``(start, end)`` in code points, 0-based, end-exclusive."""

JOIN = " … "
"""What stands between the fragments of one mark when they are shown or exported as one text."""


@dataclass(frozen=True, slots=True, order=True)
class Fragment:
    """``text[start:end] == slice``, always; the slice makes any damage visible at once."""

    start: int
    end: int
    slice: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Refused(
                f"A mark from {self.start} to {self.end} covers nothing: select at least one character."
            )
        if len(self.slice) != self.end - self.start:
            raise Refused(
                f"A mark from {self.start} to {self.end} came with {len(self.slice)} characters of text: "
                "its position or its text is wrong."
            )

    @property
    def extent(self) -> Extent:
        """Start and end in code points."""
        return self.start, self.end


def cut(text: str, start: int, end: int) -> Fragment:
    """Return the fragment ``[start, end)`` of ``text`` exactly as given.

    Raises:
        Refused: outside the text, or empty.
    """
    if end > len(text):
        raise Refused(f"A mark ends at {end}, but the text has only {len(text)} characters.")
    if not 0 <= start < end:
        raise Refused(
            f"A mark from {start} to {end} covers nothing: select at least one character."
        )
    return Fragment(start, end, text[start:end])


def place(text: str, extents: Iterable[Extent]) -> tuple[Fragment, ...]:
    """Return the fragments a person meant by these selections: sorted, joined where they touch, trimmed.

    Raises:
        Refused: nothing visible is selected, or it lies outside the text.
    """
    selected = list(extents)
    for start, end in selected:
        cut(text, start, end)
    visible = (trim(text, start, end) for start, end in _joined(sorted(selected)))
    parts = tuple(cut(text, *extent) for extent in visible if extent)
    if not parts:
        raise Refused("Only blank space is selected: select the words to mark.")
    return parts


def agree(fragments: Iterable[Fragment], text: str) -> bool:
    """Tell whether every fragment still covers the slice it stored."""
    return all(text[part.start : part.end] == part.slice for part in fragments)


def check_order(fragments: tuple[Fragment, ...]) -> None:
    """Raise Refused unless the fragments are sorted and do not overlap."""
    if not fragments:
        raise Refused("A mark needs at least one fragment of the text.")
    for before, after in pairwise(fragments) if len(fragments) > 1 else ():
        if after.start < before.end:
            raise Refused(
                f"Two fragments of one mark overlap ({before.start}–{before.end} and "
                f"{after.start}–{after.end}): join them."
            )


def joined_text(fragments: Iterable[Fragment]) -> str:
    """Return the slices as one text, ``…`` between them."""
    return JOIN.join([part.slice for part in fragments])


def _joined(extents: list[Extent]) -> list[Extent]:
    result: list[Extent] = []
    for start, end in extents:
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((start, end))
    return result
