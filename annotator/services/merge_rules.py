"""How two copies of one record are brought together.

Each project knows every form that a record ever had in it. If one copy is a form that the other
project has known and left behind, the other is newer. If each has something the other never saw,
they are in conflict: the copy changed last stands, and an edited record outlives its deletion, so
that nothing is lost; a conflict is always told. The rule is the same from either side, so the
order in which files are merged does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from enum import Enum

from annotator.store.rows import Cell, Row

Named = Mapping[str, Cell]
"""A row with the names of its columns."""

BOOKKEEPING = ("created", "modified", "at", "added", "codebook_version", "shown", "decided")
"""Columns that say when something was said, not what."""

_STAMPS = ("modified", "decided", "at", "created", "added")


class Verdict(Enum):
    """What a merge makes of one record."""

    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    REMOVED = "removed"
    NEWER_HERE = "newer here"
    CONFLICT_OURS = "conflict, ours stands"
    CONFLICT_THEIRS = "conflict, theirs stands"
    UNFIT = "conflict, a link that no longer fits its marks is taken off"


def judge(
    mine: Named | None,
    theirs: Named | None,
    known_here: Collection[Row],
    known_there: Collection[Row],
) -> Verdict:
    """Return what becomes of a record.

    Args:
        mine, theirs: as it is now in either project; None where it is not there.
        known_here, known_there: ``essence`` of every form it ever had in either project.
    """
    if mine is None:
        return Verdict.SAME if theirs is None else _deleted_here(theirs, known_here)
    if theirs is None:
        return _deleted_there(mine, known_there)
    if essence(mine) == essence(theirs):
        return Verdict.SAME
    we_left_theirs = essence(theirs) in known_here
    they_left_ours = essence(mine) in known_there
    if we_left_theirs != they_left_ours:
        return Verdict.CHANGED if they_left_ours else Verdict.NEWER_HERE
    later = order(theirs) > order(mine)
    if says(mine) == says(theirs):
        return Verdict.CHANGED if later else Verdict.NEWER_HERE
    return Verdict.CONFLICT_THEIRS if later else Verdict.CONFLICT_OURS


def judge_moved(
    mine: Named | None, theirs: Named | None, here: Collection[Named], there: Collection[Named]
) -> Verdict:
    """Return what becomes of a mark that may have moved along with the entry that it stands for.

    Moving says nothing new of it, so who did something else with it meanwhile is not contradicted.

    Args:
        here, there: every form it ever had in either project.
    """
    verdict = judge(mine, theirs, set(map(essence, here)), set(map(essence, there)))
    if verdict not in (Verdict.CONFLICT_OURS, Verdict.CONFLICT_THEIRS):
        return verdict
    ours, others = (None if row is None else says(row) for row in (mine, theirs))
    known = ({essence(says(row)) for row in rows} for rows in (here, there))
    by_words = judge(ours, others, *known)
    clear = (Verdict.CHANGED, Verdict.NEWER_HERE, Verdict.REMOVED)
    return by_words if by_words in clear else verdict


def essence(row: Named) -> Row:
    """Return what tells two forms of a record apart."""
    return tuple(cell for name, cell in row.items() if name != "codebook_version")


def says(row: Named) -> dict[str, Cell]:
    """Return what a record says, without when it was said."""
    return {name: cell for name, cell in row.items() if name not in BOOKKEEPING}


def order(row: Named) -> tuple[str, str]:
    """Return what decides which of two conflicting forms stands: the later one, then any fixed order."""
    stamp = next((str(row[name]) for name in _STAMPS if row.get(name)), "")
    return stamp, json.dumps(essence(row), ensure_ascii=False)


def _deleted_here(theirs: Named, known_here: Collection[Row]) -> Verdict:
    if not known_here:
        return Verdict.NEW
    return Verdict.NEWER_HERE if essence(theirs) in known_here else Verdict.CONFLICT_THEIRS


def _deleted_there(mine: Named, known_there: Collection[Row]) -> Verdict:
    if not known_there:
        return Verdict.SAME
    return Verdict.REMOVED if essence(mine) in known_there else Verdict.CONFLICT_OURS
