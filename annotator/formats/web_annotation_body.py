"""What one web annotation says: the text it is about, the places in it, the label and the values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotator.domain.coded import ANNOTATOR
from annotator.domain.errors import BadInput
from annotator.domain.fragment import Extent
from annotator.formats.flat import ENTITY, ENTITY_ID
from annotator.formats.foreign import ForeignLink, ForeignMark
from annotator.formats.json_files import Json, extent_in

URN = "urn:uuid:"


@dataclass(frozen=True, slots=True)
class About:
    """What an annotation is about: a text, as one person sees it.

    Attributes:
        name: how the file calls the text.
        sha256: the hash of the text, where the file tells it; it may tell it once.
    """

    name: str
    person: str | None
    view: str
    sha256: str | None = field(compare=False)

    @property
    def article(self) -> str | None:
        """The id of the article, where the file calls the text by ours."""
        return self.name.removeprefix(URN) if self.name.startswith(URN) else None


@dataclass(slots=True)
class Found:
    """A mark as the file says it: places, quotes and what surrounds them."""

    mark: ForeignMark
    quotes: list[Json]


def is_link(item: Json) -> bool:
    """Tell whether an annotation ties two others."""
    return item.get("motivation") == "linking"


def mark_in(item: Json, where: str) -> tuple[About, Found]:
    """Return a mark and what it is about; ``where`` stands for an id that is missing.

    Raises:
        BadInput: it points nowhere, or says nothing about the place.
    """
    id = str(item.get("id") or where).removeprefix(URN)
    sources, extents, quotes = _targets(item)
    if not extents and not quotes:
        raise BadInput("points to a place by no position and no quote")
    if any(source != sources[0] for source in sources):
        raise BadInput("points to several texts at once")
    name, sha256 = _source(sources[0])
    label, values = _said(item)
    creator = item.get("creator")
    person = creator.get("name") if isinstance(creator, dict) else creator
    view = str(item.get("view") or ANNOTATOR)
    about = About(name, None if person is None else str(person), view, sha256)
    mark = ForeignMark(id, label, extents, values=values, layer=label if sha256 else None)
    return about, Found(mark, quotes)


def link_in(item: Json) -> ForeignLink:
    """Return the tie that a linking annotation says."""
    start, end = (str(item.get(key)).removeprefix(URN) for key in ("target", "body"))
    return ForeignLink(str(item.get("link") or "link"), start, end)


def _targets(item: Json) -> tuple[list[Any], list[Extent], list[Json]]:
    """Return the texts, the places and the quotes that an annotation points to."""
    sources: list[Any] = []
    extents: list[Extent] = []
    quotes: list[Json] = []
    for target in _list(item.get("target")):
        if not isinstance(target, dict):
            raise BadInput("points to no place in a text")
        sources.append(target.get("source"))
        for selector in _list(target.get("selector")):
            kind = selector.get("type") if isinstance(selector, dict) else None
            if kind == "TextPositionSelector":
                extents.append(extent_in(selector.get("start"), selector.get("end")))
            elif kind == "TextQuoteSelector":
                quotes.append(selector)
    return sources, extents, quotes


def _source(said: Any) -> tuple[str, str | None]:
    if isinstance(said, dict):
        digest = str(said.get("digest") or "")
        sha256 = digest.removeprefix("sha256:") if digest.startswith("sha256:") else None
        return str(said.get("id")), sha256
    return str(said), None


def _said(item: Json) -> tuple[str, dict[str, list[str]]]:
    """Return the label and the values that the bodies say."""
    label = None
    values: dict[str, list[str]] = {}
    for body in _list(item.get("body", item.get("bodyValue"))):
        if not isinstance(body, dict):
            label = label or str(body)
            continue
        said, purpose = str(body.get("value")), body.get("purpose")
        if purpose == "identifying":
            values[ENTITY] = [said]
            values[ENTITY_ID] = [str(body.get("id") or said).removeprefix(URN)]
        elif purpose in ("describing", "commenting"):
            values.setdefault(str(body.get("attribute") or purpose), []).append(said)
        elif label is None:
            label = said
    if label is None:
        raise BadInput("has no tag that says what it is")
    return label, values


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [] if said is None else [said]
