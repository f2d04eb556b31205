"""What readers and writers are given, and what they have to offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Protocol, TextIO, runtime_checkable

from annotator.domain.actor import Actor
from annotator.domain.codebook import Codebook
from annotator.domain.coded import CodedArticle, Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Value
from annotator.domain.text import DecodedText, readable
from annotator.formats.remarks import Remarks


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read; ``name`` is what reports call it."""

    path: Path
    name: str

    @property
    def file_name(self) -> str:
        """Its name without folders, as text that can be stored and shown."""
        return readable(self.path.name)

    def open(self) -> BinaryIO:
        """Open it for reading bytes; raise BadInput with a sentence if it cannot be."""
        try:
            return self.path.open("rb")
        except OSError as error:
            raise BadInput(f"cannot be read ({error.strerror}): check its permissions") from None

    def head(self, length: int = 4096) -> bytes:
        """Return how it begins."""
        with self.open() as file:
            return file.read(length)


@dataclass(frozen=True, slots=True)
class ReadContext:
    """What a reader needs to know to make complete records.

    Attributes:
        annotator: the name given for files that name nobody.
        annotator_id: gives the id of a person by name.
        text_of: gives a text of the project by its SHA-256.
        text_named: gives the text of a file by its name, of this import or beside the source.
        encoding: for files that are not UTF-8, if one was chosen.
        now: the moment of the import.
        labels: what labels of other tools mean here, such as ``{"PER": "actor:person"}``.
        offset_unit: what the offsets of a file count, where it does not show: ``codepoint``,
            ``utf16`` or ``grapheme``.
        rows_of: gives the rows of a table of a foreign database file.
        columns: what the columns of tables mean, our field by column (``{"text": "body"}``);
            fields that it does not name are looked for by their usual names.
        presets: the same for tables with certain columns (see ``columns.key_of_columns``).
        right: values of an import that were looked at and found right, as they are stored, by
            layer, attribute, kind of value and value; only values that a codebook lists.
        wants_cells: whether marks may come as the cells they are stored in (see ``Read.cells``).
    """

    codebook: Codebook
    codebook_version: int
    now: str
    annotator_id: Callable[[str], Id]
    text_of: Callable[[str], str | None]
    text_named: Callable[[str], DecodedText | None]
    annotator: str | None = None
    encoding: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    offset_unit: str | None = None
    rows_of: Callable[[Path, str], Iterable[Mapping[str, Any]]] | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    presets: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    right: dict[tuple[str, str, type, Value], Value] = field(default_factory=dict, repr=False)
    wants_cells: bool = False


@dataclass(slots=True)
class WriteContext:
    """What a writer needs to know; it adds to ``losses`` what the format cannot carry.

    Attributes:
        book: the actor book, for formats that tell whom an actor belongs to.
    """

    codebook: Codebook
    codebook_version: int
    without_text: bool = False
    losses: Remarks = field(default_factory=Remarks)
    book: Mapping[Id, Actor] = field(default_factory=dict)

    def lose(self, where: str, what: str, count: int = 1) -> None:
        """Tell that something could not be carried."""
        self.losses.append(Remark(where, what, count))

    def lose_mark(self, coded: CodedArticle, mark: Mark, why: str) -> None:
        """Tell that a mark could not be carried."""
        self.losses.append(Remark(_place(coded, mark), why, 1, "mark", mark.id))

    def split_mark(self, coded: CodedArticle, mark: Mark) -> None:
        """Tell that a mark of several fragments goes out as a mark for each."""
        what = f"has {len(mark.fragments)} fragments, which went out as marks of their own"
        self.losses.append(Remark(_place(coded, mark), what, 1, "split", mark.id))

    def lose_link(self, coded: CodedArticle, link: Link, why: str) -> None:
        """Tell that a link could not be carried."""
        where = f"{title_of(coded)}, {link.type} link of {link.start[:8]}"
        self.losses.append(Remark(where, why, 1, "link", link.id))

    def lose_values(self, coded: CodedArticle, mark: Mark, names: Iterable[str], why: str) -> None:
        """Tell that values of a mark could not be carried; says nothing if ``names`` is empty."""
        listed = list(names)
        if listed:
            what = f"{', '.join(listed)}: {why}"
            self.losses.append(Remark(_place(coded, mark), what, len(listed), "value", mark.id))


class Reader(Protocol):
    """Reads one format."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """How its files usually end."""

    @property
    def about(self) -> str:
        """What it holds, in a few words."""

    def accepts(self, source: Source, head: bytes) -> bool:
        """Tell whether this is a file of the format (``head`` is how it begins)."""

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield what is in it, piece by piece; what cannot be taken is told in remarks."""


class Writer(Protocol):
    """What all writers tell about themselves."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def suffix(self) -> str:
        """How what it writes usually ends."""

    @property
    def about(self) -> str:
        """What it holds, in a few words."""

    @property
    def cannot_carry(self) -> tuple[str, ...]:
        """What is left out, whatever the project."""

    @property
    def tells_view(self) -> bool:
        """Whether a reader of the file can tell suggestions from marks."""

    @property
    def needs_text(self) -> bool:
        """Whether nothing of it makes sense without the texts of the articles."""


@runtime_checkable
class TextWriter(Writer, Protocol):
    """Writes one text file."""

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write coded articles in the order they come."""


@runtime_checkable
class FolderWriter(Writer, Protocol):
    """Writes several files, which are left as a folder or packed into one file."""

    @property
    def packed(self) -> bool:
        """Whether the files are always packed, whatever the target is called."""

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write coded articles in the order they come into an empty folder."""


def title_of(coded: CodedArticle) -> str:
    """Return what reports call an article."""
    return coded.meta.title or coded.meta.source_file or coded.id or coded.text_sha256[:8]


def _place(coded: CodedArticle, mark: Mark) -> str:
    return f"{title_of(coded)}, {mark.layer} {mark.start}–{mark.end}"
