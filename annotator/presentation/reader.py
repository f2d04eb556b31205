"""The open article: its page, the marks and links on it, and what is current."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from annotator.domain.anatomy import Quiet
from annotator.domain.article import Article, Verdict
from annotator.domain.codebook import CUE
from annotator.domain.errors import NotFound, Refused
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, View
from annotator.domain.segments import token_at
from annotator.domain.step import Outcome
from annotator.presentation import inspector
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.ghosts import Ghosts
from annotator.presentation.page import Page
from annotator.presentation.page_marks import Undrawn
from annotator.presentation.painting import Painter
from annotator.presentation.signal import Signal
from annotator.services import reading
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.domain.step import Record
    from annotator.domain.suggestion import Suggestion
    from annotator.services.completeness import Gap

PARTNERS = 9
"""So many proposals for a link have a number."""


class Reader:
    """What the annotator reads and marks; keeps the page in step with the project.

    Attributes:
        article_leaving: another article will be shown, or none; this one is still open.
        linking: while a partner for a link is being chosen: the mark and the link type, which
            is empty if the two marks are to tell it.
        partners: meanwhile, the marks that a digit ties to, most plausible first.
        recent: the mark that was made or chosen last.
        counted: the mark whose words were counted in the whole project and shown.
        held: the layer that every selection marks at once, if one is held.
        copies: the other articles that are copies of the open one.
        gaps: what is not filled in, while it is shown before the article is called done.
        reason: why it is done anyway, as far as that was written.
        keeps_held: whether it stays held when another article is opened.
        ghosts: the suggestions on the page.
    """

    def __init__(self) -> None:
        self.page = Page()
        self.changed: Signal[None] = Signal()
        self.article_leaving: Signal[Id] = Signal()
        self.article_shown: Signal[Id] = Signal()
        self.article: Article | None = None
        self.verdicts: dict[str, Verdict] = {}
        self.copies: list[Article] = []
        self._records = ArticleRecords()
        self.ghosts = Ghosts()
        self.linking: tuple[Id, str] | None = None
        self.partners: tuple[Id, ...] = ()
        self.held: str | None = None
        self.keeps_held = True
        self.recent: Id | None = None
        self.gaps: tuple[Gap, ...] = ()
        self.reason = ""
        self.counted: Id | None = None
        self._project: Project | None = None
        self.page.describe = self._describe
        self.page.current_changed.connect(lambda _: self.show_gaps(()))

    @property
    def marks(self) -> Mapping[Id, Mark]:
        """The annotator's own marks in the article, by id."""
        return self._records.marks

    @property
    def links(self) -> Mapping[Id, Link]:
        """The annotator's own links in the article, by id."""
        return self._records.links

    def show(self, project: Project, article: Id) -> None:
        """Open an article on the page."""
        opened = reading.open_article(project, article)
        again = self.article is not None and self.article.id == article
        if not again and not self.keeps_held:
            self.held = None
        if self.article and not again:
            self.article_leaving.emit(self.article.id)
        self._project = project
        self.article, self.verdicts = opened.article, opened.verdicts
        self.copies = reading.copies(project, opened.article)
        self._records = ArticleRecords.read(
            opened.records, opened.places, opened.linked, opened.ties
        )
        self.linking = self.recent = self.counted = None
        self.gaps, self.reason = (), ""
        painter = Painter(project.codebook, self._records)
        known = {layer.name for layer in project.codebook.layers}
        marks = self.marks
        self.page.show(
            article,
            opened.text,
            self.ghosts.load(project, article, marks),
            painter.ties(opened.ties),
            headline_end=_headline_end(opened.article, opened.text),
            quiet=Quiet(opened.article.meta, opened.text),
            undrawn=Undrawn(
                [place for place in opened.places if place[3] in known],
                lambda id: painter.mark(marks[id]),
                self._records.marks.read_some,
                painter.look,
            ),
        )
        if not again:
            self.article_shown.emit(article)
        self.changed.emit(None)

    def read_on(self) -> bool:
        """Read a bit of what the first paint did not need; tell whether there is more of it."""
        return self._records.marks.read_on()

    def read_rest(self) -> None:
        """Read all that the first paint did not need, before any act or long work."""
        self._records.marks.read_rest()

    def clear(self) -> None:
        """Show nothing."""
        self._project = self.article = None
        self.copies = []
        self._records, self.verdicts = ArticleRecords(), {}
        self.linking = self.recent = self.held = None
        self.page.show("", "", [], [])
        self.changed.emit(None)

    def apply(self, outcome: Outcome) -> None:
        """Bring the page in step with what an act changed in this article."""
        if self._project is None or self.article is None:
            return
        self.gaps, self.reason = (), ""
        removed, touched = self._take(outcome)
        if self.linking and self.linking[0] not in self.marks:
            self.linking = None
        self.partners = tuple(id for id in self.partners if id in self.marks)
        gone, fresh = self.ghosts.refresh(self._project, self.article.id, self.marks)
        if removed or touched or gone or fresh:
            painter = Painter(self._project.codebook, self._records)
            put = [painter.mark(self.marks[id]) for id in touched if id in self.marks]
            self.page.change_marks([*removed, *gone], [*put, *fresh])
            self.page.change_links(
                {
                    id: tuple(painter.links(self._records.links_from(id)))
                    for id in [*touched, *removed]
                }
            )
        self.verdicts = reading.verdicts(self._project, self.article.id)
        self.changed.emit(None)

    def show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        """Show what is not filled in, or nothing of that any more."""
        if gaps != self.gaps:
            self.gaps, self.reason = gaps, ""
            self.changed.emit(None)

    @property
    def is_finished(self) -> bool:
        """Tell whether every layer of the open article has a verdict; cues need none."""
        layers = self._project.codebook.open_layers if self._project else ()
        return bool(layers) and all(
            self.verdicts.get(layer.name, Verdict.OPEN) is not Verdict.OPEN
            for layer in layers
            if layer.name != CUE
        )

    @property
    def current(self) -> Mark | None:
        """The mark under the caret."""
        return self.marks.get(self.page.current_mark or "")

    @property
    def ghost(self) -> Suggestion | None:
        """The suggestion under the caret."""
        return self.ghosts.by_id.get(self.page.current_mark or "")

    @property
    def current_layer(self) -> str | None:
        """The layer of the mark under the caret."""
        return self.current.layer if self.current else None

    @property
    def has_selection(self) -> bool:
        """Tell whether anything is selected."""
        return bool(self.page.selections)

    def select_mark(self, id: Id) -> None:
        """Make a mark current and bring it into view."""
        if id in self.marks:
            self.recent = id
            self.page.set_current(id)

    def step_mark(self, *, forward: bool) -> None:
        """Make the next or previous mark current, around the end."""
        found = self.page.next_mark() if forward else self.page.previous_mark()
        if found in self.ghosts.by_id:
            self.page.set_current(found)
        elif found:
            self.select_mark(found)

    def extents_to_mark(self) -> list[Extent]:
        """Return what a layer's key would mark: the selection, or else the word under the caret.

        Raises:
            Refused: the caret stands in blank space and nothing is selected.
        """
        if self.page.selections:
            return list(self.page.selections)
        token = token_at(self.page.text, self.page.caret)
        if token is None:
            raise Refused(
                "Nothing is selected: select words first, by mouse or with Shift and the arrow keys."
            )
        return [token]

    def inspected(self) -> inspector.Inspected | None:
        """Return what the inspector shows."""
        if self._project is None or self.current is None:
            return None
        here = [mark.id for mark in self.page.marks_at(self.page.caret)]
        try:
            return inspector.inspect(self._project, self.current, self._records, here)
        except NotFound:
            # An act that goes on has taken it away.
            return None

    def count(self, layer: str) -> int:
        """Return how many marks of a layer the article has."""
        return self._records.count(layer)

    def _describe(self, id: Id) -> str:
        """Say what a mark or a suggestion on the page is."""
        project, mark = self._project, self.marks.get(id)
        if project is None:
            return ""
        if mark is None:
            return self.ghosts.describe(project.codebook, id) if id in self.ghosts.by_id else ""
        people = {person.id: person.name for person in reading.people(project)}
        people[project.annotator.id] = project.annotator.name
        return Painter(project.codebook, self._records).description(mark, people)

    def _take(self, outcome: Outcome) -> tuple[list[Id], set[Id]]:
        """Take the changed records over; return marks gone and marks to draw anew."""
        article = self.article.id if self.article else ""
        removed: list[Id] = []
        touched: set[Id] = set()
        for change in outcome.changes:
            record = change.after or change.before
            if isinstance(change.after, Article) and change.after.id == article:
                self.article = change.after
            if not self._is_read_here(record):
                continue
            if isinstance(record, Mark | Link) and record.article == article:
                if isinstance(change.after, Mark | Link):
                    self._records.put(change.after)
                else:
                    self._records.take(record)
                if isinstance(record, Link):
                    touched.add(record.start)
                elif change.after is None:
                    removed.append(record.id)
                else:
                    touched.add(record.id)
        touched |= {link.start for id in list(touched) for link in self._records.links_to(id)}
        return removed, touched - set(removed)

    def _is_read_here(self, record: Record | None) -> bool:
        """Tell whether a mark or link is the annotator's own; others' and gold are not on the page."""
        if self._project is None or not isinstance(record, Mark | Link):
            return False
        return record.view is View.ANNOTATOR and record.made.annotator == self._project.annotator.id


def _headline_end(article: Article, text: str) -> int:
    """Return where the headline ends, if the text begins with the title; else 0."""
    title, end = article.meta.title or "", text.find("\n")
    first = text[: end if end >= 0 else len(text)]
    return len(first) if title and first.strip() == title.strip() else 0
