"""A text with a caret in it, and what is selected, in code points. No Qt."""

from __future__ import annotations

from annotator.domain.fragment import Extent
from annotator.domain.segments import sentence_at, snap_to_tokens, token_at
from annotator.presentation import page_clusters as clusters
from annotator.presentation import page_steps as steps
from annotator.presentation.signal import Signal


class SelectableText:
    """A text that is never edited: where the caret is, and what is selected.

    The caret and the ends of a selection never rest within a character as a reader sees it
    (see ``page_clusters``).

    Attributes:
        text: what the caret moves in.
        caret, anchor: the selection in the making runs between them.
        pinned: further selected stretches, for marks with several fragments.
    """

    def __init__(self) -> None:
        self.caret_changed: Signal[None] = Signal()
        self.selection_changed: Signal[None] = Signal()
        self.text = ""
        self.caret = self.anchor = 0
        self.pinned: tuple[Extent, ...] = ()
        self._announced: tuple[int, int, tuple[Extent, ...]] = (0, 0, ())

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
        if not extend:
            self.pinned = ()
        self._place(offset if not extend else self.anchor, offset)
        self._settle()

    def move(self, unit: str, *, forward: bool, extend: bool = False) -> None:
        """Move by ``character``, ``token``, ``sentence``, ``paragraph`` or ``article``.

        A step by character out of a selection goes to its edge; one that extends by token
        goes to the end of the word.
        """
        start, end = self.selection
        if unit == "character" and start < end and not extend:
            self.move_to(end if forward else start)
        elif unit == "token" and extend:
            self.move_to(steps.token_edge(self.text, self.caret, forward=forward), extend=True)
        else:
            self.move_to(steps.target(self.text, self.caret, unit, forward=forward), extend=extend)

    def select(self, start: int, end: int, *, keep: bool = False) -> None:
        """Select a stretch, the caret at its end; ``keep`` pins what was selected before."""
        self.pinned = self.selections if keep else ()
        self._place(start, clusters.ceiling(self.text, end) if end > start else end)
        self._settle()

    def drag(self, anchor: int, offset: int, *, by_character: bool = False) -> None:
        """Select from where a drag began to where it is, in whole tokens unless by character."""
        start, end = min(anchor, offset), max(anchor, offset)
        if start < end:
            start, end = clusters.floor(self.text, start), clusters.ceiling(self.text, end)
            if not by_character:
                start, end = snap_to_tokens(self.text, start, end)
        self._place(*((start, end) if anchor <= offset else (end, start)))
        self._settle()

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
        self._settle()

    def grow(self) -> None:
        """Widen the selection: word, clause, quotation, sentence, paragraph."""
        start, end = self.selection
        for wider in steps.ladder(self.text, start):
            if wider[0] <= start and end <= wider[1] and wider != (start, end):
                self.select(*wider)
                return

    def shrink(self) -> None:
        """Narrow the selection by one step, to the side where it begins."""
        start, end = self.selection
        if start == end:
            return
        inner = [
            step
            for step in steps.ladder(self.text, start)
            if start <= step[0] and step[1] <= end and step != (start, end)
        ]
        self.select(*(inner[-1] if inner else (start, start)))

    # Inside

    def _settle(self) -> None:
        """Do what follows from where the caret went or what was selected; nothing by itself."""

    def _take_text(self, text: str, *, stays: bool) -> None:
        """Go on in another text, at its beginning unless the caret ``stays``; nothing is announced."""
        self.text, self.pinned = text, ()
        if not stays:
            self.caret = self.anchor = 0
        self._announced = (self.anchor, self.caret, ())

    def _place(self, anchor: int, caret: int) -> None:
        anchor, caret = clusters.floor(self.text, anchor), clusters.floor(self.text, caret)
        moved = caret != self.caret
        self.anchor, self.caret = anchor, caret
        if moved:
            self.caret_changed.emit(None)
        if self._announced != (anchor, caret, self.pinned):
            self._announced = (anchor, caret, self.pinned)
            self.selection_changed.emit(None)
