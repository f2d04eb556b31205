"""Reading that goes on piece by piece beside the work: lists of a large project fill without a pause."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from annotator.domain.slices import Slices, whole
from annotator.presentation.signal import Signal

T = TypeVar("T")


class Piecemeal:
    """Readings by their names, of which the one begun first goes on first.

    Attributes:
        begun: there is something to read; ``go_on`` is to be called again and again.
    """

    def __init__(self) -> None:
        self.begun: Signal[None] = Signal()
        self._open: dict[str, Iterator[None]] = {}

    def begin(
        self, name: str, slices: Slices[T], then: Callable[[T], None], *, at_once: bool
    ) -> None:
        """Read something and give it to ``then``: what is little at once, so that nobody sees it come.

        Another reading of that name is given up.
        """
        self.stop(name)
        if at_once:
            then(whole(slices))
        else:
            self._open[name] = self._read(name, slices, then)
            self.begun.emit(None)

    def stop(self, *names: str) -> None:
        """Give readings up: those of these names, or all."""
        for name in names or tuple(self._open):
            self._open.pop(name, None)

    def reads(self, name: str) -> bool:
        """Tell whether a reading of that name goes on."""
        return name in self._open

    def go_on(self) -> bool:
        """Read another piece; tell whether there is still more."""
        if reading := next(iter(self._open.values()), None):
            next(reading, None)
        return bool(self._open)

    def _read(self, name: str, slices: Slices[T], then: Callable[[T], None]) -> Iterator[None]:
        try:
            found = yield from slices
        except Exception:
            # Else it would count as going on for ever.
            self._open.pop(name, None)
            raise
        # Whoever takes it may begin to read more, also of this name.
        del self._open[name]
        then(found)
