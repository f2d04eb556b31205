"""What readers and writers are given, and what they have to offer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Protocol, TextIO

from annotator.domain.codebook import Codebook
from annotator.domain.coded import CodedArticle, Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.identity import Id
from annotator.domain.text import DecodedText


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read; ``name`` is what reports call it."""

    path: Path
    name: str

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
    """

    codebook: Codebook
    codebook_version: int
    now: str
    annotator_id: Callable[[str], Id]
    text_of: Callable[[str], str | None]
    text_named: Callable[[str], DecodedText | None]
    annotator: str | None = None
    encoding: str | None = None


@dataclass(slots=True)
class WriteContext:
    """What a writer needs to know; it adds to ``losses`` what the format cannot carry."""

    codebook: Codebook
    codebook_version: int
    without_text: bool = False
    losses: list[Remark] = field(default_factory=list)

    def lose(self, where: str, what: str, count: int = 1) -> None:
        """Tell that something could not be carried."""
        self.losses.append(Remark(where, what, count))


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
        """Tell whether this is a file of the format."""

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield what is in it, piece by piece; what cannot be taken is told in remarks."""


class Writer(Protocol):
    """Writes one format."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""

    @property
    def suffix(self) -> str:
        """How its files end."""

    @property
    def about(self) -> str:
        """What it holds, in a few words."""

    @property
    def cannot_carry(self) -> tuple[str, ...]:
        """What is left out, whatever the project."""

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write coded articles in the order they come."""
