"""Searching all articles: what is typed, the lines that were found, and what is done with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from annotator.domain.codebook import Layer
from annotator.domain.errors import Problem
from annotator.presentation.signal import Signal
from annotator.services import searching
from annotator.services.searching import Line

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


class Search:
    """The lines that what is typed finds, newest query only.

    Attributes:
        reset: other lines.
        said: what stands beside the field: how much was found, or what is wrong with the query.
    """

    def __init__(self, desk: Desk) -> None:
        self.reset: Signal[None] = Signal()
        self.desk = desk
        self.typed = ""
        self.lines: tuple[Line, ...] = ()
        self.said = ""
        desk.project_changed.connect(self._project_changed)

    @property
    def layers(self) -> Sequence[Layer]:
        """The layers that lines can be marked on."""
        return self.desk.project.codebook.open_layers if self.desk.project else ()

    def type(self, typed: str) -> None:
        """Search for what is typed; the last word may be only begun."""
        self.typed = typed
        self.lines, self.said = (), ""
        project = self.desk.project
        if project and typed.strip():
            try:
                found = searching.search_words(project, typed, as_typed=True)
            except Problem as problem:
                self.said = str(problem)
            else:
                self.lines = found.lines
                self.said = _counts(found)
        self.reset.emit(None)

    def jump(self, number: int) -> None:
        """Open the article of a line with its words selected."""
        line = self.lines[number]
        self.desk.open_article(line.article)
        reader = self.desk.reader
        if reader.article and reader.article.id == line.article and line.extent[0] < line.extent[1]:
            reader.page.select(*line.extent)

    def mark(self, numbers: Iterable[int], layer: str) -> None:
        """Mark the words of lines on a layer, in one step."""
        chosen = [self.lines[number] for number in numbers]
        if chosen:
            self.desk.act(lambda project: searching.mark_lines(project, chosen, layer))

    def as_text(self, numbers: Iterable[int]) -> str:
        """Return lines as a table that a spreadsheet takes."""
        rows = [self.lines[number] for number in numbers]
        return "\n".join(f"{row.title}\t{row.left}\t{row.words}\t{row.right}" for row in rows)

    def _project_changed(self, _: None) -> None:
        self.type("")


def _counts(found: searching.Result) -> str:
    if not found.lines:
        return "Nothing found"
    places = f"{len(found.lines):,} place{'' if len(found.lines) == 1 else 's'}"
    if found.total > found.shown:
        return f"{places} in the first {found.shown:,} of {found.total:,} articles"
    return f"{places} in {found.total:,} article{'' if found.total == 1 else 's'}"
