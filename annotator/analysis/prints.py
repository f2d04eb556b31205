"""The prints of many texts, worked out by numpy: the same as those of ``shingles``, in half the time."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, TypeAlias

from annotator.analysis import shingles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Prints: TypeAlias = "array[int]"
"""The shingles by which a text is looked up, in order, each once."""


def one_by_one(text: str) -> Prints:
    """Return the prints of a text without any library, which takes long to load."""
    return array("Q", sorted(shingles.prints(shingles.shingles(text))))


def load() -> None:
    """Load what ``at_once`` needs; in another thread the window goes on meanwhile."""
    import numpy  # noqa: F401, ICN001


def at_once(text: str) -> Prints:
    """Return the prints of a text, all of its shingles at once."""
    import numpy as np

    hashes = shingles.hashes(text)
    if len(hashes) <= shingles.SHORT + shingles.WORDS:
        return one_by_one(text)
    words = np.fromiter(hashes, np.uint64, len(hashes))
    least = _least(_rolled(words))
    begins = np.flatnonzero(least[1:] != least[:-1]) + 1
    found = np.unique(np.append(least[begins], least[0]))
    return array("Q", found.tobytes())


def _rolled(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the shingle that begins at each word; what goes beyond 64 bits has no part in its 60."""
    import numpy as np

    count = len(words) - shingles.WORDS + 1
    found = words[:count].copy()
    for place in range(1, shingles.WORDS):
        found *= np.uint64(shingles.FACTOR)
        found += words[place : place + count]
    found &= np.uint64(shingles.MASK)
    return found


def _least(found: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the least shingle of each window."""
    import numpy as np

    reach = 1
    while reach < shingles.WINDOW:
        found = np.minimum(found[:-reach], found[reach:])
        reach *= 2
    return found
