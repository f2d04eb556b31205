"""The lines of a PDF as PDFium finds them, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isclose
from typing import Any

from annotator.domain.errors import BadInput
from annotator.formats import right_to_left
from annotator.formats.extras import needed
from annotator.formats.right_to_left import Letter

MAX_PAGES = 5000
HYPHEN = "\x02"
"""A hyphen that only broke a word at the end of a line, as PDFium tells it in place of the line's end."""

UNKNOWN = "\ufffd"
"""A letter of which the file says how it looks, not which it is."""

_NAMELESS = "\0"
_ENDS = "\r\n"
_HALF = re.compile("[\ud800-\udfff]")
_EVEN = 0.02


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page; a word that is broken at its end is followed by ``HYPHEN``.

    Attributes:
        bottom: how high it stands above the foot of the page, in points.
        height: how high its letters are, by their size, in points.
        is_even: whether they seem to be all of one size.
    """

    text: str
    bottom: float
    height: float
    is_even: bool = True


@dataclass(frozen=True, slots=True)
class Print:
    """What a PDF holds.

    Attributes:
        pages: the lines of each page that has any.
        empty: how many pages have none.
        title: what the file calls itself.
    """

    pages: list[list[Line]]
    empty: int
    title: str


def read_print(raw: bytes) -> Print:
    """Return what a PDF holds; raise BadInput if it cannot be read."""
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
        read = [_lines_of_page(document, number) for number in range(len(document))]
        title = document.get_metadata_value("Title")
    except pdfium.PdfiumError as error:
        raise BadInput(f"is a damaged PDF ({error})") from None
    finally:
        document.close()
    pages = [lines for lines in read if lines]
    return Print(pages, len(read) - len(pages), title)


def _lines_of_page(document: Any, number: int) -> list[Line]:
    page = document[number]
    try:
        textpage = page.get_textpage()
        try:
            return [line for line in _lines(_PageText(textpage)) if line.text]
        finally:
            textpage.close()
    finally:
        page.close()


class _PageText:
    """The text of a page in UTF-16 units, as PDFium numbers them; boxes on demand, as each costs a call."""

    def __init__(self, textpage: Any) -> None:
        self._page = textpage
        unit_of = needed("pypdfium2.raw", "PDF files").FPDFText_GetUnicode
        self.units = [chr(unit_of(textpage, number)) for number in range(textpage.count_chars())]

    def lines(self) -> Iterator[range]:
        """Yield the numbers of the units of each line that has any."""
        start = 0
        for number, unit in enumerate([*self.units, "\n"]):
            if unit in _ENDS or unit == HYPHEN:
                end = number + (unit == HYPHEN)
                if start < end:
                    yield range(start, end)
                start = number + 1

    def text(self, units: range) -> str:
        """Return the text of some units."""
        return _joined(self.units[units.start : units.stop])

    def letters(self, units: range) -> Iterator[Letter]:
        """Yield the letters of some units with their boxes."""
        numbers = iter(units)
        for number in numbers:
            pair = self.units[number : min(number + 2, units.stop)]
            if len(pair) == 2 and all(_HALF.match(unit) for unit in pair):
                next(numbers)
                # Turned round with the line, the halves stand the other way as well.
                yield Letter(_joined(sorted(pair)), *self._box(number))
            else:
                yield Letter(_joined(pair[:1]), *self._box(number))

    def line(self, units: range) -> Line:
        """Return a line with its place; three of its letters tell its height."""
        visible = [number for number in units if not self.units[number].isspace()] or list(units)
        asked = visible[0], visible[len(visible) // 2], visible[-1]
        boxes = [self._box(number) for number in asked]
        least, height, most = sorted(top - bottom for _, _, bottom, top in boxes)
        is_even = isclose(least, most, rel_tol=_EVEN)
        return Line(_tidy(self.text(units)), boxes[0][2], height or 1.0, is_even=is_even)

    def _box(self, number: int) -> tuple[float, float, float, float]:
        """Return left, right, bottom and top of a letter."""
        left, bottom, right, top = self._page.get_charbox(number, loose=True)
        return left, right, bottom, top


def _lines(page: _PageText) -> Iterator[Line]:
    """Yield the lines of a page as they are read."""
    lines = list(page.lines())
    whole = "".join(page.units)
    if not right_to_left.STRONG.search(whole):
        yield from map(page.line, lines)
        return
    from_right = right_to_left.runs_right_to_left(whole)
    for letters in right_to_left.whole_lines(list(page.letters(units)) for units in lines):
        text = "".join(letter.text for letter in letters)
        if right_to_left.STRONG.search(text):
            text = right_to_left.in_reading_order(letters, from_right=from_right)
        first = letters[0]
        yield Line(_tidy(text), first.bottom, first.top - first.bottom or 1.0)


def _joined(units: Sequence[str]) -> str:
    raw = "".join(units).replace(_NAMELESS, UNKNOWN)
    return raw.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _tidy(text: str) -> str:
    """Return a line with single spaces."""
    return " ".join(text.split())
