"""What is really painted, read back through the layouts: the proof that a mark sits where it was put."""

from __future__ import annotations

from PySide6.QtCore import QRectF

from annotator.domain.fragment import JOIN
from annotator.domain.identity import Id
from annotator.presentation.page import Page
from annotator.presentation.page_clusters import following
from annotator.presentation.page_layout import Piece
from annotator.ui.page.column import Column
from annotator.ui.page.paragraph import Paragraph


def painted_offsets(page: Page, column: Column, mark: Id) -> set[int]:
    """Return the offsets of the characters whose glyphs lie within what is painted for a mark.

    Every character of the paragraphs is looked at, so that paint beside the mark shows, too.
    What has no width, as a soft hyphen, counts as painted between two that are.
    """
    found: set[int] = set()
    for number, pieces in _pieces(page, mark).items():
        first, last = page.paragraphs[number]
        paragraph, text = column.paragraph(number), page.text[first:last]
        rects = [rect for piece in pieces for rect in paragraph.rects(piece.start, piece.end)]
        found |= {first + offset for offset in _under(rects, paragraph, text)}
    return found


def painted_text(page: Page, column: Column, mark: Id) -> str:
    """Return what is painted for a mark as text; ``…`` stands between stretches apart."""
    stretches: list[str] = []
    before = -2
    for offset in sorted(painted_offsets(page, column, mark)):
        if stretches and (offset == before + 1 or page.text[before + 1 : offset].strip("\n") == ""):
            stretches[-1] += page.text[before + 1 : offset + 1]
        else:
            stretches.append(page.text[offset])
        before = offset
    return JOIN.join(stretches)


def _pieces(page: Page, mark: Id) -> dict[int, list[Piece]]:
    found: dict[int, list[Piece]] = {}
    extents = page.marks[mark].extents
    first, last = page.paragraph_of(extents[0][0]), page.paragraph_of(extents[-1][1])
    for number in range(first, last + 1):
        marks = page.layout(number)
        found[number] = [piece for piece in (*marks.boxes, *marks.lines) if piece.mark.id == mark]
    return found


def _under(rects: list[QRectF], paragraph: Paragraph, text: str) -> set[int]:
    """Return the offsets of one paragraph whose glyphs lie within the rectangles."""
    found: set[int] = set()
    bare: list[int] = []
    before_is_under = False
    start = 0
    while start < len(text):
        end = following(text, start)
        cell = paragraph.cell(start)
        if cell is None or cell[0].width() < 0.2:
            bare += range(start, end)
        else:
            is_under = any(rect.contains(cell[0].center()) for rect in rects)
            if before_is_under:
                # A letter without width is the rest of a ligature, and lies where its glyph does.
                found.update(other for other in bare if is_under or text[other].isalpha())
            if is_under:
                found.update(range(start, end))
            before_is_under, bare = is_under, []
        start = end
    if before_is_under:
        found.update(other for other in bare if text[other].isalpha())
    return found
