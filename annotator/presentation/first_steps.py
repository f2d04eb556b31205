"""The first steps of a newcomer: five small things to do, each of which goes on when it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from annotator.domain.codebook import ACTOR, CLAIM
from annotator.presentation.signal import Signal

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


class FirstStep(NamedTuple):
    """One card.

    Attributes:
        amount: a number that grows when somebody has done what the card says.
    """

    title: str
    text: str
    amount: Callable[[Desk], int]


class FirstSteps:
    """Which card is shown, and whether what the one before said was done.

    Attributes:
        changed: another card, or none any more.
        number: of the card, from 0.
        is_running: whether a card is shown, as long as an article is open.
        was_done: whether this card came because the one before was done.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._before = 0
        self.changed: Signal[None] = Signal()
        self.number = 0
        self.is_running = False
        self.was_done = False
        desk.saved.connect(self._acted)
        desk.reader.article_shown.connect(self._look_again)
        self._was_open = False
        desk.reader.changed.connect(self._look_whether_open)

    @property
    def is_seen(self) -> bool:
        """Whether the card is seen: where no article is open there is nothing to do as it says."""
        return self.is_running and self._desk.reader.article is not None

    @property
    def step(self) -> FirstStep:
        """The card that is shown."""
        return STEPS[self.number]

    @property
    def is_last(self) -> bool:
        """Tell whether no card follows."""
        return self.number == len(STEPS) - 1

    def start(self) -> None:
        """Show the first card."""
        self._show(0, was_done=False)

    def forward(self) -> None:
        """Show the next card, whether this one was done or not; after the last one, none."""
        if self.is_last:
            self.leave()
        else:
            self._show(self.number + 1, was_done=False)

    def leave(self) -> None:
        """Show no card any more."""
        self.is_running = False
        self.changed.emit(None)

    def _show(self, number: int, *, was_done: bool) -> None:
        self.number, self.was_done, self.is_running = number, was_done, True
        self._before = self.step.amount(self._desk)
        self.changed.emit(None)

    def _acted(self, _: object) -> None:
        if self.is_running and self.step.amount(self._desk) > self._before and not self.is_last:
            self._show(self.number + 1, was_done=True)

    def _look_whether_open(self, _: object) -> None:
        is_open = self._desk.reader.article is not None
        if is_open != self._was_open:
            self._was_open = is_open
            self.changed.emit(None)

    def _look_again(self, _: object) -> None:
        """What stands in another article was not done just now."""
        if self.is_running:
            self._before = self.step.amount(self._desk)


def _marks(layer: str) -> Callable[[Desk], int]:
    return lambda desk: sum(mark.layer == layer for mark in desk.reader.marks.values())


def _sources(desk: Desk) -> int:
    return sum(link.type == "source" for link in desk.reader.links.values())


def _values(desk: Desk) -> int:
    """Count values given to claims beside those they get by themselves, which are there before."""
    return sum(
        value not in (None, "none")
        for mark in desk.reader.marks.values()
        if mark.layer == CLAIM
        for value in mark.attributes.values()
    )


STEPS = (
    FirstStep(
        "Mark an actor",
        "Select a name with the mouse, or with Shift and the arrow keys, and press A: "
        "it is an actor now, and saved.",
        _marks(ACTOR),
    ),
    FirstStep(
        "Mark a claim",
        "Select what somebody says and press C. A word that judges is S for sentiment, "
        "“said” is Q for the cue.",
        _marks(CLAIM),
    ),
    FirstStep(
        "Say who says it",
        "Press F: the claim is tied to the most plausible actor, which the inspector names. "
        "Shift+F lets you choose another, V says it is the author.",
        _sources,
    ),
    FirstStep(
        "Say how",
        "The inspector shows every value with its key: press + if the claim supports something, "
        "− if it opposes. Ctrl+Z takes back anything, also tomorrow.",
        _values,
    ),
    FirstStep(
        "Done, next, export",
        "D calls the article done and opens the next one. Then make a project of your own (Ctrl+N), "
        "drop your text files on it, and Ctrl+E exports what you marked. F1 helps wherever you are.",
        lambda desk: desk.library.finished,
    ),
)
