"""Exports of news archives with many articles in one file: recognised, cut apart, counted.

Nexis Uni, Lexis Advance, the old LexisNexis and Factiva all end or open each article with a line
of their own. What is recognised but cannot be cut is told with its number, never left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.formats import factiva, nexis
from annotator.formats import news_labels as labels
from annotator.formats.base import Source
from annotator.formats.blocks import article
from annotator.formats.metadata import meta_of

_FRAME = 8
"""So many lines stand above the first headline of a saved page at most."""


class Archive(StrEnum):
    """Whose export it is."""

    NEXIS = "Nexis"
    OLD = "LexisNexis"
    FACTIVA = "Factiva"


@dataclass(slots=True)
class _Told:
    """What a file says of itself while its articles are cut out of it.

    Attributes:
        promised: how many articles it says it has, if it says so.
        cover: how many lines before the first headline belong to no article.
    """

    promised: int | None = None
    cover: int = 0


def recognised(lines: Iterable[str]) -> Archive | None:
    """Return whose export these paragraphs are, or None if they are just an article.

    Like all that is asked here they are gone through one by one, and perhaps several times.
    """
    ends = labelled = closes = counted = False
    codes = factiva.Codes()
    for line in lines:
        if _opens_old(line):
            return Archive.OLD
        plain = labels.plain(line)
        ends = ends or plain in labels.END_OF_DOCUMENT
        labelled = labelled or _is_label(line, plain)
        closes = closes or bool(labels.FACTIVA_END.fullmatch(line.strip()))
        counted = counted or bool(labels.LENGTH_LINE.fullmatch(line.strip()))
        codes.see(line)
    if ends and labelled:
        return Archive.NEXIS
    return Archive.FACTIVA if (closes and counted) or codes.are_there else None


def in_html(html: str) -> bool:
    """Tell whether a page looks like an export of one of the archives."""
    return (
        bool(re.search(r"class=[\"'][^\"']{0,40}\b(?:[a-z]{2,4})?Article\b", html))
        and bool(
            labels.FACTIVA_END.search(html)
            or re.search(r">\s*(?:<b>)?\s*(?:HD|LP|TD)\s*(?:</b>)?\s*<", html)
        )
    ) or any(
        re.search(rf">\s*{re.escape(words)}\s*<", html, re.IGNORECASE)
        for words in labels.END_OF_DOCUMENT
    )


def in_text(head: bytes) -> Archive | None:
    """Return whose export a plain text is, by how it begins, or None."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    lines = head.decode("utf-16" if wide else "utf-8", "replace").split("\n")
    if any(map(_opens_old, lines)):
        return Archive.OLD
    plain = [labels.plain(line) for line in lines]
    if any(line in labels.BODY for line in plain) and any(map(labels.labelled, lines)):
        return Archive.NEXIS
    counted = any(labels.LENGTH_LINE.fullmatch(line.strip()) for line in lines)
    if factiva.is_coded(lines) or (counted and any(map(labels.COPYRIGHT.match, plain))):
        return Archive.FACTIVA
    return None


def articles(
    lines: Iterable[str],
    source: Source,
    sha256: str,
    decoder: str,
    archive: Archive | None = None,
) -> Iterator[Read]:
    """Yield each article of an export; what could not be cut is told.

    Raises:
        BadInput: not one article in it, with the reason.
    """
    kind = archive or recognised(lines)
    if kind is None:
        raise BadInput(
            "is no export of Nexis, LexisNexis or Factiva that we know: no line says “End of Document”, "
            "“1 of 20 DOCUMENTS” or “Document” with an accession number; export it again as DOCX with "
            "full text, or cut it into its articles"
        )
    told, number = _Told(), 0
    for number, piece in enumerate(_PIECES[kind](lines, told), 1):
        if told.cover and number == 1:
            what = f"has a cover page of {told.cover} lines, which is part of no article"
            yield Read(remarks=(Remark(source.name, what, 0),))
        where = f"{source.name}, article {number}"
        try:
            said, blocks = _cut(kind, piece)
            coded = article(blocks, meta_of(said, source.file_name), sha256, decoder)
        except Problem as problem:
            yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))
            continue
        yield Read(coded)
    if not number:
        raise BadInput(f"looks like an export of {kind}, but no article could be found in it")
    if told.promised is not None and told.promised > number:
        what = (
            f"says that it has {told.promised} articles, and {number} were found: "
            "look whether the export is complete"
        )
        yield Read(remarks=(Remark(source.name, what, told.promised - number),))


