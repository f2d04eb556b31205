"""JSON files of other tools, object by object; a bad one does not lose the others."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from typing import Any, TextIO

from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.fragment import Extent
from annotator.domain.text import MAX_ARTICLE_BYTES
from annotator.formats.base import Source
from annotator.formats.blocks import raw_of
from annotator.formats.json_array import Alone, items_in, items_under
from annotator.formats.strict_json import parse

Json = dict[str, Any]

MAX_LINE_BYTES = 8 * MAX_ARTICLE_BYTES
MAX_BYTES = 1_000_000_000
"""A JSON file that is no JSONL has to be read as a whole."""


def read_lines(source: Source, read: Callable[[Json, str], Read]) -> Iterator[Read]:
    """Yield what ``read`` makes of the object of each line; blank lines are passed over."""
    with source.open() as file:
        number = 0
        while raw := file.readline(MAX_LINE_BYTES + 1):
            number += 1
            where = f"{source.name}, line {number}"
            if len(raw) > MAX_LINE_BYTES:
                while raw and not raw.endswith(b"\n"):
                    raw = file.readline(MAX_LINE_BYTES)
                what = f"is longer than {MAX_LINE_BYTES / 1e6:.0f} MB: it was left out"
                yield Read(remarks=(Remark(where, what),))
            elif raw.strip():
                yield _guarded(where, raw, read)


def read_objects(source: Source, read: Callable[[Json, str], Read]) -> Iterator[Read]:
    """Yield what ``read`` makes of each object of a JSON array, or of the one object there is."""
    for number, item in enumerate(objects_of(source), 1):
        yield _guarded(f"{source.name}, object {number}", item, read)


def objects_of(source: Source) -> Iterator[Any]:
    """Yield the items of a JSON array, or the one value there is, one at a time.

    Raises:
        BadInput: where the file stops being JSON.
    """
    with source.open() as file:
        yield from items_in(file, MAX_LINE_BYTES)


def objects_under(
    source: Source, lists: Collection[str], within: Collection[str], alone: Alone
) -> Iterator[Any]:
    """Yield the same of an array that stands somewhere in the file (see ``json_array.items_under``)."""
    with source.open() as file:
        yield from items_under(file, MAX_LINE_BYTES, lists, within, alone)


def first_keys(source: Source) -> frozenset[str]:
    """Return the keys of the object on the first line, or none if there is no object."""
    suffix = source.path.suffix.lower()
    if suffix not in (".jsonl", ".ndjson", ".json"):
        return frozenset()
    try:
        stamp = source.path.stat()
    except OSError:
        return frozenset()
    # The first line of other JSON may be all of it.
    most = MAX_ARTICLE_BYTES if suffix == ".json" else MAX_LINE_BYTES
    return _first_keys(source, most, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=2)
def _first_keys(source: Source, most: int, _modified: int, _size: int) -> frozenset[str]:
    with source.open() as file:
        raw = file.readline(most)
        while raw and not raw.strip():
            raw = file.readline(most)
    try:
        item = parse(raw)
    except Problem:
        return frozenset()
    return frozenset(item) if isinstance(item, dict) else frozenset()


def read_whole(source: Source) -> Any:
    """Return the value of a JSON file; raise BadInput if it is too large or none."""
    return parse(raw_of(source, MAX_BYTES))


class ArrayOut:
    """Writes a JSON array object by object, each on a line of its own."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._count = 0

    def __enter__(self) -> ArrayOut:
        self._out.write("[")
        return self

    def add(self, item: object) -> None:
        """Write one more object."""
        self._out.write(",\n" if self._count else "\n")
        self._out.write(json.dumps(item, ensure_ascii=False))
        self._count += 1

    def __exit__(self, *_: object) -> None:
        self._out.write("\n]\n" if self._count else "]\n")


def objects_in(raw: Json, key: str) -> list[Json]:
    """Return the objects of a list; raise BadInput if there is something else."""
    value = raw.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise BadInput(f"has “{key}” that is no list of objects")
    return value


def text_in(raw: Json, key: str) -> str:
    """Return a text; raise BadInput if there is none."""
    value = raw.get(key)
    if not isinstance(value, str):
        raise BadInput(f"has no text under “{key}”")
    return value


def extent_in(start: object, end: object) -> Extent:
    """Return a place; raise BadInput if it is no pair of whole numbers."""
    if type(start) is not int or type(end) is not int:
        raise BadInput(f"has the place {start}–{end}, which is no pair of whole numbers")
    return start, end


def _guarded(where: str, found: Any, read: Callable[[Json, str], Read]) -> Read:
    try:
        item = parse(found) if isinstance(found, bytes) else found
        if not isinstance(item, dict):
            raise BadInput("is no object")
        return read(item, where)
    except Problem as problem:
        return Read(remarks=(Remark(where, f"{problem}; it was left out"),))
