"""Shingles of a text: its runs of five words, hashed, by which copies are known.

Words are compared in NFKC form and lower case, without by-lines, agency tags and lines such as
“Sign up for our newsletter”, which papers add and take away. Hashes are the same on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

VERSION = 1
"""Grows when the same text would get other shingles, so that kept ones are made anew."""

WORDS = 5
"""How many words make a shingle."""

WINDOW = 16
"""Of so many shingles in a row one is a print at least: texts that share a passage of
``WORDS + WINDOW - 1`` words share a print."""

SHORT = 64
"""A text with so many shingles or fewer is looked up by all of them."""

MASK = 2**60 - 1
FACTOR = 0x5851F42D4C957F2D & MASK
"""A shingle is a polynomial in this odd number, so that it rolls on from word to word."""
_LEAVING = pow(FACTOR, WORDS, 2**60)
_VOCABULARY = 60_000
"""How many different words are kept at hand, which bounds the memory."""

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
"""A word; where scripts leave no space between words, a character."""

_AROUND = re.compile(
    r"""^[^\n]{0,60}\((?i:reuters|ap|afp|dpa|upi|ansa|efe|tass|xinhua|pa)\)[ ]*[-–—]+
    |^(?i:by)[ ](?:[A-Z][\w.'’-]*[ ,]*(?:and[ ])?){1,8}$
    |^[^\n]{0,40}(?i:©|\(c\)[ ]|copyright[ ]|all[ ]rights[ ]reserved)[^\n]{0,160}$
    |^[^\n]{0,40}(?i:sign[ ]up[ ](?:for|to)|subscribe[ ](?:to|now)|follow[ ]us[ ]on|read[ ]more:)[^\n]{0,160}$
    """,
    re.MULTILINE | re.VERBOSE,
)


class _Hashes(dict[str, int]):
    """The hashes of words met so far."""

    def __missing__(self, word: str) -> int:
        """Make the hash of a new word, the same on every machine."""
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        made = self[word] = int.from_bytes(digest, "big") & MASK
        return made


_hashes = _Hashes()


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    kept = _AROUND.sub("", text)
    if not kept.isascii():
        kept = unicodedata.normalize("NFKC", kept)
    return _WORD.findall(kept.lower())


def hashes(text: str) -> list[int]:
    """Return the words of a text as they are compared, each as a 60-bit hash."""
    if len(_hashes) > _VOCABULARY:
        _hashes.clear()
    return list(map(_hashes.__getitem__, words(text)))


def shingles(text: str) -> list[int]:
    """Return the shingle that begins at each word, as 60-bit hashes, in the order of the text.

    A text of fewer than five words is one shingle; one without words has none.
    """
    found = hashes(text)
    rolling = 0
    for hash in found[:WORDS]:
        rolling = (rolling * FACTOR + hash) & MASK
    return [rolling] * bool(found) + [
        rolling := (rolling * FACTOR + new - old * _LEAVING) & MASK
        for old, new in zip(found, found[WORDS:], strict=False)
    ]


def prints(found: list[int]) -> frozenset[int]:
    """Return the few shingles by which a text is looked up: the least of each window of sixteen.

    Of a short text all are kept, so that a note of twenty words is found as well.
    """
    if len(found) <= SHORT:
        return frozenset(found)
    least = found
    reach = 1
    while reach < WINDOW and len(least) > reach:
        least = [a if a < b else b for a, b in zip(least, least[reach:], strict=False)]
        reach *= 2
    return frozenset(least)


def containment(one: frozenset[int], other: frozenset[int]) -> float:
    """Return how much of the shorter text stands in the other: shared shingles by those it has."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0
