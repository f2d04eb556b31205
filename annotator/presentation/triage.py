"""Colours of kept searches: in the list, the articles that have the words; on the page, the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.article import Article
from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.domain.mark import Mark
from annotator.domain.slices import Slices
from annotator.domain.step import Change
from annotator.presentation.article_row import Keyword
from annotator.presentation.memory import Memory
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.saved_searches import COLOURS, OPTION, SavedSearches
from annotator.services import reading, searching
from annotator.services.project import Project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.presentation.desk import Desk

FEW = 100
"""In fewer articles what is coloured is looked up at once."""

COLOURS_OF_ARTICLES = "colours"
"""The one reading of ``Triage.readings``."""


class Triage:
    """Looks the coloured searches up when articles come in or one is opened, and when they change.

    Attributes:
        saved: the searches that were kept.
        readings: what is looked up piece by piece, since an article may have to be read to tell
            whether it fits; the list keeps the colours that it has until all of it is found.
    """

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self.saved = SavedSearches(memory)
        self.readings = Piecemeal()
        self._seen: tuple[str, int] = ("", 0)
        self._was_amid = False
        desk.project_changed.connect(self._articles_changed)
        desk.library.reset.connect(self._articles_listed)
        desk.reader.article_shown.connect(self._colour_words)
        desk.acted.connect(self._follow)
        desk.freed.connect(self._distrust)
        desk.closing.connect(lambda _: self.readings.stop())
        memory.changed.connect(self._option_changed)

    def _option_changed(self, option: str) -> None:
        if option == OPTION:
            self._colour_articles()
            article = self._desk.reader.article
            if article:
                self._colour_words(article.id)

    def _articles_listed(self, _: None) -> None:
        # A long list shows what an import brought once it is read.
        if not (self._desk.library.is_being_read or self._desk.library.problem):
            self._articles_changed(None)

    def _articles_changed(self, _: None) -> None:
        project, listed = self._desk.project, self._desk.library
        now = (project.file.id if project else "", listed.awaited or listed.total)
        if now != self._seen:
            self._seen = now
            self._colour_articles()

    def _follow(self, changes: Sequence[Change]) -> None:
        """Look up anew what is being looked up, if an act may have changed what is found."""
        if self.readings.reads(COLOURS_OF_ARTICLES) and (not changes or self._is_touched(changes)):
            self._colour_articles()

    def _is_touched(self, changes: Sequence[Change]) -> bool:
        records = [change.after or change.before for change in changes]
        if any(isinstance(record, Article) for record in records):
            return True
        has_marks = any(isinstance(record, Mark) for record in records)
        return has_marks and any(_depends_on_marks(one.typed) for one in self.saved.coloured)

    def _distrust(self, _: None) -> None:
        """Look up anew what was found amid long work, which may have been taken back."""
        if self._was_amid or self.readings.reads(COLOURS_OF_ARTICLES):
            self._colour_articles()

    def _colour_articles(self) -> None:
        project = self._desk.project
        if project is None or not self.saved.coloured:
            self.readings.stop()
            self._take({})
            return
        self.readings.begin(
            COLOURS_OF_ARTICLES,
            self._looked_up(project),
            self._take,
            at_once=reading.count_articles(project) < FEW,
        )

    def _looked_up(self, project: Project) -> Slices[dict[Id, tuple[Keyword, ...]]]:
        """Return which coloured searches each article fits."""
        found: dict[Id, tuple[Keyword, ...]] = {}
        for search in self.saved.coloured:
            keyword = Keyword(search.letter, search.typed, COLOURS[search.colour])
            try:
                ids = yield from searching.articles_with.slices(project, search.typed)
            except Problem:
                # Kept while its filter made sense to somebody; it colours nothing.
                continue
            for id in ids:
                found[id] = (*found.get(id, ()), keyword)
            yield
        return found

    def _take(self, found: dict[Id, tuple[Keyword, ...]]) -> None:
        self._was_amid = self._desk.busy
        self._desk.library.set_keywords(found)

    def _colour_words(self, article: Id) -> None:
        project = self._desk.project
        found = []
        for search in self.saved.coloured if project else ():
            try:
                places = searching.places_in(project, article, search.typed) if project else ()
            except Problem:
                continue
            found += [(place, COLOURS[search.colour]) for place in places]
        self._desk.reader.page.colour_words(found)


def _depends_on_marks(typed: str) -> bool:
    try:
        return searching.depends_on_marks(typed)
    except Problem:
        return False
