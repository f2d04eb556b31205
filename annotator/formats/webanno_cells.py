r"""Cells of WebAnno TSV 3: values with ids in brackets, stacked with ``|``, odd signs behind a backslash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

NONE = "_"
EMPTY = "*"
_SPECIAL = re.compile(r"->|[\\\[\]|_;*]")
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)
_WHITE = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_BLACK = {"t": "\t", "n": "\n", "r": "\r"}
_ID = re.compile(r"^(.*)\[(\d+)\]$", re.DOTALL)
_ENDS = re.compile(r"^(\d+-\d+(?:\.\d+)?)(?:\[(\d+)_(\d+)\])?$")
_FILLER = re.compile(r"^(\d+-\d+(?:\.\d+)?)(?:\[(\d+)\])?$")
_CHAINED = re.compile(r"^(.*)->(\d{1,9})-(\d{1,9})$", re.DOTALL)


def cell(values: Iterable[tuple[list[str], int]]) -> str:
    """Return a cell of stacked values, each with the id of its annotation."""
    return "|".join(f"{_joined(texts)}[{id}]" for texts, id in values) or NONE


def text_line(text: str) -> str:
    """Return a sentence as it stands after ``#Text=``."""
    return "".join(_WHITE.get(sign, sign) for sign in text.replace("\\", "\\\\"))


def text_of_line(line: str) -> str:
    """Return the sentence that stands after ``#Text=``."""
    return _ESCAPED.sub(_unescape, line)


def stacked(said: str) -> Iterator[tuple[list[str], int | None]]:
    """Yield the values of a cell and the ids of their annotations; nothing if there is no annotation."""
    for value, id in _annotations(said):
        yield [text for text in _texts(value) if text is not None], id


def roles(said: str) -> Iterator[tuple[list[str | None], int | None]]:
    """Yield the roles of the slots of each annotation, None for one without a name, and its id."""
    for value, id in _annotations(said):
        yield list(_texts(value)), id


def fillers(said: str) -> Iterator[list[tuple[str, int]]]:
    """Yield what fills the slots of each annotation: the unit it begins at, and its id or 0."""
    if said in (NONE, ""):
        return
    for part in _split(said, "|"):
        found = [(one, _FILLER.match(one)) for one in _split(part, ";") if one not in (NONE, EMPTY)]
        yield [(match[1], int(match[2] or 0)) if match else (one, 0) for one, match in found]


def chained(said: str) -> Iterator[tuple[str | None, int, int]]:
    """Yield for each element of a chain what ties it to the next one, the chain and its place there.

    What is no element is passed over, so fewer come than the cell of labels beside it holds.
    """
    for part in _split(said, "|"):
        found = _CHAINED.match(part)
        if found and not _is_escaped(part, found.end(1)):
            yield next(_texts(found[1]), None), int(found[2]), int(found[3])


def ends(said: str) -> Iterator[tuple[str, int, int]]:
    """Yield for each relation of a cell the unit it begins at, and the ids of its two annotations or 0."""
    if said in (NONE, ""):
        return
    for part in _split(said, "|"):
        found = _ENDS.match(part)
        if found:
            yield found[1], int(found[2] or 0), int(found[3] or 0)
        else:
            yield part, 0, 0


def _annotations(said: str) -> Iterator[tuple[str, int | None]]:
    """Yield what a cell says of each annotation, with its id."""
    if said in (NONE, ""):
        return
    for part in _split(said, "|"):
        found = _ID.match(part)
        ours = found if found and not _is_escaped(part, found.end(1)) else None
        yield (ours[1], int(ours[2])) if ours else (part, None)


def _texts(value: str) -> Iterator[str | None]:
    """Yield the values of one annotation, None where there is none."""
    if value in (EMPTY, NONE):
        return
    for one in _split(value, ";"):
        yield None if one == EMPTY else _ESCAPED.sub(_unescape, one)


def _joined(texts: list[str]) -> str:
    return ";".join(_escape(text) for text in texts) if texts else EMPTY


def _escape(text: str) -> str:
    safe = _SPECIAL.sub(lambda match: "\\" + match.group(), text)
    return "".join(_WHITE.get(sign, sign) for sign in safe)


def _unescape(match: re.Match[str]) -> str:
    return _BLACK.get(match.group(1), match.group(1))


def _split(said: str, sign: str) -> Iterator[str]:
    """Yield the parts between signs that no backslash stands before."""
    start = position = 0
    while position < len(said):
        if said[position] == "\\":
            position += 2
            continue
        if said[position] == sign:
            yield said[start:position]
            start = position + 1
        position += 1
    yield said[start:]


def _is_escaped(said: str, position: int) -> bool:
    """Tell whether the sign at a position has a backslash before it that is none itself."""
    count = 0
    while position > count and said[position - count - 1] == "\\":
        count += 1
    return count % 2 == 1
