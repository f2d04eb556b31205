"""Pages of the manual as rich text: our own Markdown, with its headings, links and pictures."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEADING = re.compile(r'<h([1-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class Heading(NamedTuple):
    """A heading: 1 is the title of the page; ``anchor`` is what a link to it ends in, after ``#``."""

    level: int
    anchor: str
    title: str


class Rendered(NamedTuple):
    """A page as rich text, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


def render_page(markdown_text: str) -> Rendered:
    """Return a page of the manual as rich text. For our own pages only: nothing is made harmless."""
    import markdown

    made = markdown.markdown(
        markdown_text, extensions=["sane_lists", "tables", "toc", "fenced_code"]
    )
    headings = tuple(
        Heading(int(level), anchor, _TAG.sub("", title).strip())
        for level, anchor, title in _HEADING.findall(made)
    )
    # Qt goes to named anchors, not to the ids of other elements.
    named = _HEADING.sub(r'<h\1><a name="\2"></a>\3</h\1>', made)
    return Rendered(named, headings)
