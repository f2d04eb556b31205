"""Prodigy JSONL: one task per line, with tokens, spans and relations.

Offsets are code points; ``token_end`` is the last token of a span itself, and a relation
names the last token of each of its two spans.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TextIO

from annotator.domain.coded import CodedArticle, Read, Remark
from annotator.domain.errors import Problem
from annotator.domain.fragment import Extent
from annotator.domain.segments import tokens
from annotator.formats.base import ReadContext, Source, WriteContext, title_of
from annotator.formats.flat import Stretch, flatten, full_text
from annotator.formats.foreign import ForeignLink, ForeignMark, head_of, headed
from annotator.formats.foreign_values import values_of
from annotator.formats.json_files import (
    Json,
    extent_in,
    first_keys,
    objects_in,
    read_lines,
    text_in,
)
from annotator.formats.offsets import Unit, fitting_unit

HEAD = "annotator"
"""The key of a task, and of a span, under which we keep what Prodigy has no place for."""

_PEOPLE = ("_annotator_id", "_session_id")
"""Keys that name who answered a task, the surer first."""
_WHEN = "_timestamp"
"""The second in which a task was answered."""
_OURS = ("_session_id", "_view_id")
"""Keys of Prodigy's that our own tasks have, too."""
_KNOWN = (
    "text",
    "tokens",
    "spans",
    "relations",
    "answer",
    "_task_hash",
    "_view_id",
    _WHEN,
    *_PEOPLE,
)
"""Keys of a task that say nothing about its article; its ``_input_hash`` does."""


