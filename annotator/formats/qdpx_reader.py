"""Reading REFI-QDA projects: ours come back whole, those of others as far as texts and codes go.

The file is read twice, since codes and links stand anywhere in it: once for these, and once for
the texts, one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import BinaryIO
from xml.etree.ElementTree import Element

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.identity import derived_id
from annotator.domain.text import decode
from annotator.formats.base import ReadContext, Source
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark, headed
from annotator.formats.foreign_values import values_of
from annotator.formats.kept import Kept
from annotator.formats.offsets import best_reading
from annotator.formats.safe_xml import Pieces, local
from annotator.formats.safe_zip import SafeZip
from annotator.formats.strict_json import parse as parse_json

NAMESPACE = "urn:QDA-XML:project:1.0"
SUFFIX = ".qdpx"
PROJECT = "project.qde"
HEAD = "annotator"
"""The variable under which we keep what is known about an article."""

_LEFT_OUT = (
    "Note", "Set", "Graph", "PDFSource", "PictureSource", "AudioSource", "VideoSource",
)  # fmt: skip
_BESIDE = frozenset(("User", "Codes", "Link", *_LEFT_OUT))

Of = Callable[[str | None], ForeignArticle]
"""Gives the article as one person coded it."""


class QdpxReader:
    """Reads texts, selections, codings, links and users."""

    name = "refi"
    suffixes = (SUFFIX,)
    about = "REFI-QDA project"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take archives of this suffix."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each text and person."""
        with SafeZip(source.path) as archive:
            names: Kept[str] = Kept()
            for name in archive:
                names.put(name.lower(), name)
            own = names.last(PROJECT)
            if own is None:
                raise BadInput("has no project.qde in it, so it is no REFI-QDA project")
            with archive.open(own) as file:
                project = _Project(Pieces(file, _BESIDE), source.name, context)
            if project.remarks:
                yield Read(remarks=tuple(project.remarks))
            with archive.open(own) as file:
                yield from _texts(file, archive, names, source, context, project)


def _texts(
    file: BinaryIO,
    archive: SafeZip,
    names: Kept[str],
    source: Source,
    context: ReadContext,
    project: _Project,
) -> Iterator[Read]:
    for element in Pieces(file, frozenset(("TextSource",))):
        where = f"{source.name}, {element.get('name') or 'a text'}"
        try:
            inline = _child_text(element, "PlainTextContent")
            path = (element.get("plainTextPath") or "").removeprefix("internal://")
            if inline is not None:
                readings = [inline]
            else:
                raw = archive.read(names.last(f"sources/{path}".lower()) or path)
                text = decode(raw, context.encoding)
                readings = [raw.decode(text.encoding), text.text]
                readings.insert(1, readings[0].removeprefix("\ufeff"))
            yield from project.read_text(element, readings, where)
        except Problem as problem:
            lost = sum(local(each) == "Coding" for each in element.iter())
            yield Read(remarks=(Remark(where, f"{problem}; it was left out", 1 + lost),))


