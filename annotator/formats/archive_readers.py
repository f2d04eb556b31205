"""Nexis, LexisNexis and Factiva by name, and as plain text, where the suffix says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from itertools import chain

from annotator.domain.coded import Read, Remark
from annotator.domain.text import decode, encoding_of
from annotator.formats import docx, news_archives, odt, pdf, rtf
from annotator.formats import news_labels as labels
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import raw_of, sha256_of_file
from annotator.formats.documents import MAX_BYTES
from annotator.formats.html_blocks import blocks_of
from annotator.formats.news_archives import Archive, in_text, recognised
from annotator.formats.txt import TextReader

_NO_TEXT = (rtf.MARK, b"%PDF", b"PK", docx.OLE)
_PIECE = 1 << 20
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
        lines, decoder = _lines(source, context.encoding)
        if recognised(lines) is None and isinstance(lines, TextLines):
            note = "begins like an export of a news archive but is none: it was read as one article"
            yield Read(remarks=(Remark(source.name, note, 0),))
            yield from TextReader().read(source, context)
            return
        yield from news_archives.articles(lines, source, sha256_of_file(source), decoder)


class FactivaReader(NexisReader):
    """Reads Factiva, with field codes or as printed."""

    name = "factiva"
    about = "Factiva: many articles in a file"
    archives = (Archive.FACTIVA,)


def _lines(source: Source, encoding: str | None) -> tuple[Iterable[str], str]:
    """Return the paragraphs of a file by what is in it, and what made text of it."""
    head = source.head().lstrip()
    if head.startswith(_NO_TEXT):
        return _lines_of_document(source)
    if _MARKUP.match(head):
        decoded = decode(raw_of(source, MAX_BYTES), encoding)
        return [block.text for block in blocks_of(decoded.text)], f"html, {decoded.encoding}"
    lines = TextLines(source, encoding)
    return lines, lines.encoding


def _lines_of_document(source: Source) -> tuple[list[str], str]:
    raw = raw_of(source, MAX_BYTES)
    if raw.lstrip().startswith(rtf.MARK):
        return [block.text for block in rtf.blocks_in(raw)], "rtf"
    if raw.startswith(b"%PDF"):
        return [block.text for block in pdf.blocks_in(raw)], "pdf"
    is_odt = source.path.suffix.lower() == ".odt"
    blocks = odt.blocks_in(source) if is_odt else docx.blocks_in(source, raw)
    return [block.text for block in blocks], "odt" if is_odt else "docx"


class TextLines:
    """The paragraphs of a plain text, read anew each time, so that memory holds one of them.

    A line that opens or labels something is a paragraph of its own.

    Attributes:
        encoding: what made text of the bytes.
    """

    def __init__(self, source: Source, encoding: str | None) -> None:
        self._source = source
        with source.open() as file:
            self._codec = encoding_of(iter(lambda: file.read(_PIECE), b""), encoding)
        self.encoding = self._codec.removesuffix("-sig")

    def __iter__(self) -> Iterator[str]:
        open_lines: list[str] = []
        with self._source.open() as raw, TextIOWrapper(raw, self._codec, newline=None) as text:
            for number, line in enumerate(chain(text, [""])):
                said = line.removesuffix("\n") if number else line.strip("\n\ufeff")
                alone = _stands_alone(said)
                if open_lines and (alone or not said.strip()):
                    yield "\n".join(open_lines)
                    open_lines = []
                if alone:
                    yield said.strip()
                elif said.strip():
                    open_lines.append(said)


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
