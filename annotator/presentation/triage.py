"""Colours of kept searches: in the list, the articles that have the words; on the page, the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.identity import Id
from annotator.presentation.article_row import Keyword
from annotator.presentation.memory import Memory
from annotator.presentation.saved_searches import COLOURS, OPTION, SavedSearches
from annotator.services import searching

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


class Triage:
    """Looks the coloured searches up when articles come in or one is opened, and when they change.

    Attributes:
        saved: the searches that were kept.
    """

    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self.saved = SavedSearches(memory)
        self._seen: tuple[str, int] = ("", 0)
        desk.project_changed.connect(self._articles_changed)
        desk.library.reset.connect(self._articles_listed)
        desk.reader.article_shown.connect(self._colour_words)
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

    def _colour_articles(self) -> None:
        project = self._desk.project
        found: dict[Id, tuple[Keyword, ...]] = {}
        for search in self.saved.coloured if project else ():
            keyword = Keyword(search.letter, search.typed, COLOURS[search.colour])
            try:
                ids = searching.articles_with(project, search.typed) if project else []
            except Problem:
                # Kept while its filter made sense to somebody; it colours nothing.
                continue
            for id in ids:
                found[id] = (*found.get(id, ()), keyword)
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
