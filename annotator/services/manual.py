"""The manual: its pages in the order of the first one, and where words stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotator.domain.errors import NotFound
from annotator.formats.manual_page import Heading, render_page
from annotator.settings.places import resources_folder

__all__ = ["FIRST", "Heading", "Page", "Place", "find", "folder", "page", "pages"]

FIRST = "index"

_LINK = re.compile(r"\]\(([\w-]+)\.md\)")


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Attributes:
        name: of its file, without the suffix.
        html: as rich text; pictures are named relative to the folder of the manual.
        headings: from the title on.
        plain: the Markdown it was made from, for finding words.
    """

    name: str
    title: str
    html: str
    headings: tuple[Heading, ...]
    plain: str


@dataclass(frozen=True, slots=True)
class Place:
    """A section with words that were looked for."""

    page: str
    anchor: str
    title: str


def folder() -> Path:
    """Return where the pages and their pictures are."""
    return resources_folder() / "manual"


@cache
def names() -> tuple[str, ...]:
    """Return the names of all pages: the first one, those it links to in that order, and any others."""
    files = {path.stem: path for path in sorted(folder().glob("*.md"))}
    linked = _LINK.findall(files[FIRST].read_text(encoding="utf-8")) if FIRST in files else []
    order = dict.fromkeys([FIRST, *linked, *files])
    return tuple(name for name in order if name in files)


def pages() -> Iterator[Page]:
    """Yield all pages in the order of their names, each made when it is asked for."""
    return map(page, names())


@cache
def page(name: str) -> Page:
    """Return a page by its name.

    Raises:
        NotFound: the manual has no such page.
    """
    if name not in names():
        raise NotFound(f"The manual has no page “{name}”: look into its contents.")
    return _read(folder() / f"{name}.md")


def find(words: str) -> list[Place]:
    """Return the sections that have all the words, in any case."""
    wanted = words.casefold().split()
    return [
        Place(one.name, heading.anchor, heading.title)
        for one in pages()
        for heading, text in _sections(one)
        if wanted and all(word in text for word in wanted)
    ]


def _sections(one: Page) -> list[tuple[Heading, str]]:
    parts = re.split(r"(?m)^#{1,6} .*$", one.plain)[1:]
    titles = (f"{heading.title}\n" for heading in one.headings)
    return [
        (heading, (title + text).casefold())
        for heading, title, text in zip(one.headings, titles, parts, strict=False)
    ]


def _read(path: Path) -> Page:
    plain = path.read_text(encoding="utf-8")
    made = render_page(plain)
    title = made.headings[0].title if made.headings else path.stem
    return Page(path.stem, title, made.html, made.headings, plain)
