"""What a merge will do to each record, decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from annotator.domain.codebook import Codebook
from annotator.domain.errors import BadInput, Problem, Refused
from annotator.domain.fragment import agree
from annotator.domain.mark import Mark
from annotator.domain.slices import READING, Progress, Slices
from annotator.services.merge_actors import join
from annotator.services.merge_entry import Entry, Key, named
from annotator.services.merge_names import Names
from annotator.services.merge_rules import Named, Verdict, essence, judge, judge_moved
from annotator.services.merge_standing import Standing
from annotator.store import articles
from annotator.store.connection import CAN_WAIT_ASIDE, Database
from annotator.store.kinds import TABLES
from annotator.store.knowledge import gone, known_rows, referred, referring, rows_by_article
from annotator.store.rows import Row

KINDS = tuple(kind for kind in TABLES if kind not in ("codebook", "release"))
"""What is merged record by record; releases are those of one file and stay with it."""

AT_ONCE = 10
"""So many records are looked at between two frames of a window: each may have to come from the disk."""


class Plan:
    """The records in which two projects differ, and what becomes of each.

    Attributes:
        same: how many records of each kind are alike.
        standing: who is left of the entries of the actor book that were merged.
    """

    def __init__(
        self, ours: Database, theirs: Database, names: Names, codebook: Codebook, file: str
    ) -> None:
        self._ours = ours
        self._theirs = theirs
        self._names = names
        self._codebook = codebook
        self._file = file
        self._unusable = {article.id for article in names.unusable}
        self._text: tuple[str, str] = ("", "")
        self.entries: dict[Key, Entry] = {}
        self.same: dict[str, int] = {}
        self.standing = Standing(ours, self.entries, file)

    def build(self) -> Iterator[Progress | None]:
        """Compare everything, slice by slice.

        Raises:
            BadInput: the other file contradicts itself.
        """
        for kind in KINDS:
            yield from self._compare_all(kind)
            if kind == "actor":
                yield from self._find_who_stands()
        yield from self._keep_what_is_needed()
        yield from self.standing.bring_back()
        yield from self._take_off_what_no_longer_fits()

    def _compare_all(self, kind: str) -> Iterator[Progress | None]:
        for number, row in enumerate(rows_by_article(self._theirs, kind), 1):
            self._compare(kind, row)
            if number % AT_ONCE == 0:
                yield None
        if CAN_WAIT_ASIDE:
            yield READING
        missing = gone(self._theirs, kind)
        # Only SQLite works beside the window: Python there would take from it what it needs.
        yield None
        for number, key in enumerate(missing, 1):
            self._compare_gone(kind, key)
            if number % AT_ONCE == 0:
                yield None

    def _find_who_stands(self) -> Slices[None]:
        yield from self.standing.find()
        yield from self._judge_the_book_again()
        self.standing.break_rings()

    def _judge_the_book_again(self) -> Slices[None]:
        """Let the entries of the book name those that are left: that is no change of anybody's."""
        if not self.standing.into:
            return
        book = [entry for entry in self.entries.values() if entry.kind == "actor"]
        for number, entry in enumerate(book, 1):
            entry.see(self.standing.seen)
            self._judge(entry, entry.key)
            if number % AT_ONCE == 0:
                yield

    def _compare(self, kind: str, row: Row) -> None:
        table = TABLES[kind]
        their_key = table.key_of(row)
        if self._names.is_ours(kind, their_key):
            self._count_same(kind)
            return
        theirs = self._names.translated(kind, row)
        if self._is_unusable(kind, theirs):
            return
        key = table.key_of(theirs)
        mine = table.row(self._ours, key)
        if mine == theirs:
            self._count_same(kind)
            return
        entry = Entry(kind, key, mine, theirs, Verdict.SAME)
        entry.see(self.standing.seen)
        if entry.is_alike:
            self._count_same(kind)
            return
        self._judge(entry, their_key)
        self.entries[kind, key] = entry

    def _judge(self, entry: Entry, their_key: str) -> None:
        kind, mine, theirs = entry.kind, entry.mine, entry.theirs
        seen = partial(self.standing.seen, kind)
        were_there = self._known_there(kind, their_key)
        were_here = [] if theirs is None else known_rows(self._ours, kind, entry.key)
        here, there = list(map(seen, were_here)), list(map(seen, were_there))
        if kind == "actor" and mine is not None and theirs is not None:
            entry.verdict, row = join(mine, theirs, here, there)
            entry.joined = None if row in (mine, theirs) else row
        else:
            ours, others = (None if row is None else named(kind, row) for row in (mine, theirs))
            forms = [[named(kind, row) for row in rows] for rows in (here, there)]
            if kind == "mark" and (here, there) != (were_here, were_there):
                entry.verdict = judge_moved(ours, others, *forms)
            else:
                entry.verdict = judge(ours, others, *(set(map(essence, rows)) for rows in forms))
        if entry.is_written and theirs is not None:
            self._prove(entry)

    def _compare_gone(self, kind: str, their_key: str) -> None:
        if self._names.is_ours(kind, their_key):
            return
        table = TABLES[kind]
        known = self._known_there(kind, their_key)
        if not known:
            return
        key = table.key_of(known[-1])
        mine = table.row(self._ours, key)
        if mine is None or self._is_unusable(kind, mine):
            return
        entry = Entry(kind, key, mine, None, Verdict.SAME)
        entry.see(self.standing.seen)
        self._judge(entry, their_key)
        self.entries[kind, key] = entry

    def _known_there(self, kind: str, key: str) -> list[Row]:
        try:
            rows = known_rows(self._theirs, kind, key)
            known = [self._names.translated(kind, row) for row in rows]
            hash(tuple(known))  # A cell that is a list or an object cannot be compared.
        except (ValueError, TypeError, KeyError) as error:
            raise BadInput(
                f"{self._file} is damaged: what its history says of the {kind} {key} cannot be read. "
                "Run “annotator check” on it."
            ) from error
        return known

    def _count_same(self, kind: str) -> None:
        self.same[kind] = self.same.get(kind, 0) + 1

    def _is_unusable(self, kind: str, row: Row) -> bool:
        cells = named(kind, row)
        if kind == "apart":
            pair = {cells["one"], cells["other"]}
            return len(pair) == 1 or not pair.isdisjoint(self._unusable)
        return (cells["id"] if kind == "article" else cells.get("article")) in self._unusable

    def _prove(self, entry: Entry) -> None:
        """Raise BadInput unless the record can be read, and a mark stands where it says."""
        try:
            record = TABLES[entry.kind].decode(entry.theirs or ())
        except (Problem, ValueError, TypeError, KeyError) as error:
            raise BadInput(
                f"{self._file} is damaged: its {entry.kind} {entry.key} cannot be read ({error}). "
                "Run “annotator check” on it."
            ) from error
        if isinstance(record, Mark) and not agree(record.fragments, self._text_of(record)):
            raise BadInput(
                f"{self._file} is damaged: its {record.layer} “{record.text[:40]}” does not stand where it "
                "says. Run “annotator check” on it."
            )

    def _text_of(self, mark: Mark) -> str:
        if self._text[0] != mark.article:
            their_id = next(
                (id for id, ours in self._names.articles.items() if ours == mark.article),
                mark.article,
            )
            article = articles.TABLE.get(self._theirs, their_id)
            body = articles.text(self._theirs, article.text_sha256) if article else None
            self._text = (mark.article, body or "")
        return self._text[1]

    # What stands must have everything that it names

    def _keep_what_is_needed(self) -> Slices[None]:
        waiting = list(self.entries.values())
        while waiting:
            if len(waiting) % AT_ONCE == 0:
                yield
            entry = waiting.pop()
            if entry.result is not None:
                waiting += self._bring_what_it_names(entry)
            elif entry.verdict is Verdict.REMOVED and self._is_named(entry):
                entry.verdict = Verdict.CONFLICT_OURS

    def _bring_what_it_names(self, entry: Entry) -> list[Entry]:
        """Let stand again what a standing record names; return those entries."""
        brought = []
        for key in referred(entry.kind, entry.result or ()):
            target = self.entries.get(key)
            if target is not None and target.result is None:
                target.verdict = (
                    Verdict.CONFLICT_OURS if target.mine is not None else Verdict.CONFLICT_THEIRS
                )
                if target.takes_theirs:
                    self._prove(target)
                brought.append(target)
        return brought

    def _is_named(self, entry: Entry) -> bool:
        for other in referring(self._ours, entry.kind, entry.key):
            planned = self.entries.get(other)
            if planned is None or planned.result is not None:
                return True
        return False

    # A mark that one side moved to another layer, or that another adjudicator accepted, may have
    # links of the other side

    def _take_off_what_no_longer_fits(self) -> Slices[None]:
        for entry in self._links_of_moved_marks():
            if entry is None:
                yield
            elif not self._fits(named("link", entry.result or ())):
                entry.verdict = Verdict.UNFIT
                self.entries["link", entry.key] = entry

    def _fits(self, link: Named) -> bool:
        ends = [self._mark(link[name]) for name in ("start", "end") if link[name] is not None]
        if any(mark["annotator"] != link["annotator"] for mark in ends):
            return False
        layers = [str(mark["layer"]) for mark in ends]
        try:
            self._codebook.check_link(
                str(link["type"]), layers[0], layers[1] if len(layers) > 1 else None
            )
        except Refused:
            return False
        return True

    def _links_of_moved_marks(self) -> Iterator[Entry | None]:
        """Yield the links, and None wherever the window may take a turn."""
        moved: set[str] = set()
        links = []
        for number, entry in enumerate(self.entries.values(), 1):
            if entry.kind == "link":
                links.append(entry)
            elif entry.kind == "mark" and entry.mine and entry.theirs:
                moved |= {entry.key} if _home(entry.mine) != _home(entry.theirs) else set()
            if number % AT_ONCE == 0:
                yield None
        for number, entry in enumerate(links, 1):
            if entry.result is not None and _ends(entry.result) & moved:
                yield entry
            elif number % AT_ONCE == 0:
                yield None
        for mark in moved:
            yield None
            for kind, key in referring(self._ours, "mark", mark):
                if (kind, key) not in self.entries:
                    row = TABLES[kind].row(self._ours, key)
                    yield Entry(kind, key, row, row, Verdict.SAME)

    def _mark(self, key: object) -> Named:
        entry = self.entries.get(("mark", str(key)))
        row = entry.result if entry else TABLES["mark"].row(self._ours, str(key))
        return named("mark", row or ())


def _ends(row: Row) -> set[str]:
    cells = named("link", row)
    return {str(cells["start"]), str(cells["end"])}


def _home(row: Row) -> tuple[object, object]:
    cells = named("mark", row)
    return cells["layer"], cells["annotator"]
