"""The one channel through which the program speaks; the window listens, and so do the tests."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from annotator.presentation.signal import Signal


class Tone(Enum):
    """How a message is meant."""

    DONE = "done"
    PROBLEM = "problem"


class Message(NamedTuple):
    """One plain sentence; ``undoable`` offers an undo beside it."""

    text: str
    tone: Tone = Tone.DONE
    undoable: bool = False


class Messages:
    """Says things; keeps the last one."""

    def __init__(self) -> None:
        self.said: Signal[Message] = Signal()
        self.last: Message | None = None

    def done(self, text: str, *, undoable: bool = False) -> None:
        """Say what was done."""
        self._say(Message(text, Tone.DONE, undoable))

    def problem(self, text: str) -> None:
        """Say what is wrong, and what to do."""
        self._say(Message(text, Tone.PROBLEM))

    def _say(self, message: Message) -> None:
        self.last = message
        self.said.emit(message)
