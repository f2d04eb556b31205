"""What other tools say about an article, made into a coded article by our own rules.

Every reader of a foreign format fills these three small classes; ``translation`` judges offsets,
labels, values and pieces once for all of them. Nothing vanishes: what does not come through is
told with its number.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from annotator.domain.coded import ANNOTATOR, CodedArticle, Read, Remark
from annotator.domain.errors import Problem
from annotator.domain.fragment import Extent
from annotator.formats.base import ReadContext
from annotator.formats.foreign_fields import metadata_in
from annotator.formats.line_head import META
from annotator.formats.offsets import Unit
from annotator.formats.translation import Translation

Json = dict[str, Any]


@dataclass(slots=True)
class ForeignMark:
    """One stretch or mark of another tool.

    Attributes:
        extents: in the unit of the file, half-open.
        words: what the file says stands there, if it says so.
        layer: the layer, where the file names ours; else ``label`` is looked up.
        where: the line it stands in, if lines matter.
    """

    id: str
    label: str
    extents: list[Extent]
    words: str | None = None
    layer: str | None = None
    values: dict[str, list[str]] = field(default_factory=dict)
    where: str | None = None


@dataclass(slots=True)
class ForeignLink:
    """A tie between two marks, by the ids of the file."""

    type: str
    start: str
    end: str


@dataclass(slots=True)
class ForeignArticle:
    """An article of another tool, as one person coded it.

    Attributes:
        text: as it stands in the file, or None where only its hash is known.
        unit: what the offsets count.
        sha256: of the frozen text, where the file is ours.
        remarks: what the reader of the file had to tell already.
    """

    where: str
    text: str | None
    unit: Unit = Unit.CODE_POINT
    sha256: str | None = None
    id: str | None = None
    meta: Json = field(default_factory=dict)
    annotator: str | None = None
    view: str = ANNOTATOR
    states: Json = field(default_factory=dict)
    split: str | None = None
    duplicate_group: str | None = None
    marks: list[ForeignMark] = field(default_factory=list)
    links: list[ForeignLink] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def read(self, context: ReadContext) -> Read:
        """Return the coded article, and remarks on what was left out."""
        try:
            coded = Translation(self, context).read()
        except Problem as problem:
            lost = 1 + len(self.marks) + len(self.links)
            left_out = Remark(self.where, f"{problem}; the article was left out", lost)
            return Read(remarks=(*self.remarks, left_out))
        return Read(coded.coded, (*self.remarks, *coded.remarks))


def head_of(coded: CodedArticle) -> Json:
    """Return what is known about an article and the work on it, for formats with a free slot."""
    meta = coded.meta
    return {
        "id": coded.id,
        "text_sha256": coded.text_sha256,
        "offset_unit": Unit.CODE_POINT.value,
        "view": coded.view,
        "annotator": coded.annotator,
        "states": {layer: verdict.value for layer, verdict in sorted(coded.states.items())},
        "split": coded.split,
        "duplicate_group": coded.duplicate_group,
        "meta": {
            **{name: getattr(meta, name) for name in META},
            "extra": dict(sorted(meta.extra.items())),
        },
    }


def headed(
    where: str,
    text: str | None,
    head: object,
    item: Mapping[str, object] | None = None,
    known_keys: Collection[str] = (),
) -> ForeignArticle:
    """Return an article with what ``head_of`` said about it; strangers' heads are taken as far as they go.

    Without a head the fields of ``item`` that are not ``known_keys`` become its metadata.
    """
    known = head if isinstance(head, dict) else {}
    meta, states = known.get("meta"), known.get("states")
    long: list[str] = []
    if not known and item is not None:
        meta, long = metadata_in(item, known_keys)
    return ForeignArticle(
        where,
        text,
        sha256=_said(known, "text_sha256"),
        id=_said(known, "id"),
        meta=meta if isinstance(meta, dict) else {},
        annotator=_said(known, "annotator"),
        view=_said(known, "view") or ANNOTATOR,
        states=dict(states) if isinstance(states, dict) else {},
        split=_said(known, "split"),
        duplicate_group=_said(known, "duplicate_group"),
        remarks=[Remark(where, f"“{name}” is too long for metadata", 1) for name in long],
    )


def _said(head: Json, key: str) -> str | None:
    value = head.get(key)
    return value if isinstance(value, str) and value else None
