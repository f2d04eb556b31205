"""How a mark and its links become what the page draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.codebook import CLAIM, Attribute, Codebook
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice
from annotator.domain.mark import Mark, Origin, Value
from annotator.presentation import moments
from annotator.presentation.page import PageLink, PageMark

SIGNS = {
    "support": "+",
    "oppose": "−",
    "neutral": "=",
    "positive": "+",
    "negative": "−",
    "mixed": "±",
}
"""Values that show beside a mark without a click."""

ROLES = (
    ("source", "said by"),
    ("holder", "felt by"),
    ("target", "toward"),
    ("addressee", "said to"),
    ("about", "about"),
)
"""Link types that the hover text tells, and the words before the name."""

ORIGINS = {
    Origin.MANUAL: "by hand",
    Origin.SUGGESTED: "from a suggestion",
    Origin.EDITED: "from a suggestion, changed",
    Origin.IMPORTED: "imported",
    Origin.PROPAGATED: "with all the same words",
}


class Painter:
    """Turns marks into page marks, given all marks and links of the article, and who is who."""

    def __init__(
        self,
        codebook: Codebook,
        marks: Mapping[Id, Mark],
        links: Mapping[Id, Link],
        people: Mapping[Id, str],
    ) -> None:
        self._codebook = codebook
        self._people = people
        self._marks = marks
        self._ends: dict[Id, list[Link]] = {}
        for link in links.values():
            self._ends.setdefault(link.start, []).append(link)

    def mark(self, mark: Mark) -> PageMark:
        """Return what the page draws for a mark."""
        layer = self._codebook.layer(mark.layer)
        return PageMark(
            id=mark.id,
            layer=mark.layer,
            shape=layer.shape,
            colour=self._colour(mark) or layer.colour,
            extents=tuple(part.extent for part in mark.fragments),
            key=layer.key.upper(),
            sign=self._sign(mark),
            weight=self._weight(mark),
            margin=self._margin(mark),
            description=self._description(mark),
        )

    def links(self, links: Iterable[Link]) -> list[PageLink]:
        """Return what the page draws for links."""
        return [PageLink(link.start, link.end or str(link.voice), link.type) for link in links]

    def _colour(self, mark: Mark) -> tuple[str, str] | None:
        for attribute in self._codebook.layer(mark.layer).attributes:
            value = mark.attributes.get(attribute.name)
            code = attribute.code(value) if isinstance(value, str) else None
            if code and code.colour:
                return code.colour
        return None

    def _sign(self, mark: Mark) -> str:
        values = (mark.attributes.get(name) for name in ("polarity", "stance"))
        return next(
            (SIGNS[value] for value in values if isinstance(value, str) and value in SIGNS), ""
        )

    def _weight(self, mark: Mark) -> int:
        value = mark.attributes.get("intensity")
        return value if isinstance(value, int) and 1 <= value <= 3 else 1

    def _margin(self, mark: Mark) -> str | None:
        if mark.layer != CLAIM:
            return None
        who = self._who(mark, "source") or "source?"
        stance = mark.attributes.get("stance")
        return f"{who} · {stance}" if isinstance(stance, str) and stance != "none" else who

    def _who(self, mark: Mark, type: str) -> str:
        names = []
        for link in self._ends.get(mark.id, ()):
            if link.type != type:
                continue
            if link.voice:
                names.append("author" if link.voice is Voice.AUTHOR else "unknown")
            elif link.end and link.end in self._marks:
                names.append(" ".join(self._marks[link.end].text.split()))
        return ", ".join(names)

    def _description(self, mark: Mark) -> str:
        """Say what it is, whose words these are, who marked it and since when."""
        layer = self._codebook.layer(mark.layer)
        values = [
            _told(layer.attribute(name), name, value) for name, value in mark.attributes.items()
        ]
        lines = [f"{layer.label}: {', '.join(values)}" if values else layer.label]
        ties = [
            f"{words} {who}"
            for role, words in ROLES
            for who in [self._who(mark, role)]
            if who and any(kind.name == role for kind in self._codebook.links_from(mark.layer))
        ]
        if ties:
            lines.append(", ".join(ties))
        made = mark.made
        person = self._people.get(made.annotator, "")
        when = f"{ORIGINS[made.origin]}, {moments.told(made.created)}"
        changed = moments.told(made.modified)
        if changed != moments.told(made.created):
            when += f", changed {changed}"
        lines.append(f"{person} · {when}" if person else when)
        if mark.note:
            lines.append(f"Note: {mark.note}")
        return "\n".join(lines)


def _told(attribute: Attribute | None, name: str, value: Value) -> str:
    """Return a value as one says it: “Person”, “not named”, “2 topics”."""
    label = ((attribute.label if attribute else "") or name).lower()
    if isinstance(value, bool):
        return label if value else f"not {label}"
    if isinstance(value, tuple):
        return f"{label} {', '.join(value)}"
    code = attribute.code(str(value)) if attribute else None
    return (code.label if code else "").lower() or f"{label} {value}"
