"""The anatomy of an article: headline, byline, dateline, captions and boilerplate, as zones of its text.

A zone says what a stretch of the frozen text is; nothing is ever cut from the text because of it.
What the source of an article told about its parts travels with its metadata, in the free extra
field ``zones``, so that every format that carries metadata carries the zones as well. Where the
source told nothing, a few strict rules find what looks the same in news everywhere.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from annotator.domain.article import Meta
from annotator.domain.fragment import Extent
from annotator.domain.text import trim

EXTRA = "zones"
"""The extra field that carries the zones a source told."""


class ZoneKind(StrEnum):
    """What a part of an article is."""

    HEADLINE = "headline"
    BYLINE = "byline"
    DATELINE = "dateline"
    CAPTION = "caption"
    BOILERPLATE = "boilerplate"


QUIET = frozenset((ZoneKind.BYLINE, ZoneKind.DATELINE, ZoneKind.BOILERPLATE))
"""Parts that are not about anything: they are dimmed, and nothing is suggested in them."""


class Zone(NamedTuple):
    """A part of the text, ``[start, end)`` in code points."""

    start: int
    end: int
    kind: ZoneKind


def zones(meta: Meta, text: str) -> tuple[Zone, ...]:
    """Return the zones of an article in their order: those its source told, else those the rules find."""
    told = _told(meta, len(text))
    return tuple(guess(text, meta.title)) if told is None else told


def quiet(found: Iterable[Zone]) -> tuple[Extent, ...]:
    """Return the stretches that are not about anything."""
    return tuple((zone.start, zone.end) for zone in found if zone.kind in QUIET)


class Quiet:
    """The stretches of an article that are not about anything, found where they are asked for.

    All together they are those that ``quiet(zones(…))`` finds; but a text of a megabyte is not
    gone through to show its first page.
    """

    def __init__(self, meta: Meta, text: str) -> None:
        told = _told(meta, len(text))
        self._text = text
        self._title = meta.title
        self._told = None if told is None else quiet(told)
        self._top_end = _end_of_top(text)
        self._found: dict[Extent, tuple[Extent, ...]] = {}

    def within(self, start: int, end: int) -> tuple[Extent, ...]:
        """Return what touches ``[start, end)``, which is a paragraph or a part of one."""
        if self._told is not None:
            return tuple(item for item in self._told if item[0] < end and item[1] > start)
        found = self._found.get((start, end))
        if found is None:
            found = self._found[start, end] = tuple(self._guessed(start, end))
        return found

    def _guessed(self, start: int, end: int) -> Iterator[Extent]:
        if start < self._top_end:
            top = quiet(guess(self._text[: self._top_end], self._title))
            yield from (item for item in top if item[0] < end and item[1] > start)
        else:
            line = trim(self._text, start, end)
            if line and _aside(self._text[line[0] : line[1]]) in QUIET:
                yield line


def lies_in(extents: Iterable[Extent], stretches: Iterable[Extent]) -> bool:
    """Tell whether all of something lies within these stretches."""
    listed = list(stretches)
    return all(
        any(start <= first and last <= end for start, end in listed) for first, last in extents
    )


def with_zones(meta: Meta, found: Iterable[Zone]) -> Meta:
    """Return the metadata with these zones as told by the source; none at all leaves it as it is."""
    listed = sorted(found)
    if not listed:
        return meta
    body = [[zone.kind.value, zone.start, zone.end] for zone in listed]
    return replace(meta, extra={**meta.extra, EXTRA: json.dumps(body, separators=(",", ":"))})


def completed(told: Iterable[Zone], found: Iterable[Zone]) -> list[Zone]:
    """Return what the source told, and of what the rules found whatever lies apart from it."""
    kept = sorted(told)
    edges = [zone.end for zone in kept]
    extra = []
    for zone in found:
        after = bisect_right(edges, zone.start)
        if after == len(kept) or kept[after].start >= zone.end:
            extra.append(zone)
    has_headline = any(zone.kind is ZoneKind.HEADLINE for zone in kept)
    return sorted(
        [
            *kept,
            *(zone for zone in extra if not (has_headline and zone.kind is ZoneKind.HEADLINE)),
        ]
    )


def guess(text: str, title: str | None = None) -> Iterator[Zone]:
    """Yield the zones that the rules find, in order and without overlap.

    They are strict: a line that only might be a byline is left alone.
    """
    dateline_seen = False
    has_asides = _may_have_asides(text)
    for top, (start, end) in enumerate(_lines(text), 1):
        if top > _TOP_LINES and not has_asides:
            return
        line = text[start:end]
        if top == 1 and title and line == title.strip():
            yield Zone(start, end, ZoneKind.HEADLINE)
        elif top <= _TOP_LINES and _BYLINE.fullmatch(line):
            yield Zone(start, end, ZoneKind.BYLINE)
        elif has_asides and (kind := _aside(line)):
            yield Zone(start, end, kind)
        elif not dateline_seen and top <= _TOP_LINES and (found := dateline(line)):
            dateline_seen = True
            yield Zone(start, start + found, ZoneKind.DATELINE)


def dateline(line: str) -> int | None:
    """Return where the dateline at the start of a paragraph ends (“PORT SAID, May 4 (Agency) —”), or None."""
    found = _DATELINE.match(line)
    return len(found["line"].rstrip()) if found else None


def _may_have_asides(text: str) -> bool:
    """Tell whether any caption or boilerplate can be in a text: a look at letters, quicker than rules."""
    lower = text.lower()
    return any(hint in lower for hint in _HINTS)


def _aside(line: str) -> ZoneKind | None:
    if len(line) > _LONGEST_ASIDE or not _may_have_asides(line):
        return None
    if _CAPTION.search(line):
        return ZoneKind.CAPTION
    return ZoneKind.BOILERPLATE if _BOILERPLATE.search(line) else None


def _told(meta: Meta, length: int) -> tuple[Zone, ...] | None:
    """Return what the source told; what does not fit the text is as good as not told."""
    raw = meta.extra.get(EXTRA)
    if raw is None:
        return None
    try:
        found = sorted(Zone(start, end, ZoneKind(kind)) for kind, start, end in json.loads(raw))
        fits = all(0 <= zone.start < zone.end <= length for zone in found)
    except (TypeError, ValueError, RecursionError):
        return None
    return tuple(found) if fits else None


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the extents of the lines that have something visible in them, without their edges."""
    start = 0
    while start <= len(text):
        found = text.find("\n", start)
        end = len(text) if found < 0 else found
        extent = trim(text, start, end)
        if extent:
            yield extent
        start = end + 1


