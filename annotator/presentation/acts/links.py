"""Tying marks to marks and voices, and letting go of what is half done."""

from __future__ import annotations

from functools import partial

from annotator.domain.identity import Id
from annotator.domain.link import Voice
from annotator.presentation import tying
from annotator.presentation.acts.base import Acting
from annotator.presentation.reader import PARTNERS
from annotator.presentation.shortening import begun
from annotator.services import linking


class LinkActs(Acting):
    """Ties the mark under the caret to its partners."""

    def tie_to_nearest(self, type: str) -> None:
        """Tie the mark under the caret to its most plausible partner."""
        current = self.reader.current
        if current:
            self.again = partial(self.tie_to_nearest, type)
            self._act(lambda project: linking.tie_to_nearest(project, current.id, type))

    def begin_link(self, type: str) -> None:
        """Let the user choose the partner: the caret goes to the most plausible one."""
        current = self.reader.current
        if not current or not self.project:
            return
        project = self.project
        found = self._try(lambda: linking.proposals(project, current.id, type))
        if found:
            self.reader.linking = (current.id, type)
            self.reader.partners = tuple(found[:PARTNERS])
            self.reader.page.set_current(found[0])
            self.messages.done(tying.asked(self))
            self.reader.changed.emit(None)
        elif found is not None:
            self.messages.problem(
                f"{begun(tying.called(self, current.id, type))}: there is nothing to tie to yet, mark it first."
            )

    def end_link(self) -> None:
        """Tie to the mark under the caret; where several ties fit, let the user choose."""
        current = self.reader.current
        if self.reader.linking and current:
            start, type = self.reader.linking
            self.reader.linking = None
            if type:
                self._act(lambda project: linking.tie(project, start, type, current.id))
            else:
                tying.join(self, start, current.id)
            self.reader.select_mark(start)

    def take_partner(self, number: int) -> None:
        """Tie to one of the proposals, counted from 1."""
        if self.reader.linking and number <= len(self.reader.partners):
            self.reader.page.set_current(self.reader.partners[number - 1])
            self.end_link()

    def tie(self, start: Id, type: str, end: Id) -> None:
        """Tie one mark to another."""
        self._act(lambda project: linking.tie(project, start, type, end))

    def tie_author(self) -> None:
        """Say that the author is the source or holder of the mark under the caret."""
        self._tie_voice(Voice.AUTHOR)

    def tie_unknown(self) -> None:
        """Say that the source or holder of the mark under the caret is not known."""
        self._tie_voice(Voice.UNKNOWN)

    def untie(self, link: Id) -> None:
        """Take a link away."""
        self._act(lambda project: linking.untie(project, link))

    def let_go(self) -> None:
        """Give up what is half done: choosing a partner, a held layer, a selection."""
        if self.reader.linking:
            start, _ = self.reader.linking
            self.reader.linking = None
            self.reader.select_mark(start)
        elif self.reader.held:
            self.reader.held = None
        else:
            self.reader.page.clear_selection()
            self.reader.page.show_hits(())
        self.reader.changed.emit(None)

    def _tie_voice(self, voice: Voice) -> None:
        current = self.reader.current
        if current and self.project:
            kinds = [
                kind for kind in self.project.codebook.links_from(current.layer) if kind.voices
            ]
            if kinds:
                self._act(lambda project: linking.tie(project, current.id, kinds[0].name, voice))
