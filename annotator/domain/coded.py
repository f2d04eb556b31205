"""A coded article: one article as one person coded it, the unit that formats read and write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from annotator.domain.actor import Actor
from annotator.domain.article import Meta, Verdict
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark
from annotator.domain.text import DecodedText

if TYPE_CHECKING:
    from annotator.domain.cells import CodedCells

GOLD = "gold"
ANNOTATOR = "annotator"
SUGGESTIONS = "suggestions"


@dataclass(frozen=True, slots=True)
class CodedArticle:
    """What one line of our JSONL says.

    Attributes:
        id: id of the article, or None if the file brought none that is ours.
        text: None where only marks came, for an article found by ``text_sha256``.
        annotator: name of the person; None for an article nobody has worked on.
        origins: names of what was read, for reports.
    """

    text_sha256: str
    meta: Meta
    id: Id | None = None
    text: DecodedText | None = None
    view: str = ANNOTATOR
    annotator: str | None = None
    codebook_version: int | None = None
    split: str | None = None
    duplicate_group: str | None = None
    states: Mapping[str, Verdict] = field(default_factory=dict)
    actors: tuple[Actor, ...] = ()
    marks: tuple[Mark, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a reader refused or a writer could not carry.

    Attributes:
        where: file and line, or article and mark.
        what: one plain sentence.
        lost: how many records did not come through because of it.
        kind: what was lost, where one thing was: ``mark``, ``link`` or ``value``;
            ``split`` where a mark went out as several.
        record: the id of that mark or link, or of the mark whose value it was.
        label: the label of another tool that nobody knows, where that is why.
    """

    where: str
    what: str
    lost: int = 1
    kind: str = ""
    record: Id | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table of articles looks, so that a person can say what its columns mean.

    Attributes:
        columns: their names.
        rows: the first few, cut short.
        meaning: our field by the column that is taken for it, such as ``{"text": "body"}``.
        fields: what a column can be taken for; every other column becomes an extra field.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    meaning: Mapping[str, str]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader yields for each piece of a file: a coded article, remarks on it, or both.

    A table tells before its first article how it looks.

    Attributes:
        cells: in place of ``coded``, where that was wanted: marks and links as they are stored.
    """

    coded: CodedArticle | None = None
    remarks: tuple[Remark, ...] = ()
    look: TableLook | None = None
    cells: CodedCells | None = None

    @property
    def article(self) -> CodedArticle | None:
        """The coded article, which may be without its marks."""
        return self.cells.article if self.cells else self.coded
