"""The index by which copies are found: the prints of each text, and which texts have a print.

It is made from the texts and is no record: it stands in no step, and what is missing is made when
it is asked for.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from annotator.domain.slices import Slices
from annotator.store.connection import Database
from annotator.store.rows import Cell

COMMON = 32
"""A print that more texts have is a phrase of everybody's, or a story everywhere: there each text
is only paired with the next few, which is enough to hold a group together and bounds the work."""

NEXT = 4

Printed: TypeAlias = "tuple[str, array[int]]"
"""The hash of a text, and its prints in order, each once."""

_PLACE_BITS = 24
_PLACE_MASK = 2**_PLACE_BITS - 1

FEW = 100_000
"""So many new prints are looked up one by one; for more the whole index is read in order."""

SHARE = 20_000
"""How many texts are paired at a time, which bounds the memory."""

MOST_PAIRS = 500_000
"""With so many pairs among them, fewer texts are paired at a time."""

PARTS = 8
"""Prints are put in order in so many parts, which takes that much less memory."""

READ = 64
"""So many texts are read at a time."""

COUNTED = 5_000
"""Of so many texts it is read at a time how many prints they have."""

BREATH = 500
"""So many prints are looked at between two breaths."""


_MISSING = "text_sha256 NOT IN (SELECT sha256 FROM shingled)"


STRETCHES = 64
"""The index is read in so many parts when all of it is."""

AT_ONCE = 1_000
"""So many prints are looked up in one breath."""

_AMONG = "hash IN (SELECT value FROM json_each(?))"


def drop_older(db: Database, version: int) -> None:
    """Drop what was indexed in another way; it is missing from then on."""
    if db.execute("SELECT 1 FROM shingled WHERE version <> ? LIMIT 1", (version,)).fetchone():
        db.execute("DELETE FROM shingle")
        db.execute("DELETE FROM shingled")


def count_missing(db: Database) -> int:
    """Return how many texts of articles are not indexed."""
    sql = f"SELECT count(DISTINCT text_sha256) FROM article WHERE {_MISSING}"
    return int(db.execute(sql).fetchone()[0])


def missing(db: Database) -> Iterator[tuple[str, str]]:
    """Yield hash and text of what is not indexed, by hash; it may be indexed meanwhile."""
    sql = f"""SELECT DISTINCT text_sha256, body FROM article JOIN text ON sha256 = text_sha256
        WHERE text_sha256 > ? AND {_MISSING} ORDER BY text_sha256 LIMIT ?"""
    last = ""
    while rows := db.execute(sql, (last, READ)).fetchall():
        yield from rows
        last = rows[-1][0]


def next_number(db: Database) -> int:
    """Return the number that the next indexed text gets."""
    return 1 + int(db.execute("SELECT coalesce(max(number), 0) FROM shingled").fetchone()[0])


def keep(db: Database, found: Sequence[Printed], version: int) -> None:
    """Index texts under the next numbers.

    They are written in the order of the index, or its pages would be turned for each print anew.
    """
    first = next_number(db)
    for number, (sha256, prints) in enumerate(found, first):
        db.conn.execute(
            "INSERT INTO shingled (number, sha256, prints, version) VALUES (?, ?, ?, ?)",
            (number, sha256, len(prints), version),
        )
    db.conn.executemany(
        "INSERT INTO shingle (hash, text) VALUES (?, ?)",
        ((both >> _PLACE_BITS, first + (both & _PLACE_MASK)) for both in _in_order(found)),
    )


def sizes(db: Database, numbers: Iterable[int] | None = None) -> dict[int, tuple[str, int]]:
    """Return hash and number of prints of each indexed text, or of some, by its number."""
    where = "" if numbers is None else "WHERE number IN (SELECT value FROM json_each(?))"
    wanted = () if numbers is None else (json.dumps(sorted(numbers)),)
    rows = db.execute(f"SELECT number, sha256, prints FROM shingled {where}", wanted)
    return {number: (str(sha256), int(prints)) for number, sha256, prints in rows}


def prints_of(db: Database) -> Slices[array[int]]:
    """Return how many prints each indexed text has, at the place of its number: four bytes of each.

    It yields after some thousand texts.
    """
    found = array("I", bytes(array("I").itemsize * next_number(db)))
    for low in range(0, len(found), COUNTED):
        rows = db.execute(
            "SELECT number, prints FROM shingled WHERE number >= ? AND number < ?",
            (low, low + COUNTED),
        )
        for number, prints in rows:
            found[number] = prints
        yield
    return found


def pairs(
    db: Database, first: int = 1, fresh: Sequence[int] = ()
) -> Iterator[tuple[int, int, int] | None]:
    """Yield two texts by their numbers, and how many prints they share, for texts that share any.

    None is yielded now and then while the index is read, so that the caller can take a breath.

    Args:
        first: only pairs of which the later text has this number or a higher one.
        fresh: the prints of those texts, if they are few enough to be looked up one by one.
    """
    last = next_number(db)
    ours = range(1)
    while ours.stop < last:
        ours = range(ours.stop, min(ours.stop + SHARE, last))
        shared: Counter[tuple[int, int]] = Counter()
        for number, texts in enumerate(_lists(db, fresh)):
            shared.update(_paired(texts, first, ours))
            if len(shared) > MOST_PAIRS and len(ours) > 1:
                # The others come in the next round.
                ours = ours[: len(ours) // 2]
                shared = Counter({pair: n for pair, n in shared.items() if pair[0] in ours})
            if number % BREATH == 0 or not texts:
                yield None
        for (one, other), number in sorted(shared.items()):
            yield one, other, number


def _in_order(found: Sequence[Printed]) -> Iterator[int]:
    """Yield each print with the place of its text, by print.

    They are one number, as a million pairs would keep the garbage collector busy.
    """
    # One of each text, from anywhere in it: they lie as all of them do.
    sample = sorted(
        prints[place % len(prints)] for place, (_, prints) in enumerate(found) if prints
    )
    cuts = [sample[len(sample) * part // PARTS] for part in range(1, PARTS)] if sample else []
    for low, high in pairwise([0, *cuts, 1 << 64]):
        yield from sorted(
            print << _PLACE_BITS | place
            for place, (_, prints) in enumerate(found)
            for print in prints[bisect_left(prints, low) : bisect_left(prints, high)]
        )


def _paired(texts: list[int], first: int, ours: range) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(texts):
        if one in ours:
            reach = len(texts) if len(texts) <= COMMON else place + 1 + NEXT
            for other in texts[place + 1 : reach]:
                if other >= first:
                    yield one, other


def _lists(db: Database, fresh: Sequence[int]) -> Iterator[list[int]]:
    """Yield the texts of each print that more than one text has, in the order of their numbers.

    An empty list comes now and then: where no text is like another, nothing else does.
    """
    sql = "SELECT group_concat(text) FROM shingle WHERE {} GROUP BY hash HAVING count(*) > 1"
    where, each = "hash BETWEEN ? AND ?", _stretches(db)
    if fresh:
        pieces = range(0, len(fresh), AT_ONCE)
        where, each = _AMONG, ((json.dumps(fresh[at : at + AT_ONCE]),) for at in pieces)
    for asked in each:
        yield []
        for (texts,) in db.execute(sql.format(where), asked):
            yield sorted(map(int, str(texts).split(",")))


def _stretches(db: Database) -> Iterator[tuple[Cell, ...]]:
    """Yield stretches of the index, each short enough to be read in one breath."""
    # Each by itself is read at an end of the index; both asked for at once, from all of it.
    least, most = db.execute(
        "SELECT (SELECT min(hash) FROM shingle), (SELECT max(hash) FROM shingle)"
    ).fetchone()
    if least is not None:
        length = (most - least) // STRETCHES + 1
        yield from ((low, low + length - 1) for low in range(least, most + 1, length))