def _cut(kind: Archive, piece: list[str]) -> nexis.Cut:
    if kind is Archive.NEXIS:
        return nexis.modern(piece)
    if kind is Archive.OLD:
        return nexis.old(piece)
    return factiva.coded(piece) if factiva.is_coded(piece) else factiva.printed(piece)


def _modern(lines: Iterable[str], told: _Told) -> Iterator[list[str]]:
    piece: list[str] = []
    is_first = is_above = True
    for line in lines:
        plain = labels.plain(line)
        if plain in labels.END_OF_DOCUMENT:
            is_above = False
            if piece:
                yield _without_cover(piece, told) if is_first else piece
                is_first = False
            piece = []
            continue
        said = labels.COVER_COUNT.search(line) if is_above else None
        told.promised = int(said[1]) if said else told.promised
        if plain:
            piece.append(line)
    # What stands after the last end is mostly no article.
    if any(_is_label(line, labels.plain(line)) for line in piece):
        yield _without_cover(piece, told) if is_first else piece


def _without_cover(piece: list[str], told: _Told) -> list[str]:
    told.cover = nexis.cover(piece)
    return piece[told.cover :]


def _old(lines: Iterable[str], told: _Told) -> Iterator[list[str]]:
    piece: list[str] = []
    for line in lines:
        opens = _opens_old(line)
        if opens:
            if piece:
                yield piece
            piece = []
            told.promised = max(told.promised or 0, opens)
        elif told.promised is not None and line.strip():
            piece.append(line)
    if piece:
        yield piece


def _factiva(lines: Iterable[str], told: _Told) -> Iterator[list[str]]:
    for number, piece in enumerate(_whole_factiva(lines)):
        if not number:
            told.cover = _frame(piece)
        if kept := piece if number else piece[told.cover :]:
            yield kept


def _whole_factiva(lines: Iterable[str]) -> Iterator[list[str]]:
    coded = factiva.is_coded(lines)
    piece: list[str] = []
    for line in lines:
        if not line.strip():
            continue
        if coded and piece and factiva.opens(line, piece):
            yield piece
            piece = []
        piece.append(line)
        if not coded and labels.FACTIVA_END.fullmatch(line.strip()):
            yield piece
            piece = []
    # Without its number of words it is the foot of the print.
    if piece and (coded or any(labels.LENGTH_LINE.fullmatch(line.strip()) for line in piece)):
        yield piece


def _frame(lines: Sequence[str]) -> int:
    """Return how many lines the page itself says above its first headline, as a saved page does."""
    said = [number for number, line in enumerate(lines[:_FRAME]) if labels.FACTIVA_PAGE.match(line)]
    return said[-1] + 1 if said else 0


_PIECES: dict[Archive, Callable[[Iterable[str], _Told], Iterator[list[str]]]] = {
    Archive.NEXIS: _modern,
    Archive.OLD: _old,
    Archive.FACTIVA: _factiva,
}


def _opens_old(line: str) -> int | None:
    """Return how many articles a line such as “3 of 50 DOCUMENTS” speaks of, or None."""
    found = labels.OF_DOCUMENTS.fullmatch(line.strip())
    return int(found[2]) if found and labels.SAYS_DOCUMENT.search(line) else None


def _is_label(line: str, plain: str) -> bool:
    return plain in labels.BODY or plain in labels.TAIL or bool(labels.labelled(line))
