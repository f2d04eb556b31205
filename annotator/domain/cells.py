"""Marks and links as the plain cells they are stored in: what a writer of many records reads.

Making an object of each record takes longer than writing it. A mark has been checked when it was
made; whoever reads its cells compares its words with the text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from annotator.domain.fragment import Fragment
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Value

if TYPE_CHECKING:
    from annotator.domain.coded import CodedArticle

__all__ = [
    "ALIKE",
    "MAKER",
    "SEPARATOR",
    "CodedCells",
    "LinkCells",
    "MarkCells",
    "actor_of",
    "alike_cell",
    "apart",
    "attributes_json",
    "cells_of",
    "compact",
    "fragments_json",
    "made_cell",
    "made_of",
    "quoted",
]

Made: TypeAlias = tuple[str, str | None, str | None]
"""Origin, and the suggester's name and version where there was one."""

MarkCells: TypeAlias = tuple[int, int, str, str, str | None, str | None, str, str]
"""Start, the end below zero, id, fragments as JSON, actor, note, the id of who made it (empty where that is
told beside the marks), and what many marks have alike (see ``alike_cell``).

Cells in this order sort as marks are read: by start, longer first, then id.
"""

MAKER: Final = 6
"""Where the cells of a mark say who made it."""

ALIKE: Final = 7
"""Where the cells of a mark say what many marks have alike."""

SEPARATOR: Final = "\x1f"
"""Stands between the parts of what marks have alike; there is none in any JSON."""

LinkCells: TypeAlias = tuple[str, str, str | None, str | None]
"""The mark a link starts at, its type, the mark it ends at, or the voice."""

_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
"""Made once: making one takes longer than most of what is written."""


class CodedCells(NamedTuple):
    """A coded article whose marks and links are still cells.

    Attributes:
        article: the same without marks and links.
        marks: in reading order.
        body: the text as JSON in UTF-8, where the store has made that.
    """

    article: CodedArticle
    marks: list[MarkCells]
    links: list[LinkCells]
    body: bytes | None = None


actor_of: Callable[[MarkCells], str | None] = itemgetter(4)
"""Returns the entry of the actor book that a mark stands for."""


def compact(value: Any) -> str:
    """Return JSON without blanks, keys in the order given, any character as itself."""
    return _COMPACT.encode(value)


def fragments_json(fragments: tuple[Fragment, ...]) -> str:
    """Return fragments as the JSON they are stored as: ``[[start,end,"slice"],…]``."""
    parts = [f"[{part.start},{part.end},{quoted(part.slice)}]" for part in fragments]
    return f"[{','.join(parts)}]"


def attributes_json(attributes: Mapping[str, Value]) -> str:
    """Return attribute values as the JSON object they are stored as."""
    if not attributes:
        return "{}"
    parts = [
        f"{quoted(name)}:{quoted(value) if isinstance(value, str) else compact(value)}"
        for name, value in attributes.items()
    ]
    return f"{{{','.join(parts)}}}"


def cells_of(coded: CodedArticle) -> CodedCells:
    """Return the cells of a coded article."""
    marks = sorted(map(_mark, coded.marks))
    return CodedCells(
        coded, marks, [(link.start, link.type, link.end, _voice(link)) for link in coded.links]
    )


def alike_cell(layer: str, attributes: str, made: str) -> str:
    """Return layer, attributes as JSON and how a mark was made (see ``made_cell``) as one cell.

    One text is read, kept and looked up in less time than three.
    """
    return f"{layer}{SEPARATOR}{attributes}{SEPARATOR}{made}"


@lru_cache(4096)
def apart(cell: str) -> tuple[str, str, str]:
    """Return what ``alike_cell`` put together."""
    layer, attributes, made = cell.rsplit(SEPARATOR, 2)
    return layer, attributes, made


def made_cell(origin: str, suggester: str | None, version: str | None) -> str:
    """Return origin and suggester as one cell: the origin alone where there was no suggester, else JSON of all."""
    return origin if suggester is None else compact([origin, suggester, version])


def made_of(cell: str) -> Made:
    """Return what ``made_cell`` put together."""
    if not cell.startswith("["):
        return cell, None, None
    origin, suggester, version = json.loads(cell)
    return origin, suggester, version


def _mark(mark: Mark) -> MarkCells:
    suggester = mark.made.suggester
    return (
        mark.start,
        -mark.end,
        mark.id,
        fragments_json(mark.fragments),
        mark.actor,
        mark.note or None,
        mark.made.annotator,
        alike_cell(
            mark.layer,
            attributes_json(mark.attributes),
            made_cell(mark.made.origin, suggester.name, suggester.version)
            if suggester
            else mark.made.origin.value,
        ),
    )


def _voice(link: Link) -> str | None:
    return None if link.voice is None else link.voice.value
