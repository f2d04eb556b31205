"""What an import did, or would do: counts, what was refused, and a look at each file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, fields, replace
from itertools import chain

from annotator.domain.coded import CodedArticle, Read, Remark, TableLook
from annotator.domain.errors import DoubtfulEncoding
from annotator.formats.base import Source
from annotator.formats.remarks import Remarks
from annotator.services.saying import lines
from annotator.services.wording import counted

MOST_FILES = 2_000
"""So many files that simply come in are told one by one before the rest is only counted, and so many that do not."""

MOST_TITLES = 200
"""So many articles of a file are named."""

MOST_LETTERS = 80
"""An article without a title is called by so many letters of its text."""

SAMPLE_BYTES = 200_000


@dataclass(slots=True)
class Counts:
    """How many records of each kind."""

    articles: int = 0
    marks: int = 0
    links: int = 0
    actors: int = 0
    annotators: int = 0
    states: int = 0

    def in_words(self) -> str:
        """Return ``3 articles, 12 marks``, kinds without any left out."""
        return ", ".join(
            counted(count, item.name.removesuffix("s"))
            for item in fields(self)
            if (count := getattr(self, item.name))
        )


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

    @property
    def is_well(self) -> bool:
        """Whether the file simply comes in, or is there, and asks for nothing."""
        wants = self.candidates or self.look or self.refused or self.notes
        return not wants and bool(self.added.in_words() or self.there.in_words())


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
    refused: Remarks = field(default_factory=Remarks)
    notes: Remarks = field(default_factory=Remarks)
    dry_run: bool = False

    def in_words(self) -> list[str]:
        """Return what was added, what was there and how much was refused, in short sentences."""
        said = [f"{'Would add' if self.dry_run else 'Added'} {self.added.in_words() or 'nothing'}."]
        if self.there.in_words():
            said.append(f"Already there, or in an earlier file: {self.there.in_words()}.")
        if self.refused:
            said.append(f"Not taken: {counted(self.refused.lost, 'item')}.")
        if self.notes:
            said.append(f"Worth a look: {counted(len(self.notes), 'item')}.")
        return said

    @property
    def unknown_labels(self) -> dict[str, int]:
        """The labels of other tools that the codebook does not know, and how many marks each cost."""
        return dict(sorted(self.refused.labels.items()))

    def details(self) -> list[str]:
        """Return a line for each thing refused or worth a look; what is said of many places, in one line."""
        return list(lines(chain(self.refused, self.notes)))

    def as_data(self) -> dict[str, object]:
        """Return what JSON tells of it; the remarks are still as they are."""
        return {
            "files": self.files,
            "added": asdict(self.added),
            "there": asdict(self.there),
            "refused": self.refused,
            "notes": self.notes,
            "dry_run": self.dry_run,
        }


class Preview(Report):
    """A dry run that tells of each file.

    Attributes:
        told: the files in the order they were read, at most ``MOST_FILES`` of those that simply
            come in, and as many of those that want somebody's attention.
        beyond: how many files more there were.
        is_all_well_beyond: whether each of those simply comes in.
    """

    def __init__(self) -> None:
        super().__init__(dry_run=True)
        self.told: list[FileReport] = []
        self.beyond = 0
        self.is_all_well_beyond = True
        self._told = {True: 0, False: 0}
        self._here = FileReport("")
        self._counts = (Counts(), Counts(), 0, 0, 0)
        self._listed: tuple[list[range], list[range]] = ([], [])

    def begin(self, source: Source) -> None:
        """Begin to look at a file."""
        self._counts = (
            replace(self.added),
            replace(self.there),
            len(self.refused),
            len(self.notes),
            self.refused.lost,
        )
        self._here = FileReport(source.name)

    def saw(self, read: Read, format: str, *, is_new: bool) -> None:
        """Note a piece of the file that was begun last."""
        here = self._here
        here.format = format
        here.look = read.look or here.look
        coded = read.article
        if coded and len(here.titles) < MOST_TITLES:
            here.titles.append((_called(coded), is_new))

    def doubted(self, source: Source, doubt: DoubtfulEncoding) -> None:
        """Note that a person has to choose the encoding of the file."""
        self._here.candidates = doubt.candidates
        self._here.sample = source.head(SAMPLE_BYTES)

    def end(self) -> None:
        """Note what came of the file."""
        here, (added, there, refused, notes, lost) = self._here, self._counts
        here.added = _difference(self.added, added)
        here.there = _difference(self.there, there)
        here.lost = self.refused.lost - lost
        here.refused = self.refused[refused : refused + MOST_TITLES]
        here.notes = self.notes[notes : notes + MOST_TITLES]
        is_well = here.is_well
        if self._told[is_well] == MOST_FILES:
            self.beyond += 1
            self.is_all_well_beyond &= is_well
            return
        self._told[is_well] += 1
        self.told.append(here)
        self._listed[0].append(range(refused, refused + len(here.refused)))
        self._listed[1].append(range(notes, notes + len(here.notes)))

    def unlisted(self) -> Iterator[Remark]:
        """Yield what was refused or is worth a look and stands with none of the files told."""
        for remarks, listed in zip((self.refused, self.notes), self._listed, strict=True):
            yield from _outside(remarks, listed)


def _outside(remarks: Iterable[Remark], listed: Iterable[range]) -> Iterator[Remark]:
    """Yield the remarks that stand in none of the ranges, which come in order."""
    ranges = iter(listed)
    here = next(ranges, None)
    for place, remark in enumerate(remarks):
        while here is not None and place >= here.stop:
            here = next(ranges, None)
        if here is None or place < here.start:
            yield remark


def _called(coded: CodedArticle) -> str:
    """Return what an article is called: its title, how its text begins, or else its file."""
    begins = " ".join(coded.text.text[:MOST_LETTERS].split()) if coded.text else ""
    return coded.meta.title or begins or coded.meta.source_file or ""


def _difference(now: Counts, before: Counts) -> Counts:
    return Counts(
        **{item.name: getattr(now, item.name) - getattr(before, item.name) for item in fields(now)}
    )
