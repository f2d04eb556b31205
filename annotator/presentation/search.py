"""Searching all articles: what is typed, the lines that were found, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from annotator.domain.codebook import CUE, Layer
from annotator.domain.errors import Problem
from annotator.domain.fragment import Extent
from annotator.presentation.acts.base import LONG_ACT
from annotator.presentation.saved_searches import SavedSearch, SavedSearches
from annotator.presentation.signal import Signal
from annotator.services import searching
from annotator.services.searching import Line

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk

PATTERN_LINES = 2_000
"""So many matches of a pattern are listed."""

PUBLISHERS = 12
"""So many publishers are offered to narrow by."""


class Search:
    """The lines that what is typed finds, newest query only.

    Attributes:
        reset: other lines, or other kept searches.
        is_pattern: what is typed is a regular expression, looked for when asked to.
        said: what stands beside the field: how much was found, or what is wrong with the query.
    """

    def __init__(self, desk: Desk, saved: SavedSearches) -> None:
        self.reset: Signal[None] = Signal()
        self.desk = desk
        self.saved = saved
        self.typed = ""
        self.is_pattern = False
        self.lines: tuple[Line, ...] = ()
        self.said = ""
        self._framed: tuple[Extent, ...] = ()
        desk.project_changed.connect(self._project_changed)

    @property
    def layers(self) -> Sequence[Layer]:
        """The layers that lines can be marked on."""
        return self.desk.project.codebook.open_layers if self.desk.project else ()

    @property
    def kept(self) -> SavedSearch | None:
        """The kept search that is shown now, if it is one."""
        return self.saved.of(self.typed, is_pattern=self.is_pattern) if self.typed else None

    def type(self, typed: str) -> None:
        """Search for what is typed; the last word may be only begun. A pattern waits for ``run``."""
        self.unframe()
        self.typed = typed
        self.lines, self.said = (), ""
        project = self.desk.project
        if self.is_pattern and typed:
            self.said = "Enter looks for the pattern"
        elif project and typed.strip():
            try:
                found = searching.search_words(project, typed, as_typed=True)
            except Problem as problem:
                self.said = str(problem)
            else:
                self.lines = found.lines
                self.said = _counts(found)
        self.reset.emit(None)

    def set_pattern(self, *, on: bool) -> None:
        """Say whether what is typed is a regular expression."""
        self.is_pattern = on
        self.type(self.typed)

    def run(self) -> None:
        """Look for the pattern in all articles, with progress; it can be cancelled."""
        project = self.desk.project
        if project and self.is_pattern and self.typed:
            typed, found = self.typed, list[Line]()

            def work() -> Iterator[tuple[int, int, str]]:
                for passed in searching.search_pattern(project, typed, limit=PATTERN_LINES):
                    found.extend(passed.lines)
                    yield passed.done, passed.total, ""

            def done(error: BaseException | None) -> None:
                if typed == self.typed and self.is_pattern:
                    self._take_matches(tuple(found), error)

            self.desk.window.run_slices("Searching", work(), done)

    def show(self, search: SavedSearch) -> None:
        """Search for what was kept."""
        self.is_pattern = search.is_pattern
        self.type(search.typed)
        self.run()

    def keep(self, colour: str = "") -> None:
        """Keep what is typed, with a colour or without."""
        if self.typed.strip():
            self.saved.keep(SavedSearch(self.typed, self.is_pattern, colour))
            self.reset.emit(None)

    def forget(self) -> None:
        """Keep what is shown no longer."""
        if self.kept:
            self.saved.remove(self.kept)
            self.reset.emit(None)

    def narrowings(self) -> list[tuple[str, str]]:
        """Return filters that can be added to the words, each with what it means."""
        project = self.desk.project
        if project is None:
            return []
        layers = [
            (f"with a {layer.label.lower()}", f"has:{layer.name}")
            for layer in self.layers
            if layer.name != CUE
        ]
        publishers = [
            (f"published by {name}", f'publisher:"{name}"')
            for name in searching.publishers(project, PUBLISHERS)
        ]
        return [
            *layers,
            *publishers,
            ("published since", "after:"),
            ("published before", "before:"),
        ]

    def jump(self, number: int) -> None:
        """Open the article of a line with its words selected, and every place of them framed."""
        line = self.lines[number]
        self.desk.open_article(line.article)
        reader = self.desk.reader
        if reader.article and reader.article.id == line.article and line.extent[0] < line.extent[1]:
            here = [one.extent for one in self.lines if one.article == line.article]
            self._framed = tuple(sorted(set(here)))
            reader.page.show_hits(self._framed)
            reader.page.select(*line.extent)

    def unframe(self) -> None:
        """Frame the places no more: other words are looked for, or the search is closed.

        What was found in the open article by itself stays framed; so does what kept searches colour.
        """
        page = self.desk.reader.page
        if page.hits == self._framed:
            page.show_hits(())
        self._framed = ()

    def mark(self, numbers: Iterable[int], layer: str) -> None:
        """Mark the words of lines on a layer, in one step."""
        chosen = [self.lines[number] for number in numbers]
        if chosen:
            if len(chosen) >= LONG_ACT:
                self.desk.act_in_slices(
                    f"Marking {len(chosen):,} lines",
                    lambda project: searching.mark_lines.slices(project, chosen, layer),
                )
            else:
                self.desk.act(lambda project: searching.mark_lines(project, chosen, layer))

    def as_text(self, numbers: Iterable[int]) -> str:
        """Return lines as a table that a spreadsheet takes."""
        rows = [self.lines[number] for number in numbers]
        return "\n".join(f"{row.title}\t{row.left}\t{row.words}\t{row.right}" for row in rows)

    def _take_matches(self, lines: tuple[Line, ...], error: BaseException | None) -> None:
        self.lines = lines
        articles = len({line.article for line in lines})
        if isinstance(error, Problem):
            self.said = str(error)
        elif error is not None:
            self.said = f"{_places(len(lines))} before it was cancelled"
        elif len(lines) >= PATTERN_LINES:
            self.said = f"the first {_places(len(lines))}, in {_articles(articles)}"
        else:
            self.said = f"{_places(len(lines))} in {_articles(articles)}" if lines else NOTHING
        self.reset.emit(None)

    def _project_changed(self, _: None) -> None:
        self.type("")


NOTHING = "Nothing found"


def _counts(found: searching.Result) -> str:
    if not found.lines:
        return NOTHING
    places = _places(len(found.lines))
    if found.total > found.shown:
        return f"{places} in the first {found.shown:,} of {_articles(found.total)}"
    return f"{places} in {_articles(found.total)}"


def _places(count: int) -> str:
    return f"{count:,} place{'' if count == 1 else 's'}"


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
