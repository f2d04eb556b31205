"""Exports of news archives with many articles in one file: recognised, cut apart, counted.

Nexis Uni, Lexis Advance, the old LexisNexis and Factiva all end or open each article with a line
of their own. What is recognised but cannot be cut is told with its number, never left out in silence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class _Pieces:
    """The articles of a file as lines.

    Attributes:
        promised: how many the file says it has, if it says so.
        cover: how many lines before the first headline belong to no article.
    """

    articles: list[list[str]]
    promised: int | None = None
    cover: int = 0


def recognised(lines: Sequence[str]) -> Archive | None:
    """Return whose export these paragraphs are, or None if they are just an article."""
    plain = [labels.plain(line) for line in lines]
    if any(map(_opens_old, lines)):
        return Archive.OLD
    if any(line in labels.END_OF_DOCUMENT for line in plain) and _has_label(lines, plain):
        return Archive.NEXIS
    ends = any(labels.FACTIVA_END.fullmatch(line.strip()) for line in lines)
    counted = any(labels.LENGTH_LINE.fullmatch(line.strip()) for line in lines)
    if (ends and counted) or factiva.is_coded(lines):
        return Archive.FACTIVA
    return None


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
    lines: Sequence[str],
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
    pieces = _PIECES[kind](lines)
    if pieces.cover:
        what = f"has a cover page of {pieces.cover} lines, which is part of no article"
        yield Read(remarks=(Remark(source.name, what, 0),))
    for number, piece in enumerate(pieces.articles, 1):
        where = f"{source.name}, article {number}"
        try:
            said, blocks = _cut(kind, piece)
            coded = article(blocks, meta_of(said, source.file_name), sha256, decoder)
        except Problem as problem:
            yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))
            continue
        yield Read(coded)
    if not pieces.articles:
        raise BadInput(f"looks like an export of {kind}, but no article could be found in it")
    if pieces.promised is not None and pieces.promised > len(pieces.articles):
        missing = pieces.promised - len(pieces.articles)
        what = (
            f"says that it has {pieces.promised} articles, and {len(pieces.articles)} were found: "
            "look whether the export is complete"
        )
        yield Read(remarks=(Remark(source.name, what, missing),))


def _cut(kind: Archive, piece: list[str]) -> nexis.Cut:
    if kind is Archive.NEXIS:
        return nexis.modern(piece)
    if kind is Archive.OLD:
        return nexis.old(piece)
    return factiva.coded(piece) if factiva.is_coded(piece) else factiva.printed(piece)


def _modern(lines: Sequence[str]) -> _Pieces:
    pieces: list[list[str]] = [[]]
    promised = None
    for line in lines:
        plain = labels.plain(line)
        if plain in labels.END_OF_DOCUMENT:
            pieces.append([])
            continue
        said = labels.COVER_COUNT.search(line) if len(pieces) == 1 else None
        promised = int(said[1]) if said else promised
        if plain:
            pieces[-1].append(line)
    if not _has_label(pieces[-1], [labels.plain(line) for line in pieces[-1]]):
        pieces.pop()  # what stands after the last end is no article
    found = [piece for piece in pieces if piece]
    cover = nexis.cover(found[0]) if found else 0
    return _Pieces([found[0][cover:], *found[1:]] if found else [], promised, cover)


def _old(lines: Sequence[str]) -> _Pieces:
    pieces: list[list[str]] = []
    promised = None
    for line in lines:
        opens = _opens_old(line)
        if opens:
            promised = max(promised or 0, opens)
            pieces.append([])
        elif pieces and line.strip():
            pieces[-1].append(line)
    return _Pieces([piece for piece in pieces if piece], promised)


def _factiva(lines: Sequence[str]) -> _Pieces:
    coded = factiva.is_coded(lines)
    pieces: list[list[str]] = [[]]
    for line in lines:
        if not line.strip():
            continue
        if coded and pieces[-1] and factiva.opens(line, pieces[-1]):
            pieces.append([])
        pieces[-1].append(line)
        if not coded and labels.FACTIVA_END.fullmatch(line.strip()):
            pieces.append([])
    cover = _frame(pieces[0])
    del pieces[0][:cover]
    if not coded and not any(labels.LENGTH_LINE.fullmatch(line.strip()) for line in pieces[-1]):
        pieces.pop()  # the foot of the print, or nothing
    return _Pieces([piece for piece in pieces if piece], cover=cover)


def _frame(lines: Sequence[str]) -> int:
    """Return how many lines the page itself says above its first headline, as a saved page does."""
    said = [number for number, line in enumerate(lines[:_FRAME]) if labels.FACTIVA_PAGE.match(line)]
    return said[-1] + 1 if said else 0


_PIECES: dict[Archive, Callable[[Sequence[str]], _Pieces]] = {
    Archive.NEXIS: _modern,
    Archive.OLD: _old,
    Archive.FACTIVA: _factiva,
}


def _opens_old(line: str) -> int | None:
    """Return how many articles a line such as “3 of 50 DOCUMENTS” speaks of, or None."""
    found = labels.OF_DOCUMENTS.fullmatch(line.strip())
    return int(found[2]) if found and labels.SAYS_DOCUMENT.search(line) else None


def _has_label(lines: Sequence[str], plain: Sequence[str]) -> bool:
    return any(line in labels.BODY or line in labels.TAIL for line in plain) or any(
        map(labels.labelled, lines)
    )
