"""Rich text (RTF), read by striprtf; Nexis and Factiva deliver it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.domain.coded import Read
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source
from annotator.formats.blocks import Block, raw_of, sha256_of_bytes
from annotator.formats.documents import MAX_BYTES, read_document
from annotator.formats.extras import needed, version_of

MARK = b"{\\rtf"
_PICTURE = re.compile(
    rb"\{(?:\\\*)?\\(?:shppict|nonshppict|pict|themedata|datastore|objdata)\b[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
)
_CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")


class RtfReader:
    """Reads RTF, whatever the file is called: sites hand it out as ``.doc`` and ``.docx`` too."""

    name = "rtf"
    suffixes = (".rtf",)
    about = "rich text; Nexis and Factiva exports with many articles"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take what begins as RTF does, and every file of this suffix."""
        return head.lstrip().startswith(MARK) or source.path.suffix.lower() in self.suffixes

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the article, or each article of an archive."""
        raw = raw_of(source, MAX_BYTES)
        blocks = blocks_in(raw)
        yield from read_document(blocks, source, sha256_of_bytes(raw), version_of("striprtf"))


def blocks_in(raw: bytes) -> list[Block]:
    """Return the paragraphs of an RTF file; raise BadInput if it is damaged or striprtf is missing."""
    if not raw.lstrip().startswith(MARK):
        raise BadInput("is no RTF file, whatever its name says")
    striprtf = needed("striprtf.striprtf", "RTF files")
    page = _CODE_PAGE.search(raw[:4000])
    codec = f"cp{page[1].decode()}" if page else "cp1252"
    lean = _PICTURE.sub(b"", raw).decode("latin-1")
    try:
        text = striprtf.rtf_to_text(lean, encoding=codec)
    except UnicodeDecodeError as error:
        raise BadInput(
            f"has characters that its code page {codec} does not have ({error.reason})"
        ) from None
    except LookupError:
        raise BadInput(f"is in the code page {codec}, which is not known here") from None
    except (ValueError, IndexError, KeyError, TypeError, OverflowError, AttributeError) as error:
        raise BadInput(f"is a damaged RTF file ({type(error).__name__})") from None
    # Characters beyond the first plane stand there as two halves.
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return [Block(line.rstrip("|")) for line in whole.split("\n") if line.strip(" |\t")]
