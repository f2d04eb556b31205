"""One article of Factiva, cut out of its paragraphs: with field codes (HD, LP, TD …) or as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from annotator.domain.anatomy import ZoneKind
from annotator.domain.errors import BadInput
from annotator.formats import news_labels as labels
from annotator.formats.blocks import Block
from annotator.formats.metadata import iso_date
from annotator.formats.nexis import Cut

_CODED = re.compile(r"([A-Z]{2,3})(?:[\t |\u00a0]+(.*))?", re.DOTALL)
_FIELD = {
    "HD": "title", "BY": "author", "PD": "published", "SN": "publisher", "LA": "language", "WC": "length",
    "SC": "source code", "SE": "section", "AN": "accession number", "CY": "licence", "ET": "time", "PG": "page",
}  # fmt: skip
_ZONE = {
    "HD": ZoneKind.HEADLINE,
    "BY": ZoneKind.BYLINE,
    "LP": None,
    "TD": None,
    "DLN": ZoneKind.DATELINE,
}
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Di|Door)\s.{2,100}", re.IGNORECASE)
_TOP = 8
"""So many lines stand above the number of words at most."""
_BELOW = 9
"""So many lines stand between the number of words and the text at most."""


class Codes:
    """The field codes of lines that go by.

    Attributes:
        are_there: whether the parts of articles are named by them.
    """

    def __init__(self) -> None:
        self.are_there = False
        self._seen: set[str | None] = set()

    def see(self, line: str) -> None:
        """Note the code of a line."""
        if not self.are_there:
            self._seen.add(_code(line)[0])
            self.are_there = "HD" in self._seen and bool(self._seen & {"LP", "TD"})


def is_coded(lines: Iterable[str]) -> bool:
    """Tell whether the parts are named by field codes."""
    codes = Codes()
    for line in lines:
        codes.see(line)
        if codes.are_there:
            return True
    return False


def opens(line: str, before: Sequence[str]) -> bool:
    """Tell whether a line with a code opens the next article: the accession number closed the last one."""
    code = _code(line)[0]
    seen = [found for earlier in before if (found := _code(earlier)[0])]
    return bool(code) and (seen[-1:] == ["AN"] or (code == "HD" and "HD" in seen))


def coded(lines: Sequence[str]) -> Cut:
    """Cut an article with field codes; its text is the lead paragraph and what follows it.

    Raises:
        BadInput: no text in it.
    """
    said: dict[str, str] = {}
    blocks: list[Block] = []
    for code, words in _fields(lines):
        text = "\n".join(words)
        name = _FIELD.get(code)
        if name and text:
            said[name] = _value(code, " ".join(text.split()))
        zone = _ZONE.get(code, ZoneKind.BOILERPLATE)
        blocks += [Block(word, zone) for word in words]
    if not any(block.zone is None for block in blocks):
        raise BadInput("has no lead paragraph (LP) and no text (TD)")
    return said, blocks


def printed(lines: Sequence[str]) -> Cut:
    """Cut an article as Factiva prints it: headline, byline, words, date, source, language, copyright, text.

    Raises:
        BadInput: neither a number of words nor a date above its text, or no text.
    """
    top = list(enumerate(map(_one_line, lines[:_TOP])))
    counted = next((at for at, line in top if labels.LENGTH_LINE.fullmatch(line)), None)
    start = counted if counted else next((at for at, line in top if iso_date(line)), None)
    if not start:
        raise BadInput(
            "has neither its number of words (“512 words”) nor a date in a line below a headline"
        )
    said: dict[str, str] = {"length": _one_line(lines[start])} if counted else {}
    blocks = list(_above(lines[:start], said))
    body = _below(lines, start + 1 if counted else start, said)
    blocks += [Block(line, ZoneKind.BOILERPLATE) for line in lines[start:body]]
    text = lines[body:]
    ends = labels.FACTIVA_END.fullmatch(text[-1].strip()) if text else None
    if ends:
        said["accession number"] = ends[1]
    told = [Block(line) for line in (text[:-1] if ends else text)]
    if not told:
        raise BadInput("has no text between its header and its end")
    return said, [*blocks, *told, *([Block(text[-1], ZoneKind.BOILERPLATE)] if ends else [])]


def _value(code: str, text: str) -> str:
    if code == "LA":
        return labels.language_of(text) or text
    found = labels.FACTIVA_END.fullmatch(text) if code == "AN" else None
    return found[1] if found else text


def _above(lines: Sequence[str], said: dict[str, str]) -> Iterator[Block]:
    """Yield section, headline and byline; which is which shows only from their shape."""
    last = len(lines) - 1
    byline = last if last and _is_byline(lines[last], lines[last - 1]) else None
    title = last - 1 if byline is not None else last
    for number, line in enumerate(lines):
        if number == byline:
            said["author"] = _one_line(line)
            yield Block(line, ZoneKind.BYLINE)
        elif number == title:
            said["title"] = _one_line(line)
            yield Block(line, ZoneKind.HEADLINE)
        else:
            said.setdefault("section", _one_line(line))
            yield Block(line, ZoneKind.BOILERPLATE)


def _is_byline(line: str, above: str) -> bool:
    words = line.split()
    names = sum(word[:1].isupper() for word in words)
    looks_so = 2 <= len(words) <= 6 and names >= len(words) - 1 and len(above) > len(line)
    return bool(_BYLINE.fullmatch(line.strip())) or looks_so


def _below(lines: Sequence[str], start: int, said: dict[str, str]) -> int:
    """Read date, source, language and copyright; return where the text begins."""
    body = start
    for number in range(start, min(len(lines), start + _BELOW)):
        line = _one_line(lines[number])
        if "published" not in said and iso_date(line):
            said["published"] = line
        elif (
            "published" in said and "publisher" not in said and not re.match(r"\d{1,2}:\d{2}", line)
        ):
            said["publisher"] = line
        elif re.fullmatch(r"[A-Z0-9]{2,8}", line):
            said.setdefault("source code", line)
        elif (tag := labels.language_of(line)) and len(line) < 20:
            said["language"] = tag
        elif labels.COPYRIGHT.match(line):
            said.setdefault("licence", line)
        elif not re.fullmatch(
            r"\d{1,2}:\d{2}(?: [A-Z]{2,4})?|(?:p\w*\.? ?)?[A-Z]?\d{1,4}|.{0,12}", line
        ):
            continue
        body = number + 1
        if "licence" in said:
            break
    return body


def _fields(lines: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each field code with the lines that belong to it."""
    code: str = ""
    words: list[str] = []
    for line in lines:
        found, rest = _code(line)
        if found:
            if code:
                yield code, words
            code, words = found, [rest] if rest else []
        elif code and line.strip():
            words.append(line)
    if code:
        yield code, words


def _code(line: str) -> tuple[str, str]:
    found = _CODED.fullmatch(line.strip())
    if found and found[1] in labels.FACTIVA_CODES:
        return found[1], (found[2] or "").strip(" |\t")
    return "", ""


def _one_line(line: str) -> str:
    return " ".join(line.split())
