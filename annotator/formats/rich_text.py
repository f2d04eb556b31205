"""Markdown as rich text that is safe to show: no image, link, script or style of the text survives."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from html.parser import HTMLParser

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
    import markdown

    made = markdown.markdown(text, extensions=["sane_lists", "tables"])
    cleaner = _Cleaner()
    cleaner.feed(made)
    cleaner.close()
    return "".join(cleaner.parts)


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
