"""Reading spaCy's DocBin without building spaCy's documents, which a damaged file could crash."""

from __future__ import annotations

import json
import struct
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.fragment import Extent
from annotator.formats.base import ReadContext, Source
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.foreign_values import values_of

HEAD = "annotator"
SUFFIX = ".spacy"
MAX_PACKED = 1_000_000_000
MAX_UNPACKED = 3_000_000_000
_SPAN = struct.Struct(">QQQllll")
_INSIDE, _OUTSIDE, _BEGIN = 1, 2, 3
_BROKEN = (
    ValueError, KeyError, TypeError, IndexError, struct.error, OverflowError, AttributeError,
)  # fmt: skip

Name = Callable[[int], str]


class DocBinReader:
    """Reads span groups and entities; of our own files also values, links and ids."""

    name = "spacy"
    suffixes = (SUFFIX,)
    about = "spaCy DocBin: span groups and entities"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of this suffix."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each document."""
        number = 0
        try:
            documents, name = _documents(source)
            for number, document in enumerate(documents, 1):
                where = f"{source.name}, document {number}"
                try:
                    read = _read(document, name, where, context)
                except Problem as problem:
                    read = Read(remarks=(Remark(where, f"{problem}; it was left out"),))
                except _BROKEN as error:
                    what = f"is damaged ({type(error).__name__}); it was left out"
                    read = Read(remarks=(Remark(where, what),))
                yield read
        except _BROKEN as error:
            kind = type(error).__name__
            if number:
                raise BadInput(f"is damaged behind document {number} ({kind})") from None
            raise BadInput(f"is no DocBin that can be read ({kind})") from None


@dataclass(frozen=True, slots=True)
class _Document:
    words: list[int]
    spaces: bytes
    inside: list[int]
    types: list[int]
    groups: bytes
    user_data: bytes | None


def _documents(source: Source) -> tuple[Iterator[_Document], Name]:
    """Return the documents, which become objects one after the other, and what gives their words."""
    import srsly
    from spacy.strings import StringStore

    said: Any = srsly.msgpack_loads(_unpacked(source))
    strings = StringStore(str(item) for item in said.pop("strings"))

    def name(key: int) -> str:
        return strings[key] if key else ""

    return _each(said), name


def _unpacked(source: Source) -> bytes:
    with source.open() as file:
        packed = file.read(MAX_PACKED + 1)
    if len(packed) > MAX_PACKED:
        raise BadInput(f"is larger than {MAX_PACKED / 1e9:.0f} GB")
    try:
        unpacker = zlib.decompressobj()
        raw = unpacker.decompress(packed, MAX_UNPACKED)
    except zlib.error as error:
        raise BadInput(f"is no DocBin ({error})") from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        raise BadInput("is cut short, or unpacks to more than any DocBin should")
    return raw


def _each(said: Any) -> Iterator[_Document]:
    from spacy.attrs import IDS  # type: ignore[import-not-found]

    attributes = list(said["attrs"])
    tokens = array("Q", said.pop("tokens"))
    width = len(attributes)
    place = {
        name: attributes.index(IDS[name])
        for name in ("ORTH", "ENT_IOB", "ENT_TYPE")
        if IDS[name] in attributes
    }
    position = 0
    users = said.get("user_data") or []
    groups = said.get("span_groups") or []
    for number, length in enumerate(array("i", said["lengths"])):
        rows = range(position * width, (position + length) * width, width)
        column = {name: [tokens[row + at] for row in rows] for name, at in place.items()}
        yield _Document(
            column["ORTH"],
            bytes(said["spaces"][position : position + length]),
            column.get("ENT_IOB", []),
            column.get("ENT_TYPE", []),
            groups[number] if number < len(groups) else b"",
            users[number] if number < len(users) else None,
        )
        position += length


def _read(document: _Document, name: Name, where: str, context: ReadContext) -> Read:
    import srsly

    words = [name(key) for key in document.words]
    text = ""
    places: list[Extent] = []
    for word, space in zip(words, document.spaces, strict=True):
        places.append((len(text), len(text) + len(word)))
        text += word + (" " if space else "")
    user: Any = srsly.msgpack_loads(document.user_data) if document.user_data else {}
    head = json.loads(user[HEAD]) if isinstance(user, dict) and HEAD in user else None
    article = ForeignArticle(where, text)
    spans = list(_spans(document.groups, name, places))
    if head is None:
        spans += [span for span in _entities(document, name, places) if span not in spans]
        for number, (id, label, extent) in enumerate(spans):
            local = id or f"{extent[0]}-{extent[1]}-{label}-{number}"
            article.marks.append(ForeignMark(local, label, [extent]))
        return article.read(context)
    article.sha256, article.annotator = str(head["sha256"]), head["annotator"]
    article.view = str(head["view"])
    for id, label, extent in spans:
        whole = id.partition("#")[0]
        values = values_of(head["values"].get(id))
        article.marks.append(
            ForeignMark(id, label, [extent], layer=head["layers"].get(whole), values=values)
        )
    article.links = [ForeignLink(*map(str, link)) for link in head["links"]]
    return article.read(context)


def _spans(raw: bytes, name: Name, places: list[Extent]) -> Iterator[tuple[str, str, Extent]]:
    import srsly

    said: Any = srsly.msgpack_loads(raw) if raw else {}
    groups = said.items() if isinstance(said, dict) else [(item, [""]) for item in said]
    for group, keys in groups:
        for span in srsly.msgpack_loads(group)["spans"]:
            id, _, label, start, end, *_ = _SPAN.unpack(span)
            if not 0 <= start < end <= len(places):
                raise BadInput("has a span that lies outside its text")
            extent = (places[start][0], places[end - 1][1])
            yield (name(id) if id else ""), (name(label) or str(keys[0])), extent


def _entities(
    document: _Document, name: Name, places: list[Extent]
) -> Iterator[tuple[str, str, Extent]]:
    """Yield the entities that the token columns say, without an id."""
    first: int | None = None
    for number in range(len(places) + 1):
        inside = document.inside[number] if number < len(document.inside) else _OUTSIDE
        if first is not None and inside != _INSIDE:
            label = name(document.types[first])
            yield "", label, (places[first][0], places[number - 1][1])
            first = None
        if inside == _BEGIN:
            first = number
