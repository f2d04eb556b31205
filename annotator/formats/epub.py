"""Electronic books and newspapers (EPUB): an article for each chapter of the reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.text import decode
from annotator.formats import safe_xml
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import Block, article, is_same, raw_of, sha256_of_bytes
from annotator.formats.documents import MAX_BYTES
from annotator.formats.html_blocks import blocks_of
from annotator.formats.metadata import meta_of
from annotator.formats.safe_zip import SafeZip

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")


@dataclass(slots=True)
class _Book:
    said: dict[str, str] = field(default_factory=dict)
    chapters: list[str] = field(default_factory=list)


class EpubReader:
    """Reads ``.epub``."""

    name = "epub"
    suffixes = (".epub",)
    about = "electronic books: an article for each chapter"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of this suffix."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each chapter; pages without words (a cover) are passed over."""
        sha256 = sha256_of_bytes(raw_of(source, MAX_BYTES))
        with SafeZip(source.path) as archive:
            book = _book(archive)
            for number, name in enumerate(book.chapters, 1):
                try:
                    blocks = blocks_of(decode(archive.read(name)).text)
                    if not blocks:
                        continue
                    if _is_title_page(blocks, book.said):
                        what = f"page {number} says only what the book is called; it was left out"
                        yield Read(remarks=(Remark(source.name, what, 0),))
                        continue
                    title = next((block.text for block in blocks[:4] if block.zone), None)
                    said = {**book.said, "chapter": str(number)}
                    if "title" in said:
                        said["book"] = said["title"]
                    said["title"] = title or f"{said.get('book', '')}, {number}".strip(", ")
                    meta = meta_of(said, source.file_name)
                    yield Read(article(blocks, meta, sha256, "EPUB"))
                except Problem as problem:
                    where = f"{source.name}, chapter {number}"
                    yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))


def _is_title_page(blocks: list[Block], said: dict[str, str]) -> bool:
    """Tell whether a page repeats what the book says about itself, and nothing else."""
    return all(any(is_same(block.text, value) for value in said.values()) for block in blocks)


def _book(archive: SafeZip) -> _Book:
    container = safe_xml.parse(archive.read(_CONTAINER))
    place = next(
        (
            element.get("full-path")
            for element in container.iter()
            if safe_xml.local(element) == "rootfile"
        ),
        None,
    )
    if not place:
        raise BadInput("is no EPUB: it does not say where its contents are")
    package = safe_xml.parse(archive.read(place))
    if "META-INF/encryption.xml" in archive and "rights.xml" in " ".join(archive):
        raise BadInput("is locked by copy protection: only its owner's program can read it")
    book = _Book(_said(package))
    folder = posixpath.dirname(place)
    items = {
        element.get("id"): element
        for element in package.iter()
        if safe_xml.local(element) == "item"
    }
    for element in package.iter():
        if safe_xml.local(element) != "itemref":
            continue
        item = items.get(element.get("idref"))
        is_page = item is not None and item.get("media-type") in _PAGES
        if item is not None and is_page and "nav" not in (item.get("properties") or "").split():
            href = unquote(item.get("href") or "")
            book.chapters.append(posixpath.normpath(posixpath.join(folder, href)))
    if not book.chapters:
        raise BadInput("has no chapters in it")
    return book


def _said(package: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    for element in package.iter():
        name = safe_xml.local(element)
        if name in ("title", "creator", "publisher", "date", "language", "rights") and element.text:
            said.setdefault(name, element.text.strip())
    return said
