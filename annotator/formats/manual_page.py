"""Pages of the manual as rich text: our own Markdown, with its headings, links and pictures."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from markdown import Markdown

_HEADING = re.compile(r'<h([1-6]) id="([^"]+)">(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@cache
def _maker() -> Markdown:
    """Return what makes HTML of Markdown; one serves for all pages."""
    from markdown import Markdown
    from markdown.extensions.fenced_code import FencedCodeExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension
    from markdown.extensions.toc import TocExtension

    # By their names they would be looked for in everything that is installed.
    return Markdown(
        extensions=[SaneListExtension(), TableExtension(), TocExtension(), FencedCodeExtension()]
    )


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
    made = _maker().reset().convert(markdown_text)
    headings = tuple(
        Heading(int(level), anchor, _TAG.sub("", title).strip())
        for level, anchor, title in _HEADING.findall(made)
    )
    # Qt goes to named anchors, not to the ids of other elements.
    named = _HEADING.sub(r'<h\1><a name="\2"></a>\3</h\1>', made)
    return Rendered(named, headings)
