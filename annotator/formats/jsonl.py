"""Our own JSONL: one line per article and annotator; lossless, and the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, TextIO

from annotator.domain.article import Meta, Verdict
from annotator.domain.cells import CodedCells, cells_of
from annotator.domain.coded import ANNOTATOR, GOLD, SUGGESTIONS, CodedArticle, Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.identity import derived_id, is_id
from annotator.domain.mark import View
from annotator.domain.text import MAX_ARTICLE_BYTES, DecodedText, freeze, sha256_of
from annotator.formats.base import ReadContext, Source, WriteContext
from annotator.formats.line_head import META, LineHead
from annotator.formats.plain_records import PlainRecords
from annotator.formats.record_reader import RecordReader
from annotator.formats.record_writer import RecordWriter
from annotator.formats.strict_json import parse

MAX_LINE_BYTES = 8 * MAX_ARTICLE_BYTES
"""An article with all its marks; a longer line is not one of ours and would fill the memory."""

Json = dict[str, Any]

_BLANK = b" \t\r\n\xef\xbb\xbf"


class JsonlReader:
    """Reads our JSONL line by line; a bad line or record does not lose the others."""

    name = "jsonl"
    suffixes = (".jsonl",)
    about = "annotator's own lines: articles and all that is coded in them"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take files whose first line names our format; an empty file holds as little in any."""
        if source.path.suffix.lower() in self.suffixes and not head.strip(_BLANK):
            return True
        first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].replace(b" ", b"")
        return first.startswith(b'{"format":"annotator/') or (
            source.path.suffix.lower() in self.suffixes and b'"annotator/1"' in head
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each line."""
        plain = PlainRecords(context) if context.wants_cells else None
        with source.open() as file:
            number = found = 0
            while raw := file.readline(MAX_LINE_BYTES + 1):
                number += 1
                where = f"{source.name}, line {number}"
                if len(raw) > MAX_LINE_BYTES:
                    found += 1
                    yield Read(
                        remarks=(
                            Remark(
                                where,
                                f"is longer than {MAX_LINE_BYTES / 1e6:.0f} MB: it was left out",
                            ),
                        )
                    )
                    while raw and not raw.endswith(b"\n"):
                        raw = file.readline(MAX_LINE_BYTES)
                    continue
                if raw.strip(_BLANK):
                    found += 1
                    yield read_line(raw, where, context, plain)
        if not found:
            yield Read(remarks=(Remark(source.name, "has nothing in it", 0),))


def read_line(
    raw: bytes, where: str, context: ReadContext, plain: PlainRecords | None = None
) -> Read:
    """Return what one line says, or why it was refused; as cells, if ``plain`` can read it."""
    try:
        line = parse(raw)
        if not isinstance(line, dict):
            raise BadInput("is no object")
        return read_object(line, where, context, plain=plain)
    except Problem as problem:
        return Read(remarks=(Remark(where, f"{problem}; the line was left out"),))


def read_object(
    line: Json,
    where: str,
    context: ReadContext,
    text: DecodedText | None = None,
    plain: PlainRecords | None = None,
) -> Read:
    """Return a coded article from an object of our shape, or of the looser sample shape."""
    text = text or _own_text(line)
    sha256 = _sha256(line, text)
    body = text.text if text else context.text_of(sha256)
    if body is None:
        raise BadInput(
            "brings no text, and the project has none of this hash: import the article first"
        )
    article = str(line["id"]) if is_id(line.get("id")) else derived_id("article", sha256)
    view = _view(line)
    person = _person(line) or context.annotator
    coded: dict[str, Any] = {
        "text_sha256": sha256,
        "meta": _meta(line),
        "id": article if is_id(line.get("id")) else None,
        "text": text,
        "view": view,
        "split": _optional(line, "split"),
        "duplicate_group": _optional(line, "duplicate_group"),
    }
    if not person:
        if any(line.get(key) for key in ("actors", "claims", "sentiments", "other")):
            raise BadInput("has marks but names no annotator: name one with --annotator")
        return Read(CodedArticle(**coded))
    coded |= {"annotator": person, "codebook_version": context.codebook_version}
    remarks: list[Remark] = []
    coded["states"] = _states(line, context, remarks, where)

    def reader() -> RecordReader:
        return RecordReader(body, sha256, article, person, View(view), context, where)

    if plain:
        entities = reader()
        cells = plain.read(line, entities)
        if cells:
            whole = CodedArticle(**coded, actors=tuple(entities.actors.values()))
            return Read(cells=CodedCells(whole, *cells), remarks=tuple(remarks))
    records = reader()
    records.read(line)
    whole = CodedArticle(
        **coded,
        actors=tuple(records.actors.values()),
        marks=tuple(records.marks.values()),
        links=tuple(records.links.values()),
    )
    return Read(whole, (*records.remarks, *remarks))


class JsonlWriter:
    """Writes our JSONL; articles come sorted by id, then annotator."""

    name = "jsonl"
    suffix = ".jsonl"
    about = (
        "Lines of annotator (JSONL): articles with their marks, values, links, actors and verdicts, "
        "which come back the same but for what it leaves out"
    )
    tells_view = True
    needs_text = False
    cannot_carry = (
        "notes on marks and articles",
        "moments of making and changing",
        "affiliations of actors, and actors nobody mentions",
        "the history",
    )

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write one line for each article."""
        for line in self._lines(map(cells_of, articles), context):
            out.write(line.decode())

    def write_cells(
        self, articles: Iterable[CodedCells], out: BinaryIO, context: WriteContext
    ) -> None:
        """Write one line for each article whose marks are still as they are stored."""
        out.writelines(self._lines(articles, context))

    def lines(self, articles: Iterable[CodedArticle], context: WriteContext) -> Iterator[Json]:
        """Yield the object of each line, for formats that add to it."""
        return map(json.loads, self._lines(map(cells_of, articles), context))

    def _lines(self, articles: Iterable[CodedCells], context: WriteContext) -> Iterator[bytes]:
        head, records = LineHead(context), RecordWriter(context)
        for coded in articles:
            before, text, after = head.write(coded)
            rest = "".join((after, *records.write(coded), "\n"))
            yield b"".join((before.encode(), text, rest.encode()))


def _own_text(line: Json) -> DecodedText | None:
    body = line.get("text")
    if body is None:
        return None
    if not isinstance(body, str):
        raise BadInput("has a “text” that is no text")
    kept, newlines = freeze(body)
    if kept != body:
        raise BadInput(
            "has a text with carriage returns or a byte-order mark, where offsets would shift"
        )
    sha256 = sha256_of(body)
    return DecodedText(body, "utf-8", newlines, False, sha256, sha256)


def _sha256(line: Json, text: DecodedText | None) -> str:
    named = line.get("text_sha256")
    if text is None:
        if not isinstance(named, str):
            raise BadInput("brings neither a text nor the hash of one")
        return named
    if named is not None and named != text.text_sha256:
        raise BadInput("has a text that does not fit its “text_sha256”: one of them was changed")
    return text.text_sha256


def _view(line: Json) -> str:
    view = line.get("view", ANNOTATOR)
    if view == SUGGESTIONS:
        raise BadInput("holds suggestions, which are no marks until a person accepts them")
    if view not in (ANNOTATOR, GOLD):
        raise BadInput(f"has the view “{view}”, which is none of ours")
    return str(view)


def _person(line: Json) -> str | None:
    """Return who coded the line; numbers are taken for names, as spreadsheets make them."""
    person = line.get("annotator")
    if isinstance(person, int) and not isinstance(person, bool):
        return str(person)
    if person is not None and not isinstance(person, str):
        raise BadInput("has an “annotator” that is no name")
    return person


def _meta(line: Json) -> Meta:
    raw = line.get("meta") or {}
    if not isinstance(raw, dict):
        raise BadInput("has “meta” that is no object")
    extra = raw.get("extra") or {}
    if not isinstance(extra, dict):
        raise BadInput("has “meta.extra” that is no object")
    fields = {name: _optional(raw, name) for name in META}
    return Meta(**fields, extra={key: _as_text(value) for key, value in sorted(extra.items())})


def _states(
    line: Json, context: ReadContext, remarks: list[Remark], where: str
) -> dict[str, Verdict]:
    found: dict[str, Verdict] = {}
    raw = line.get("states") or {}
    for layer, verdict in raw.items() if isinstance(raw, dict) else ():
        try:
            context.codebook.layer(layer)
            found[layer] = Verdict(verdict)
        except (Problem, ValueError):
            remarks.append(
                Remark(
                    where,
                    f"the state “{verdict}” of “{layer}” was left out: one of them is not known",
                )
            )
    return found


def _optional(raw: Json, key: str) -> str | None:
    value = raw.get(key)
    return None if value is None else _as_text(value)


def _as_text(value: object) -> str:
    """Return a text as it is, and anything else as the JSON it was."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
