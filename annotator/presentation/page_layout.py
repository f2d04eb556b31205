"""Where the marks of one paragraph go: pieces, lanes and tinted runs, as values in code points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from annotator.domain.codebook import Shape
from annotator.domain.fragment import Extent
from annotator.domain.identity import Id
from annotator.presentation.page_clusters import floor

CHUNK = 20_000
"""Longer paragraphs are laid out in parts, since Qt lays a paragraph out as a whole."""

MAX_LANES = 4
"""More lines than this under one place are told by a number."""

MAX_BOXES = 3
"""A box, a box within it, and one within that; more are told by the number, too."""

UNDERLINED = frozenset({Shape.BRACKETS, Shape.DOTTED, Shape.WAVE, Shape.DASHED, Shape.DOUBLE})


class PageMark(NamedTuple):
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


class PageLink(NamedTuple):
    """What the page draws for a link: from a mark to a mark, or to a word (``author``)."""

    start: Id
    end: Id
    label: str


class Piece(NamedTuple):
    """The part of a fragment that lies in one paragraph.

    Attributes:
        start, end: relative to the paragraph.
        opens, closes: whether the mark as a whole begins or ends here; else it was cut, or
            another fragment of it lies before or after.
        lane: for lines, 0 is next to the words; for boxes, 0 is filled and the others stand
            within it.
    """

    mark: PageMark
    start: int
    end: int
    opens: bool
    closes: bool
    lane: int = 0


class Run(NamedTuple):
    """A stretch of a paragraph over which the same marks lie, in reading order."""

    start: int
    end: int
    marks: tuple[PageMark, ...]


class ParagraphMarks(NamedTuple):
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
    mark made elsewhere moves nothing. Suggestions take what room is left, so that a mark
    stays in its lane when they come and go.
    """
    boxed: list[Piece] = []
    underlined: list[Piece] = []
    for mark in marks:
        if mark.shape is Shape.BOX:
            boxed += pieces_of(paragraph, mark)
        elif mark.shape in UNDERLINED:
            underlined += pieces_of(paragraph, mark)
    boxes, hidden_boxes = _in_lanes(_sorted(boxed), MAX_BOXES)
    lines, hidden_lines = _in_lanes(_sorted(underlined), MAX_LANES)
    return ParagraphMarks(boxes, lines, _crowds(_sorted([*hidden_boxes, *hidden_lines])))


def pieces_of(paragraph: Extent, mark: PageMark) -> list[Piece]:
    """Return the parts of a mark that lie in a paragraph."""
    first, last = paragraph
    extents = mark.extents
    opening, closing = extents[0][0], extents[-1][1]
    if first <= opening and closing <= last and len(extents) == 1 and opening < closing:
        # Nearly every mark is this.
        return [Piece(mark, opening - first, closing - first, True, True)]
    found = []
    for start, end in extents:
        begin = start if start > first else first
        stop = end if end < last else last
        if begin < stop:
            found.append(
                Piece(mark, begin - first, stop - first, begin == opening, stop == closing)
            )
    return found


def runs(paragraph: Extent, marks: Iterable[PageMark]) -> list[Run]:
    """Return the marked part of a paragraph cut into stretches over which the same marks lie.

    The runs are disjoint and sorted, and together cover what the marks cover.
    """
    pieces = _sorted(piece for mark in marks for piece in pieces_of(paragraph, mark))
    edges = sorted({edge for piece in pieces for edge in (piece.start, piece.end)})
    found: list[Run] = []
    open_pieces: list[Piece] = []
    waiting = 0
    for start, end in pairwise(edges):
        open_pieces = [piece for piece in open_pieces if piece.end > start]
        while waiting < len(pieces) and pieces[waiting].start == start:
            open_pieces.append(pieces[waiting])
            waiting += 1
        if open_pieces:
            found.append(Run(start, end, tuple(piece.mark for piece in open_pieces)))
    return found


def _sorted(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=_in_reading_order)


def _in_reading_order(piece: Piece) -> tuple[int, int, Id]:
    return piece.start, -piece.end, piece.mark.id


def _cut(text: str, start: int) -> int:
    """Return where a long paragraph is cut: after a space, or else between two characters."""
    space = text.rfind(" ", start + CHUNK // 2, start + CHUNK)
    return space + 1 if space > 0 else floor(text, start + CHUNK)


def _in_lanes(pieces: Sequence[Piece], most: int) -> tuple[tuple[Piece, ...], list[Piece]]:
    """Give each piece a lane; return those that have one, in reading order, and the others.

    Args:
        pieces: in reading order.
    """
    free = [0] * most
    placed: list[Piece] = []
    left: list[Piece] = []
    ghosts: list[Piece] = []
    for piece in pieces:
        mark, start, end, opens, closes, _ = piece
        if mark.ghost:
            ghosts.append(piece)
            continue
        for lane, begins in enumerate(free):
            if begins <= start:
                free[lane] = _taken_until(piece)
                placed.append(Piece(mark, start, end, opens, closes, lane) if lane else piece)
                break
        else:
            left.append(piece)
    if ghosts:
        placed, hidden = _with_ghosts(placed, ghosts, most)
        left += hidden
    return tuple(placed), left


def _with_ghosts(
    placed: Sequence[Piece], ghosts: Sequence[Piece], most: int
) -> tuple[list[Piece], list[Piece]]:
    """Give each ghost a lane among pieces that have theirs; return all that have one, and the others."""
    lanes = [_Lane() for _ in range(most)]
    for piece in placed:
        lanes[piece.lane].takes(piece.start, _taken_until(piece))
    found, left = list(placed), []
    for piece in ghosts:
        end = _taken_until(piece)
        lane = next((n for n, lane in enumerate(lanes) if lane.takes(piece.start, end)), None)
        if lane is None:
            left.append(piece)
        else:
            found.append(piece._replace(lane=lane))
    return _sorted(found), left


def _taken_until(piece: Piece) -> int:
    """Return where the lane of a piece is free again: a sign after its mark takes one character more."""
    mark = piece.mark
    return piece.end + 1 if piece.closes and (mark.sign or mark.owner) else piece.end


class _Lane:
    """The stretches of one lane that are taken."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def takes(self, start: int, end: int) -> bool:
        """Take ``[start, end)`` if it is free."""
        place = bisect_left(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        if place < len(self._starts) and self._starts[place] < end:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True


def _crowds(pieces: Sequence[Piece]) -> tuple[tuple[int, int], ...]:
    """Return how many pieces find no lane, told once where the first of them begins."""
    found: list[tuple[int, int]] = []
    end = -1
    for piece in pieces:
        if piece.start >= end:
            found.append((piece.start, 1))
            end = piece.end
        else:
            found[-1] = (found[-1][0], found[-1][1] + 1)
    return tuple(found)
