"""Markdown as rich text that is safe to show: no image, link, script or style of the text survives."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown import Markdown

KEPT = frozenset(
    (
        "p",
        "ul",
        "ol",
        "li",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "br",
        "hr",
        "table",
        "tr",
        "th",
        "td",
    )
)
"""Tags that come through, without any attribute."""

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_SILENT = frozenset(("script", "style", "title", "iframe", "object", "svg", "math", "template"))
_ALONE = frozenset(("br", "hr"))


@lru_cache(maxsize=512)
def render(text: str) -> str:
    """Return Markdown as HTML of plain tags; images leave their description, links their words."""
    made = _maker().reset().convert(text)
    cleaner = _Cleaner()
    cleaner.feed(made)
    cleaner.close()
    return "".join(cleaner.parts)


@cache
def _maker() -> Markdown:
    """Return what makes HTML of Markdown; to make one takes longer than to convert a definition."""
    from markdown import Markdown
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension

    # By their names they would be looked for in everything that is installed.
    return Markdown(extensions=[SaneListExtension(), TableExtension()])


class _Cleaner(HTMLParser):
    """Keeps tags that can do no harm, and the words of all others."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "img":
            self.parts.append(escape(dict(attrs).get("alt") or ""))
        elif tag in _HEADINGS:
            self.parts.append("<p><strong>")
        elif tag in KEPT and not self._silent:
            self.parts.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _HEADINGS:
            self.parts.append("</strong></p>")
        elif tag in KEPT and tag not in _ALONE and not self._silent:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(escape(data))
