"""How a mark and its links become what the page draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.domain.codebook import CLAIM, SENTIMENT, Codebook
from annotator.domain.identity import Id
from annotator.domain.link import Link, Voice
from annotator.domain.mark import Mark
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


class Painter:
    """Turns marks into page marks, given all marks and links of the article."""

    def __init__(
        self, codebook: Codebook, marks: Mapping[Id, Mark], links: Mapping[Id, Link]
    ) -> None:
        self._codebook = codebook
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
        layer = self._codebook.layer(mark.layer)
        values = [
            "yes"
            if value is True
            else "no"
            if value is False
            else ", ".join(value)
            if isinstance(value, tuple)
            else str(value)
            for value in mark.attributes.values()
        ]
        parts = [layer.label, *values]
        role = {CLAIM: "source", SENTIMENT: "holder"}.get(mark.layer)
        who = self._who(mark, role) if role else ""
        if who:
            parts.append(f"{'said' if role == 'source' else 'felt'} by {who}")
        toward = self._who(mark, "target")
        if toward:
            parts.append(f"toward {toward}")
        return f"{', '.join(parts)} · {mark.made.origin.value}, {mark.made.modified[:16].replace('T', ' ')}"
