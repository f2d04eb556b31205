"""The marks of the open article, found by place: which paragraph, what lies at an offset, what is next."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.presentation.page_layout import PageMark, ParagraphMarks, lay_out

_Key = tuple[int, int, Id]


class MarksByPlace:
    """Keeps marks by paragraph and in reading order; the cost of a change does not grow with all marks.

    Attributes:
        by_id: every mark, hidden ones too.
        hidden: layers that are not shown.
    """

    def __init__(self, paragraphs: Sequence[Extent], marks: Iterable[PageMark]) -> None:
        self.by_id: dict[Id, PageMark] = {}
        self.hidden: set[str] = set()
        self._paragraphs = paragraphs
        self._starts = [start for start, _ in paragraphs]
        self._in: list[dict[Id, PageMark]] = [{} for _ in paragraphs]
        self._layouts: dict[int, ParagraphMarks] = {}
        for mark in marks:
            self.by_id[mark.id] = mark
            for number in self._paragraphs_of(mark):
                self._in[number][mark.id] = mark
        self._order = sorted(_key(mark) for mark in self.by_id.values())

    def paragraph_of(self, offset: int) -> int:
        """Return the number of the paragraph in which an offset stands."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def put(self, mark: PageMark) -> set[int]:
        """Add a mark or put it in the place of the one with its id; return the paragraphs touched."""
        touched = self.take(mark.id)
        self.by_id[mark.id] = mark
        insort(self._order, _key(mark))
        here = self._paragraphs_of(mark)
        for number in here:
            self._in[number][mark.id] = mark
        self._forget(here)
        return touched | here

    def take(self, id: Id) -> set[int]:
        """Take a mark away; return the paragraphs touched, none if it was not there."""
        mark = self.by_id.pop(id, None)
        if mark is None:
            return set()
        del self._order[bisect_left(self._order, _key(mark))]
        here = self._paragraphs_of(mark)
        for number in here:
            self._in[number].pop(id, None)
        self._forget(here)
        return here

    def toggle(self, layer: str) -> None:
        """Show or hide a layer."""
        self.hidden ^= {layer}
        self._layouts.clear()

    def is_shown(self, mark: PageMark) -> bool:
        """Tell whether the layer of a mark is shown."""
        return mark.layer not in self.hidden

    def layout(self, paragraph: int) -> ParagraphMarks:
        """Return where the visible marks of a paragraph go; worked out once per change."""
        found = self._layouts.get(paragraph)
        if found is None:
            shown = [mark for mark in self._in[paragraph].values() if self.is_shown(mark)]
            found = self._layouts[paragraph] = lay_out(self._paragraphs[paragraph], shown)
        return found

    def at(self, offset: int) -> list[PageMark]:
        """Return the visible marks that cover the code point at an offset, smallest first.

        Suggestions come last: what is marked is what the caret is on.
        """
        found = (
            mark
            for mark in self._in[self.paragraph_of(offset)].values()
            if self.is_shown(mark) and mark.covers(offset)
        )
        return sorted(found, key=lambda mark: (mark.ghost, mark.length, mark.start, mark.id))

    def neighbour(self, of: Id | None, caret: int, *, forward: bool) -> Id | None:
        """Return the visible mark next to ``of`` in reading order, or next to the caret; around the end."""
        mark = self.by_id.get(of or "")
        if mark:
            place = bisect_left(self._order, _key(mark))
            place += 1 if forward else -1
        else:
            place = bisect_right(self._order, (caret, 1, ""))
            place -= 0 if forward else 1
        step = 1 if forward else -1
        for number in range(len(self._order)):
            id = self._order[(place + step * number) % len(self._order)][2]
            if self.is_shown(self.by_id[id]):
                return id
        return None

    def _paragraphs_of(self, mark: PageMark) -> set[int]:
        extents = mark.extents
        if len(extents) == 1:
            # Most marks are one stretch of one paragraph.
            ((start, end),) = extents
            first = self.paragraph_of(start)
            if end <= self._paragraphs[first][1]:
                return {first}
        return {
            number
            for start, end in extents
            for number in range(
                self.paragraph_of(start), self.paragraph_of(max(end - 1, start)) + 1
            )
        }

    def _forget(self, paragraphs: Iterable[int]) -> None:
        for number in paragraphs:
            self._layouts.pop(number, None)


def _key(mark: PageMark) -> _Key:
    return mark.start, -mark.end, mark.id
