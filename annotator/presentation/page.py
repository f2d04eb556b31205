"""The page of the open article: text, marks, caret and selection, in code points. No Qt."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.segments import (
    next_token,
    paragraph_at,
    previous_token,
    sentence_at,
    snap_to_tokens,
    token_at,
)
from annotator.presentation.page_layout import PageLink, PageMark, ParagraphMarks, chunks, lay_out
from annotator.presentation.signal import Signal

__all__ = ["Page", "PageLink", "PageMark"]


class Page:
    """What the page shows, where the caret is, and what is selected.

    Attributes:
        text: the frozen text of the article.
        headline_end: end of the headline, 0 if the text has none.
        caret, anchor: the selection in the making runs between them.
        pinned: further selected stretches, for marks with several fragments.
        current_mark: the mark under the caret that keys act on.
        hovered: the mark under the pointer.
    """

    def __init__(self) -> None:
        self.text_changed: Signal[None] = Signal()
        self.marks_changed: Signal[tuple[int, ...]] = Signal()
        self.caret_changed: Signal[None] = Signal()
        self.selection_changed: Signal[None] = Signal()
        self.current_changed: Signal[None] = Signal()
        self.hover_changed: Signal[None] = Signal()
        self.layers_changed: Signal[None] = Signal()
        self.article = ""
        self.text = ""
        self.headline_end = 0
        self.paragraphs: list[Extent] = [(0, 0)]
        self.caret = self.anchor = 0
        self.pinned: tuple[Extent, ...] = ()
        self.current_mark: Id | None = None
        self.hovered: Id | None = None
        self.marks: dict[Id, PageMark] = {}
        self.links: tuple[PageLink, ...] = ()
        self._starts: list[int] = [0]
        self._hidden: set[str] = set()
        self._by_paragraph: list[dict[Id, PageMark]] = [{}]
        self._layouts: dict[int, ParagraphMarks] = {}

    # Content

    def show(
        self,
        article: Id,
        text: str,
        marks: Iterable[PageMark],
        links: Iterable[PageLink],
        headline_end: int = 0,
    ) -> None:
        """Show an article; the caret stays where it was if it is the same one."""
        same = article == self.article and text == self.text
        self.article, self.text, self.headline_end = article, text, headline_end
        self.paragraphs = chunks(text)
        self._starts = [start for start, _ in self.paragraphs]
        self._by_paragraph = [{} for _ in self.paragraphs]
        self._layouts = {}
        self.marks = {}
        for mark in marks:
            self._put(mark)
        self.links = tuple(links)
        self.hovered = None
        self.pinned = ()
        if not same:
            self.caret = self.anchor = 0
        self.current_mark = self._mark_at_caret() if not same else self.current_mark
        if self.current_mark not in self.marks:
            self.current_mark = None
        self.text_changed.emit(None)
        self.selection_changed.emit(None)
        self.current_changed.emit(None)

    def change_marks(self, removed: Iterable[Id], put: Iterable[PageMark]) -> None:
        """Take marks away and put others in their place; only their paragraphs change."""
        touched: set[int] = set()
        for id in removed:
            touched |= self._take(id)
        for mark in put:
            touched |= self._take(mark.id)
            touched |= self._put(mark)
        for paragraph in touched:
            self._layouts.pop(paragraph, None)
        self.marks_changed.emit(tuple(sorted(touched)))
        if self.current_mark not in self.marks:
            self.set_current(self._mark_at_caret())

    def set_links(self, links: Iterable[PageLink]) -> None:
        """Show other links."""
        self.links = tuple(links)

    def paragraph_of(self, offset: int) -> int:
        """Return the number of the paragraph in which an offset stands."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def layout(self, paragraph: int) -> ParagraphMarks:
        """Return where the visible marks of a paragraph go; worked out once per change."""
        found = self._layouts.get(paragraph)
        if found is None:
            marks = [
                mark
                for mark in self._by_paragraph[paragraph].values()
                if mark.layer not in self._hidden
            ]
            found = self._layouts[paragraph] = lay_out(self.paragraphs[paragraph], marks)
        return found

    # Layers

    def is_visible(self, layer: str) -> bool:
        """Tell whether the marks of a layer are shown."""
        return layer not in self._hidden

    def toggle_layer(self, layer: str) -> None:
        """Show or hide the marks of a layer."""
        self._hidden ^= {layer}
        self._layouts = {}
        self.layers_changed.emit(None)

    # Marks

    def marks_at(self, offset: int) -> list[PageMark]:
        """Return the visible marks that cover an offset, smallest first."""
        found = (
            mark
            for mark in self._by_paragraph[self.paragraph_of(offset)].values()
            if mark.layer not in self._hidden and mark.covers(offset)
        )
        return sorted(found, key=lambda mark: (mark.length, mark.start, mark.id))

    def set_current(self, id: Id | None) -> None:
        """Make a mark current and bring the caret to it, or none."""
        if id is not None and id in self.marks:
            mark = self.marks[id]
            if not mark.covers(self.caret):
                self._place(mark.start, mark.start)
            elif self.caret != self.anchor or self.pinned:
                self._place(self.caret, self.caret)
        else:
            id = None
        if id != self.current_mark:
            self.current_mark = id
            self.current_changed.emit(None)

    def next_mark(self) -> Id | None:
        """Return the mark after the current one in reading order, around the end."""
        return self._neighbour(1)

    def previous_mark(self) -> Id | None:
        """Return the mark before the current one in reading order, around the start."""
        return self._neighbour(-1)

    def walk_at(self, offset: int) -> None:
        """Make the smallest mark at an offset current; if it is, the next larger one."""
        here = [mark.id for mark in self.marks_at(offset)]
        self._place(offset, offset)
        if self.current_mark in here and len(here) > 1:
            self.set_current(here[(here.index(self.current_mark) + 1) % len(here)])
        else:
            self.set_current(here[0] if here else None)

    def hover(self, id: Id | None) -> None:
        """Say which mark the pointer is over."""
        if id != self.hovered:
            self.hovered = id
            self.hover_changed.emit(None)

    # Caret and selection

    @property
    def selection(self) -> Extent:
        """The stretch between anchor and caret, in order; empty where they meet."""
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    @property
    def selections(self) -> tuple[Extent, ...]:
        """All selected stretches, pinned ones too, sorted; empty ones left out."""
        return tuple(
            sorted(extent for extent in (*self.pinned, self.selection) if extent[0] < extent[1])
        )

    def move_to(self, offset: int, *, extend: bool = False) -> None:
        """Put the caret at an offset; with ``extend`` the selection grows to it."""
        offset = max(0, min(offset, len(self.text)))
        if not extend:
            self.pinned = ()
        self._place(offset if not extend else self.anchor, offset)
        self._follow_caret()

    def move(self, unit: str, *, forward: bool, extend: bool = False) -> None:
        """Move by ``token``, ``sentence``, ``paragraph`` or ``article``."""
        self.move_to(self._target(unit, forward), extend=extend)

    def select(self, start: int, end: int, *, keep: bool = False) -> None:
        """Select a stretch, the caret at its end; ``keep`` pins what was selected before."""
        self.pinned = self.selections if keep else ()
        self._place(start, end)
        self._follow_caret()

    def drag(self, anchor: int, offset: int, *, by_character: bool = False) -> None:
        """Select from where a drag began to where it is, in whole tokens unless by character."""
        start, end = min(anchor, offset), max(anchor, offset)
        if not by_character and start < end:
            start, end = snap_to_tokens(self.text, start, end)
        self._place(*((start, end) if anchor <= offset else (end, start)))
        self._follow_caret()

    def pin(self) -> None:
        """Keep what is selected while something further is selected."""
        self.pinned = self.selections

    def select_token_at(self, offset: int) -> None:
        """Select the word at an offset."""
        token = token_at(self.text, offset)
        if token:
            self.select(*token)

    def select_sentence_at(self, offset: int) -> None:
        """Select the sentence at an offset."""
        self.select(*sentence_at(self.text, offset))

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self.pinned = ()
        self._place(self.caret, self.caret)
        self._follow_caret()

    def grow(self) -> None:
        """Widen the selection: word, quotation, sentence, paragraph."""
        for wider in self._ladder():
            start, end = self.selection
            if wider[0] <= start and end <= wider[1] and wider != (start, end):
                self.select(*wider)
                return

    def shrink(self) -> None:
        """Narrow the selection by one step, to the side where it begins."""
        start, end = self.selection
        if start == end:
            return
        inner = [
            wider
            for wider in self._ladder(start)
            if start <= wider[0] and wider[1] <= end and wider != (start, end)
        ]
        self.select(*(inner[-1] if inner else (start, start)))

    # Inside

    def _place(self, anchor: int, caret: int) -> None:
        before = (self.anchor, self.caret, self.pinned)
        moved = caret != self.caret
        self.anchor, self.caret = anchor, caret
        if moved:
            self.caret_changed.emit(None)
        if before != (anchor, caret, self.pinned):
            self.selection_changed.emit(None)

    def _follow_caret(self) -> None:
        """Make the mark under the caret current; a selection has none."""
        if self.selections:
            found = None
        else:
            here = (
                [mark.id for mark in self.marks_at(self.caret)]
                if self.caret < len(self.text)
                else []
            )
            found = self.current_mark if self.current_mark in here else (here[0] if here else None)
        if found != self.current_mark:
            self.current_mark = found
            self.current_changed.emit(None)

    def _mark_at_caret(self) -> Id | None:
        here = self.marks_at(self.caret) if self.caret < len(self.text) else []
        return here[0].id if here else None

    def _neighbour(self, step: int) -> Id | None:
        order = sorted(
            (mark for mark in self.marks.values() if mark.layer not in self._hidden),
            key=lambda mark: (mark.start, -mark.end, mark.id),
        )
        if not order:
            return None
        ids = [mark.id for mark in order]
        if self.current_mark in ids:
            return ids[(ids.index(self.current_mark) + step) % len(ids)]
        after = bisect_right([mark.start for mark in order], self.caret)
        return ids[after % len(ids)] if step > 0 else ids[after - 1]

    def _put(self, mark: PageMark) -> set[int]:
        self.marks[mark.id] = mark
        touched = self._paragraphs_of(mark)
        for number in touched:
            self._by_paragraph[number][mark.id] = mark
        return touched

    def _take(self, id: Id) -> set[int]:
        mark = self.marks.pop(id, None)
        if mark is None:
            return set()
        touched = self._paragraphs_of(mark)
        for number in touched:
            self._by_paragraph[number].pop(id, None)
        return touched

    def _paragraphs_of(self, mark: PageMark) -> set[int]:
        return {
            number
            for start, end in mark.extents
            for number in range(
                self.paragraph_of(start), self.paragraph_of(max(end - 1, start)) + 1
            )
        }

    def _target(self, unit: str, forward: bool) -> int:
        text, caret = self.text, self.caret
        if unit == "token":
            return next_token(text, caret) if forward else previous_token(text, caret)
        if unit == "article":
            return len(text) if forward else 0
        start, end = sentence_at(text, caret) if unit == "sentence" else paragraph_at(text, caret)
        if forward:
            after = next_token(text, max(end - 1, caret))
            return after if unit == "sentence" else self._paragraph_start(end + 1)
        if caret > start:
            return start
        before = max(start - 1, 0)
        if unit == "sentence":
            return sentence_at(text, previous_token(text, before))[0] if before else 0
        return paragraph_at(text, before)[0]

    def _paragraph_start(self, offset: int) -> int:
        """Return the start of the next paragraph that has text."""
        while offset < len(self.text) and self.text[offset] == "\n":
            offset += 1
        return min(offset, len(self.text))

    def _ladder(self, start: int | None = None) -> Sequence[Extent]:
        here = self.selection[0] if start is None else start
        token = token_at(self.text, here)
        paragraph = paragraph_at(self.text, here)
        quotation = _quotation(self.text, here, paragraph)
        steps = [
            step for step in (token, quotation, sentence_at(self.text, here), paragraph) if step
        ]
        return sorted(steps, key=lambda extent: extent[1] - extent[0])


_QUOTES = (("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ('"', '"'), ("‘", "’"))


def _quotation(text: str, offset: int, paragraph: Extent) -> Extent | None:
    """Return what stands between the nearest quotation marks around an offset, without them."""
    found = []
    for opening, closing in _QUOTES:
        start = text.rfind(opening, paragraph[0], offset + 1)
        end = text.find(closing, max(start + 1, offset), paragraph[1])
        if start >= 0 and end > start + 1 and start < offset + 1 <= end:
            inner_start, inner_end = start + 1, end
            while inner_end > inner_start and text[inner_end - 1] in ", \u00a0":
                inner_end -= 1
            found.append((inner_start, inner_end))
    return min(found, key=lambda extent: extent[1] - extent[0]) if found else None
