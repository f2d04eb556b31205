"""One article of Nexis Uni, Lexis Advance or the old LexisNexis, cut out of its paragraphs.

Everything the export says about the article stays in its text; zones tell what each line is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from annotator.domain.anatomy import ZoneKind
from annotator.domain.errors import BadInput
from annotator.formats import news_labels as labels
from annotator.formats.blocks import Block
from annotator.formats.metadata import iso_date
from annotator.formats.news_labels import Part

Cut = tuple[dict[str, str], list[Block]]
"""What is known of an article, by our names and theirs, and its blocks."""

_ZONE = {
    Part.BYLINE: ZoneKind.BYLINE,
    Part.DATELINE: ZoneKind.DATELINE,
    Part.GRAPHIC: ZoneKind.CAPTION,
    Part.HIGHLIGHT: None,
}
_NAME = {Part.BYLINE: "author", Part.KIND: "publication type", Part.LOADED: "load date"}
_BELOW = (Part.LOADED, Part.KIND, Part.GRAPHIC, Part.OTHER)
"""What such labels say stands below the text."""

_HEADER_LINES = 14
"""So many lines stand between headline and text at most."""


def modern(lines: Sequence[str]) -> Cut:
    """Cut an article of Nexis Uni: headline, newspaper, date, labels, “Body”, text, “Classification”.

    Raises:
        BadInput: no text in it.
    """
    body = _body_at(lines)
    dated = _dated(lines, 1, body)
    said: dict[str, str] = {"title": _one_line(lines[0])}
    if dated is not None:
        said["published"] = _one_line(lines[dated])
        if dated >= 2:
            said["publisher"] = _one_line(lines[dated - 1])
    header = _end_of_header(lines, dated) if body is None else body + 1
    blocks = [Block(lines[0], ZoneKind.HEADLINE)]
    blocks += [_header(line, said) for line in lines[1:header]]
    return said, [*blocks, *_body(lines[header:], said)]


def cover(lines: Sequence[str]) -> int:
    """Return how many lines of the first piece of an export are its cover page, before the first headline.

    The headline stands two lines above the date, and the date is the last one above the text.
    """
    body = _body_at(lines)
    if body is None:
        body = next((place for place, line in enumerate(lines) if _is_header(line)), None)
    if body is None:
        return 0
    for number in range(body - 1, max(body - _HEADER_LINES, 1), -1):
        if _is_date(lines[number]):
            return number - 2
    return 0


def old(lines: Sequence[str]) -> Cut:
    """Cut an article of the old LexisNexis: newspaper, date, headline, labels up to the length, text.

    Raises:
        BadInput: no text in it.
    """
    dated = _dated(lines, 0, None)
    length = next(
        (
            number
            for number, line in enumerate(lines[:_HEADER_LINES])
            if (found := labels.labelled(line)) and found[0] is Part.LENGTH
        ),
        None,
    )
    if dated is None and length is None:
        raise BadInput("has neither a date nor a length above its text")
    said: dict[str, str] = {}
    title = 0
    if dated is not None:
        said["published"] = _one_line(lines[dated])
        if dated:
            said["publisher"] = _one_line(lines[dated - 1])
        title = dated + 1
    header = min(len(lines), title + 1 if length is None else length + 1)
    title = next(
        (number for number in range(title, header) if not labels.labelled(lines[number])), title
    )
    blocks = []
    for number, line in enumerate(lines[:header]):
        if number == title and not labels.labelled(line):
            said["title"] = _one_line(line)
            blocks.append(Block(line, ZoneKind.HEADLINE))
        else:
            blocks.append(_header(line, said))
    return said, [*blocks, *_body(lines[header:], said)]


def _body(lines: Sequence[str], said: dict[str, str]) -> list[Block]:
    """Return the text, and what comes after it as boilerplate."""
    blocks: list[Block] = []
    below, told = False, False
    for line in lines:
        found = labels.labelled(line)
        closes = found is not None and found[0] in (Part.LOADED, Part.LANGUAGE, Part.KIND)
        below = below or labels.plain(line) in labels.TAIL or closes
        if found and found[0] is Part.GRAPHIC:
            blocks.append(_header(line, said))
        elif below:
            if found:
                _note(found, said)
            blocks.append(Block(line, ZoneKind.BOILERPLATE))
        else:
            told = True
            blocks.append(Block(line))
    if not told:
        raise BadInput("has no text between its header and its end")
    return blocks


def _header(line: str, said: dict[str, str]) -> Block:
    found = labels.labelled(line)
    if found:
        _note(found, said)
    return Block(line, _ZONE.get(found[0], ZoneKind.BOILERPLATE) if found else ZoneKind.BOILERPLATE)


def _note(found: tuple[Part, str], said: dict[str, str]) -> None:
    part, value = found
    if part is Part.LANGUAGE:
        value = labels.language_of(value) or value
    if value and part is Part.BYLINE and "author" in said:
        said["author"] = f"{said['author']}; {value}"
    elif value and part is not Part.OTHER:
        said.setdefault(_NAME.get(part, part.value), value)


def _dated(lines: Sequence[str], first: int, last: int | None) -> int | None:
    """Return which of the lines near the top is the date."""
    until = min(len(lines), _HEADER_LINES if last is None else last)
    return next((number for number in range(first, until) if _is_date(lines[number])), None)


def _is_date(line: str) -> bool:
    """Tell whether a line is a date and no label with one, as cover pages have it."""
    said = _one_line(line)
    return len(said) < 60 and not re.match(r"[^\d:]+:", said) and iso_date(said) is not None


def _body_at(lines: Sequence[str]) -> int | None:
    return next(
        (place for place, line in enumerate(lines) if labels.plain(line) in labels.BODY), None
    )


def _is_header(line: str) -> bool:
    found = labels.labelled(line)
    return found is not None and found[0] in (Part.LENGTH, Part.SECTION, Part.BYLINE)


def _end_of_header(lines: Sequence[str], dated: int | None) -> int:
    """Return where the text begins in an article without “Body”: after the last label of its header."""
    last = 0 if dated is None else dated
    for number in range(last + 1, min(len(lines), _HEADER_LINES)):
        found = labels.labelled(lines[number])
        if labels.plain(lines[number]) in labels.TAIL or (found and found[0] in _BELOW):
            break
        if found or labels.COPYRIGHT.match(lines[number].strip()):
            last = number
    return last + 1


def _one_line(line: str) -> str:
    return " ".join(line.split())