class ProdigyReader:
    """Reads tasks that were accepted; spans of rejected and ignored ones are counted and left out."""

    name = "prodigy"
    suffixes = (".jsonl",)
    about = "Prodigy tasks: spans and relations"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSONL whose first line has Prodigy's keys."""
        keys = first_keys(source)
        return "text" in keys and bool(
            keys & {"_view_id", "_task_hash", "_input_hash"} or {"spans", "answer"} <= keys
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each task, and at the end what all of them say for Prodigy alone."""
        left_out: set[str] = set()

        def read_task(task: Json, where: str) -> Read:
            left_out.update(_left_out(task))
            return _read_task(task, where, context)

        yield from read_lines(source, read_task)
        if left_out:
            names = ", ".join(f"“{name}”" for name in sorted(left_out))
            yield Read(remarks=(Remark(source.name, f"was read without {names} of its tasks", 0),))


class ProdigyWriter:
    """Writes a task for each article and annotator; what we add, Prodigy keeps and does not show."""

    name = "prodigy"
    suffix = ".jsonl"
    about = "Prodigy tasks: spans and relations"
    tells_view = True
    needs_text = True
    cannot_carry = (
        "a mark of several fragments as one: it becomes several spans, tied by “_fragment”",
        "notes, and who or what suggested a mark",
    )

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write one task a line."""
        for coded in articles:
            out.write(json.dumps(_task(coded, context), ensure_ascii=False))
            out.write("\n")


class _Tokens:
    """The tokens of a text, found by place."""

    def __init__(self, text: str) -> None:
        self.extents = list(tokens(text, 0, len(text)))
        self._starts = [start for start, _ in self.extents]
        self._ends = [end for _, end in self.extents]
        self._text = text

    def json(self) -> list[Json]:
        return [
            {
                "text": self._text[start:end],
                "start": start,
                "end": end,
                "id": number,
                "ws": self._text[end : end + 1].isspace(),
            }
            for number, (start, end) in enumerate(self.extents)
        ]

    def around(self, start: int, end: int) -> Extent:
        """Return the first and the last token that a stretch touches."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._starts, end) - 1
        return min(first, max(last, 0)), max(last, 0)

    def fit(self, first: int, last: int, start: int, end: int) -> bool:
        return (
            bool(self.extents) and self.extents[first][0] == start and self.extents[last][1] == end
        )


def _task(coded: CodedArticle, context: WriteContext) -> Json:
    text = full_text(coded)
    flat = flatten(coded, context)
    words = _Tokens(text)
    spans: dict[str, Json] = {}
    within = 0
    for stretch in flat.stretches:
        values = flat.values[stretch.mark.id] if not stretch.number else {}
        spans[stretch.id] = _span(stretch, values, words)
        within += "token_start" not in spans[stretch.id]
    if within:
        context.lose(
            title_of(coded),
            "marks begin or end inside a token, where no token model follows",
            within,
        )
    relations = []
    for tie in flat.ties:
        head, child = spans[tie.start], spans[tie.end]
        relations.append(
            {
                "head": words.around(head["start"], head["end"])[1],
                "child": words.around(child["start"], child["end"])[1],
                "label": tie.type,
                "head_span": _ref(head),
                "child_span": _ref(child),
            }
        )
    return {
        "text": text,
        "meta": {"source": title_of(coded)},
        "tokens": words.json(),
        "spans": list(spans.values()),
        "relations": relations,
        "answer": "accept",
        "_session_id": coded.annotator,
        "_view_id": "relations",
        HEAD: head_of(coded),
    }


def _span(stretch: Stretch, values: dict[str, list[str]], words: _Tokens) -> Json:
    start, end = stretch.part.extent
    first, last = words.around(start, end)
    fits = words.fit(first, last, start, end)
    return {
        "start": start,
        "end": end,
        **({"token_start": first, "token_end": last} if fits else {}),
        "label": stretch.mark.layer,
        HEAD: {"id": stretch.id, "layer": stretch.mark.layer, "values": values},
    }


def _ref(span: Json) -> Json:
    return {key: value for key, value in span.items() if key != HEAD} | {"id": span[HEAD]["id"]}


def _read_task(task: Json, where: str, context: ReadContext) -> Read:
    text = text_in(task, "text")
    article = headed(where, text, task.get(HEAD), task, _KNOWN)
    spans, relations = objects_in(task, "spans"), objects_in(task, "relations")
    answer = task.get("answer", "accept")
    if answer != "accept":
        what = f"was answered with “{answer}”; its spans were left out"
        article.remarks.append(Remark(where, what, len(spans) + len(relations)))
        spans = relations = []
    if HEAD not in task:
        person = _person_key(task)
        article.annotator = str(task[person]) if person else None
    words = [item for item in objects_in(task, "tokens") if isinstance(item.get("text"), str)]
    quotes = [
        (item["start"], item["end"], item["text"])
        for item in words
        if type(item.get("start")) is int and type(item.get("end")) is int
    ]
    article.unit = fitting_unit(text, quotes, (Unit.CODE_POINT, Unit.UTF16)) or Unit.CODE_POINT
    ids: list[str] = []
    seen: Counter[str] = Counter()
    for span in spans:
        id, mark = _mark(span, seen, article.remarks, where)
        ids.append(id)
        if mark:
            article.marks.append(mark)
    for relation in relations:
        start = _end_of(relation, "head", spans, ids)
        end = _end_of(relation, "child", spans, ids)
        article.links.append(ForeignLink(str(relation.get("label")), start, end))
    moment = _moment(task.get(_WHEN))
    return article.read(replace(context, now=moment) if moment else context)


def _person_key(task: Json) -> str | None:
    return next((key for key in _PEOPLE if task.get(key)), None)


def _left_out(task: Json) -> Iterator[str]:
    """Yield the keys of Prodigy's that say something and come through nowhere."""
    is_ours = HEAD in task
    read = _OURS if is_ours else ("_input_hash", _person_key(task))
    for key, value in task.items():
        if value is None or not key.startswith("_") or key in read:
            continue
        if key == _WHEN and _moment(value):
            continue
        if is_ours or key in _KNOWN:
            yield key


def _moment(seconds: object) -> str | None:
    """Return when a task was answered, as ``identity.Clock`` has it; None if that is no time at all."""
    if not isinstance(seconds, int | float) or isinstance(seconds, bool) or seconds <= 0:
        return None
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _mark(
    span: Json, seen: Counter[str], remarks: list[Remark], where: str
) -> tuple[str, ForeignMark | None]:
    own = span.get(HEAD)
    own = own if isinstance(own, dict) else {}
    place = f"{span.get('start')}-{span.get('end')}-{span.get('label')}"
    seen[place] += 1
    id = str(own.get("id") or (place if seen[place] == 1 else f"{place}#{seen[place]}"))
    try:
        extent = extent_in(span.get("start"), span.get("end"))
    except Problem as problem:
        remarks.append(Remark(where, f"a span {problem}", kind="mark"))
        return id, None
    words = span.get("text")
    layer = own.get("layer")
    return id, ForeignMark(
        id,
        str(span.get("label")),
        [extent],
        words if isinstance(words, str) else None,
        layer if isinstance(layer, str) else None,
        values_of(own.get("values")),
    )


def _end_of(relation: Json, key: str, spans: list[Json], ids: list[str]) -> str:
    """Return the id of the span a relation leads to: by its copy, else by its last token."""
    copy: Any = relation.get(f"{key}_span")
    if isinstance(copy, dict):
        if copy.get("id") in ids:
            return str(copy["id"])
        for span, id in zip(spans, ids, strict=True):
            if all(span.get(name) == copy.get(name) for name in ("start", "end", "label")):
                return id
    for span, id in zip(spans, ids, strict=True):
        if span.get("token_end") is not None and span.get("token_end") == relation.get(key):
            return id
    return f"token {relation.get(key)}"
