"""What is compared: spans of one document as several people marked them.

Offsets are code points of the document's own text, end-exclusive. They are never shifted, and
spans of different documents are never laid on one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import NamedTuple

from annotator.domain.errors import Refused
from annotator.domain.fragment import Extent
from annotator.domain.mark import Value


class Span(NamedTuple):
    """What one person marked at one place.

    Attributes:
        extents: its fragments, sorted and apart from each other.
        label: what is compared as the kind of the span: its layer, or a value chosen for it.
        value: an attribute under study, such as a stance or the actor it stands for; None is
            “not filled in”.
        key: the id of the mark, so that a result can be shown in the text.
    """

    extents: tuple[Extent, ...]
    label: str
    value: Value | None = None
    key: str = ""

    @property
    def start(self) -> int:
        """Where the first fragment begins."""
        return self.extents[0][0]

    @property
    def end(self) -> int:
        """Where the last fragment ends."""
        return self.extents[-1][1]

    @property
    def length(self) -> int:
        """Code points covered, gaps between fragments not counted."""
        return sum(end - start for start, end in self.extents)


class Tie(NamedTuple):
    """A link: of a type, from a span to a span or to a voice.

    Attributes:
        voice: “author” or “unknown” where the link leads to no span.
        name: who stands at the end, for those who mark one actor at different mentions: the id
            of the actor, or the folded words. Empty is “not known”.
    """

    type: str
    start: Span
    end: Span | None = None
    voice: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """One article and layer, with the spans of everyone who is *done* with it.

    Someone who finished and found nothing is present with no spans; someone who has not
    finished is absent. Spans and annotators are kept sorted, so the order they came in is lost.
    A document is equal to itself only.

    Attributes:
        length: of the text, in code points; the continuum of the unitizing measures.
        tokens: extents of the tokens, in order; needed by token measures only.
        ties: links by annotator.
        whole, label: the document that this one is the spans of one label of, and that label; None
            and empty for any other.
    """

    id: str
    length: int
    spans: Mapping[str, tuple[Span, ...]]
    tokens: tuple[Extent, ...] = ()
    ties: Mapping[str, tuple[Tie, ...]] = field(default_factory=dict)
    whole: Document | None = field(default=None, init=False, repr=False)
    label: str = field(default="", init=False)

    def __post_init__(self) -> None:
        for spans in self.spans.values():
            for span in spans:
                self._refuse_ill_placed(span)
        ordered = {name: _in_order(self.spans[name]) for name in sorted(self.spans)}
        object.__setattr__(self, "spans", ordered)
        ties = {name: tuple(sorted(self.ties[name], key=_tie_place)) for name in sorted(self.ties)}
        object.__setattr__(self, "ties", ties)

    @property
    def annotators(self) -> tuple[str, ...]:
        """Who is done with it, sorted."""
        return tuple(self.spans)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every two of them, each pair once, in order of their names."""
        return list(combinations(self.spans, 2))

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody marked anything."""
        return not any(self.spans.values())

    def only(self, label: str) -> Document:
        """Return the document with the spans of one label; nobody drops out."""
        kept = {
            name: tuple(span for span in spans if span.label == label)
            for name, spans in self.spans.items()
        }
        return self._with(kept, self.ties, self, label)

    def renamed(self, names: Mapping[str, str]) -> Document:
        """Return the document with its annotators under other names, which all differ."""
        spans = {names[old]: spans for old, spans in self.spans.items()}
        ties = {names[old]: ties for old, ties in self.ties.items()}
        return self._with(dict(sorted(spans.items())), dict(sorted(ties.items())))

    def between(self, names: Iterable[str]) -> Document:
        """Return the document as only these annotators marked it."""
        wanted = set(names)
        return self._with(
            {name: spans for name, spans in self.spans.items() if name in wanted},
            {name: ties for name, ties in self.ties.items() if name in wanted},
        )

    def _with(
        self,
        spans: Mapping[str, tuple[Span, ...]],
        ties: Mapping[str, tuple[Tie, ...]],
        whole: Document | None = None,
        label: str = "",
    ) -> Document:
        """Return the document with some of what it holds, which is sorted and looked at already."""
        other = copy(self)
        object.__setattr__(other, "whole", whole)
        object.__setattr__(other, "label", label)
        object.__setattr__(other, "spans", spans)
        object.__setattr__(other, "ties", ties)
        return other

    def _refuse_ill_placed(self, span: Span) -> None:
        last = 0
        for start, end in span.extents:
            if not last <= start < end <= self.length:
                raise Refused(
                    f"A mark from {start} to {end} is empty, out of order or outside the text of "
                    f"{self.length} characters."
                )
            last = end
        if not span.extents or not span.label:
            raise Refused("A mark without a place or a label cannot be compared.")


def span(start: int, end: int, label: str = "mark", value: Value | None = None) -> Span:
    """Return a span of one fragment."""
    return Span(((start, end),), label, value)


def place(item: Span) -> tuple[tuple[Extent, ...], str, str, str]:
    """Sort key: by fragments, label, value, id."""
    return item.extents, item.label, repr(item.value), item.key


def _in_order(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return spans sorted by ``place``; most come so, and in different places, which is soon seen."""
    if all(one.extents < other.extents for one, other in pairwise(spans)):
        return spans
    return tuple(sorted(spans, key=place))


def _tie_place(tie: Tie) -> tuple[object, ...]:
    end = place(tie.end) if tie.end else ()
    return tie.type, place(tie.start), end, tie.voice, tie.name


def labels_of(documents: Iterable[Document]) -> list[str]:
    """Return every label anybody used, sorted."""
    return sorted(
        {
            item.label
            for document in documents
            for spans in document.spans.values()
            for item in spans
        }
    )


def merged(spans: Iterable[Span]) -> tuple[dict[str, list[Extent]], int]:
    """Return the fragments of each label with overlapping ones joined, and how many were swallowed.

    Unitizing coefficients do not allow one annotator's units of one label to overlap
    (Krippendorff 2004, “Measuring the reliability of qualitative text analysis data”). Units that
    only touch stay apart.
    """
    given: dict[str, list[Extent]] = {}
    for item in spans:
        given.setdefault(item.label, []).extend(item.extents)
    joined = {label: _joined(sorted(extents)) for label, extents in given.items()}
    return joined, sum(len(given[label]) - len(kept) for label, kept in joined.items())


def _joined(extents: Iterable[Extent]) -> list[Extent]:
    kept: list[Extent] = []
    for start, end in extents:
        if kept and start < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return kept


def merge_note(count: float) -> tuple[str, ...]:
    """Return the sentence that says how many overlapping units were merged, or nothing."""
    if not count:
        return ()
    return (
        f"{count:.0f} overlapping units of one label by one annotator were merged into their neighbours.",
    )
