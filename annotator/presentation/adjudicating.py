"""What an adjudicator can decide about the case before them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from annotator.domain.fragment import Extent
from annotator.domain.mark import Mark, Value
from annotator.domain.step import Change, Outcome
from annotator.presentation.case_list import Show
from annotator.presentation.case_view import CaseView
from annotator.presentation.case_words import ENTRY
from annotator.services import adjudication
from annotator.services.adjudication import Own
from annotator.services.judging import Judged
from annotator.services.project import Project
from annotator.services.wording import counted

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


NOT_READ = "Not all articles are read yet."
"""Why nothing can be accepted at once: a part of what all agree on is not all of it."""


class Adjudicating(CaseView):
    """Decides cases of the open project.

    Attributes:
        picked: values that the next accepted mark takes, by attribute (see ``case_words.ENTRY``);
            None for the entry is nobody.
        reason: kept with the next decision.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.picked: dict[str, Value | None] = {}
        self.reason = ""
        self._is_accepting = False
        self._taking_back = ""

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

    def _list(self) -> None:
        self.picked = {}
        super()._list()

    def _freed(self, _: None) -> None:
        self._is_accepting = False
        super()._freed(None)

    def _acted(self, changes: Sequence[Change]) -> None:
        if self._is_accepting:
            return
        super()._acted(changes)
        if self._is_seen and self._is_taken_back:
            undone, self._taking_back = self._taking_back, ""
            self._say(f"Undone: {undone}")

    def _other_project(self, _: None) -> None:
        self._is_accepting = False
        super()._other_project(None)

    def _say(self, sentence: str) -> None:
        self.said = sentence
        self.told.emit(None)
