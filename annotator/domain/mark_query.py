"""Which marks a table shows, and in which order: filters that are all to be met, and one column to sort by."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.article import Verdict
from annotator.domain.identity import Id
from annotator.domain.mark import Origin, View

PLACE = "place"
"""Sorts by article in the order of the project, then by place in the text."""

VALUE = "value:"
"""Begins the sort column of an attribute: ``value:stance``."""

COLUMNS = (
    PLACE, "words", "layer", "article", "actor", "by", "annotator", "state", "origin", "modified", "note",
)  # fmt: skip
"""Sort columns other than attributes; ``by`` is the source of a claim or the holder of a sentiment."""

FilterValue = str | int | bool | None


@dataclass(frozen=True, slots=True)
class MarkQuery:
    """What a table of marks asks for; everything left out lets all marks through.

    Attributes:
        article: only this article.
        annotator: only this person.
        layers: only these layers.
        values: attribute and the value it has, or has among others; None means “not filled in”.
        verdict: what the mark's annotator said about its layer in its article.
        actor: only mentions of this entry of the actor book.
        source: only marks whose source or holder is a mention of this entry.
        unlinked: only mentions that stand for nobody yet.
        text: words the mark has, in any case.
        part: one of ``search_query.PARTS``: only marks within that part of their article.
        before_version: only marks last touched under a codebook version lower than this.
        sort: one of ``COLUMNS``, or ``VALUE`` and an attribute.
    """

    article: Id | None = None
    annotator: Id | None = None
    view: View = View.ANNOTATOR
    layers: tuple[str, ...] = ()
    values: tuple[tuple[str, FilterValue], ...] = ()
    verdict: Verdict | None = None
    origin: Origin | None = None
    actor: Id | None = None
    source: Id | None = None
    unlinked: bool = False
    text: str = ""
    part: str | None = None
    before_version: int | None = None
    sort: str = PLACE
    descending: bool = False
