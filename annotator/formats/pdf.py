"""PDF, read by PDFium: lines put together to paragraphs, running heads told as boilerplate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import isclose

from annotator.domain.anatomy import ZoneKind
from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import Block, raw_of, sha256_of_bytes
from annotator.formats.documents import MAX_BYTES, read_document
from annotator.formats.extras import version_of
from annotator.formats.pdf_pages import HYPHEN, UNKNOWN, Line, Print, read_print
from annotator.formats.right_to_left import STRONG

_SOFT_HYPHEN = re.compile(f"[{HYPHEN}\u00ad] ?")
"""Breaks a word where a line ends, or might have."""
_NUMBERS = re.compile(r"\d+")
_ENDS = (".", "!", "?", "…", ":", "”", "“", "»", '"', "’", "。", "؟")
_FAR, _LARGER, _SAME = 1.3, 1.12, 0.02
"""So much more room between lines, or so much larger letters, begin a paragraph; so little more is none."""
_EDGE = 2
"""So many lines stand at the head of a page at most, and at its foot, that belong to the page itself."""
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
        whole = _with_text(raw)
        for what in _doubts(whole):
            yield Read(remarks=(Remark(source.name, what, 0),))
        blocks = _blocks(whole.pages)
        decoder = version_of("pypdfium2")
        yield from read_document(blocks, source, sha256_of_bytes(raw), decoder, title=whole.title)


def blocks_in(raw: bytes) -> list[Block]:
    """Return the paragraphs of a PDF; raise BadInput if it cannot be read or has none."""
    return _blocks(_with_text(raw).pages)


def _with_text(raw: bytes) -> Print:
    whole = read_print(raw)
    if not whole.pages:
        raise BadInput(
            "has no text in it, only pictures: let a program for OCR make it searchable first"
        )
    return whole


def _doubts(whole: Print) -> Iterator[str]:
    """Yield what somebody should compare with the pages."""
    text = "".join(line.text for lines in whole.pages for line in lines)
    if whole.empty:
        pages = "page" if whole.empty == 1 else "pages"
        yield f"has {whole.empty} {pages} without text, which may be pictures of text"
    if STRONG.search(text):
        yield (
            "has text that runs from right to left, whose letters were put in order by where "
            "they stand: compare it with the page, above all numbers and brackets"
        )
    if unknown := text.count(UNKNOWN):
        letters = "letter" if unknown == 1 else "letters"
        yield (
            f"has {unknown} {letters} of which it tells the shape alone, often “ff” or “fi”: "
            f"{UNKNOWN} stands for each"
        )


def _blocks(pages: Sequence[Sequence[Line]]) -> list[Block]:
    furniture = _furniture(pages)
    longest = _usual_length(pages)
    blocks: list[Block] = []
    open_lines: list[str] = []
    for lines in pages:
        pitch = _usual_pitch(lines)
        edges = _edges(lines)
        for place, line in enumerate(lines):
            if line in edges and _shape(line) in furniture:
                blocks.append(Block(line.text, ZoneKind.BOILERPLATE))
                continue
            open_lines.append(line.text)
            after = lines[place + 1] if place + 1 < len(lines) else None
            if after and _stands_apart(line, after, pitch):
                _close(blocks, open_lines)
                continue
            ends = line.text.endswith(_ENDS) or len(open_lines) == 1
            if len(line.text) < _SHORT * longest and ends and not _goes_on(after):
                _close(blocks, open_lines)
    _close(blocks, open_lines)
    return blocks


def _close(blocks: list[Block], lines: list[str]) -> None:
    """Put the lines that wait into a block."""
    if lines:
        blocks.append(Block(_SOFT_HYPHEN.sub("", " ".join(lines))))
        lines.clear()


def _stands_apart(line: Line, after: Line, pitch: float) -> bool:
    """Return whether a paragraph ends between two lines, by the room between them or the size of their letters."""
    if not pitch or after.bottom >= line.bottom:
        return False  # the next line is at the top of another column
    if line.bottom - after.bottom > _FAR * pitch * min(line.height, after.height):
        return True
    if not (line.is_even and after.is_even) or _goes_on(after):
        return False
    smaller, larger = sorted((line.height, after.height))
    return larger > _LARGER * smaller


def _goes_on(line: Line | None) -> bool:
    """Return whether a line begins as no sentence does."""
    return line is not None and line.text[:1].islower()


def _usual_pitch(lines: Sequence[Line]) -> float:
    """Return how far lines of a page stand from each other within a paragraph, in heights of their letters.

    It is nought if nobody can tell.
    """
    steps = sorted(
        (line.bottom - after.bottom) / line.height
        for line, after in pairwise(lines)
        if line.bottom > after.bottom and isclose(line.height, after.height, rel_tol=_SAME)
    )
    return steps[len(steps) // 4] if steps else 0.0


def _furniture(pages: Sequence[Sequence[Line]]) -> set[str]:
    """Return the shapes of lines that come again at the head or foot of most pages, from outside inwards."""
    found: set[str] = set()
    for _ in range(_EDGE if len(pages) > 2 else 0):
        seen: Counter[str] = Counter()
        for lines in pages:
            rest = [line for line in lines if _shape(line) not in found]
            seen.update({_shape(line) for line in _edges(rest, 1)} if rest else ())
        found |= {shape for shape, count in seen.items() if count >= max(3, len(pages) * 0.6)}
    return found


def _edges(lines: Sequence[Line], count: int = _EDGE) -> list[Line]:
    """Return the first and the last line, and so many that stand highest and lowest."""
    by_height = sorted(lines, key=lambda line: line.bottom)
    return [lines[0], lines[-1], *by_height[:count], *by_height[-count:]]


def _shape(line: Line) -> str:
    return _NUMBERS.sub("#", line.text).casefold()


def _usual_length(pages: Sequence[Sequence[Line]]) -> int:
    """Return how long a full line is: nine of ten are no longer."""
    lengths = sorted(len(line.text) for lines in pages for line in lines)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0
