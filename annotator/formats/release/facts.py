"""What card, datasheet and Croissant tell about a release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.domain.codebook import Codebook
from annotator.domain.release import About, Texts

NOT_KNOWN = "Not known."


@dataclass(frozen=True, slots=True)
class File:
    """A file of the release: its path within the folder, its hash, size in bytes, and lines."""

    path: str
    sha256: str
    size: int
    lines: int


@dataclass(frozen=True, slots=True)
class Measured:
    """One coefficient of agreement, as tables tell it."""

    layer: str
    about: str
    measure: str
    value: str
    interval: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the written parts are made of.

    Attributes:
        uuid: names the dataset where it has no address.
        day: ISO date it was published.
        articles: how many are in each split.
        left_out: how many are only in the annotations, as nobody adjudicated them yet.
        annotations: lines of annotators.
        marks: in the splits, by layer.
        origins: in the splits, how many marks came about in which way.
        per_article: how many annotators finished an article, with how many articles.
        suggesters: name and version of what proposed marks that were accepted.
        publishers: with how many articles, the most first.
        groups: of copies, with two articles or more.
        loose: dates that are not all whole days; see ``fields``.
        nearest: the largest share of words in common between articles of different splits;
            None where it is below what is looked for.
    """

    about: About
    version: str
    uuid: str
    day: str
    texts: Texts
    codebook: Codebook
    codebook_version: int
    program: str
    articles: Mapping[str, int]
    left_out: int
    annotations: int
    people: int
    marks: Mapping[str, int]
    origins: Mapping[str, int]
    per_article: Mapping[int, int]
    suggesters: tuple[tuple[str, str], ...]
    languages: tuple[str, ...]
    publishers: tuple[tuple[str, int], ...]
    first_day: str
    last_day: str
    method: str
    seed: int
    groups: int
    nearest: float | None
    loose: frozenset[str]
    agreement: tuple[Measured, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[File, ...] = field(default=())

    @property
    def total(self) -> int:
        """How many articles are in splits."""
        return sum(self.articles.values())

    @property
    def title(self) -> str:
        """The title, or the name."""
        return self.about.title or self.about.name

    @property
    def address(self) -> str:
        """Where it is found; a URN where it has no address."""
        return self.about.url or f"urn:uuid:{self.uuid}"

    def lines_of(self, path: str) -> int:
        """Return how many lines a file has."""
        return next((file.lines for file in self.files if file.path == path), 0)
