"""What an import did, or would do: counts, what was refused, and a look at each file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace

from annotator.domain.coded import CodedArticle, Read, Remark, TableLook
from annotator.domain.errors import DoubtfulEncoding
from annotator.formats.base import Source
from annotator.services import foreign_labels
from annotator.services.taking import Counts
from annotator.services.wording import counted

MOST_FILES = 2_000
"""So many files are told one by one before the rest is only counted."""

MOST_TITLES = 200
"""So many articles of a file are named."""

MOST_LETTERS = 80
"""An article without a title is called by so many letters of its text."""

SAMPLE_BYTES = 200_000

_ID = re.compile(r"\S*\d\S*")

MANY_PLACES = 4
"""The same sentence about so many places is said once, with the first of them."""


@dataclass(slots=True)
class FileReport:
    """What one file of a dry run brings.

    Attributes:
        format: what it was read as, if anything could read it.
        titles: of its first articles, with “new” or “there already”.
        refused: what was not taken of it, as sentences with their places, the first of them.
        lost: how many items were not taken.
        look: how it looks, if it is a table.
        candidates: encodings to choose from, if it is not UTF-8.
        sample: how its bytes begin, to show in those encodings.
    """

    name: str
    format: str | None = None
    added: Counts = field(default_factory=Counts)
    there: Counts = field(default_factory=Counts)
    titles: list[tuple[str, bool]] = field(default_factory=list)
    refused: list[Remark] = field(default_factory=list)
    lost: int = 0
    notes: list[Remark] = field(default_factory=list)
    look: TableLook | None = None
    candidates: tuple[str, ...] = ()
    sample: bytes = b""


@dataclass(slots=True)
class Report:
    """What an import did.

    Attributes:
        files: how many were read.
        added, there: what is new in the project, and what was in it already.
        refused: what was not taken, with file, line and reason.
        notes: what was taken but deserves a look.
    """

    files: int = 0
    added: Counts = field(default_factory=Counts)
    there: Counts = field(default_factory=Counts)
    refused: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    dry_run: bool = False

    def in_words(self) -> list[str]:
        """Return what was added, what was there and how much was refused, in short sentences."""
        said = [f"{'Would add' if self.dry_run else 'Added'} {self.added.in_words() or 'nothing'}."]
        if self.there.in_words():
            said.append(f"Already there, or in an earlier file: {self.there.in_words()}.")
        if self.refused:
            lost = sum(remark.lost for remark in self.refused)
            said.append(f"Not taken: {counted(lost, 'item')}.")
        if self.notes:
            said.append(f"Worth a look: {counted(len(self.notes), 'item')}.")
        return said

    @property
    def unknown_labels(self) -> dict[str, int]:
        """The labels of other tools that the codebook does not know, and how many marks each cost."""
        return foreign_labels.unknown(self.refused)

    def details(self) -> list[str]:
        """Return a line for each thing refused or worth a look; what is said of many places, in one line."""
        return list(lines((*self.refused, *self.notes)))


class Preview(Report):
    """A dry run that tells of each file.

    Attributes:
        told: the files in the order they were read, the first ``MOST_FILES`` of them.
        beyond: how many files more there were.
    """

    def __init__(self) -> None:
        super().__init__(dry_run=True)
        self.told: list[FileReport] = []
        self.beyond = 0
        self._here = FileReport("")
        self._counts = (Counts(), Counts(), 0, 0)

    def begin(self, source: Source) -> None:
        """Begin to look at a file."""
        self._counts = (
            replace(self.added),
            replace(self.there),
            len(self.refused),
            len(self.notes),
        )
        self._here = FileReport(source.name)
        if len(self.told) < MOST_FILES:
            self.told.append(self._here)
        else:
            self.beyond += 1

    def saw(self, read: Read, format: str, *, is_new: bool) -> None:
        """Note a piece of the file that was begun last."""
        here = self._here
        here.format = format
        here.look = read.look or here.look
        coded = read.coded
        if coded and len(here.titles) < MOST_TITLES:
            here.titles.append((_called(coded), is_new))

    def doubted(self, source: Source, doubt: DoubtfulEncoding) -> None:
        """Note that a person has to choose the encoding of the file."""
        self._here.candidates = doubt.candidates
        self._here.sample = source.head(SAMPLE_BYTES)

    def end(self) -> None:
        """Note what came of the file."""
        here, (added, there, refused, notes) = self._here, self._counts
        here.added = _difference(self.added, added)
        here.there = _difference(self.there, there)
        here.lost = sum(remark.lost for remark in self.refused[refused:])
        here.refused = self.refused[refused:][:MOST_TITLES]
        here.notes = self.notes[notes:][:MOST_TITLES]


def lines(remarks: Iterable[Remark]) -> Iterator[str]:
    """Yield a line for each remark; the same sentence about many places is said once."""
    places: dict[str, list[Remark]] = {}
    for remark in remarks:
        places.setdefault(_without_ids(remark.what), []).append(remark)
    for said in places.values():
        if len(said) < MANY_PLACES:
            yield from map(_line, said)
            continue
        lost = sum(remark.lost for remark in said)
        in_all = f", {counted(lost, 'item')} in all" if lost > len(said) else ""
        more = counted(len(said) - 1, "other place")
        yield f"{_line(said[0])} The same in {more}{in_all}."


def _line(remark: Remark) -> str:
    where = f"{remark.where}: " if remark.where else ""
    return f"{where}{remark.what.removesuffix('.')}."


def _without_ids(what: str) -> str:
    """Return a sentence without the numbers and ids in it; one that quotes something is about that alone."""
    return what if "“" in what else _ID.sub("…", what)


def _called(coded: CodedArticle) -> str:
    """Return what an article is called: its title, its file, or else how its text begins."""
    begins = " ".join(coded.text.text[:MOST_LETTERS].split()) if coded.text else ""
    return coded.meta.title or coded.meta.source_file or begins


def _difference(now: Counts, before: Counts) -> Counts:
    return Counts(
        **{item.name: getattr(now, item.name) - getattr(before, item.name) for item in fields(now)}
    )
