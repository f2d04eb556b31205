"""Finding quotations by their marks, on characters: any mixture of curly, straight and angled.

Marks are paired within a paragraph, since one forgotten mark must not swallow an article.
A quotation that is not closed runs to the end of its paragraph; where the next paragraph
opens with a mark again, as print does with long quotations, the two are one quotation.
Only the outermost quotation is reported. One pass over the text, whatever its size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.fragment import Extent

OPENING = "“„‟«❝〝「『"
CLOSING = "”»❞〞」』"
_ANGLED = ("«", "»")
DOUBLE = OPENING + CLOSING + '"'

_MARK = re.compile(f"'''|''|``|[{DOUBLE}‘’‚']")
_BEFORE_OPENING = frozenset(" \t\u00a0\u2009\u202f([{—–-/:…" + OPENING)
_AFTER_SINGLE = frozenset(" \t\u00a0.,;:!?)]}—–-…" + CLOSING)
_ENDS_SPEECH = frozenset(",.?!…—")
_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation; offsets are code points.

    Attributes:
        outer: from the opening to behind the closing mark, one extent per paragraph.
        inner: the quoted words alone, one extent per paragraph.
        closed: whether its closing mark was found.
    """

    outer: tuple[Extent, ...]
    inner: tuple[Extent, ...]
    closed: bool

    @property
    def start(self) -> int:
        """Where its first mark stands."""
        return self.outer[0][0]

    @property
    def end(self) -> int:
        """Behind its last mark."""
        return self.outer[-1][1]


def paragraphs(text: str) -> Iterator[Extent]:
    """Yield the extents of the lines that have anything in them."""
    for match in _PARAGRAPH.finditer(text):
        if not match.group().isspace():
            yield match.span()


def quotations(text: str) -> list[Quotation]:
    """Return the outermost quotations of a text, in reading order; empty ones are left out."""
    found: list[Quotation] = []
    running: list[Quotation] = []
    for start, end in paragraphs(text):
        here = [quote for quote in _in_paragraph(text, start, end) if _says_something(text, quote)]
        if running and here and not text[start : here[0].start].strip():
            running.append(here.pop(0))
            if here or running[-1].closed:
                found.append(_joined(running))
                running = []
        elif running:
            found.append(_joined(running))
            running = []
        if here and not here[-1].closed:
            running = [here.pop()]
        found += here
    return [*found, _joined(running)] if running else found


def _joined(parts: list[Quotation]) -> Quotation:
    """Return a quotation that runs over paragraphs as one."""
    return Quotation(
        tuple(extent for part in parts for extent in part.outer),
        tuple(extent for part in parts for extent in part.inner),
        parts[-1].closed,
    )


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    marks = list(_marks(text, start, end))
    opened = sum(kind == "open" for _, _, kind in marks)
    nests = opened == sum(kind == "close" for _, _, kind in marks)
    found: list[Quotation] = []
    begin: tuple[int, int] | None = None
    ending = ""
    depth = 0
    for at, after, kind in marks:
        if begin is None:
            if kind.endswith("open"):
                begin, ending, depth = (at, after), kind, 1
        elif _closes(kind, ending):
            depth -= 1
            if depth == 0:
                found.append(Quotation(((begin[0], after),), ((begin[1], at),), closed=True))
                begin = None
        elif kind == "open" and ending == "open":
            if nests:
                depth += 1
            else:
                begin = (at, after)
    if begin is not None and ending != "single open":
        found.append(Quotation(((begin[0], end),), ((begin[1], end),), closed=False))
    return found


def _closes(kind: str, ending: str) -> bool:
    """Tell whether a mark ends a quotation; curly and straight marks close each other."""
    if ending == "single open":
        return kind == "single close"
    # German opens low and closes with the mark that opens in English.
    return kind in ("close", "straight close") or (ending == "low open" and kind == "open")


def _marks(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    opening = ""
    for match in _MARK.finditer(text, start, end):
        at, after = match.span()
        mark = match.group()
        if mark in _ANGLED:
            # French « opens », German » opens «: whichever comes first opens.
            opening = opening or mark
            yield at, after, "open" if mark == opening else "close"
            continue
        kind = _kind(text, mark, at, after, (start, end))
        if kind:
            yield at, after, kind


def _kind(text: str, mark: str, at: int, after: int, line: Extent) -> str:
    before = text[at - 1] if at > line[0] else " "
    behind = text[after] if after < line[1] else " "
    if mark == "„":
        return "low open"
    if mark in OPENING or mark == "``":
        return "open"
    if mark in CLOSING:
        return "close"
    if mark in ('"', "''", "'''"):
        if before.isdigit() and mark == "''":
            return ""
        opens = before in _BEFORE_OPENING and not behind.isspace()
        return "straight open" if opens else "straight close"
    if mark in "‘‚'" and before in _BEFORE_OPENING and behind.isalnum():
        return "single open"
    last = after >= line[1] and not before.isspace()
    if mark in "’'" and (last or (behind in _AFTER_SINGLE and before in _ENDS_SPEECH)):
        return "single close"
    return ""


def _says_something(text: str, quote: Quotation) -> bool:
    return any(character.isalnum() for start, end in quote.inner for character in text[start:end])
