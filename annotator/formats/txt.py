"""Plain text: one file, one article."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.article import Meta
from annotator.domain.coded import CodedArticle, Read
from annotator.domain.errors import BadInput
from annotator.domain.segments import sentences
from annotator.domain.text import MAX_ARTICLE_BYTES, DecodedText, decode
from annotator.formats.base import ReadContext, Source

TITLE_LENGTH = 200
SENTENCE_TITLE_LENGTH = 130
"""Longer first sentences are leads."""


class TextReader:
    """Reads ``.txt``; the first line is the title where it looks like one, and stays in the text."""

    name = "txt"
    suffixes = (".txt",)
    about = "plain text, one article in a file"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take every file of this suffix."""
        return source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        decoded = decode_file(source, context.encoding)
        meta = Meta(title=title_of(decoded.text), source_file=source.file_name)
        yield Read(CodedArticle(decoded.text_sha256, meta, text=decoded))


def decode_file(source: Source, encoding: str | None) -> DecodedText:
    """Decode a text file strictly; raise BadInput with a sentence if it is none."""
    with source.open() as file:
        try:
            raw = file.read(MAX_ARTICLE_BYTES + 1)
        except OSError as error:
            raise BadInput(f"cannot be read ({error.strerror})") from None
    if len(raw) > MAX_ARTICLE_BYTES:
        raise BadInput(
            f"is {source.path.stat().st_size / 1e6:.0f} MB and an article may have "
            f"{MAX_ARTICLE_BYTES / 1e6:.0f} MB: split it into its articles first"
        )
    return decode(raw, encoding)


def title_of(text: str) -> str | None:
    """Return the first line if it looks like a headline: short, apart, and followed by more.

    A headline rarely ends as a sentence does; where it does, it stands alone above a longer text.
    """
    first, _, rest = text.lstrip("\n").partition("\n")
    line, below = first.strip(), rest.split("\n", 1)[0].strip()
    if not line or len(line) > TITLE_LENGTH or not rest.strip():
        return None
    if line.endswith((",", ";", "،")):
        return None
    if line.endswith((".", "。")) and not line.endswith("..."):
        is_one = len(list(sentences(line, 0, len(line)))) == 1
        fits = is_one and not below and len(line) <= SENTENCE_TITLE_LENGTH
        return line if fits and len(rest.strip()) > 2 * len(line) else None
    return line if not below or len(below) > 1.5 * len(line) else None
