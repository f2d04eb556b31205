"""Nexis, LexisNexis and Factiva by name, and as plain text, where the suffix says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.domain.coded import Read, Remark
from annotator.domain.text import decode
from annotator.formats import docx, news_archives, odt, pdf, rtf
from annotator.formats import news_labels as labels
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import raw_of, sha256_of_bytes
from annotator.formats.documents import MAX_BYTES
from annotator.formats.html_blocks import blocks_of
from annotator.formats.news_archives import Archive, in_text, recognised
from annotator.formats.txt import TextReader

_NO_TEXT = (rtf.MARK, b"%PDF", b"PK", docx.OLE)
_MARKUP = re.compile(rb"\s*(?:<!doctype html|<html|<\?xml|<head|<body)", re.IGNORECASE)


class NexisReader:
    """Reads Nexis Uni, Lexis Advance and the old LexisNexis.

    Office documents, pages and prints are taken by the readers of their own format, which know the
    archives too; this one takes plain text, and whatever it is told to read.
    """

    name = "nexis"
    suffixes: tuple[str, ...] = (".txt", ".rtf", ".docx", ".html", ".pdf")
    about = "Nexis Uni, Lexis Advance, LexisNexis: many articles in a file"
    archives: tuple[Archive, ...] = (Archive.NEXIS, Archive.OLD)

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take plain text that begins as an export of this provider does."""
        if source.path.suffix.lower() != ".txt":
            return False
        return in_text(head) in self.archives

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield each article; what could not be cut is told."""
        raw = raw_of(source, MAX_BYTES)
        lines, decoder = _lines(source, raw, context.encoding)
        if recognised(lines) is None and not raw.startswith(_NO_TEXT):
            note = "begins like an export of a news archive but is none: it was read as one article"
            yield Read(remarks=(Remark(source.name, note, 0),))
            yield from TextReader().read(source, context)
            return
        yield from news_archives.articles(lines, source, sha256_of_bytes(raw), decoder)


class FactivaReader(NexisReader):
    """Reads Factiva, with field codes or as printed."""

    name = "factiva"
    about = "Factiva: many articles in a file"
    archives = (Archive.FACTIVA,)


def _lines(source: Source, raw: bytes, encoding: str | None) -> tuple[list[str], str]:
    """Return the paragraphs of a file by what is in it, and what made text of it."""
    if raw.lstrip().startswith(rtf.MARK):
        return [block.text for block in rtf.blocks_in(raw)], "rtf"
    if raw.startswith(b"%PDF"):
        return [block.text for block in pdf.blocks_in(raw)], "pdf"
    if raw.startswith((b"PK", docx.OLE)):
        is_odt = source.path.suffix.lower() == ".odt"
        blocks = odt.blocks_in(source) if is_odt else docx.blocks_in(source, raw)
        return [block.text for block in blocks], "odt" if is_odt else "docx"
    decoded = decode(raw, encoding)
    if _MARKUP.match(raw):
        return [block.text for block in blocks_of(decoded.text)], f"html, {decoded.encoding}"
    return paragraphs(decoded.text), decoded.encoding


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of plain text; a line that opens or labels something is one of its own."""
    found: list[str] = []
    open_lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        alone = _stands_alone(line)
        if open_lines and (alone or not line.strip()):
            found.append("\n".join(open_lines))
            open_lines = []
        if alone:
            found.append(line.strip())
        elif line.strip():
            open_lines.append(line)
    return found


def _stands_alone(line: str) -> bool:
    plain = labels.plain(line)
    return bool(
        plain in labels.END_OF_DOCUMENT
        or plain in labels.BODY
        or labels.labelled(line)
        or labels.LENGTH_LINE.fullmatch(line.strip())
        or labels.FACTIVA_END.fullmatch(line.strip())
        or (
            re.match(r"[A-Z]{2,3}(?:[\t |\u00a0]|$)", line)
            and line[:3].split(maxsplit=1)[0] in labels.FACTIVA_CODES
        )
    )
