"""An article: a frozen text with its metadata, an annotator, and the state of their work on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.domain.errors import Refused
from annotator.domain.identity import Id


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known about an article beside its text; None is “not known”.

    Attributes:
        published: ISO date, optionally with time and zone, as the source gave it.
        language: BCP 47 tag.
        source_file: name of the file it came from, without its folder.
        extra: free further fields.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    licence: str | None = None
    source_file: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class TextSource:
    """How the frozen text came out of the bytes it was imported from (see ``text.DecodedText``)."""

    encoding: str
    newlines: str
    had_bom: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the project; its text is kept apart under ``text_sha256``.

    Attributes:
        length: of the text, in code points.
        position: where it stands in the list of the project.
        replaces: the article this one is a corrected version of.
    """

    id: Id
    meta: Meta
    text_sha256: str
    length: int
    source: TextSource
    added: str
    position: int
    split: str | None = None
    duplicate_group: str | None = None
    replaces: Id | None = None
    note: str = ""

    @property
    def title(self) -> str:
        """The title, or what else names it: its file, or the start of its id."""
        return self.meta.title or self.meta.source_file or f"Article {self.id[:8]}"


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person who codes; ``name`` is unique in the project."""

    id: Id
    name: str
    created: str
    retired: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise Refused("An annotator needs a name.")
        if any("\ud800" <= sign <= "\udfff" for sign in self.name):
            raise Refused("The name of an annotator has half a character in it: write it again.")


class Verdict(StrEnum):
    """How far an annotator is with one layer of one article."""

    OPEN = "open"
    DONE = "done"
    NOTHING_FOUND = "nothing found"


@dataclass(frozen=True, slots=True)
class State:
    """The verdict of one annotator on one layer of one article."""

    article: Id
    annotator: Id
    layer: str
    verdict: Verdict
    at: str

    @property
    def id(self) -> str:
        """What names it in the journal."""
        return f"{self.article}/{self.annotator}/{self.layer}"
