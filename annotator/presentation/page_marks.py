"""The marks of the open article, found by place: which paragraph, what lies at an offset, what is next.

Where a mark lies is known from the start; what the page draws for it is worked out when its
paragraph is laid out, when it is pointed at, or when all are asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from math import inf
from operator import itemgetter
from typing import NamedTuple

from annotator.domain.codebook import Shape
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Place
from annotator.domain.on_demand import OnDemand
from annotator.presentation.page_layout import PageMark, ParagraphMarks, lay_out

_Key = tuple[int, int, Id]

_ID: Callable[[Place], Id] = itemgetter(2)
_KEY: Callable[[Place], _Key] = itemgetter(slice(3))

Look = tuple[Shape, tuple[str, str] | None]
"""The shape of the marks of a layer, and their colour in the light and the dark theme, unless what
each says decides."""


LONG = 1_000
"""So many code points before a paragraph it is looked for marks that reach into it; longer ones are few."""


class Tick(NamedTuple):
    """A mark seen from afar: from where to where it reaches, and its look as far as that is known."""

    start: int
    end: int
    look: Look


class Undrawn(NamedTuple):
    """Marks of which only the place is known.

    Attributes:
        places: where each lies, in reading order.
        draw: returns what the page draws for the one with an id.
        prepare: is told which ones are about to be drawn together.
        look: what the marks of a layer look like; None where that is not known.
    """

    places: Sequence[Place]
    draw: Callable[[Id], PageMark]
    prepare: Callable[[Collection[Id]], None] = lambda _: None
    look: Callable[[str], Look | None] = lambda _: None


class MarksByPlace:
    """Keeps marks by paragraph and in reading order; the cost of a change does not grow with all marks.

    Attributes:
        by_id: every mark, hidden ones too.
        hidden: layers that are not shown.
    """

    def __init__(
        self,
        paragraphs: Sequence[Extent],
        marks: Iterable[PageMark],
        undrawn: Undrawn | None = None,
    ) -> None:
        places, draw = (undrawn.places, undrawn.draw) if undrawn else ((), _refuse)
        self.by_id: OnDemand[Id, PageMark] = OnDemand(
            dict(zip(map(_ID, places), places, strict=True)), lambda place: draw(place[2])
        )
        self.hidden: set[str] = set()
        self._prepare = undrawn.prepare if undrawn else None
        self._look = undrawn.look if undrawn else None
        self._paragraphs = paragraphs
        self._starts = [start for start, _ in paragraphs]
        # The ids of the marks that lie in a paragraph, of those that were asked for.
        self._in: dict[int, dict[Id, None]] = {}
        self._layouts: dict[int, ParagraphMarks] = {}
        self._order: list[_Key] = list(map(_KEY, places))
        # What begins far before a paragraph may lie in it, and what begins before and ends after it may not.
        self._long = {place[2]: place[:3] for place in places if -place[1] - place[0] > LONG}
        self._in_pieces = {place[2] for place in places if not place[4]}
        for id in self._in_pieces:
            # Where it lies has to be known also when what it is drawn from is gone.
            self.by_id[id]
        for mark in marks:
            self.by_id[mark.id] = mark
            self._order.append(self._add(mark))
        self._order.sort()

    def paragraph_of(self, offset: int) -> int:
        """Return the number of the paragraph in which an offset stands."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def put(self, mark: PageMark) -> set[int]:
        """Add a mark or put it in the place of the one with its id; return the paragraphs touched."""
        touched = self.take(mark.id)
        self.by_id[mark.id] = mark
        insort(self._order, self._add(mark))
        here = self._paragraphs_of(mark.extents)
        for number in here & self._in.keys():
            self._in[number][mark.id] = None
        self._forget(here)
        return touched | here

    def take(self, id: Id) -> set[int]:
        """Take a mark away; return the paragraphs touched, none if it was not there."""
        if id not in self.by_id:
            return set()
        # What was not drawn yet is no more what it was drawn from, and does not have to be.
        place: Place | None = self.by_id.unmade(id)
        if place:
            key, here = place[:3], self._paragraphs_of(((place[0], -place[1]),))
        else:
            mark = self.by_id[id]
            key, here = _key(mark), self._paragraphs_of(mark.extents)
        del self.by_id[id]
        del self._order[bisect_left(self._order, key)]
        self._long.pop(id, None)
        self._in_pieces.discard(id)
        for number in here & self._in.keys():
            del self._in[number][id]
        self._forget(here)
        return here

    def toggle(self, layer: str) -> None:
        """Show or hide a layer."""
        self.hidden ^= {layer}
        self._layouts.clear()

    def is_shown(self, mark: PageMark) -> bool:
        """Tell whether the layer of a mark is shown."""
        return mark.layer not in self.hidden

    def tick(self, id: Id) -> Tick | None:
        """Return how a mark is seen from afar; None if it is hidden, only suggested, or not there.

        What was not drawn yet is not drawn for that.
        """
        place: Place | None = self.by_id.unmade(id)
        look = self._look(place[3]) if place and self._look else None
        if place and look:
            return None if place[3] in self.hidden else Tick(place[0], -place[1], look)
        mark = self.by_id.get(id)
        if mark is None or mark.ghost or not self.is_shown(mark):
            return None
        return Tick(mark.start, mark.end, (mark.shape, mark.colour))

    def layout(self, paragraph: int) -> ParagraphMarks:
        """Return where the visible marks of a paragraph go; worked out once per change."""
        found = self._layouts.get(paragraph)
        if found is None:
            if self._prepare:
                self._prepare(self._ids_in(paragraph))
            shown = [mark for mark in self._marks_in(paragraph) if self.is_shown(mark)]
            found = self._layouts[paragraph] = lay_out(self._paragraphs[paragraph], shown)
        return found

    def at(self, offset: int) -> list[PageMark]:
        """Return the visible marks that cover the code point at an offset, smallest first.

        Suggestions come last: what is marked is what the caret is on.
        """
        found = (
            mark
            for mark in self._marks_in(self.paragraph_of(offset))
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

    def _paragraphs_of(self, extents: Iterable[Extent]) -> set[int]:
        starts, found = self._starts, set[int]()
        for start, end in extents:
            number = self.paragraph_of(start)
            found.add(number)
            while number + 1 < len(starts) and starts[number + 1] < end:
                number += 1
                found.add(number)
        return found

    def _add(self, mark: PageMark) -> _Key:
        """Note what has to be known to find a mark by its place; return its place in reading order."""
        key = _key(mark)
        if mark.end - mark.start > LONG:
            self._long[mark.id] = key
        if len(mark.extents) > 1:
            self._in_pieces.add(mark.id)
        return key

    def _marks_in(self, paragraph: int) -> Iterator[PageMark]:
        return (self.by_id[id] for id in self._ids_in(paragraph))

    def _ids_in(self, paragraph: int) -> dict[Id, None]:
        """Return which marks lie in a paragraph; looked for when it is first asked for."""
        found = self._in.get(paragraph)
        if found is None:
            begin = self._starts[paragraph]
            after = self._starts[paragraph + 1] if paragraph + 1 < len(self._starts) else inf
            order = self._order
            near = order[bisect_left(order, (begin - LONG,)) : bisect_left(order, (after,))]
            found = self._in[paragraph] = {
                id: None
                for start, minus_end, id in (*self._long.values(), *near)
                if start < after
                and (start >= begin or -minus_end > begin)
                and (id not in self._in_pieces or paragraph in self._paragraphs_of_mark(id))
            }
        return found

    def _paragraphs_of_mark(self, id: Id) -> set[int]:
        return self._paragraphs_of(self.by_id[id].extents)

    def _forget(self, paragraphs: Iterable[int]) -> None:
        for number in paragraphs:
            self._layouts.pop(number, None)


def _refuse(_: Id) -> PageMark:
    raise LookupError("every mark in here was given as it is drawn")


def _key(mark: PageMark) -> _Key:
    return mark.start, -mark.end, mark.id
