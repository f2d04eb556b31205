"""The cases as the adjudicator sees them: which there are, and how each annotator marked one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.step import Change
from annotator.presentation import case_people, case_words
from annotator.presentation.case_list import CaseList, Show
from annotator.presentation.case_reading import CaseReading
from annotator.presentation.case_words import CaseRow, CaseWords, Column, excerpt
from annotator.presentation.option import Option
from annotator.presentation.signal import Signal
from annotator.services.judging import Judged

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


class CaseView:
    """Cases of the open project, one of them before the adjudicator.

    Attributes:
        changed: other cases, or another one before the adjudicator.
        told: nothing but what is said changed, and the reason that a decision takes with it.
        reading: keeps the cases in step with the project.
        is_blind: whether annotators go by letters, in another order for each article.
        said: what is to be said of the cases, in a sentence.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.told: Signal[None] = Signal()
        self.reading = CaseReading(self._read)
        self.is_blind = True
        self.counts_unfinished = False
        self.said = ""
        self._desk = desk
        self._is_seen = False
        self._is_behind = True
        self._was_amid = False
        desk.freed.connect(self._freed)
        desk.acted.connect(self._acted)
        desk.project_changed.connect(self._other_project)

    def show(self) -> None:
        """Begin to follow the project."""
        self._is_seen = True
        if self._is_behind or self.reading.problem:
            self.reload()

    def hide(self) -> None:
        """Stop following; nothing is looked up meanwhile."""
        self._is_seen = False
        self._is_behind |= self.reading.is_going_on
        self.reading.stop()

    def reload(self) -> None:
        """Read all cases anew, many bit by bit."""
        self._is_behind, self._was_amid = False, self._desk.busy
        self.said = ""
        self.reading.stop()
        self.reading.begin(self._desk.project, unfinished=self.counts_unfinished)

    @property
    def cases(self) -> CaseList:
        """Which cases there are, which of them are listed, and which is before the adjudicator."""
        return self.reading.cases

    @property
    def listed(self) -> Sequence[Judged]:
        """The cases listed; none while they are being read."""
        return () if self.reading.is_going_on else self.cases.listed

    def row(self, item: Judged) -> CaseRow:
        """Return how one of the cases stands in the list."""
        if self.reading.codebook is None:
            raise ValueError("no cases were read")
        return case_words.row(item, self.reading.codebook)

    def choose_shown(self, shown: Show) -> None:
        """List other cases."""
        self.cases.choose_shown(shown)
        self._list()

    def set_blind(self, *, yes: bool) -> None:
        """Let annotators go by letters, or by their names."""
        self.is_blind = yes
        self._list()

    def count_unfinished(self, *, yes: bool) -> None:
        """Compare also whoever only marked something."""
        self.counts_unfinished = yes
        self.reload()

    @property
    def current(self) -> Judged | None:
        """The case before the adjudicator."""
        return None if self.reading.is_going_on else self.cases.current

    def choose(self, position: int) -> None:
        """Put another case before the adjudicator."""
        if self.cases.choose(position):
            self._list()

    def step(self, *, forward: bool) -> None:
        """Go to the next or the previous case."""
        self.choose(self.cases.position + (1 if forward else -1))

    @property
    def columns(self) -> list[Column]:
        """How each annotator marked the case, in the order of their keys."""
        project, item = self._desk.project, self.current
        if project is None or item is None:
            return []
        words = CaseWords(project, self._names(item.case.article))
        return [
            words.column(item, person, str(number + 1))
            for number, person in enumerate(self._people(item))
        ]

    @property
    def text(self) -> str:
        """The whole text of the article of the case."""
        project, item = self._desk.project, self.current
        return project.text(project.article(item.case.article)) if project and item else ""

    @property
    def excerpt(self) -> Extent:
        """The paragraphs of the text that the case stands in, one more on either side."""
        item, text = self.current, self.text
        if item is None:
            return 0, 0
        return excerpt(text, item.case.start, item.case.end)

    @property
    def heading(self) -> str:
        """What the case is about, in a sentence."""
        project, item = self._desk.project, self.current
        return CaseWords(project, {}).heading(item) if project and item else ""

    @property
    def layers(self) -> list[Option]:
        """The layers a new mark can be of."""
        project = self._desk.project
        layers = project.codebook.open_layers if project else ()
        return [Option(layer.name, layer.label) for layer in layers]

    @property
    def agreed(self) -> int:
        """How many open cases all agree on."""
        return 0 if self.reading.is_going_on else self.cases.agreed

    def _read(self) -> None:
        """Show what is read, or that it is being read."""
        if self.reading.problem:
            self.said = self.reading.problem
        if not self.reading.is_going_on:
            self.cases.keep_place()
        self._list()

    def _list(self) -> None:
        self.changed.emit(None)

    def _people(self, item: Judged) -> list[Id]:
        return case_people.in_order(item, self._names(item.case.article))

    def _names(self, article: Id) -> dict[Id, str]:
        cases = self.cases.of(article)
        return case_people.names(self._desk.project, cases, article, blind=self.is_blind)

    def _freed(self, _: None) -> None:
        """Read once more what was read amid long work, which may have been taken back."""
        if self._was_amid:
            self._was_amid, self._is_behind = False, True
            if self._is_seen:
                self.reload()

    def _acted(self, changes: Sequence[Change]) -> None:
        if self._is_seen:
            self.reading.follow(changes)
        else:
            self._is_behind = True

    def _other_project(self, _: None) -> None:
        self._is_behind = True
        self.reading.begin(None)
        if self._is_seen:
            self.reload()
