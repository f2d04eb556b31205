"""OpenDocument texts, as LibreOffice writes them."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from annotator.domain.anatomy import ZoneKind
from annotator.domain.coded import Read
from annotator.domain.errors import BadInput
from annotator.formats import safe_xml
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import Block, raw_of, sha256_of_bytes
from annotator.formats.documents import MAX_BYTES, read_document
from annotator.formats.safe_zip import SafeZip

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_SILENT = frozenset(
    (
        "tracked-changes",
        "annotation",
        "annotation-end",
        "ruby-text",
        "note-citation",
        "sequence-decls",
    )
)
_MOST_SPACES = 1000


class OdtReader:
    """Reads ``.odt``."""

    name = "odt"
    suffixes = (".odt",)
    about = "OpenDocument texts (LibreOffice)"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of this suffix."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the article, or each article of an archive."""
        raw = raw_of(source, MAX_BYTES)
        yield from read_document(
            blocks_in(source), source, sha256_of_bytes(raw), "OpenDocument content.xml"
        )


def blocks_in(source: Source) -> list[Block]:
    """Return the paragraphs and headings of an OpenDocument text; raise BadInput if it is none."""
    with SafeZip(source.path) as archive:
        root = safe_xml.parse(archive.read("content.xml"))
    body = next((element for element in root.iter() if safe_xml.local(element) == "text"), None)
    if body is None:
        raise BadInput("is no OpenDocument text: it has no body")
    return list(_blocks(body))


def _blocks(parent: Element) -> Iterator[Block]:
    for element in parent:
        name = safe_xml.local(element)
        if name in _SILENT:
            continue
        if name == "table-row":
            cells = [" ".join(block.text for block in _blocks(cell)) for cell in element]
            yield Block("\t".join(cells))
        elif name in ("p", "h"):
            style = element.get(f"{_TEXT}style-name") or ""
            is_title = style == "Title" or (
                name == "h" and element.get(f"{_TEXT}outline-level") == "1"
            )
            text = "".join(_words(element))
            if text.strip():
                yield Block(text, ZoneKind.HEADLINE if is_title else None)
        else:
            yield from _blocks(element)


def _words(element: Element) -> Iterator[str]:
    yield _folded(element.text)
    for child in element:
        name = safe_xml.local(child)
        if name == "s":
            count = child.get(f"{_TEXT}c") or "1"
            yield " " * min(int(count) if count.isascii() and count.isdigit() else 1, _MOST_SPACES)
        elif name == "tab":
            yield "\t"
        elif name == "line-break":
            yield "\n"
        elif name == "p":
            yield from ("\n", *_words(child))
        elif name not in _SILENT:
            yield from _words(child)
        yield _folded(child.tail)


def _folded(text: str | None) -> str:
    """Return text with its line ends as spaces: in this format they are none."""
    return (text or "").replace("\n", " ").replace("\r", " ")
