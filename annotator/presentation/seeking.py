"""Looking for the next open article, which amid tens of thousands of finished ones goes on bit by bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from annotator.domain.identity import Id
from annotator.domain.slices import Slices

AT_ONCE = 5
"""So many bits are looked through before other things may happen: some thousand articles."""

Then = Callable[[Id | None], None]
"""Takes the article that was found, or None if there is none."""


class Seeking:
    """The wish for an open article; there is one at a time.

    Args:
        nearest: looks for the nearest one, forward (True) or backward.
    """

    def __init__(self, nearest: Callable[[bool], Slices[Id | None]]) -> None:
        self._nearest = nearest
        self._wish: tuple[Sequence[bool], Then] | None = None
        self._bits: Iterator[None] = iter(())

    @property
    def is_going_on(self) -> bool:
        """Tell whether an article is wished for that is not found yet."""
        return self._wish is not None

    def begin(self, ways: Sequence[bool], then: Then, *, is_driven: bool) -> None:
        """Look for an article; the same wish once more leaves the looking where it is.

        Args:
            ways: where to look for the nearest one, first and then: True is forward.
            is_driven: whether somebody goes on with it (``look_on``); else all is looked through now.
        """
        if self._wish and self._wish[0] == ways:
            return
        self._wish = ways, then
        self._bits = bits = self._look(ways, then)
        for _ in islice(bits, AT_ONCE if is_driven else None):
            pass

    def begin_again(self) -> None:
        """Look for what is wished for once more and to the end, now that the list is read, or never will be."""
        if wish := self._wish:
            self.give_up()
            self.begin(*wish, is_driven=False)

    def look_on(self) -> None:
        """Look through another bit, if there is a wish."""
        next(self._bits, None)

    def give_up(self) -> None:
        """Wish for nothing."""
        self._wish, self._bits = None, iter(())

    def _look(self, ways: Sequence[bool], then: Then) -> Iterator[None]:
        found: Id | None = None
        try:
            for forward in ways:
                found = found or (yield from self._nearest(forward))
        except Exception:
            # Else it would count as looked for for ever.
            self.give_up()
            raise
        self.give_up()
        then(found)
