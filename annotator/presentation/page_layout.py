"""Where the marks of one paragraph go: pieces, lanes and tinted runs, as values in code points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.codebook import Shape
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id

CHUNK = 20_000
"""Longer paragraphs are laid out in parts, since Qt lays a paragraph out as a whole."""

MAX_LANES = 4
"""More marks than this on one place are told by a number."""

UNDERLINED = frozenset({Shape.BRACKETS, Shape.DOTTED, Shape.WAVE, Shape.DASHED, Shape.DOUBLE})


@dataclass(frozen=True, slots=True)
class PageMark:
    """What the page draws for a mark.

    Attributes:
        extents: its fragments, in code points of the article.
        colour: light and dark theme.
        key: letter of its layer, told where colour cannot be.
        sign: shown after it (``+``, ``−``, ``±``), if any.
        weight: 1 to 3, how strongly it is drawn.
        margin: the note beside it, if any.
        ghost: whether it is only suggested.
        owner: initials of another annotator, if it is not one's own.
        description: what hovering over it says.
    """

    id: Id
    layer: str
    shape: Shape
    colour: tuple[str, str]
    extents: tuple[Extent, ...]
    key: str = ""
    sign: str = ""
    weight: int = 1
    margin: str | None = None
    ghost: bool = False
    owner: str | None = None
    description: str = ""

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.extents[0][0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.extents[-1][1]

    @property
    def length(self) -> int:
        """How many code points its fragments cover."""
        return sum(end - start for start, end in self.extents)

    def covers(self, offset: int) -> bool:
        """Tell whether one of the fragments covers the code point at ``offset``."""
        return any(start <= offset < end for start, end in self.extents)


@dataclass(frozen=True, slots=True)
class PageLink:
    """What the page draws for a link: from a mark to a mark, or to a word (``author``)."""

    start: Id
    end: Id
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The part of a fragment that lies in one paragraph.

    Attributes:
        start, end: relative to the paragraph.
        opens, closes: whether the mark as a whole begins or ends here; else it was cut.
        lane: 0 is next to the words; None where more marks lie than can be drawn.
    """

    mark: PageMark
    start: int
    end: int
    opens: bool
    closes: bool
    lane: int | None = None


@dataclass(frozen=True, slots=True)
class ParagraphMarks:
    """Everything to draw in one paragraph.

    Attributes:
        boxes: pieces drawn as tinted boxes behind the words.
        lines: pieces drawn under the words, each in its lane.
        crowded: how many more there are, by the place they begin at.
    """

    boxes: tuple[Piece, ...] = ()
    lines: tuple[Piece, ...] = ()
    crowded: tuple[tuple[int, int], ...] = ()


def chunks(text: str) -> list[Extent]:
    """Return the stretches that are laid out one by one: paragraphs, long ones cut at a space."""
    found: list[Extent] = []
    start = 0
    while True:
        end = text.find("\n", start)
        stop = len(text) if end < 0 else end
        while stop - start > CHUNK:
            cut = _cut(text, start)
            found.append((start, cut))
            start = cut
        found.append((start, stop))
        if end < 0:
            return found
        start = end + 1


def lay_out(paragraph: Extent, marks: Iterable[PageMark]) -> ParagraphMarks:
    """Return where each piece of these marks goes in a paragraph.

    Lanes are given by first fit, in order of start and then the longer first, so that a
    mark made elsewhere moves nothing.
    """
    pieces = sorted(
        (piece for mark in marks for piece in _pieces(paragraph, mark)),
        key=lambda piece: (piece.start, -piece.end, piece.mark.id),
    )
    boxes = tuple(piece for piece in pieces if piece.mark.shape is Shape.BOX)
    lines, crowded = _lanes([piece for piece in pieces if piece.mark.shape in UNDERLINED])
    return ParagraphMarks(boxes, lines, crowded)


def _cut(text: str, start: int) -> int:
    """Return where a long paragraph is cut: after a space, so no cluster is split."""
    space = text.rfind(" ", start + CHUNK // 2, start + CHUNK)
    return space + 1 if space > 0 else start + CHUNK


def _pieces(paragraph: Extent, mark: PageMark) -> list[Piece]:
    first, last = paragraph
    found = []
    for start, end in mark.extents:
        begin, stop = max(start, first), min(end, last)
        if begin < stop:
            opens, closes = begin == mark.start, stop == mark.end
            found.append(Piece(mark, begin - first, stop - first, opens, closes))
    return found


def _lanes(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[tuple[int, int], ...]]:
    ends: list[int] = []
    placed: list[Piece] = []
    crowded: dict[int, int] = {}
    last_crowded = (-1, -1)
    for piece in pieces:
        lane = next((number for number, end in enumerate(ends) if end <= piece.start), len(ends))
        if lane >= MAX_LANES:
            begin, end = last_crowded
            if piece.start >= end:
                last_crowded = (piece.start, piece.end)
                crowded[piece.start] = 1
            else:
                crowded[begin] += 1
            continue
        if lane == len(ends):
            ends.append(piece.end)
        else:
            ends[lane] = piece.end
        placed.append(Piece(piece.mark, piece.start, piece.end, piece.opens, piece.closes, lane))
    return tuple(placed), tuple(crowded.items())
