"""What office documents, books and prints have in common: blocks that are an article, or many of an archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from annotator.domain.anatomy import ZoneKind
from annotator.domain.coded import Read
from annotator.domain.errors import BadInput
from annotator.formats import news_archives
from annotator.formats.base import Source
from annotator.formats.blocks import Block, article, is_same
from annotator.formats.metadata import meta_of
from annotator.formats.txt import title_of

MAX_BYTES = 200_000_000
"""A document with pictures may be large; its text may be as large as an article."""


def read_document(
    blocks: Sequence[Block],
    source: Source,
    sha256: str,
    decoder: str,
    said: Mapping[str, str] | None = None,
    title: str = "",
) -> Iterator[Read]:
    """Yield the articles of a Nexis or Factiva export, or the one article that a document is.

    Args:
        title: what the file calls itself; it counts where one of the first blocks says the same.

    Raises:
        BadInput: no text in it.
    """
    lines = [block.text for block in blocks]
    archive = news_archives.recognised(lines)
    if archive:
        yield from news_archives.articles(lines, source, sha256, decoder, archive)
        return
    if not blocks:
        raise BadInput("has no text in it: there is nothing to read or mark")
    titled, found = _titled(blocks, title)
    meta = meta_of({"title": found or "", **(said or {})}, source.file_name)
    yield Read(article(titled, meta, sha256, decoder))


def _titled(blocks: Sequence[Block], known: str) -> tuple[list[Block], str | None]:
    """Return the blocks with their headline told, and the title it gives."""
    listed = list(blocks)
    for place, block in enumerate(listed[:6] if known else ()):
        if is_same(block.text, known):
            listed[place] = replace(block, zone=ZoneKind.HEADLINE)
            return listed, " ".join(block.text.split())
    for block in listed[:6]:
        if block.zone is ZoneKind.HEADLINE:
            return listed, " ".join(block.text.split())
    plain = [place for place, block in enumerate(listed) if block.zone is None][:3]
    title = title_of("\n\n".join(listed[place].text for place in plain))
    if title and title == listed[plain[0]].text.strip():
        listed[plain[0]] = replace(listed[plain[0]], zone=ZoneKind.HEADLINE)
    return listed, title
