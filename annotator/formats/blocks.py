"""An article put together from the blocks that a reader found: its text, and what each part is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from annotator.domain.anatomy import QUIET, Zone, ZoneKind, completed, guess, with_zones
from annotator.domain.article import Meta
from annotator.domain.coded import CodedArticle
from annotator.domain.errors import BadInput
from annotator.domain.text import MAX_ARTICLE_BYTES, DecodedText, freeze, sha256_of, trim
from annotator.formats.base import Source


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or line of an article."""

    text: str
    zone: ZoneKind | None = None


def headed(blocks: Iterable[Block], title: str | None) -> list[Block]:
    """Return the blocks with the title as headline: the block that says it, else one before all others."""
    listed = list(blocks)
    if not title:
        return listed
    for number, block in enumerate(listed[:4]):
        if is_same(block.text, title):
            listed[number] = replace(block, zone=ZoneKind.HEADLINE)
            return listed
    return [Block(title, ZoneKind.HEADLINE), *listed]


def article(blocks: Iterable[Block], meta: Meta, raw_sha256: str, decoder: str) -> CodedArticle:
    """Return an article whose text is the blocks, apart by an empty line; lines of a header stay together.

    Its zones are those of the blocks, and what the rules find where no block says anything.

    Args:
        raw_sha256: of the bytes of the file the blocks came from.
        decoder: what made text of them, kept with the text for ever.

    Raises:
        BadInput: nothing visible in them, too much, or characters that no text can hold.
    """
    parts: list[str] = []
    told: list[Zone] = []
    at = 0
    before: ZoneKind | None = None
    for block in blocks:
        clean = _clean(block.text)
        if not clean:
            continue
        if parts:
            parts.append("\n" if block.zone in QUIET and before in QUIET else "\n\n")
            at += len(parts[-1])
        if block.zone:
            told.append(Zone(at, at + len(clean), block.zone))
        parts.append(clean)
        at += len(clean)
        before = block.zone
    whole = "".join(parts)
    if len(whole) > MAX_ARTICLE_BYTES:
        raise BadInput(
            f"has more than {MAX_ARTICLE_BYTES / 1e6:.0f} million characters in one article: "
            "split it into its articles first"
        )
    kept, newlines = freeze(whole)
    text = DecodedText(kept, decoder, newlines, False, raw_sha256, sha256_of(kept))
    zones = completed(told, guess(kept, meta.title))
    return CodedArticle(text.text_sha256, with_zones(meta, zones), text=text)


def raw_of(source: Source, most: int) -> bytes:
    """Return the bytes of a file; raise BadInput if there are more than ``most``."""
    with source.open() as file:
        try:
            raw = file.read(most + 1)
        except OSError as error:
            raise BadInput(f"cannot be read ({error.strerror})") from None
    if len(raw) > most:
        raise BadInput(f"is larger than {most / 1e6:.0f} MB, the most that is read of this format")
    return raw


def sha256_of_bytes(raw: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(raw).hexdigest()


def sha256_of_file(source: Source) -> str:
    """Return the checksum of a file, which is not held."""
    with source.open() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]


def _clean(text: str) -> str:
    r"""Return a block with ``\n`` as line end and without what is invisible at its edges."""
    lined = text.replace("\r\n", "\n").replace("\r", "\n")
    extent = trim(lined, 0, len(lined))
    return lined[extent[0] : extent[1]] if extent else ""


def is_same(text: str, title: str) -> bool:
    """Tell whether two pieces of text are the same but for case and blank space."""
    return " ".join(text.split()).casefold() == " ".join(title.split()).casefold()
