"""PDF, read by PDFium: lines put together to paragraphs, running heads told as boilerplate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from annotator.domain.anatomy import ZoneKind
from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput
from annotator.formats import right_to_left
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import Block, raw_of, sha256_of_bytes
from annotator.formats.documents import MAX_BYTES, read_document
from annotator.formats.extras import needed, version_of
from annotator.formats.right_to_left import Letter

MAX_PAGES = 5000
_SOFT_HYPHEN = re.compile("[\ufffe\x02\u00ad]\r?\n?")
_NUMBERS = re.compile(r"\d+")
_ENDS = (".", "!", "?", "…", ":", "”", "“", "»", '"', "’", "。", "؟")
_SHORT = 0.75
"""A line shorter than this part of the longest closes a paragraph if it ends as a sentence or stands alone,
and the next line does not begin with a small letter."""


class PdfReader:
    """Reads ``.pdf``; exports of Nexis as well. A scan without text is told as such."""

    name = "pdf"
    suffixes = (".pdf",)
    about = "PDF with text in it (no scans)"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take what begins as PDF does, and every file of this suffix."""
        return head[:1024].lstrip().startswith(b"%PDF") or source.path.suffix.lower() == ".pdf"

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the article, or each article of an archive."""
        raw = raw_of(source, MAX_BYTES)
        pages, without, title = _pages(raw)
        if without:
            what = f"has {without} pages without text in them, which may be pictures of text"
            yield Read(remarks=(Remark(source.name, what, 0),))
        if any(map(right_to_left.STRONG.search, (line for lines in pages for line in lines))):
            what = (
                "has text that runs from right to left, whose letters were put in order by where "
                "they stand: compare it with the page, above all numbers and brackets"
            )
            yield Read(remarks=(Remark(source.name, what, 0),))
        decoder = version_of("pypdfium2")
        yield from read_document(_blocks(pages), source, sha256_of_bytes(raw), decoder, title=title)


def blocks_in(raw: bytes) -> list[Block]:
    """Return the paragraphs of a PDF; raise BadInput if it cannot be read or has none."""
    return _blocks(_pages(raw)[0])


def _pages(raw: bytes) -> tuple[list[list[str]], int, str]:
    """Return the lines of each page with text, how many pages have none, and what the file calls itself."""
    pdfium = needed("pypdfium2", "PDF files")
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise BadInput("is locked with a password: save a copy without it") from None
        raise BadInput("is no PDF that can be read: it may be damaged") from None
    try:
        if len(document) > MAX_PAGES:
            raise BadInput(f"has more than {MAX_PAGES} pages: split it into its articles first")
        read = [_lines(document, number) for number in range(len(document))]
        title = document.get_metadata_value("Title")
    except pdfium.PdfiumError as error:
        raise BadInput(f"is a damaged PDF ({error})") from None
    finally:
        document.close()
    pages = [lines for lines in read if lines]
    if not pages:
        raise BadInput(
            "has no text in it, only pictures: let a program for OCR make it searchable first"
        )
    return pages, len(read) - len(pages), title


def _lines(document: Any, number: int) -> list[str]:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            text = textpage.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
            if right_to_left.STRONG.search(text):
                text = _in_reading_order(text, _letters(textpage))
        finally:
            textpage.close()
    finally:
        page.close()
    whole = _SOFT_HYPHEN.sub("", text)
    return [" ".join(line.split()) for line in whole.split("\n") if line.strip()]


def _letters(textpage: Any) -> Iterator[list[Letter]]:
    """Yield the letters of each line with the places at which they stand."""
    unicode_of = needed("pypdfium2.raw", "PDF files").FPDFText_GetUnicode
    line: list[Letter] = []
    for number in range(textpage.count_chars()):
        text = chr(unicode_of(textpage, number))
        if text in "\r\n":
            yield line
            line = []
        elif text != "\0":
            left, bottom, right, top = textpage.get_charbox(number, loose=True)
            line.append(Letter(text, left, right, bottom, top))
    yield line


def _in_reading_order(text: str, lines: Iterator[list[Letter]]) -> str:
    """Return the lines of a page as they are read; those with nothing from right to left as PDFium read them."""
    from_right = right_to_left.runs_right_to_left(text)
    read = []
    for letters in right_to_left.whole_lines(lines):
        line = "".join(letter.text for letter in letters)
        if right_to_left.STRONG.search(line):
            line = right_to_left.in_reading_order(letters, from_right=from_right)
        read.append(line)
    return "\n".join(read)


def _blocks(pages: list[list[str]]) -> list[Block]:
    furniture = _furniture(pages)
    longest = _usual_length(pages)
    blocks: list[Block] = []
    open_lines: list[str] = []
    for lines in pages:
        for place, line in enumerate(lines):
            is_edge = place in (0, len(lines) - 1)
            if is_edge and _shape(line) in furniture:
                _close(blocks, open_lines, keep_open=True)
                blocks.append(Block(line, ZoneKind.BOILERPLATE))
                continue
            open_lines.append(line)
            after = lines[place + 1] if place + 1 < len(lines) else ""
            goes_on = after[:1].islower()
            ends = line.endswith(_ENDS) or len(open_lines) == 1
            if len(line) < _SHORT * longest and ends and not goes_on:
                _close(blocks, open_lines)
    _close(blocks, open_lines)
    return blocks


def _close(blocks: list[Block], lines: list[str], *, keep_open: bool = False) -> None:
    """Put the lines that wait into a block; before a running head they go on waiting behind it."""
    if lines and not keep_open:
        blocks.append(Block(" ".join(lines)))
        lines.clear()


def _furniture(pages: list[list[str]]) -> set[str]:
    """Return the shapes of first and last lines that come again on most pages."""
    if len(pages) < 3:
        return set()
    seen = Counter(
        shape for lines in pages for shape in {_shape(lines[0]), _shape(lines[-1])} if shape
    )
    return {shape for shape, count in seen.items() if count >= max(3, len(pages) * 0.6)}


def _shape(line: str) -> str:
    return _NUMBERS.sub("#", line).casefold()


def _usual_length(pages: list[list[str]]) -> int:
    """Return how long a full line is: nine of ten are no longer."""
    lengths = sorted(len(line) for lines in pages for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0
