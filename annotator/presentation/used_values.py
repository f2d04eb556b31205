"""Values that marks have in lists without codes: counted once, in a large project piece by piece, then followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from annotator.domain.mark import Mark
from annotator.domain.step import Change
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.signal import Signal
from annotator.services import new_codes, reading

if TYPE_CHECKING:
    from annotator.presentation.acts.base import Acting

FEW = 2_000
"""Of fewer marks they are counted at once."""

MOST = 500
"""More values than anybody looks through."""

List = tuple[str, str]
"""A list without codes, by its layer and its attribute."""


class UsedValues:
    """How many marks have each value of the lists that somebody asked for.

    Attributes:
        changed: values are known that were not.
        readings: what is counted piece by piece.
    """

    def __init__(self, desk: Acting) -> None:
        self.changed: Signal[None] = Signal()
        self.readings = Piecemeal()
        self._desk = desk
        self._known: dict[List, Counter[str]] = {}
        self._in_step: set[List] = set()
        self._begun: set[List] = set()
        desk.acted.connect(self._follow)
        # What was counted amid long work may never have been so.
        desk.freed.connect(lambda _: self._distrust())
        desk.closing.connect(lambda _: self._distrust())
        desk.project_changed.connect(self._forget)

    def of(self, layer: str, attribute: str) -> list[str]:
        """Return the values of a list, most used first, as far as they are known: they are counted from now on."""
        self.want(layer, attribute)
        counts = self._known.get((layer, attribute), Counter())
        return sorted(counts, key=lambda value: (-counts[value], value))[:MOST]

    def want(self, layer: str, attribute: str, *, at_once: bool = False) -> None:
        """Count the values of a list, unless they are known.

        Args:
            at_once: for who cannot go on without them.
        """
        wanted = layer, attribute
        if wanted not in self._in_step and (at_once or wanted not in self._begun):
            self._begin(wanted, at_once=at_once)

    def _begin(self, wanted: List, *, at_once: bool = False) -> None:
        if project := self._desk.project:
            self._begun.add(wanted)
            counting = new_codes.used.slices(project, *wanted)
            few = reading.is_small(project, FEW)
            take = partial(self._take, wanted)
            self.readings.begin(".".join(wanted), counting, take, at_once=at_once or few)

    def _take(self, wanted: List, counts: Counter[str]) -> None:
        self._begun.discard(wanted)
        self._in_step.add(wanted)
        is_other = counts != self._known.get(wanted)
        self._known[wanted] = counts
        if is_other:
            self.changed.emit(None)

    def _follow(self, changes: Sequence[Change]) -> None:
        if not changes:
            self._distrust()
        marks = [
            (record, by)
            for change in changes
            for record, by in ((change.before, -1), (change.after, 1))
            if isinstance(record, Mark)
        ]
        for wanted in tuple(self._in_step):
            for mark, by in marks:
                self._count(wanted, mark, by)
        # What is being counted may have the marks as they were, or as they are.
        layers = {mark.layer for mark, _ in marks}
        for wanted in tuple(self._begun):
            if wanted[0] in layers:
                self._begin(wanted)

    def _count(self, wanted: List, mark: Mark, by: int) -> None:
        layer, attribute = wanted
        if mark.layer == layer:
            counts = self._known[wanted]
            for text in new_codes.texts_in(mark.attributes.get(attribute)):
                counts[text] += by
                if counts[text] <= 0:
                    del counts[text]

    def _distrust(self) -> None:
        """Count anew what is asked for next; until then what was known is offered."""
        self.readings.stop()
        self._in_step.clear()
        self._begun.clear()

    def _forget(self, _: None) -> None:
        self._distrust()
        self._known.clear()
