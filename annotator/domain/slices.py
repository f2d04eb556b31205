"""Computations that can be cut into slices, so that a window does other things in between."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence, Sized
from contextvars import ContextVar
from functools import update_wrapper
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Generic, ParamSpec, TypeVar

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparisonT as S

P = ParamSpec("P")
T = TypeVar("T")
B = TypeVar("B", bound=Sized)

Progress = tuple[int, int, str]
"""How much is done, how much there is, and what it is about."""

SAVING: Final[Progress] = 0, 0, "Saving"
"""Yielded before a slice that does little but wait for the disk: a window lets another thread wait.

It is the last one of an act: what is saved cannot be taken back by closing the generator."""

READING: Final[Progress] = 0, 0, "Reading"
"""The same of a slice that reads much at once, such as a whole other file."""

Slices = Generator[Any, None, T]
"""Yields after each slice of some thousandths of a second, and returns the result.

It yields nothing, or ``SAVING`` or ``READING``."""

MANY = 1000
"""So many small things, such as statements or cells, make about one slice."""

MERGED = 2_500
"""So many things in sorted runs are merged in one slice."""

BATCH = 50
"""So many records are changed in one slice."""

Asked = Callable[[], bool]
"""Tells whether somebody cancelled."""

unwanted: ContextVar[Asked] = ContextVar("unwanted")
"""Set by whoever runs a slice in another thread: a long one asks it, and ends early by an error."""


def go_on(*_: object) -> bool:
    """Tell, in the midst of a slice, whether it is still wanted; has the form of a ``Tell``."""
    asked = unwanted.get(None)
    return asked is None or not asked()


def always(_done: int, _total: int) -> bool:
    """Go on to the end: a ``Tell`` for who shows no progress."""
    return True


def batches(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield many things ``BATCH`` by ``BATCH``."""
    return (many[first : first + BATCH] for first in range(0, len(many), BATCH))


def merged(runs: Iterable[Iterable[S]]) -> Iterator[list[S]]:
    """Yield what sorted runs hold as one sorted list, ``MERGED`` by ``MERGED``."""
    together = merge(*runs)
    while some := list(islice(together, MERGED)):
        yield some


def looked_through(
    bits: Iterable[B], total: int, share: int | None = None
) -> Iterator[tuple[Progress, B]]:
    """Yield bits, each with how far looking through so many things has come with it.

    Args:
        share: so many things are looked through for one bit; None where a bit holds all of them.
    """
    done = 0
    for bit in bits:
        done = min(done + (len(bit) if share is None else share), total)
        yield (done, total, ""), bit


def is_aside(progress: Progress | None) -> bool:
    """Tell whether the next slice is for another thread."""
    return progress is SAVING or progress is READING


class Sliced(Generic[P, T]):
    """A computation: called it runs to its end, ``slices`` runs it slice by slice."""

    def __init__(self, compute: Callable[P, Slices[T]]) -> None:
        update_wrapper(self, compute)
        self.slices = compute

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return the result."""
        return whole(self.slices(*args, **kwargs))


def sliced(compute: Callable[P, Slices[T]]) -> Sliced[P, T]:
    """Make a computation out of a generator that yields after each slice and returns the result."""
    return Sliced(compute)


def with_progress(
    slices: Slices[T], reached: Progress = (0, 0, "")
) -> Generator[Progress, None, T]:
    """Run slices whose number nobody knows; the progress says only how far all else is."""
    ended: list[T] = []
    for said in _into(ended, slices):
        yield said or reached
    return ended[0]


def whole(slices: Slices[T]) -> T:
    """Run slices to their end and return the result."""
    ended: list[T] = []
    for _ in _into(ended, slices):
        pass
    return ended[0]


def _into(ended: list[T], slices: Slices[T]) -> Generator[Any, None, None]:
    """Run slices, and put the result into a list at their end."""
    ended.append((yield from slices))
