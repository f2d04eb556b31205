"""The adjudication window: which cases there are, how each annotator marked one, and what can be decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Value
from annotator.domain.step import Change, Outcome
from annotator.presentation import case_people, case_words
from annotator.presentation.case_list import CaseList, Show
from annotator.presentation.case_reading import CaseReading
from annotator.presentation.case_words import ENTRY, CaseRow, CaseWords, Column, excerpt
from annotator.presentation.option import Option
from annotator.presentation.signal import Signal
from annotator.services import adjudication
from annotator.services.adjudication import Own
from annotator.services.judging import Judged
from annotator.services.project import Project
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


NOT_READ = "Not all articles are read yet."
"""Why nothing can be accepted at once: a part of what all agree on is not all of it."""


class Adjudicating:
    """Cases of the open project, one of them before the adjudicator.

    Attributes:
        changed: other cases, or another one before the adjudicator.
        reading: keeps the cases in step with the project.
        is_blind: whether annotators go by letters, in another order for each article.
        picked: values that the next accepted mark takes, by attribute (see ``case_words.ENTRY``);
            None for the entry is nobody.
        reason: kept with the next decision.
    """

    def __init__(self, desk: Desk) -> None:
        self.changed: Signal[None] = Signal()
        self.reading = CaseReading(self._read)
        self.is_blind = True
        self.counts_unfinished = False
        self.picked: dict[str, Value | None] = {}
        self.reason = ""
        self.said = ""
        self._desk = desk
        self._is_seen = False
        self._is_behind = True
        self._is_accepting = False
        self._was_amid = False
        self._taking_back = ""
        desk.freed.connect(self._freed)
        desk.acted.connect(self._acted)
        desk.project_changed.connect(self._other_project)

    # What is shown

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
        return 0 if self.reading.is_going_on else self.cases.agreed

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
        own = {**mark.attributes, ENTRY: mark.actor}
        picked = {name: value for name, value in self.picked.items() if own.get(name) != value}
        self._accept(item, mark, picked)

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
        self._accept(item, mark, self.picked, extents)

    def _accept(
        self,
        item: Judged,
        mark: Mark,
        picked: Mapping[str, Value | None],
        extents: Sequence[Extent] = (),
    ) -> None:
        values = {
            name: value for name, value in picked.items() if name != ENTRY and value is not None
        }
        who = picked.get(ENTRY, Own.OWN)
        actor = who if isinstance(who, Own | None) else str(who)
        self._decide(
            lambda project: adjudication.accept(
                project,
                item.case,
                [mark.id],
                reason=self.reason,
                extents=extents,
                attributes=values,
                actor=actor,
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
        if self.reading.is_going_on:
            self._say(NOT_READ)
            return
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
            found = self.cases.all
            self._is_accepting = True
            try:
                self._desk.act_on(
                    count,
                    "Accepting what all agree on",
                    lambda project: adjudication.accept_agreed.slices(project, found),
                    self._accepted,
                    is_slow=True,
                )
            finally:
                # Whatever came of it: an act that goes on bit by bit ends when the desk is free.
                self._is_accepting &= self._desk.busy

    def pick(self, attribute: str, value: Value | None) -> None:
        """Let the next accepted mark take a value; a second time lets go of it."""
        if attribute in self.picked and self.picked[attribute] == value:
            del self.picked[attribute]
        else:
            self.picked[attribute] = value
        self.changed.emit(None)

    def undo(self) -> None:
        """Take the last act back, and say which it was, or why it could not be."""
        self._taking_back = self._desk.undo_name
        self._desk.undo()
        if self._taking_back and not self._desk.busy:
            self._taking_back = ""
            self._say_last()

    @property
    def _is_taken_back(self) -> bool:
        """Whether the act that was to be taken back is the one that could be done again now."""
        return bool(self._taking_back) and self._desk.redo_name == self._taking_back

    def _decide(self, work: Callable[[Project], Outcome]) -> None:
        outcome = self._desk.act(work)
        if outcome is None:
            self._say_last()
            return
        if self.cases.shown is not Show.OPEN:
            self.step(forward=True)
        self._say_decided(outcome)

    def _accepted(self, outcome: Outcome | None) -> None:
        self._is_accepting = False
        if outcome is None:
            self._say_last()
            return
        self.reading.judge_all_again()
        self._say_decided(outcome)

    def _say_decided(self, outcome: Outcome) -> None:
        self.picked, self.reason = {}, ""
        self._say(outcome.step.name if outcome.step else "")

    def _say_last(self) -> None:
        self._say(self._desk.messages.last.text if self._desk.messages.last else "")

    def _read(self) -> None:
        """Show what is read, or that it is being read."""
        if self.reading.problem:
            self.said = self.reading.problem
        if not self.reading.is_going_on:
            self.cases.keep_place()
        self._list()

    def _list(self) -> None:
        self.picked = {}
        self.changed.emit(None)

    def _people(self, item: Judged) -> list[Id]:
        return case_people.in_order(item, self._names(item.case.article))

    def _names(self, article: Id) -> dict[Id, str]:
        cases = self.cases.of(article)
        return case_people.names(self._desk.project, cases, article, blind=self.is_blind)

    def _freed(self, _: None) -> None:
        """Read once more what was read amid long work, which may have been taken back."""
        self._is_accepting = False
        if self._was_amid:
            self._was_amid, self._is_behind = False, True
            if self._is_seen:
                self.reload()

    def _acted(self, changes: Sequence[Change]) -> None:
        if self._is_accepting:
            return
        if not self._is_seen:
            self._is_behind = True
            return
        self.reading.follow(changes)
        if self._is_taken_back:
            undone, self._taking_back = self._taking_back, ""
            self._say(f"Undone: {undone}")

    def _other_project(self, _: None) -> None:
        self._is_accepting = False
        self._is_behind = True
        self.reading.begin(None)
        if self._is_seen:
            self.reload()

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.changed.emit(None)
