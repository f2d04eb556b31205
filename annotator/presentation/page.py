"""The page of the open article: text, marks, caret and selection, in code points. No Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from annotator.domain.anatomy import Quiet
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.segments import paragraph_at, sentence_at
from annotator.presentation.page_layout import PageLink, PageMark, ParagraphMarks, chunks
from annotator.presentation.page_links import LinksByMark
from annotator.presentation.page_marks import MarksByPlace, Tick, Undrawn
from annotator.presentation.page_selection import SelectableText
from annotator.presentation.signal import Signal

__all__ = ["Page", "PageLink", "PageMark"]

Coloured = tuple[Extent, tuple[str, str]]

FOCUSES = ("", "paragraph", "sentence")


class Page(SelectableText):
    """The frozen text of an article with its marks and links, and what of them stands out now.

    Attributes:
        headline_end: end of the headline, 0 if the text has none.
        quiet: finds bylines, datelines and boilerplate, if any are to be found.
        dims_quiet: whether they are set in a fainter colour.
        paragraphs: what is laid out one by one, as extents.
        current_mark: the mark under the caret that keys act on.
        hovered: the mark under the pointer.
        hits: places of words that were looked for.
        coloured: words that have a colour behind them, with that colour in the light and dark theme.
        focus: what stays in full strength around the caret: ``sentence``, ``paragraph``, or all (empty).
        previewed: a mark as it would be if a drag of its edge ended now.
        all_links: whether every link is drawn, or only those of the current and hovered mark.
        describe: says in words what a mark is; asked only for the one that is pointed at.
    """

    def __init__(self) -> None:
        super().__init__()
        self.text_changed: Signal[None] = Signal()
        self.marks_changed: Signal[tuple[int, ...]] = Signal()
        self.links_changed: Signal[None] = Signal()
        self.current_changed: Signal[None] = Signal()
        self.hover_changed: Signal[None] = Signal()
        self.layers_changed: Signal[None] = Signal()
        self.article = ""
        self.headline_end = 0
        self.quiet: Quiet | None = None
        self.dims_quiet = True
        self.paragraphs: list[Extent] = [(0, 0)]
        self.current_mark: Id | None = None
        self.hovered: Id | None = None
        self.previewed: PageMark | None = None
        self.focus = ""
        self.hits: tuple[Extent, ...] = ()
        self.coloured: tuple[Coloured, ...] = ()
        self._links = LinksByMark()
        self.all_links = False
        self.describe: Callable[[Id], str] = _says_nothing
        self._placed = MarksByPlace(self.paragraphs, ())

    # Content

    def show(
        self,
        article: Id,
        text: str,
        marks: Iterable[PageMark],
        links: Iterable[PageLink],
        headline_end: int = 0,
        quiet: Quiet | None = None,
        undrawn: Undrawn | None = None,
    ) -> None:
        """Show an article; the caret stays where it was if it is the same one.

        Args:
            undrawn: marks beside ``marks`` that are drawn when they are first needed.
        """
        same = article == self.article and text == self.text
        hidden = self._placed.hidden
        if not same:
            self.coloured = ()
        self.article, self.headline_end = article, headline_end
        self.quiet = quiet
        self.paragraphs = chunks(text)
        self._placed = MarksByPlace(self.paragraphs, marks, undrawn)
        self._placed.hidden = hidden
        self._links = LinksByMark(links)
        self.hovered = self.previewed = None
        self._take_text(text, stays=same)
        if not same:
            self.current_mark = self._mark_at_caret()
        elif self.current_mark not in self.marks:
            self.current_mark = None
        self.text_changed.emit(None)
        self.selection_changed.emit(None)
        self.current_changed.emit(None)

    def change_marks(self, removed: Iterable[Id], put: Iterable[PageMark]) -> None:
        """Take marks away and put others in their place; only their paragraphs change."""
        touched: set[int] = set()
        for id in removed:
            touched |= self._placed.take(id)
        for mark in put:
            touched |= self._placed.put(mark)
        if self.hovered not in self.marks:
            self.hovered = None
        self.marks_changed.emit(tuple(sorted(touched)))
        if self.current_mark not in self.marks:
            self._settle()

    @property
    def links(self) -> tuple[PageLink, ...]:
        """Every link of the article."""
        return self._links.all()

    def set_links(self, links: Iterable[PageLink]) -> None:
        """Show other links."""
        self._links = LinksByMark(links)
        self.links_changed.emit(None)

    def change_links(self, by_start: Mapping[Id, Sequence[PageLink]]) -> None:
        """Show other links in the place of all that begin at these marks."""
        if self._links.change(by_start):
            self.links_changed.emit(None)

    def links_of(self, marks: Iterable[Id | None]) -> list[PageLink]:
        """Return the links that begin or end at any of these marks."""
        return self._links.of(mark for mark in marks if mark)

    def show_all_links(self, shown: bool) -> None:
        """Draw every link, or only those of the mark under caret or pointer."""
        if shown != self.all_links:
            self.all_links = shown
            self.links_changed.emit(None)

    def links_to_draw(self) -> list[PageLink]:
        """Return the links that show now."""
        if self.all_links:
            return list(self.links)
        return self.links_of((self.current_mark, self.hovered))

    def paragraph_of(self, offset: int) -> int:
        """Return the number of the paragraph in which an offset stands."""
        return self._placed.paragraph_of(offset)

    def layout(self, paragraph: int) -> ParagraphMarks:
        """Return where the visible marks of a paragraph go; worked out once per change."""
        return self._placed.layout(paragraph)

    # Focus

    @property
    def lit(self) -> Extent | None:
        """The sentence or paragraph around the caret while the rest is dimmed, else None."""
        if not self.focus or not self.text:
            return None
        around = sentence_at if self.focus == "sentence" else paragraph_at
        return around(self.text, self.caret)

    def next_focus(self) -> None:
        """Go from all to the paragraph, to the sentence, and back to all."""
        self.focus = FOCUSES[(FOCUSES.index(self.focus) + 1) % len(FOCUSES)]
        self.layers_changed.emit(None)

    def quiet_within(self, start: int, end: int) -> tuple[Extent, ...]:
        """Return the bylines, datelines and boilerplate of a paragraph."""
        return self.quiet.within(start, end) if self.quiet else ()

    def dim_quiet(self, dims: bool) -> None:
        """Set bylines, datelines and boilerplate in a fainter colour, or like all else."""
        if dims != self.dims_quiet:
            self.dims_quiet = dims
            self.layers_changed.emit(None)

    def show_hits(self, hits: Iterable[Extent]) -> None:
        """Show other places of words that are looked for."""
        hits = tuple(hits)
        if hits != self.hits:
            self.hits = hits
            self.links_changed.emit(None)

    def colour_words(self, words: Iterable[Coloured]) -> None:
        """Put a colour behind words; none behind any other."""
        words = tuple(sorted(words))
        if words != self.coloured:
            self.coloured = words
            self.links_changed.emit(None)

    # Layers

    def is_visible(self, layer: str) -> bool:
        """Tell whether the marks of a layer are shown."""
        return layer not in self._placed.hidden

    def toggle_layer(self, layer: str) -> None:
        """Show or hide the marks of a layer."""
        self._placed.toggle(layer)
        self.layers_changed.emit(None)

    # Marks

    @property
    def marks(self) -> Mapping[Id, PageMark]:
        """Every mark of the article by its id, hidden ones too."""
        return self._placed.by_id

    def tick(self, id: Id) -> Tick | None:
        """Return how a mark is seen from afar; None if it is hidden, only suggested, or not there."""
        return self._placed.tick(id)

    def marks_at(self, offset: int) -> list[PageMark]:
        """Return the visible marks that cover an offset, smallest first."""
        return self._placed.at(offset)

    def is_shown(self, id: Id | None) -> bool:
        """Tell whether there is such a mark and its layer is visible."""
        mark = self.marks.get(id or "")
        return mark is not None and self._placed.is_shown(mark)

    def set_current(self, id: Id | None) -> None:
        """Make a mark current, bring the caret to it and select nothing; or make none current."""
        mark = self.marks.get(id or "")
        if mark is not None:
            caret = self.caret if mark.covers(self.caret) else mark.start
            self.pinned = ()
            self._place(caret, caret)
        self._make_current(mark.id if mark else None)

    def next_mark(self) -> Id | None:
        """Return the mark after the current one in reading order, around the end."""
        return self._placed.neighbour(self.current_mark, self.caret, forward=True)

    def previous_mark(self) -> Id | None:
        """Return the mark before the current one in reading order, around the start."""
        return self._placed.neighbour(self.current_mark, self.caret, forward=False)

    def walk_at(self, offset: int) -> None:
        """Make the smallest mark at an offset current; if one there is, the next larger one."""
        here = [mark.id for mark in self.marks_at(offset)]
        self.pinned = ()
        self._place(offset, offset)
        if self.current_mark in here and len(here) > 1:
            self._make_current(here[(here.index(self.current_mark) + 1) % len(here)])
        else:
            self._make_current(here[0] if here else None)

    def hover(self, id: Id | None) -> None:
        """Say which mark the pointer is over."""
        if id != self.hovered:
            self.hovered = id
            self.hover_changed.emit(None)

    def preview(self, id: Id | None, extents: Iterable[Extent]) -> None:
        """Show a mark with other bounds for now, or none (None)."""
        mark = self.marks.get(id or "")
        self.previewed = mark._replace(extents=tuple(extents)) if mark else None
        self.hover_changed.emit(None)

    # Inside

    def _settle(self) -> None:
        """Make the mark under the caret current; a selection has none."""
        found = None
        if not self.selections:
            here = [mark.id for mark in self.marks_at(self.caret)]
            found = self.current_mark if self.current_mark in here else (here[0] if here else None)
        self._make_current(found)

    def _make_current(self, id: Id | None) -> None:
        if id != self.current_mark:
            self.current_mark = id
            self.current_changed.emit(None)

    def _mark_at_caret(self) -> Id | None:
        here = self.marks_at(self.caret)
        return here[0].id if here else None


def _says_nothing(_: Id) -> str:
    return ""
