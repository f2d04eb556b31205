"""The little Markdown of codebook definitions as safe rich text: everything but emphasis is escaped."""

from __future__ import annotations

import re
from html import escape

_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"\*(.+?)\*")


def to_html(text: str) -> str:
    """Return paragraphs with bold and italics; no image, link or tag of the text survives."""
    paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p style='margin:0 0 6px 0'>{inline(part)}</p>" for part in paragraphs)


def inline(text: str) -> str:
    """Return one line with bold and italics."""
    safe = escape(text, quote=True).replace("\n", " ")
    return _EMPHASIS.sub(r"<i>\1</i>", _STRONG.sub(r"<b>\1</b>", safe))
