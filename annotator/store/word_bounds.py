"""How far to look for the first marks by their words, so that not every mark is sorted.

Reading words out of the JSON of hundreds of thousands of marks takes longer than a window may
wait. A sample says before which letters the first ones stand; the beginning of the words is then
compared as text, and only what is left is read and sorted.
"""

from __future__ import annotations

import json
from itertools import takewhile

from annotator.domain.mark_query import MarkQuery
from annotator.store.connection import Database
from annotator.store.mark_conditions import condition_of
from annotator.store.rows import Cell

WORDS = "json_extract(mark.fragments, '$[0][2]') COLLATE NOCASE"
"""The first words of a mark, as they are sorted."""

LARGE = 50_000
"""Fewer marks than these are sorted at once."""

SAMPLE = 1_000
SPARE = 8
"""So many of the sample stand before the bound, at least: chance hardly ever brings fewer marks."""


def bound(db: Database, query: MarkQuery, limit: int) -> tuple[str, tuple[Cell, ...]] | None:
    """Return a condition that the first marks by words meet, and its parameters; None if there is no good one.

    Every mark that meets it not comes after every mark that does, in the order of the query. How
    many meet it is a guess: whoever finds fewer than ``limit`` has to look without it.
    """
    last = int(db.execute("SELECT coalesce(max(rowid), 0) FROM mark").fetchone()[0])
    if last < LARGE or query.article or query.actor or query.source:
        return None
    chosen = range(1, last + 1, last // SAMPLE)
    where, parameters = condition_of(query)
    sql = f"""SELECT json_extract(mark.fragments, '$[0][2]')
        FROM json_each(?) AS wanted CROSS JOIN mark ON mark.rowid = wanted.value
        WHERE {where} ORDER BY 1 COLLATE NOCASE{" DESC" if query.descending else ""}
        LIMIT -1 OFFSET ?"""
    skipped = SPARE + 4 * limit * len(chosen) // last
    for (words,) in db.execute(sql, (json.dumps(list(chosen)), *parameters, skipped)):
        # Letters alone: they come after the quotation mark that ends the words in the JSON, and
        # after the backslash that stands there for the characters that JSON does not allow.
        if letters := "".join(takewhile(str.isalpha, words[:8])):
            begin = f"substr(mark.fragments, instr(mark.fragments, '\"') + 1, {len(letters)})"
            sign = ">=" if query.descending else "<="
            return f"{begin} {sign} ? COLLATE NOCASE", (letters,)
    return None
