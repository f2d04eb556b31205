"""Who stands in the actor book once files are merged, and whom marks and affiliations name then.

In one file two entries were found to be one, while marks were made for either in the other file:
all of them stand for the entry that is left. So that merging a file again changes nothing, marks and
affiliations are compared as they will be: seen through what the merge makes of the actor book.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from annotator.domain.actor import Affiliation
from annotator.domain.cells import compact
from annotator.domain.identity import Id
from annotator.domain.slices import MANY, Slices, batches
from annotator.services.merge_actors import AFFILIATIONS, MERGED_INTO, NAME, RETIRED, replaced
from annotator.services.merge_entry import Entry, Key
from annotator.services.merge_rules import Verdict
from annotator.services.wording import quoted
from annotator.store import actors, marks
from annotator.store.connection import Database
from annotator.store.rows import Cell, Row
from annotator.store.step_writer import Writer


class Standing:
    """The actor book as a merge will leave it.

    Attributes:
        into: for each entry that another took the place of, the one that is left in the end.
        notes: what is told of entries that stand again.
    """

    def __init__(self, ours: Database, entries: dict[Key, Entry], file: str) -> None:
        self._ours = ours
        self._entries = entries
        self._file = file
        self._rows: dict[Id, Row] = {}
        self._rings: list[tuple[list[Id], Id, Cell]] = []
        self.into: dict[Id, Id] = {}
        self.notes: list[str] = []

    def seen(self, kind: str, row: Row) -> Row:
        """Return a row with the entries that are left in the place of those that it names."""
        if not self.into:
            return row
        if kind == "mark":
            left = self.into.get(str(row[marks.ACTOR]))
            return row if left is None else replaced(row, {marks.ACTOR: left})
        if kind == "actor" and row[AFFILIATIONS] != "[]":
            try:
                old = _bonds(row)
            except (ValueError, TypeError):
                return row  # Whoever takes such a row proves it, and says which file is damaged.
            new = rebound(str(row[0]), old, self.into)
            bonds = compact([[bond.to, bond.since, bond.until] for bond in new])
            return row if old == new else replaced(row, {AFFILIATIONS: bonds})
        return row

    def find(self) -> Slices[None]:
        """Find out who will be left, as the plan is now."""
        self._rows = {}
        for some in actors.TABLE.bits(self._ours, actors.TABLE.names, "retired <> 0", ()):
            self._rows.update((str(row[0]), row) for row in some)
            yield
        for number, entry in enumerate(self._of_the_book(), 1):
            # What is not to stay may yet have to, for what names it.
            row = entry.result or entry.mine or entry.theirs
            if row is not None:
                self._rows[entry.key] = row
            if number % MANY == 0:
                yield
        merged = {
            id: str(row[MERGED_INTO])
            for id, row in self._rows.items()
            if row[MERGED_INTO] is not None
        }
        self._rings = [(ring, *self._way_out(ring)) for ring in map(sorted, rings(merged))]
        for _, left, _ in self._rings:
            del merged[left]
        self.into = left_of(merged)

    def break_rings(self) -> None:
        """Let one entry be left of those that were merged into each other."""
        self._read_results()
        for ring, left, is_out in self._rings:
            self._set(left, is_out)
            *names, last = (quoted(str(self._rows[id][NAME])) for id in ring)
            told = (
                f"{', '.join(names)} and {last} were merged into each other; "
                f"{quoted(str(self._rows[left][NAME]))}"
                if names
                else f"{last} was merged into itself; it"
            )
            self.notes.append(f"{self._file}: {told} {'is left' if is_out else 'stands'}")

    def bring_back(self) -> Slices[None]:
        """Let entries that were taken out of the book stand again where marks stand for them."""
        self._read_results()
        out = {
            id
            for id, row in self._rows.items()
            if row[RETIRED] and row[MERGED_INTO] is None and self._is_there(id)
        }
        if not out:
            return
        for id in (yield from self._named(out)):
            self._set(id, 0)
            self.notes.append(
                f"{self._file}: {quoted(str(self._rows[id][NAME]))} was taken out of the actor book, "
                "but marks stand for it; it is in the book"
            )

    def _of_the_book(self) -> Iterator[Entry]:
        return (entry for entry in self._entries.values() if entry.kind == "actor")

    def _read_results(self) -> None:
        self._rows.update(
            (entry.key, entry.result) for entry in self._of_the_book() if entry.result is not None
        )

    def _is_there(self, id: Id) -> bool:
        entry = self._entries.get(("actor", id))
        return entry is None or entry.result is not None

    def _way_out(self, ring: list[Id]) -> tuple[Id, Cell]:
        """Return which entry of a ring is left, and whether out of the book; the same in every file.

        The first that stands on one side, or at least was merged into none there; else the first.
        """
        forms = ((id, self._form_not_taken(id)) for id in ring)
        ways = [(row[RETIRED], id) for id, row in forms if row and row[MERGED_INTO] is None]
        is_out, left = min(ways, default=(0, ring[0]))
        return left, is_out

    def _form_not_taken(self, id: Id) -> Row | None:
        entry = self._entries.get(("actor", id))
        if entry is None or entry.mine is None or entry.theirs is None:
            return None
        taken = self._rows[id][MERGED_INTO]
        return entry.theirs if entry.mine[MERGED_INTO] == taken else entry.mine

    def _set(self, id: Id, is_out: Cell) -> None:
        """Let an entry be one that was merged into none, in the book or out of it."""
        row = self._rows[id]
        left = self._rows[id] = replaced(row, {RETIRED: is_out, MERGED_INTO: None})
        entry = self._entries.setdefault(
            ("actor", id), Entry("actor", id, row, row, Verdict.NEWER_HERE)
        )
        if left == entry.mine:
            entry.joined = None
            entry.verdict = Verdict.CONFLICT_OURS if entry.is_conflict else Verdict.NEWER_HERE
        else:
            entry.joined = left
            entry.verdict = entry.verdict if entry.is_conflict else Verdict.CHANGED

    def _named(self, out: set[Id]) -> Slices[list[Id]]:
        """Return those of these entries that marks stand for in the end."""
        named: set[Cell] = set()
        for number, entry in enumerate(self._entries.values(), 1):
            if entry.kind == "mark" and entry.result is not None:
                named.add(entry.result[marks.ACTOR])
            if number % MANY == 0:
                yield
        for id, left in ({id: id for id in out} | self.into).items():
            if left in out and left not in named and (yield from self._has_marks(id)):
                named.add(left)
        return sorted(out & named)

    def _has_marks(self, id: Id) -> Slices[bool]:
        """Tell whether a mark of ours that the plan leaves alone stands for an entry."""
        for numbers in marks.numbers_of_actor(self._ours, id):
            for some in batches(numbers):
                found = marks.TABLE.numbered(self._ours, some)
                yield
                if any(("mark", mark.id) not in self._entries for mark in found):
                    return True
        yield
        return False


def move(db: Database, write: Writer, into: Mapping[Id, Id]) -> Slices[int]:
    """Bring what is in the project to the entries that are left, slice by slice; return how many marks.

    The moments of the marks stay as they are, so that every copy of the project comes to the same.
    """
    moved = 0
    for id in sorted(into):
        for numbers in marks.numbers_of_actor(db, id):
            for some in batches(numbers):
                moving = marks.TABLE.numbered(db, some)
                write.put_all([replace(mark, actor=into[id]) for mark in moving])
                moved += len(some)
                yield
        yield
    for some_members in actors.belonging(db) if into else ():
        for member in some_members:
            bonds = rebound(member.id, member.affiliations, into)
            if bonds != member.affiliations:
                write.put(replace(member, affiliations=bonds))
        yield
    return moved


def rebound(
    member: Id, bonds: Iterable[Affiliation], into: Mapping[Id, Id]
) -> tuple[Affiliation, ...]:
    """Return an entry's affiliations to those that are left, each once and none to itself."""
    ends = (replace(bond, to=into.get(bond.to, bond.to)) for bond in bonds)
    return tuple(dict.fromkeys(bond for bond in ends if bond.to != member))


def rings(merged: Mapping[Id, Id]) -> Iterator[list[Id]]:
    """Yield the entries that were merged into each other, so that none of them is left."""
    seen: set[Id] = set()
    for start in merged:
        way: list[Id] = []
        at = start
        while at in merged and at not in seen:
            seen.add(at)
            way.append(at)
            at = merged[at]
        if at in way:
            yield way[way.index(at) :]


def left_of(merged: Mapping[Id, Id]) -> dict[Id, Id]:
    """Return for each merged entry the one that is left in the end; there are no rings."""
    left: dict[Id, Id] = {}
    for start in merged:
        way: list[Id] = []
        at = start
        while at in merged and at not in left:
            way.append(at)
            at = merged[at]
        left.update(dict.fromkeys(way, left.get(at, at)))
    return left


def _bonds(row: Row) -> tuple[Affiliation, ...]:
    return actors.bonds_in(row[AFFILIATIONS])
