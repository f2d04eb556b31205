"""Reading that goes on piece by piece beside the work: lists of a large project fill without a pause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from annotator.domain.slices import Progress, Slices, is_aside, whole
from annotator.presentation.signal import Signal

T = TypeVar("T")

WHOLE: Final[Progress] = 0, 0, "Whole"
"""Yielded by a reading that is through, and is to be given in a turn of its own."""


class Piecemeal:
    """Readings by their names, of which the one begun first goes on first.

    One that was halted is left as it is until somebody wants it to go on. So is what is read anew in
    its place, since an act elsewhere is no wish to read on.

    Attributes:
        begun: there is something to read; ``go_on`` is to be called again and again.
        turned: a reading began, ended, was halted, or goes on again.
        is_through: what was read last is whole: with the next piece it is given to who wanted it.
    """

    def __init__(self) -> None:
        self.begun: Signal[None] = Signal()
        self.turned: Signal[None] = Signal()
        self.is_through = False
        self._open: dict[str, Iterator[Progress | None]] = {}
        self._reached: dict[str, tuple[int, int]] = {}
        self._halted: set[str] = set()

    def begin(
        self, name: str, slices: Slices[T], then: Callable[[T], None], *, at_once: bool
    ) -> None:
        """Read something and give it to ``then``: what is little at once, so that nobody sees it come.

        Another reading of that name is given up.
        """
        self._forget(name)
        try:
            if at_once:
                self._halted.discard(name)
                then(whole(slices))
            else:
                self._open[name] = self._read(name, slices, then)
                self.begun.emit(None)
        finally:
            self.turned.emit(None)

    def stop(self, *names: str) -> None:
        """Give readings up, halted or not: those of these names, or all."""
        for name in names or tuple(self._open):
            self._forget(name)
            self._halted.discard(name)
        self.turned.emit(None)

    def halt(self, *names: str) -> None:
        """Let these readings wait, as far as there are any."""
        self._halted.update(name for name in names if self.reads(name))
        self.turned.emit(None)

    def read_on(self, *names: str) -> None:
        """Let these readings go on where they were halted."""
        self._halted.difference_update(names)
        self.begun.emit(None)
        self.turned.emit(None)

    def reads(self, name: str) -> bool:
        """Tell whether a reading of that name has begun and not come to its end, halted or not."""
        return name in self._open

    def is_halted(self, name: str) -> bool:
        """Tell whether a reading of that name waits for ``read_on``."""
        return name in self._halted

    def reached(self, name: str) -> tuple[int, int]:
        """Return how much is read, of how much; 0 of 0 while that is not known."""
        return self._reached.get(name, (0, 0))

    def go_on(self) -> bool:
        """Read another piece; tell whether there is still more that is not halted."""
        if name := self._next():
            said = next(self._open[name], None)
            self.is_through = said is WHOLE
            if said and not is_aside(said) and not self.is_through:
                self._reached[name] = said[:2]
        return self._next() is not None

    def _next(self) -> str | None:
        return next((name for name in self._open if name not in self._halted), None)

    def _forget(self, name: str) -> None:
        self._open.pop(name, None)
        self._reached.pop(name, None)

    def _read(
        self, name: str, slices: Slices[T], then: Callable[[T], None]
    ) -> Iterator[Progress | None]:
        try:
            found = yield from slices
        except Exception:
            # Else it would count as going on for ever.
            self._forget(name)
            self.turned.emit(None)
            raise
        # Whoever takes it may begin to read more, also of this name.
        self._forget(name)
        try:
            then(found)
        finally:
            self.turned.emit(None)
