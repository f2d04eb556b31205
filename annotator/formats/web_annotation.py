"""W3C Web Annotation: one JSON-LD page of annotations that point into texts by position and quote.

Positions are code points, as the recommendation says. A link is an annotation whose target
is the mark it begins at and whose body is the mark it leads to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from annotator.domain.coded import ANNOTATOR, CodedArticle, Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.fragment import Extent
from annotator.domain.mark import Mark, reading_order
from annotator.formats.base import ReadContext, Source, WriteContext
from annotator.formats.flat import (
    ENTITY,
    ENTITY_ID,
    flatten,
    full_text,
    sorted_links,
)
from annotator.formats.folder import NAME, SideCar
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.json_files import Json, extent_in, read_whole
from annotator.formats.offsets import Unit, fitting_unit

FILE = "annotations.jsonld"
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {name: f"urn:annotator:{name}" for name in ("attribute", "link", "view", "digest")},
]
URN = "urn:uuid:"
AROUND = 32
"""How many characters before and after a quote are kept to find it again."""


class WebAnnotationReader:
    """Reads pages, collections and lists of annotations of texts that are at hand."""

    name = "w3c"
    suffixes = (".jsonld",)
    about = "W3C Web Annotation (JSON-LD)"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSON that names the context of the recommendation."""
        return source.path.suffix.lower() in (".jsonld", ".json") and (
            b"www.w3.org/ns/anno.jsonld" in head or source.path.suffix.lower() == ".jsonld"
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each text, annotator and view."""
        remarks: list[Remark] = []
        groups: dict[tuple[str, str | None, str], _Group] = {}
        owner: dict[str, _Group] = {}
        waiting: list[tuple[str, Json]] = []
        for number, item in enumerate(_items(read_whole(source))):
            where = f"{source.name}, annotation {number + 1}"
            try:
                if not isinstance(item, dict):
                    raise BadInput("is no object")
                if item.get("motivation") == "linking":
                    waiting.append((where, item))
                else:
                    _take(item, where, groups, owner)
            except Problem as problem:
                remarks.append(Remark(where, f"{problem}; it was left out", 1, "mark"))
        for where, item in waiting:
            try:
                _tie(item, owner)
            except Problem as problem:
                remarks.append(Remark(where, f"{problem}; it was left out", 1, "link"))
        if remarks:
            yield Read(remarks=tuple(remarks))
        for (text, person, view), group in groups.items():
            yield group.read(f"{source.name}, {text}", person, view, context)


class WebAnnotationWriter:
    """Writes one page of annotations, and the articles themselves beside."""

    name = "w3c"
    suffix = ".zip"
    about = "W3C Web Annotation (JSON-LD): positions and quotes"
    tells_view = True
    needs_text = False
    packed = False
    cannot_carry = ("notes, and who or what suggested a mark",)

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write the page annotation by annotation."""
        head = json.dumps({"@context": CONTEXT, "type": "AnnotationPage"}, ensure_ascii=False)
        with (
            (folder / NAME).open("w", encoding="utf-8", newline="\n") as side,
            (folder / FILE).open("w", encoding="utf-8", newline="\n") as out,
        ):
            side_car = SideCar(side, context)
            out.write(head.removesuffix("}") + ', "items": [')
            between = "\n"
            for coded in articles:
                side_car.add(coded, "")
                for item in _annotations(coded, context):
                    out.write(between + json.dumps(item, ensure_ascii=False))
                    between = ",\n"
            out.write("\n]}\n")


def _annotations(coded: CodedArticle, context: WriteContext) -> Iterator[Json]:
    flat = flatten(coded, context)
    creator = {"type": "Person", "name": coded.annotator} if coded.annotator else None
    for mark in sorted(coded.marks, key=reading_order):
        yield {
            "id": URN + mark.id,
            "type": "Annotation",
            "motivation": "classifying",
            "view": coded.view,
            "creator": creator,
            "body": list(_bodies(mark, flat.values[mark.id])),
            "target": list(_targets(coded, mark, context)),
        }
    here = {mark.id for mark in coded.marks}
    for link in sorted_links(coded):
        if link.start in here and link.end in here:
            yield {
                "id": URN + link.id,
                "type": "Annotation",
                "motivation": "linking",
                "link": link.type,
                "creator": creator,
                "body": URN + str(link.end),
                "target": URN + link.start,
            }


def _bodies(mark: Mark, values: dict[str, list[str]]) -> Iterator[Json]:
    yield {"type": "TextualBody", "purpose": "tagging", "value": mark.layer}
    for name, texts in values.items():
        if name == ENTITY:
            yield {
                "id": URN + values[ENTITY_ID][0],
                "type": "TextualBody",
                "purpose": "identifying",
                "value": texts[0],
            }
        elif name != ENTITY_ID:
            for said in texts:
                yield {
                    "type": "TextualBody",
                    "purpose": "describing",
                    "attribute": name,
                    "value": said,
                }


def _targets(coded: CodedArticle, mark: Mark, context: WriteContext) -> Iterator[Json]:
    text = full_text(coded)
    for part in mark.fragments:
        quote = {"type": "TextQuoteSelector", "exact": part.slice}
        if not context.without_text:
            quote["prefix"] = text[max(0, part.start - AROUND) : part.start]
            quote["suffix"] = text[part.end : part.end + AROUND]
        yield {
            "source": {
                "id": URN + str(coded.id),
                "type": "Text",
                "digest": f"sha256:{coded.text_sha256}",
            },
            "selector": [
                {"type": "TextPositionSelector", "start": part.start, "end": part.end},
                quote,
            ],
        }


@dataclass(slots=True)
class _Found:
    """A mark as the file says it: places, quotes and what surrounds them."""

    mark: ForeignMark
    quotes: list[Json]


@dataclass(slots=True)
class _Group:
    """The annotations of one person on one text."""

    sha256: str | None
    name: str
    id: str | None
    found: list[_Found] = field(default_factory=list)
    links: list[ForeignLink] = field(default_factory=list)

    def read(self, where: str, person: str | None, view: str, context: ReadContext) -> Read:
        text = context.text_of(self.sha256) if self.sha256 else None
        article = ForeignArticle(where, None, annotator=person, view=view, id=self.id)
        article.sha256, article.links = self.sha256, self.links
        if text is None:
            named = context.text_named(PurePosixPath(self.name).name)
            if named is None:
                lost = len(self.found) + len(self.links)
                what = "is a text that is neither in the project nor beside it; its annotations were left out"
                return Read(remarks=(Remark(where, what, lost),))
            text = article.text = named.text
        said = [
            (*place, str(quote["exact"]))
            for found in self.found
            for place, quote in zip(found.mark.extents, found.quotes, strict=False)
            if "exact" in quote
        ]
        article.unit = fitting_unit(text, said, (Unit.CODE_POINT, Unit.UTF16)) or Unit.CODE_POINT
        for found in self.found:
            try:
                article.marks.append(_placed(found, text))
            except BadInput as problem:
                article.remarks.append(Remark(where, str(problem), 1, "mark"))
        return article.read(context)


def _placed(found: _Found, text: str) -> ForeignMark:
    """Return the mark with a place; one that has only quotes is looked for in the text."""
    mark = found.mark
    if not mark.extents:
        mark.extents = [_find(quote, text) for quote in found.quotes]
    elif len(mark.extents) == 1 and found.quotes and "exact" in found.quotes[0]:
        mark.words = str(found.quotes[0]["exact"])
    return mark


def _find(quote: Json, text: str) -> Extent:
    exact, before, after = (str(quote.get(key) or "") for key in ("exact", "prefix", "suffix"))
    places: list[Extent] = []
    start = text.find(exact) if exact else -1
    while start >= 0 and len(places) < 2:
        end = start + len(exact)
        if text[:start].endswith(before) and text.startswith(after, end):
            places.append((start, end))
        start = text.find(exact, start + 1)
    if len(places) != 1:
        often = "more than once" if places else "nowhere"
        raise BadInput(f"the quote “{exact[:40]}” stands {often} in the text; it was left out")
    return places[0]


def _items(data: Any) -> list[Any]:
    if isinstance(data, list):
        return data
    for key in ("items", "@graph"):
        if isinstance(data, dict) and isinstance(data.get(key), list):
            return list(data[key])
    if isinstance(data, dict) and isinstance(data.get("first"), dict):
        return _items(data["first"])
    if isinstance(data, dict) and "target" in data:
        return [data]
    raise BadInput("holds no annotations")


def _take(
    item: Json,
    where: str,
    groups: dict[tuple[str, str | None, str], _Group],
    owner: dict[str, _Group],
) -> None:
    id = str(item.get("id") or where).removeprefix(URN)
    sources, extents, quotes = [], [], []
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
    if not extents and not quotes:
        raise BadInput("points to a place by no position and no quote")
    if any(source != sources[0] for source in sources):
        raise BadInput("points to several texts at once")
    name, sha256 = _source(sources[0])
    label, values = _said(item)
    creator = item.get("creator")
    person = creator.get("name") if isinstance(creator, dict) else creator
    key = (name, None if person is None else str(person), str(item.get("view") or ANNOTATOR))
    article = name.removeprefix(URN) if name.startswith(URN) else None
    group = groups.setdefault(key, _Group(sha256, name, article))
    group.found.append(_Found(ForeignMark(id, label, extents, values=values), quotes))
    if sha256:
        group.found[-1].mark.layer = label
    owner[id] = group


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


def _tie(item: Json, owner: dict[str, _Group]) -> None:
    start = str(item.get("target")).removeprefix(URN)
    if start not in owner:
        raise BadInput("begins at an annotation that is not in the file")
    end = str(item.get("body")).removeprefix(URN)
    owner[start].links.append(ForeignLink(str(item.get("link") or "link"), start, end))


def _list(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [] if said is None else [said]
