"""Reading W3C Web Annotation: pages, collections and lists of annotations, one text after the other.

The file is read twice. First it is only looked at which annotations stand together; then the
annotations of one text become an article as soon as the next text begins. Where those of one text
are scattered over the file, they are gathered from all of it, which needs memory for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeAlias

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.fragment import Extent
from annotator.formats.base import ReadContext, Source
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark
from annotator.formats.json_files import Json, objects_under
from annotator.formats.offsets import Unit, fitting_unit
from annotator.formats.seen import Seen
from annotator.formats.web_annotation_body import About, Found, is_link, link_in, mark_in

LISTS = ("items", "@graph")
WITHIN = ("first",)

Piece: TypeAlias = tuple[str, "tuple[About, Found] | ForeignLink | Remark"]
"""What an annotation is, and where in the file it stands."""


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
        order = _Order(_pieces(source))
        scattered = _Scattered()
        group: _Group | None = None
        last: _Group | None = None
        for where, piece in _pieces(source):
            if isinstance(piece, Remark):
                yield Read(remarks=(piece,))
            elif isinstance(piece, ForeignLink):
                if order.links_follow and last:
                    last.links.append(piece)
                else:
                    scattered.links.append((where, piece))
            else:
                about, found = piece
                if not order.stands_together(about):
                    last = scattered.of(about)
                elif group is None or group.about != about:
                    if group:
                        yield group.read(source, context)
                    group = last = _Group(about)
                else:
                    last = group
                last.found.append(found)
        if group:
            yield group.read(source, context)
        yield from scattered.read(source, context)


def _pieces(source: Source) -> Iterator[Piece]:
    try:
        for number, item in enumerate(objects_under(source, LISTS, WITHIN, _alone), 1):
            where = f"{source.name}, annotation {number}"
            linking = isinstance(item, dict) and is_link(item)
            try:
                if not isinstance(item, dict):
                    raise BadInput("is no object")
                yield where, link_in(item) if linking else mark_in(item, where)
            except Problem as problem:
                kind = "link" if linking else "mark"
                yield where, Remark(where, f"{problem}; it was left out", 1, kind)
    except LookupError:
        raise BadInput("holds no annotations") from None


def _alone(item: Json) -> Json:
    """Return an object that is an annotation itself."""
    if "target" not in item:
        raise LookupError
    return item


class _Order:
    """Knows whether the annotations of a text stand together, from a look at all of them.

    Attributes:
        links_follow: every link stands behind the marks of its text.
    """

    def __init__(self, pieces: Iterator[Piece]) -> None:
        self.links_follow = True
        self._scattered: set[About] = set()
        known = Seen()
        last: About | None = None
        here: set[str] = set()
        for _, piece in pieces:
            if isinstance(piece, ForeignLink):
                self.links_follow = self.links_follow and piece.start in here
            elif isinstance(piece, tuple):
                about, found = piece
                if about != last:
                    if not known.add(repr((about.name, about.person, about.view))):
                        self._scattered.add(about)
                    last, here = about, set()
                here.add(found.mark.id)

    def stands_together(self, about: About) -> bool:
        """Tell whether all that is about this stands in one place of the file, links and all."""
        return self.links_follow and about not in self._scattered


@dataclass(slots=True)
class _Group:
    """The annotations of one person on one text."""

    about: About
    found: list[Found] = field(default_factory=list)
    links: list[ForeignLink] = field(default_factory=list)

    def read(self, source: Source, context: ReadContext) -> Read:
        """Return the article as that person coded it."""
        about = self.about
        where = f"{source.name}, {about.name}"
        text = context.text_of(about.sha256) if about.sha256 else None
        article = ForeignArticle(
            where, None, annotator=about.person, view=about.view, id=about.article
        )
        article.sha256, article.links = about.sha256, self.links
        if text is None:
            named = context.text_named(PurePosixPath(about.name).name)
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


class _Scattered:
    """The annotations of texts that are spoken of all over the file, and links that stand apart."""

    def __init__(self) -> None:
        self._groups: dict[About, _Group] = {}
        self.links: list[tuple[str, ForeignLink]] = []

    def of(self, about: About) -> _Group:
        """Return what was gathered about a text so far."""
        return self._groups.setdefault(about, _Group(about))

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each text, annotator and view."""
        owner = {found.mark.id: group for group in self._groups.values() for found in group.found}
        for where, link in self.links:
            if link.start in owner:
                owner[link.start].links.append(link)
            else:
                what = "begins at an annotation that is not in the file; it was left out"
                yield Read(remarks=(Remark(where, what, 1, "link"),))
        for group in self._groups.values():
            yield group.read(source, context)


def _placed(found: Found, text: str) -> ForeignMark:
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
