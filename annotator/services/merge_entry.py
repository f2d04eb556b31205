"""A record in which two projects differ, and what a merge makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from annotator.services.merge_rules import Named, Verdict, essence
from annotator.store.kinds import TABLES
from annotator.store.rows import Row

Key = tuple[str, str]
"""Kind and key of a record."""

_TAKEN = (
    Verdict.NEW,
    Verdict.CHANGED,
    Verdict.REMOVED,
    Verdict.CONFLICT_THEIRS,
    Verdict.UNFIT,
)


@dataclass(slots=True)
class Entry:
    """One record that is not the same in both projects.

    Attributes:
        mine, theirs: rows in our ids; None where there is none.
        joined: the row that is to stand where it is neither of them.
        came: their row as it came, where ``theirs`` names other entries of the actor book.
    """

    kind: str
    key: str
    mine: Row | None
    theirs: Row | None
    verdict: Verdict
    joined: Row | None = None
    came: Row | None = None

    def see(self, seen: Callable[[str, Row], Row]) -> None:
        """Let the rows name the entries of the actor book that are left of those that were merged."""
        if self.mine is not None:
            self.mine = seen(self.kind, self.mine)
        if self.theirs is not None and (row := seen(self.kind, self.theirs)) != self.theirs:
            self.came, self.theirs = self.theirs, row

    @property
    def is_alike(self) -> bool:
        """Tell whether both have the record and say the same of it."""
        if self.mine is None or self.theirs is None:
            return False
        return essence(named(self.kind, self.mine)) == essence(named(self.kind, self.theirs))

    @property
    def takes_theirs(self) -> bool:
        """Tell whether their form, or its absence, is to stand."""
        return self.verdict in _TAKEN

    @property
    def is_written(self) -> bool:
        """Tell whether another form than ours is to stand, or none."""
        return self.takes_theirs or self.joined is not None

    @property
    def is_conflict(self) -> bool:
        """Tell whether both sides have something that the other never saw."""
        return self.verdict in (Verdict.CONFLICT_OURS, Verdict.CONFLICT_THEIRS, Verdict.UNFIT)

    @property
    def result(self) -> Row | None:
        """The row that is to stand; None if none is."""
        if self.verdict is Verdict.UNFIT:
            return None
        if self.joined is not None:
            return self.joined
        return self.theirs if self.takes_theirs else self.mine


def named(kind: str, row: Row) -> Named:
    """Return a row of a kind with the names of its columns."""
    return dict(zip(TABLES[kind].columns, row, strict=True))
