"""Word documents, read by mammoth: paragraphs, headings, lists, tables, tracked insertions and notes."""

from __future__ import annotations

import io
from collections.abc import Iterator

from annotator.domain.coded import Read
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import Block, raw_of, sha256_of_bytes
from annotator.formats.documents import MAX_BYTES, read_document
from annotator.formats.extras import needed, version_of
from annotator.formats.html_blocks import blocks_of
from annotator.formats.safe_zip import SafeZip

OLE = b"\xd0\xcf\x11\xe0"
_STYLES = "p[style-name='Title'] => h1:fresh"


class DocxReader:
    """Reads ``.docx``; exports of Nexis as well."""

    name = "docx"
    suffixes = (".docx", ".doc")
    about = "Word documents; Nexis exports with many articles"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take Word files by what is in them: some sites give other files this suffix."""
        return source.path.suffix.lower() in self.suffixes and head.startswith((b"PK", OLE))

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the article, or each article of an archive."""
        raw = raw_of(source, MAX_BYTES)
        yield from read_document(
            blocks_in(source, raw), source, sha256_of_bytes(raw), version_of("mammoth")
        )


def blocks_in(source: Source, raw: bytes) -> list[Block]:
    """Return the paragraphs of a Word document.

    Raises:
        BadInput: an old binary file, a damaged one, or mammoth is missing.
    """
    if raw.startswith(OLE):
        raise BadInput(
            "is an old or locked Word file: open it in Word or LibreOffice and save it as .docx"
        )
    mammoth = needed("mammoth", "Word documents (.docx)")
    with SafeZip(source.path) as archive:
        if "word/document.xml" not in archive:
            raise BadInput("is no Word document: it has no text part in it")
    try:
        made = mammoth.convert_to_html(
            io.BytesIO(raw),
            style_map=_STYLES,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        )
    except RecursionError:
        raise BadInput("is nested too deeply to read") from None
    except Exception as error:  # noqa: BLE001  (whatever a damaged document does to its parser)
        raise BadInput(f"is a damaged Word document ({type(error).__name__})") from None
    return blocks_of(str(made.value))
