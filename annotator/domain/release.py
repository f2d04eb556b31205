"""A release: a frozen, versioned dataset folder, and what the project remembers of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.errors import Refused
from annotator.domain.identity import Id

Version = tuple[int, int, int]
"""Major, minor, patch: meaning or ids changed, articles were added, corrections."""

_VERSION = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})", re.ASCII)

_SHORT = re.compile(r"\d+(\.\d+)?", re.ASCII)


def version_of(written: str) -> Version:
    """Return the three numbers of a version such as ``1.2.0``.

    Raises:
        Refused: it is not written so.
    """
    match = _VERSION.fullmatch(written)
    if not match:
        raise Refused(f"“{written}” is no version: write three numbers with dots, such as 1.0.0.")
    major, minor, patch = map(int, match.groups())
    return major, minor, patch


def in_full(written: str) -> str:
    """Return a version with the numbers that were left out: ``1`` and ``1.0`` mean ``1.0.0``.

    What is no version stays as it is written.
    """
    return written + ".0" * (2 - written.count(".")) if _SHORT.fullmatch(written) else written


class Texts(StrEnum):
    """What of the articles' texts is in a release.

    ``snippets``: the marked words only; ``without``: offsets and hashes only.
    """

    WITH = "with"
    SNIPPETS = "snippets"
    WITHOUT = "without"


@dataclass(frozen=True, slots=True)
class About:
    """What only people know; what they leave empty is told as not known.

    Attributes:
        name: of the dataset, which files and folder are called by.
        licence: of the marks, such as ``CC-BY-4.0``.
        contact: where somebody named in a text can ask for it to be taken out.
    """

    name: str
    title: str = ""
    description: str = ""
    licence: str = ""
    url: str = ""
    creators: tuple[str, ...] = ()
    contact: str = ""
    citation: str = ""
    purpose: str = ""
    collection: str = ""
    process: str = ""
    limitations: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """What the project remembers of a dataset it gave out, so that the next one can follow it.

    Attributes:
        day: ISO date that the dataset names as the day it was published.
        digest: SHA-256 of its list of checksums, which stands for all its bytes.
        codebook: the newest version of the codebook it has marks of.
        splits: the split of each article in it.
        people: the pseudonym of each annotator in it; it stands nowhere else.
        counts: articles, people, and marks of each layer.
        prints: of each article, a short hash of its text and of its marks by layer.
    """

    version: str
    annotator: Id
    at: str
    day: str
    digest: str
    codebook: int
    splits: Mapping[Id, str]
    people: Mapping[Id, str]
    counts: Mapping[str, int]
    prints: Mapping[Id, Mapping[str, str]]

    def __post_init__(self) -> None:
        version_of(self.version)

    @property
    def id(self) -> str:
        """What names it in the journal."""
        return self.version
