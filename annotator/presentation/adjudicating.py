"""The adjudication window: which cases there are, how each annotator marked one, and what can be decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Value
from annotator.domain.step import Outcome
from annotator.presentation import case_people
from annotator.presentation.case_list import CaseList, Show
from annotator.presentation.case_words import CaseRow, CaseWords, Column, excerpt
from annotator.presentation.option import Option
from annotator.presentation.signal import Signal
from annotator.services import adjudication
from annotator.services.adjudication import Judged
from annotator.services.project import Project
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


class Adjudicating:
    """Cases of the open project, one of them before the adjudicator.

    Attributes:
        changed: other cases, or another one before the adjudicator.
        cases: which there are, which of them are listed, and the one before the adjudicator.
        is_blind: whether annotators go by letters, in another order for each article.
        picked: values that the next accepted mark takes, by attribute.
        reason: kept with the next decision.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.cases = CaseList()
        self.is_blind = True
        self.counts_unfinished = False
        self.picked: dict[str, Value] = {}
        self.reason = ""
        self.said = ""
        self.rows: list[CaseRow] = []
        self._desk = desk
        self._is_seen = False
        self._is_deciding = False
        self._taking_back = ""
        desk.saved.connect(self._acted)
        desk.project_changed.connect(self._other_project)

    # What is shown

    def show(self) -> None:
        """Begin to follow the project."""
        self._is_seen = True
        self.reload()

    def hide(self) -> None:
        """Stop following; nothing is looked up meanwhile."""
        self._is_seen = False

    def reload(self) -> None:
        """Read all cases anew."""
        project = self._desk.project
        try:
            found = (
                adjudication.judged(project, unfinished=self.counts_unfinished) if project else []
            )
            self.said = ""
        except Problem as problem:
            found, self.said = [], str(problem)
        self.cases.show(found)
        self._list()

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
        return self.cases.current

    def choose(self, position: int) -> None:
        """Put another case before the adjudicator."""
        if self.cases.choose(position):
            self.picked = {}
            self.changed.emit(None)

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
        return len(adjudication.agreed(self.cases.all))

    # What can be decided

    def accept(self, number: int) -> None:
        """Accept the mark of the annotator with this number (from 0), or that there is nothing."""
        item = self.current
        people = self._people(item) if item else []
        if item is None or number >= len(people):
            return
        mark = item.case.marks.get(people[number])
        if mark is None:
            self.leave_out()
            return
        picked = {
            name: value for name, value in self.picked.items() if mark.attributes.get(name) != value
        }
        self._decide(
            lambda project: adjudication.accept(
                project, item.case, [mark.id], reason=self.reason, attributes=picked
            )
        )

    def accept_all(self) -> None:
        """Accept every annotator's mark, each as a gold mark of its own."""
        item = self.current
        if item:
            self._decide(
                lambda project: adjudication.accept(
                    project, item.case, item.case.mark_ids, reason=self.reason
                )
            )

    def accept_words(self, number: int, extents: Sequence[Extent]) -> None:
        """Accept somebody's mark with other bounds: the words selected in their column."""
        item = self.current
        if item is None:
            return
        if not extents:
            self._say("Select the right words in one of the texts first.")
            return
        people = self._people(item)
        mark = item.case.marks.get(people[number]) or next(iter(item.case.marks.values()))
        self._decide(
            lambda project: adjudication.accept(
                project,
                item.case,
                [mark.id],
                reason=self.reason,
                extents=extents,
                attributes=self.picked,
            )
        )

    def leave_out(self) -> None:
        """Decide that nothing is to be marked here."""
        item = self.current
        if item:
            self._decide(
                lambda project: adjudication.leave_out(project, item.case, reason=self.reason)
            )

    def add(self, layer: str, extents: Sequence[Extent]) -> None:
        """Make a gold mark that nobody had made, of words selected in one of the texts."""
        item = self.current
        if item is None:
            return
        if not extents:
            self._say("Select the words of the new mark in one of the texts first.")
            return
        article = item.case.article
        self._decide(
            lambda project: adjudication.add(project, article, layer, extents, reason=self.reason)
        )

    def accept_agreed(self) -> None:
        """Accept everything that all agree on, after asking with the count."""
        count = self.agreed
        if not count:
            self._say("There is nothing left to decide on which all agree.")
            return
        answer = self._desk.window.ask(
            "Accept what all agree on?",
            f"All annotators marked {counted(count, 'thing')} alike, with the same values and links. "
            "They become gold in one step, which one undo takes back.",
            (f"Accept {counted(count, 'mark')}",),
        )
        if answer == 0:
            found, after = self.cases.all, list[Judged]()
            self._is_deciding = True
            self._desk.act_on(
                count,
                "Accepting what all agree on",
                lambda project: adjudication.accept_agreed.slices(project, found, after),
                lambda outcome: self._accepted(outcome, after),
                is_slow=True,
            )

    def pick(self, attribute: str, value: Value) -> None:
        """Let the next accepted mark take a value; a second time lets go of it."""
        if self.picked.get(attribute) == value:
            del self.picked[attribute]
        else:
            self.picked[attribute] = value
        self.changed.emit(None)

    def undo(self) -> None:
        """Take the last act back, and say which it was, or why it could not be."""
        self._taking_back = self._desk.undo_name
        self._desk.undo()
        if not self._desk.busy and not self._is_taken_back:
            self._say_last()

    @property
    def _is_taken_back(self) -> bool:
        """Whether the act that was to be taken back is the one that could be done again now."""
        return bool(self._taking_back) and self._desk.redo_name == self._taking_back

    def _decide(self, work: Callable[[Project], Outcome]) -> None:
        item = self.current
        self._is_deciding = True
        try:
            outcome = self._desk.act(work)
        finally:
            self._is_deciding = False
        if outcome is None or item is None:
            self._say_last()
            return
        self._reload_article(item.case.article)
        if self.cases.shown is not Show.OPEN:
            self.step(forward=True)
        self._say_decided(outcome)

    def _accepted(self, outcome: Outcome | None, after: Sequence[Judged]) -> None:
        """Show what was accepted; the cases themselves are the same, so that they are not read anew."""
        self._is_deciding = False
        if outcome is None:
            self._say_last()
            return
        self.cases.show(after)
        self._list()
        self._say_decided(outcome)

    def _say_decided(self, outcome: Outcome) -> None:
        self.picked, self.reason = {}, ""
        self._say(outcome.step.name if outcome.step else "")

    def _say_last(self) -> None:
        self._say(self._desk.messages.last.text if self._desk.messages.last else "")

    def _reload_article(self, article: Id) -> None:
        project = self._desk.project
        if project is None:
            return
        fresh = adjudication.judged_in(project, article, unfinished=self.counts_unfinished)
        self.cases.renew(article, fresh)
        self._list()

    def _list(self) -> None:
        project = self._desk.project
        self.picked = {}
        words = CaseWords(project, {}) if project else None
        self.rows = [words.row(item) for item in self.cases.listed] if words else []
        self.changed.emit(None)

    def _people(self, item: Judged) -> list[Id]:
        return case_people.in_order(item, self._names(item.case.article))

    def _names(self, article: Id) -> dict[Id, str]:
        return case_people.names(self._desk.project, self.cases.all, article, blind=self.is_blind)

    def _acted(self, _: object) -> None:
        if self._is_seen and not self._is_deciding:
            self.reload()
            if self._is_taken_back:
                self._say(f"Undone: {self._taking_back}")

    def _other_project(self, _: None) -> None:
        self._is_deciding = False
        self._acted(None)

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.changed.emit(None)
