"""Saved news feeds (RSS, Atom, RDF): an article for each entry, from the file alone."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.formats import safe_xml
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import article, headed, sha256_of_file
from annotator.formats.html_blocks import blocks_of
from annotator.formats.metadata import meta_of
from annotator.formats.safe_xml import Pieces

_ROOTS = (b"<rss", b"<feed", b"<rdf:rdf")
_ENTRIES = frozenset(("item", "entry"))
_ABOUT = {"title": "publisher", "language": "language"}
_OTHERS = frozenset(("image", "textInput", "textinput"))
"""Parts of a feed that have titles of their own."""
_TEXTS = ("encoded", "content", "description", "summary")
"""Where the text is, the fullest first."""
_STUB = 250
"""Entries of fewer characters are teasers of an article on the site."""
_SAID = {
    "author": "author", "creator": "author", "pubDate": "published", "published": "published", "date": "published",
    "updated": "updated", "guid": "guid", "id": "guid", "category": "section", "rights": "licence", "language": "language",
}  # fmt: skip


class FeedReader:
    """Reads ``.rss``, ``.atom`` and ``.xml`` files that are feeds."""

    name = "feed"
    suffixes = (".rss", ".atom", ".xml", ".rdf")
    about = "saved news feeds (RSS, Atom): an article for each entry"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take XML whose first element is a feed."""
        lower = head.lower()
        is_feed = (
            any(root in lower for root in _ROOTS)
            and lower.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<"
        )
        return source.path.suffix.lower() in self.suffixes and is_feed

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the entries; one that holds only a teaser is told."""
        sha256 = sha256_of_file(source)
        about = _about(source)
        number = teasers = 0
        with source.open() as file:
            for number, entry in enumerate(Pieces(file, _ENTRIES), 1):
                try:
                    blocks = blocks_of(_body(entry))
                    meta = meta_of({**about, **_said(entry)}, source.file_name)
                    coded = article(headed(blocks, meta.title), meta, sha256, "feed")
                except Problem as problem:
                    where = f"{source.name}, entry {number}"
                    yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))
                    continue
                teasers += sum(len(block.text) for block in blocks) < _STUB
                yield Read(coded)
        if not number:
            raise BadInput("is a feed without entries: there is nothing to read in it")
        if teasers:
            what = f"holds only the first lines of {teasers} articles (of {number})"
            yield Read(remarks=(Remark(source.name, what, 0),))


def _about(source: Source) -> dict[str, str]:
    """Return what a feed says of itself, before or behind its entries."""
    about: dict[str, str] = {}
    with source.open() as file:
        pieces = Pieces(file, _ENTRIES | _OTHERS | _ABOUT.keys())
        for piece in pieces:
            field = _ABOUT.get(safe_xml.local(piece))
            if field:
                about.setdefault(field, " ".join("".join(piece.itertext()).split()))
    about.setdefault("language", pieces.root.get("http://www.w3.org/XML/1998/namespace}lang", ""))
    return about


def _body(entry: Element) -> str:
    for name in _TEXTS:
        for child in entry:
            if safe_xml.local(child) == name:
                inner = "".join(child.itertext())
                if child.get("type") == "xhtml":
                    inner = _markup(child)
                if inner.strip():
                    return inner
    return ""


def _markup(element: Element) -> str:
    """Return XHTML inside an entry as HTML, by its local names."""
    parts = [safe_xml.text(element.text or "")]
    for child in element:
        name = safe_xml.local(child)
        parts += [f"<{name}>", _markup(child), f"</{name}>", safe_xml.text(child.tail or "")]
    return "".join(parts)


def _said(entry: Element) -> dict[str, str]:
    said = {"title": " ".join(_plain(_text(entry, "title")).split())}
    for child in entry:
        name = safe_xml.local(child)
        if name == "link":
            if child.get("rel", "alternate") == "alternate":
                said.setdefault("url", (child.get("href") or child.text or "").strip())
        elif name in _SAID:
            value = _text(child, "name") or " ".join("".join(child.itertext()).split())
            value = value or child.get("term") or ""
            if value:
                said.setdefault(_SAID[name], value)
    if "published" not in said and "updated" in said:
        said["published"] = said.pop("updated")
    return said


def _plain(title: str) -> str:
    """Return a title without the markup that some feeds have in it."""
    return (
        " ".join(block.text for block in blocks_of(title))
        if "<" in title or "&" in title
        else title
    )


def _text(parent: Element, name: str) -> str:
    found = next((child for child in parent if safe_xml.local(child) == name), None)
    return "" if found is None else " ".join("".join(found.itertext()).split())
