"""Choosing, for each record of a damaged project, the form of it that keeps the rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from annotator.domain.article import Annotator, Article
from annotator.domain.codebook import Codebook, CodebookVersion
from annotator.domain.errors import Problem
from annotator.domain.fragment import agree
from annotator.domain.identity import Clock
from annotator.domain.link import Link
from annotator.domain.mark import Mark
from annotator.store.kinds import TABLES
from annotator.store.rows import Row
from annotator.store.salvage import Salvage


@dataclass
class Lost:
    """A record that could not be kept, or only in part: why, and all that is known of it."""

    kind: str
    key: str
    why: str
    data: list[Any] = field(default_factory=list)


class Choosing:
    """Chooses for each record the form that keeps the rules, in the order in which they build on each other."""

    def __init__(
        self,
        found: Salvage,
        texts: Callable[[str], str | None],
        codebook: Codebook,
        clock: Clock,
    ) -> None:
        self._found = found
        self._texts = texts
        self._codebook = codebook
        self._clock = clock
        self.bodies: dict[str, str] = {}
        self.notes: list[str] = []
        self.lost: list[Lost] = []
        self.from_journal = 0
        self._journal_is_whole = True
        self._records: dict[str, dict[str, Any]] = {}

    def all(self) -> dict[str, dict[str, Row]]:
        """Return the rows to keep, by kind and key."""
        replayed = self._found.replayed()
        self._journal_is_whole = self._found.journal_is_whole()
        for kind, table in TABLES.items():
            rows = self._found.records.get(kind, {})
            self._records[kind] = {}
            for key in [*rows, *(key for key in replayed[kind] if key not in rows)]:
                from_journal = _row(table.columns, replayed[kind].get(key))
                candidates = [row for row in (rows.get(key), from_journal) if row is not None]
                if self._journal_is_whole and key not in replayed[kind]:
                    data = [_data(kind, row) for row in candidates]
                    self.lost.append(Lost(kind, key, "no step of the journal made it", data))
                elif candidates:
                    self._choose(kind, key, candidates, key in rows)
            if kind == "codebook":
                self._have_a_codebook()
        return {
            kind: {key: TABLES[kind].encode(record) for key, record in records.items()}
            for kind, records in self._records.items()
        }

    def _choose(self, kind: str, key: str, candidates: Sequence[Row], in_table: bool) -> None:
        reasons = []
        for number, row in enumerate(candidates):
            try:
                record = self._kept(kind, TABLES[kind].decode(row))
            except (Problem, ValueError, TypeError, KeyError, AttributeError) as error:
                reasons.append(str(error) or type(error).__name__)
                continue
            if TABLES[kind].key_of(TABLES[kind].encode(record)) != key:
                reasons.append("its id is not the one it is kept under")
                continue
            self._records[kind][key] = record
            if number or not in_table:
                self.from_journal += 1
            elif len(candidates) > 1 and candidates[0] != candidates[1]:
                self._note_difference(kind, key, candidates)
            return
        self.lost.append(
            Lost(kind, key, "; ".join(reasons), [_data(kind, row) for row in candidates])
        )

    def _note_difference(self, kind: str, key: str, candidates: Sequence[Row]) -> None:
        self.lost.append(
            Lost(
                kind,
                key,
                "the table and the journal differ; what the table has (first) was kept",
                [_data(kind, row) for row in candidates],
            )
        )

    def _kept(self, kind: str, record: Any) -> Any:
        """Return the record, mended where that loses nothing unsaid; raise what speaks against it."""
        match record:
            case Article():
                self._need_text(record)
                replaces = record.replaces
                known = replaces in self._found.records.get("article", {})
                return record if replaces is None or known else replace(record, replaces=None)
            case Mark():
                return self._kept_mark(record)
            case Link():
                return self._kept_link(record)
            case CodebookVersion():
                return replace(record, annotator=self._person(record.annotator))
        if (
            kind in ("state", "suggestion", "adjudication")
            and record.article not in self._records["article"]
        ):
            raise ValueError("its article could not be kept")
        if kind == "apart" and not {record.one, record.other} <= self._records["article"].keys():
            raise ValueError("an article of it could not be kept")
        if kind in ("state", "adjudication", "apart", "release"):
            self._person(record.annotator)
        if kind == "suggestion":
            self._person(record.annotator)
            body = self.bodies[self._records["article"][record.article].text_sha256]
            if not agree(record.fragments, body):
                raise ValueError("its words are not those of the text")
        if kind == "actor" and record.merged_into not in (None, *self._found.records["actor"]):
            return replace(record, merged_into=None)
        return record

    def _need_text(self, article: Article) -> None:
        sha256 = article.text_sha256
        body = self.bodies.get(sha256) or self._found.texts.get(sha256)
        if body is None:
            body = self._texts(sha256)
            if body is None:
                raise ValueError("its text is damaged, and no backup has it")
            self.notes.append(f"The text of “{article.title}” was taken from a backup.")
        if len(body) != article.length:
            raise ValueError("its length is not that of its text")
        self.bodies[sha256] = body

    def _kept_mark(self, mark: Mark) -> Mark:
        article = self._records["article"].get(mark.article)
        if article is None:
            raise ValueError("its article could not be kept")
        if not agree(mark.fragments, self.bodies[article.text_sha256]):
            raise ValueError("its words are not those of the text at its place")
        self._person(mark.annotator)
        book = self._book(mark.made.codebook_version)
        mark = replace(mark, made=replace(mark.made, codebook_version=book.version))
        if mark.actor is not None and mark.actor not in self._records["actor"]:
            self._told(f"The mark “{mark.text[:40]}” is no longer tied to an actor, who is lost.")
            mark = replace(mark, actor=None)
        for name, value in mark.attributes.items():
            try:
                book.codebook.check_attributes(mark.layer, {name: value})
            except Problem as problem:
                rest = {other: kept for other, kept in mark.attributes.items() if other != name}
                self.lost.append(Lost("value", mark.id, str(problem), [{name: value}]))
                mark = replace(mark, attributes=rest)
        book.codebook.check_attributes(mark.layer, mark.attributes)
        return mark

    def _kept_link(self, link: Link) -> Link:
        start = self._records["mark"].get(link.start)
        end = self._records["mark"].get(link.end) if link.end else None
        if start is None or (link.end is not None and end is None):
            raise ValueError("a mark it joins could not be kept")
        for mark in (start, end):
            if mark and (mark.article, mark.annotator, mark.view) != (
                link.article, link.made.annotator, link.view,
            ):  # fmt: skip
                raise ValueError("it joins marks of different articles or annotators")
        book = self._book(link.made.codebook_version)
        book.codebook.check_link(link.type, start.layer, end.layer if end else None)
        return replace(link, made=replace(link.made, codebook_version=book.version))

    def _person(self, id: str | None) -> str | None:
        if id is not None and id not in self._records["annotator"]:
            self._told(f"The name of an annotator was lost; they are called “lost {id[-6:]}” now.")
            self._records["annotator"][id] = Annotator(id, f"lost {id[-6:]}", self._clock())
        return id

    def _book(self, version: int) -> CodebookVersion:
        books: dict[str, CodebookVersion] = self._records["codebook"]
        found = books.get(str(version))
        if found is None:
            self._told(
                f"Version {version} of the codebook was lost; the newest one stands in for it."
            )
            found = max(books.values(), key=lambda book: book.version)
        return found

    def _have_a_codebook(self) -> None:
        if not self._records["codebook"]:
            self._told("The codebook was lost; the default one stands in for it.")
            self._records["codebook"]["1"] = CodebookVersion(1, self._codebook, None, self._clock())

    def _told(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def _row(columns: Sequence[str], values: dict[str, Any] | None) -> Row | None:
    if values is None or any(name not in values for name in columns):
        return None
    return tuple(values[name] for name in columns)


def _data(kind: str, row: Row) -> dict[str, Any]:
    return dict(zip(TABLES[kind].columns, row, strict=True))
