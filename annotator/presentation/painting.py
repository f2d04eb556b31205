"""How a mark and its links become what the page draws."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.domain import labels
from annotator.domain.codebook import CLAIM, Attribute, Codebook, Layer
from annotator.domain.identity import Id
from annotator.domain.link import Link, Tie, Voice
from annotator.domain.mark import Mark, Origin, Value
from annotator.presentation import moments
from annotator.presentation.article_records import ArticleRecords
from annotator.presentation.page import PageLink, PageMark
from annotator.presentation.page_marks import Look

SIGNS = {
    "support": "+",
    "oppose": "−",
    "neutral": "=",
    "positive": "+",
    "negative": "−",
    "mixed": "±",
}
"""Values that show beside a mark without a click."""

ROLES = ("source", "holder", "target", "addressee", "about")
"""Link types that the hover text tells."""

ORIGINS = {
    Origin.MANUAL: "by hand",
    Origin.SUGGESTED: "from a suggestion",
    Origin.EDITED: "from a suggestion, changed",
    Origin.IMPORTED: "imported",
    Origin.PROPAGATED: "with all the same words",
}


@dataclass(frozen=True, slots=True)
class _Look:
    """What all marks of a layer have in common.

    Attributes:
        colours: by attribute and value, where the value shows by a colour of its own.
    """

    layer: Layer
    key: str
    colours: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)


class Painter:
    """Turns marks into page marks, given all marks and links of the article."""

    def __init__(self, codebook: Codebook, records: ArticleRecords) -> None:
        self._codebook = codebook
        self._records = records
        self._looks = {layer.name: _look_of(layer) for layer in codebook.layers}
        # By the layer they start at: two layers may each have a link of one name.
        self._called: dict[str, dict[str, str]] = {}
        for kind in codebook.links:
            self._called.setdefault(kind.name, {})[kind.start] = kind.called

    def mark(self, mark: Mark) -> PageMark:
        """Return what the page draws for a mark."""
        look = self._looks[mark.layer]
        return PageMark(
            mark.id,
            mark.layer,
            look.layer.shape,
            _colour(look, mark) or look.layer.colour,
            tuple([(part.start, part.end) for part in mark.fragments]),
            look.key,
            self._sign(mark),
            self._weight(mark),
            self._margin(mark),
        )

    def look(self, layer: str) -> Look:
        """Return what the marks of a layer look like, without a colour where values have their own."""
        look = self._looks[layer]
        return look.layer.shape, None if look.colours else look.layer.colour

    def links(self, links: Iterable[Link]) -> Iterator[PageLink]:
        """Yield what the page draws for links; nothing else than the links themselves is looked at."""
        return (
            PageLink(link.start, link.end or str(link.voice), self._name(link.type, link.start))
            for link in links
        )

    def ties(self, ties: Iterable[Tie]) -> Iterator[PageLink]:
        """Yield the same for links of which only that is known what they tie."""
        return (
            PageLink(start, end or str(voice), self._name(type, start))
            for _, type, start, end, voice in ties
        )

    def _name(self, type: str, start: Id) -> str:
        called = self._called.get(type, {})
        if len(called) == 1:
            return next(iter(called.values()))
        return called.get(self._records.layer_of(start) or "", type)

    def _sign(self, mark: Mark) -> str:
        if not mark.attributes:
            return ""
        for name in ("polarity", "stance"):
            value = mark.attributes.get(name)
            if isinstance(value, str) and value in SIGNS:
                return SIGNS[value]
        return ""

    def _weight(self, mark: Mark) -> int:
        value = mark.attributes.get("intensity")
        return value if isinstance(value, int) and 1 <= value <= 3 else 1

    def _margin(self, mark: Mark) -> str | None:
        if mark.layer != CLAIM:
            return None
        who = self._who(mark, "source") or f"{self._codebook.link_called(CLAIM, 'source')}?"
        stance = mark.attributes.get("stance")
        if not isinstance(stance, str) or stance == "none":
            return who
        told = labels.value(self._looks[CLAIM].layer.attribute("stance"), stance)
        return f"{who} · {told}"

    def _who(self, mark: Mark, type: str) -> str:
        names = []
        for link in self._records.links_from(mark.id):
            if link.type != type:
                continue
            if link.voice:
                names.append("author" if link.voice is Voice.AUTHOR else "unknown")
            elif link.end and link.end in self._records.marks:
                names.append(" ".join(self._records.marks[link.end].text.split()))
        return ", ".join(names)

    def description(self, mark: Mark, people: Mapping[Id, str]) -> str:
        """Say what a mark is, whose words these are, who marked it and since when."""
        layer = self._codebook.layer(mark.layer)
        values = [
            _told(layer.attribute(name), name, value) for name, value in mark.attributes.items()
        ]
        lines = [f"{layer.label}: {', '.join(values)}" if values else layer.label]
        ties = [
            f"{kind.called}: {who}"
            for role in ROLES
            for kind in self._codebook.links_from(mark.layer)
            if kind.name == role and (who := self._who(mark, role))
        ]
        if ties:
            lines.append(", ".join(ties))
        made = mark.made
        person = people.get(made.annotator, "")
        when = f"{ORIGINS[made.origin]}, {moments.told(made.created)}"
        changed = moments.told(made.modified)
        if changed != moments.told(made.created):
            when += f", changed {changed}"
        lines.append(f"{person} · {when}" if person else when)
        if mark.note:
            lines.append(f"Note: {mark.note}")
        return "\n".join(lines)


def _look_of(layer: Layer) -> _Look:
    colours = {
        attribute.name: {code.name: code.colour for code in attribute.codes if code.colour}
        for attribute in layer.attributes
    }
    return _Look(
        layer, layer.key.upper(), {name: known for name, known in colours.items() if known}
    )


def _colour(look: _Look, mark: Mark) -> tuple[str, str] | None:
    for name, known in look.colours.items():
        value = mark.attributes.get(name)
        if isinstance(value, str) and value in known:
            return known[value]
    return None


def _told(attribute: Attribute | None, name: str, value: Value) -> str:
    """Return a value as one says it: “Person”, “not named”, “2 topics”."""
    label = labels.in_sentence((attribute.label if attribute else "") or name)
    if isinstance(value, bool):
        return label if value else f"not {label}"
    told = labels.value(attribute, value)
    code = attribute.code(str(value)) if attribute else None
    return told if code and code.label else f"{label} {told}"