class _Project:
    """What stands beside the texts: users, codes and links, and what is left out."""

    def __init__(self, pieces: Pieces, name: str, context: ReadContext) -> None:
        self._context = context
        self._users: dict[str, str] = {}
        self._codes: dict[str, tuple[str, ...]] = {}
        self._links: Kept[tuple[str, str, str]] = Kept()
        left_out: Counter[str] = Counter()
        for piece in pieces:
            match local(piece):
                case "User":
                    self._users[_key(piece.get("guid"))] = piece.get("name") or "user"
                case "Codes":
                    self._collect(piece, ())
                case "Link":
                    start, end = _key(piece.get("originGUID")), _key(piece.get("targetGUID"))
                    self._links.put(start, (piece.get("name") or "link", start, end))
                case _:
                    left_out.update(
                        local(each) for each in piece.iter() if local(each) in _LEFT_OUT
                    )
        self._ours = pieces.root.get("origin") == "annotator"
        self.remarks = [
            Remark(name, f"{kind} elements were left out", left_out[kind])
            for kind in _LEFT_OUT
            if left_out[kind]
        ]

    def read_text(self, element: Element, readings: list[str], where: str) -> Iterator[Read]:
        """Yield what each person coded in a text."""
        selections = [each for each in element if local(each) == "PlainTextSelection"]
        quotes = []
        for each in selections:
            start, end = each.get("startPosition", ""), each.get("endPosition", "")
            if start.isdecimal() and end.isdecimal() and each.get("name"):
                quotes.append((int(start), int(end), each.get("name") or ""))
        text, unit = best_reading(readings, quotes)
        head, states = self._head(element)
        articles: dict[str, ForeignArticle] = {}

        def of(person: str | None) -> ForeignArticle:
            if (person or "") not in articles:
                own = headed(where, text, head)
                own.unit, own.annotator = unit, person
                own.states = dict(values) if isinstance(values := states.get(person), dict) else {}
                if not self._ours:
                    own.meta = {"title": element.get("name")}
                articles[person or ""] = own
            return articles[person or ""]

        remarks: list[Remark] = []
        for each in selections:
            self._selection(each, of, remarks, where)
        for person in states:
            of(str(person))
        for article in list(articles.values()) or [of(None)]:
            for mark in article.marks:
                article.links += [ForeignLink(*link) for link in self._links.of(mark.id)]
            article.remarks += remarks
            remarks = []
            yield article.read(self._context)

    # Inside

    def _collect(self, parent: Element, path: tuple[str, ...]) -> None:
        for code in parent:
            if local(code) == "Code":
                here = (*path, code.get("name") or "")
                self._codes[_key(code.get("guid"))] = here
                self._collect(code, here)

    def _head(self, element: Element) -> tuple[object, dict[object, object]]:
        """Return what we once wrote about the article, and the states by person."""
        variable = derived_id("variable", HEAD)
        for value in _all(element, "VariableValue"):
            refs = [_key(ref.get("targetGUID")) for ref in _all(value, "VariableRef")]
            said = _child_text(value, "TextValue")
            if refs == [variable] and said:
                head = parse_json(said.encode())
                states = head.get("states") if isinstance(head, dict) else None
                if isinstance(head, dict):
                    return {**head, "states": {}}, states if isinstance(states, dict) else {}
        return None, {}

    def _selection(self, each: Element, of: Of, remarks: list[Remark], where: str) -> None:
        guid = _key(each.get("guid"))
        start, end = each.get("startPosition", ""), each.get("endPosition", "")
        codings = [coding for coding in each if local(coding) == "Coding"]
        if not (start.isdecimal() and end.isdecimal()) or max(len(start), len(end)) > 9:
            remarks.append(Remark(where, f"the selection {guid[:8]} has no place", 1, "mark"))
            return
        if not codings:
            remarks.append(Remark(where, f"the selection {guid[:8]} has no code", 1, "mark"))
            return
        extent = (int(start), int(end))
        paths = [
            (self._users.get(_key(coding.get("creatingUser") or each.get("creatingUser"))), path)
            for coding in codings
            for path in self._paths(coding, remarks, where)
        ]
        if self._ours:
            self._own_mark(guid, extent, paths, each, of)
            return
        for number, (person, path) in enumerate(paths):
            id = guid if not number else f"{guid}/{number}"
            of(person).marks.append(ForeignMark(id, path[-1], [extent]))

    def _own_mark(
        self,
        guid: str,
        extent: tuple[int, int],
        paths: list[tuple[str | None, tuple[str, ...]]],
        each: Element,
        of: Of,
    ) -> None:
        if not paths:
            return
        person, (layer, *_) = paths[0]
        said = _child_text(each, "Description")
        values = values_of(parse_json(said.encode())) if said else {}
        for _, path in paths:
            if len(path) == 3:
                values.setdefault(path[1], []).append(path[2])
        mark = ForeignMark(guid, layer, [extent], layer=layer, values=values)
        of(person).marks.append(mark)

    def _paths(self, coding: Element, remarks: list[Remark], where: str) -> list[tuple[str, ...]]:
        found = []
        for ref in _all(coding, "CodeRef"):
            path = self._codes.get(_key(ref.get("targetGUID")))
            if path:
                found.append(path)
            else:
                remarks.append(
                    Remark(where, "a coding names a code that is not in the file", 1, "mark")
                )
        return found


def _all(element: Element, name: str) -> list[Element]:
    return [each for each in element.iter() if local(each) == name]


def _key(guid: str | None) -> str:
    """Return a GUID in our form; some programs write braces or capitals."""
    return (guid or "").strip("{}").lower()


def _child_text(element: Element, name: str) -> str | None:
    return next((each.text or "" for each in element if local(each) == name), None)
