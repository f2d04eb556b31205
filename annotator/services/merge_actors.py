"""How two copies of an entry of the actor book are brought together.

What an entry is (its names, whom it belongs to …) and whether it stands are two things: one person
may give a name to an entry that another merges into a third. Both are judged by ``merge_rules``,
each by itself, so that neither is lost and the order of files does not matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from annotator.services.merge_rules import Named, Verdict, essence, judge
from annotator.store import actors
from annotator.store.rows import Cell, Row

NAME, AFFILIATIONS, RETIRED, MERGED_INTO = map(
    actors.TABLE.columns.index, ("name", "affiliations", "retired", "merged_into")
)
"""Places of these cells in the row of an entry."""

_STANDING = (RETIRED, MERGED_INTO)


def join(
    mine: Row, theirs: Row, known_here: Iterable[Row], known_there: Iterable[Row]
) -> tuple[Verdict, Row]:
    """Return what becomes of an entry that is not the same in both projects, and the row that is to stand.

    Args:
        known_here, known_there: every form it ever had in either project.
    """
    if mine == theirs:
        return Verdict.SAME, mine
    here, there = list(known_here), list(known_there)

    def judged(half: Callable[[Row], Named]) -> Verdict:
        known = [{essence(half(row)) for row in rows} for rows in (here, there)]
        return judge(half(mine), half(theirs), *known)

    verdicts = [judged(_being), judged(_standing)]
    being, standing = (theirs if _takes_theirs(verdict) else mine for verdict in verdicts)
    row = replaced(being, {place: standing[place] for place in _STANDING})
    clash = {Verdict.CONFLICT_OURS, Verdict.CONFLICT_THEIRS}.intersection(verdicts)
    if row == mine:
        return Verdict.CONFLICT_OURS if clash else Verdict.NEWER_HERE, row
    if Verdict.CONFLICT_OURS in clash and row != theirs:
        return Verdict.CONFLICT_OURS, row
    return Verdict.CONFLICT_THEIRS if clash else Verdict.CHANGED, row


def replaced(row: Row, cells: dict[int, Cell]) -> Row:
    """Return a row with other cells in some places."""
    return tuple(cells.get(place, cell) for place, cell in enumerate(row))


def _takes_theirs(verdict: Verdict) -> bool:
    return verdict in (Verdict.CHANGED, Verdict.CONFLICT_THEIRS)


def _being(row: Row) -> Named:
    cells = zip(actors.TABLE.columns, row, strict=True)
    return {name: cell for place, (name, cell) in enumerate(cells) if place not in _STANDING}


def _standing(row: Row) -> Named:
    """Return whether an entry stands; of two verdicts that it does not, the one that says who does comes last."""
    if row[MERGED_INTO] is not None:
        return {"standing": f"2 {row[MERGED_INTO]}"}
    return {"standing": "1" if row[RETIRED] else "0"}