def _end_of_top(text: str) -> int:
    """Return where the lines end in which bylines and datelines are looked for."""
    return max((end for _, end in islice(_lines(text), _TOP_LINES)), default=0)


_TOP_LINES = 12
"""Bylines and datelines stand at the top; below, the same words are part of the story."""

_LONGEST_ASIDE = 400
"""A longer line is a paragraph of the article, whatever it begins with."""

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_NAME = rf"{_UPPER}[\w.’'-]*"
_BYLINE = re.compile(
    rf"(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Door|DOOR|Di|DI)\s+{_NAME}"
    rf"(?:[\s,]+(?:and|und|et|y|en|e|de|del|van|von|der|la|le|in|for|{_NAME})){{0,14}}"
)

_AGENCY = r"(?:A\.?P|AFP|Reuters|REUTERS|UPI|dpa|DPA|EFE|ANSA|CNN|TASS|Xinhua|PTI|PA|AAP)"
_DATELINE = re.compile(
    rf"(?P<line>(?:{_UPPER}(?:{_UPPER}|[ .’'-]){{2,40}}"
    r"(?:[,/] ?\w[\w .,/]{0,40}?)?(?: ?\([^()\n]{2,30}\))?"
    rf"|{_UPPER}[\w .,’'-]{{1,50}}? ?\({_AGENCY}\)"
    r"))\s?[—–-]{1,2}\s"
)

_CAPTION = re.compile(
    r"^(?:file photo|file picture|photo|photograph|image|picture|caption|credit|foto|bild|fotografía|légende)"
    r"\s?(?:[:—–]|\bby\b|- )"
    r"|\((?:AP )?(?:photo|image|picture|foto|bild)(?: by|:|/)[^()]{2,80}\)\.?$"
    r"|/(?:Getty Images|AFP|AP|Reuters)\)\.?$",
    re.IGNORECASE,
)

_BOILERPLATE = re.compile(
    r"^(?:©|\(c\) ?\d|copyright\b[ :]*(?:©|\(c\)|\d|by\b))"
    r"|\ball rights reserved\b|\balle rechte vorbehalten\b|\btous droits réservés\b"
    r"|\btodos los derechos reservados\b|\btutti i diritti riservati\b"
    r"|^(?:sign up (?:for|to)|subscribe to|follow us on|click here|read more:|read also:|related:"
    r"|share this|advertisement$|story continues below)"
    r"|\bmay not be published, broadcast\b",
    re.IGNORECASE,
)

_HINTS = (
    "photo", "picture", "image", "caption", "credit", "foto", "bild", "légende", "/ap)", "/afp)", "/reuters)",
    "©", "(c)", "copyright", "reserved", "vorbehalten", "réservés", "reservados", "riservati", "sign up", "subscribe",
    "follow us", "click here", "read more", "read also", "related:", "share this", "advertisement",
    "story continues", "may not be published",
)  # fmt: skip
"""One of these stands in every line that the two rules above find."""
