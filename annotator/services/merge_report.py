"""What a merge did, or would do, in numbers and in sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from annotator.domain.slices import MANY, Slices
from annotator.services.merge_entry import Entry
from annotator.services.merge_plan import Plan
from annotator.services.merge_rules import Verdict, says
from annotator.services.wording import counted, quoted
from annotator.store import annotators, articles
from annotator.store.connection import Database
from annotator.store.kinds import TABLES

CATEGORIES = {
    Verdict.NEW: "new",
    Verdict.CHANGED: "changed",
    Verdict.REMOVED: "removed",
    Verdict.SAME: "same",
    Verdict.NEWER_HERE: "newer here",
    Verdict.CONFLICT_OURS: "conflicting",
    Verdict.CONFLICT_THEIRS: "conflicting",
    Verdict.UNFIT: "conflicting",
}

Counts = dict[str, dict[str, int]]


@dataclass(slots=True)
class Report:
    """What a merge did.

    Attributes:
        counts: by category (new, changed, removed, same, newer here, conflicting), then by kind.
        unknown_texts: articles whose text the project did not have; they were added.
        writes: how many records become others than they were.
        conflicts: what both sides changed; each sentence says what stands.
        notes: what deserves a look.
    """

    files: int = 0
    counts: Counts = field(default_factory=dict)
    writes: int = 0
    unknown_texts: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    dry_run: bool = False

    @property
    def changes_anything(self) -> bool:
        """Tell whether the project is, or would be, another one afterwards."""
        return self.writes > 0

    def count(self, plan: Plan) -> Slices[None]:
        """Add what a plan does to the counts, slice by slice."""
        for kind, count in plan.same.items():
            self._add("same", kind, count)
        for number, entry in enumerate(plan.entries.values(), 1):
            self._add(CATEGORIES[entry.verdict], entry.kind, 1)
            if number % MANY == 0:
                yield

    def _add(self, category: str, kind: str, count: int) -> None:
        kinds = self.counts.setdefault(category, {})
        kinds[kind] = kinds.get(kind, 0) + count

    def in_words(self) -> list[str]:
        """Return the counts in short sentences."""
        lines = []
        for category in dict.fromkeys(CATEGORIES.values()):
            kinds = self.counts.get(category)
            if kinds or category == "new":
                words = ", ".join(
                    counted(count, NAMES.get(kind, kind)) for kind, count in (kinds or {}).items()
                )
                lines.append(f"{category[:1].upper()}{category[1:]}: {words or 'nothing'}.")
        if self.unknown_texts:
            lines.append(f"Unknown texts, added: {len(self.unknown_texts)}.")
        if self.dry_run:
            lines.append("This was a trial: nothing was changed.")
        return lines

    def details(self) -> list[str]:
        """Return a line for each conflict, unknown text and note."""
        return [
            *(f"{conflict}." for conflict in self.conflicts),
            *(f"{title}: the text was not in the project." for title in self.unknown_texts),
            *(f"{note}." for note in self.notes),
        ]


NAMES = {"state": "verdict", "adjudication": "decision"}
"""What people call records, where the store calls them otherwise."""


class Wording:
    """Says in words what is in conflict."""

    def __init__(self, ours: Database, theirs: Database, file: str) -> None:
        self._file = file
        self._sides = ours, theirs
        self._people = {
            person.id: person.name for db in (theirs, ours) for person in annotators.all(db)
        }

    def person(self, id: str) -> str:
        """Return the name of a person of either project."""
        return self._people.get(id, "somebody")

    def title(self, article: str) -> str:
        """Return the title of an article of either project."""
        found = (articles.TABLE.get(db, article) for db in self._sides)
        return next((one.title for one in found if one), "")

    def conflict(self, entry: Entry) -> str:
        """Return what two sides say of one record, and which stands."""
        if entry.verdict is Verdict.UNFIT:
            return (
                f"{self._file}: {self._named(entry)} was taken off, "
                "for one of its marks is of another layer, or another adjudicator's, now"
            )
        stands = "the one in the file stands" if entry.takes_theirs else "ours stands"
        if entry.joined not in (None, entry.theirs):
            stands = "what stands has something of both"
        if entry.mine is None or entry.theirs is None:
            who = "here" if entry.mine is None else "there"
            return f"{self._file}: {self._named(entry)} was deleted {who}, but changed or used on the other side; it was kept"
        differ = "; ".join(self._differences(entry))
        return f"{self._file}: {self._named(entry)} was changed on both sides ({differ}); {stands}"

    def _named(self, entry: Entry) -> str:
        cells = self._cells(entry)
        words = {
            "mark": f"{cells.get('layer')} {quoted(_slices(cells.get('fragments')))}",
            "link": f"a {cells.get('type')} link",
            "apart": "a pair of articles told apart",
            "state": f"the verdict on {cells.get('layer')}",
            "actor": f"the actor {quoted(str(cells.get('name')))}",
            "article": f"the article {quoted(self.title(entry.key))}",
        }.get(entry.kind, f"a {entry.kind}")
        person = self._people.get(str(cells.get("annotator")), "")
        title = self.title(str(cells.get("article")))
        return (
            words + (f" of {person}" if person else "") + (f" in {quoted(title)}" if title else "")
        )

    def _cells(self, entry: Entry) -> dict[str, object]:
        row = entry.mine if entry.mine is not None else entry.theirs
        return dict(zip(TABLES[entry.kind].columns, row or (), strict=True))

    def _differences(self, entry: Entry) -> Iterator[str]:
        columns = TABLES[entry.kind].columns
        mine, theirs = (
            says(dict(zip(columns, row or (), strict=True))) for row in (entry.mine, entry.theirs)
        )
        for column in mine:
            if mine[column] == theirs[column] or column in ("start", "end"):
                continue
            if column == "attributes":
                yield from _value_differences(str(mine[column]), str(theirs[column]))
            elif column == "fragments":
                yield f"words: {quoted(_slices(mine[column]))} here, {quoted(_slices(theirs[column]))} there"
            else:
                yield f"{column}: {_shown(mine[column])} here, {_shown(theirs[column])} there"


def _value_differences(mine: str, theirs: str) -> Iterator[str]:
    ours, others = json.loads(mine), json.loads(theirs)
    for name in sorted(ours.keys() | others.keys()):
        if ours.get(name) != others.get(name):
            yield f"{name}: {_shown(ours.get(name))} here, {_shown(others.get(name))} there"


def _shown(value: object) -> str:
    return "nothing" if value is None or value == "" else quoted(str(value))


def _slices(cell: object) -> str:
    return " … ".join(part[2] for part in json.loads(str(cell))) if cell else ""
