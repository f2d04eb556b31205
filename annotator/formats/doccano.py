"""doccano JSONL: text with entities and relations, or with plain label triples.

doccano counts code points, or what a reader sees as one character if the project says so,
and the file does not tell which. Our own files say it; for others, offsets that could mean
two places are refused until a person says it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO

from annotator.domain.coded import CodedArticle, Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.formats.base import ReadContext, Source, WriteContext
from annotator.formats.flat import flatten, full_text, lose_all_but_label, lose_voices
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark, head_of, headed
from annotator.formats.json_files import (
    Json,
    extent_in,
    first_keys,
    objects_in,
    read_lines,
    text_in,
)
from annotator.formats.labels import label_of
from annotator.formats.offsets import Unit, is_ambiguous

HEAD = "annotator"
"""The key under which doccano keeps, as metadata, what we say about the article."""

TRIPLES = ("label", "labels")
_KNOWN = ("text", "entities", "relations", *TRIPLES)
"""Keys of a line that say nothing about its article."""


class DoccanoReader:
    """Reads exports of sequence labelling and relation projects."""

    name = "doccano"
    suffixes = (".jsonl",)
    about = "doccano: labels, entities and relations"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSONL with a text and entities or labels."""
        keys = first_keys(source)
        return "text" in keys and bool(keys & {"entities", *TRIPLES}) and "format" not in keys

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each line."""
        return read_lines(source, lambda line, where: _read_line(line, where, context))


class DoccanoWriter:
    """Writes a line for each article and annotator, for a relation project."""

    name = "doccano"
    suffix = ".jsonl"
    about = "doccano: entities and relations"
    tells_view = True
    needs_text = True
    cannot_carry = (
        "values beside the label (actor:person, claim:direct, sentiment:negative)",
        "a mark of several fragments as one: it becomes several entities, tied by “_fragment”",
        "the author and “unknown” as source or holder; entries of the actor book",
        "notes, and who or what suggested a mark",
    )

    def write(self, articles: Iterable[CodedArticle], out: TextIO, context: WriteContext) -> None:
        """Write one object a line."""
        for coded in articles:
            lose_all_but_label(coded, context)
            lose_voices(coded, context)
            out.write(json.dumps(_line(coded, context), ensure_ascii=False))
            out.write("\n")


def _line(coded: CodedArticle, context: WriteContext) -> Json:
    flat = flatten(coded, context)
    number = {stretch.id: place for place, stretch in enumerate(flat.stretches)}
    relations = sorted((number[tie.start], number[tie.end], tie.type) for tie in flat.ties)
    return {
        "text": full_text(coded),
        "entities": [
            {
                "id": number[stretch.id],
                "label": label_of(stretch.mark, context.codebook),
                "start_offset": stretch.part.start,
                "end_offset": stretch.part.end,
            }
            for stretch in flat.stretches
        ],
        "relations": [
            {"id": place, "from_id": start, "to_id": end, "type": type}
            for place, (start, end, type) in enumerate(relations)
        ],
        HEAD: {
            **head_of(coded),
            "ids": [
                [*stretch.part.extent, label_of(stretch.mark, context.codebook), stretch.id]
                for stretch in flat.stretches
            ],
        },
    }


def _read_line(line: Json, where: str, context: ReadContext) -> Read:
    text = text_in(line, "text")
    article = headed(where, text, line.get(HEAD), line, _KNOWN)
    _entities(line, article)
    _triples(line, article)
    ids = _known_ids(line.get(HEAD), article)
    for relation in objects_in(line, "relations"):
        start, end = f"e{relation.get('from_id')}", f"e{relation.get('to_id')}"
        article.links.append(
            ForeignLink(str(relation.get("type")), ids.get(start, start), ids.get(end, end))
        )
    article.unit = _unit(article, text, ours=HEAD in line, chosen=context.offset_unit)
    return article.read(context)


def _known_ids(head: object, article: ForeignArticle) -> dict[str, str]:
    """Give marks the ids they had when we wrote them; return the new id of each that has one.

    doccano numbers entities anew, but leaves our metadata alone, so a mark is known by its
    place and label, and by its turn among those that share both.
    """
    said = head.get("ids") if isinstance(head, dict) else None
    known: dict[str, list[str]] = {}
    for item in said if isinstance(said, list) else ():
        if isinstance(item, list) and len(item) == 4:
            known.setdefault(json.dumps(item[:3]), []).append(str(item[3]))
    found: dict[str, str] = {}
    for mark in article.marks:
        own = known.get(json.dumps([*mark.extents[0], mark.label]))
        if own:
            found[mark.id] = own.pop(0)
            mark.id = found[mark.id]
    return found


def _unit(article: ForeignArticle, text: str, *, ours: bool, chosen: str | None) -> Unit:
    if ours or chosen:
        return Unit.CODE_POINT if ours else Unit(chosen or "")
    extents = [extent for mark in article.marks for extent in mark.extents]
    if is_ambiguous(text, extents, (Unit.CODE_POINT, Unit.GRAPHEME)):
        raise BadInput(
            "has offsets that mean one place if code points were counted and another if visible "
            "characters were: say which on the command line, with --offsets"
        )
    return Unit.CODE_POINT


def _entities(line: Json, article: ForeignArticle) -> None:
    for entity in objects_in(line, "entities"):
        _add(
            article,
            entity.get("id"),
            entity.get("start_offset"),
            entity.get("end_offset"),
            entity.get("label"),
        )


def _triples(line: Json, article: ForeignArticle) -> None:
    seen: Counter[str] = Counter()
    for key in TRIPLES:
        said = line.get(key) or []
        if not isinstance(said, list):
            article.remarks.append(
                Remark(article.where, f"“{said}” is a label of the whole text; it was left out")
            )
            continue
        for item in said:
            if isinstance(item, dict):
                place = (item.get("start_offset"), item.get("end_offset"), item.get("label"))
            elif isinstance(item, list) and len(item) == 3:
                place = (item[0], item[1], item[2])
            else:
                article.remarks.append(
                    Remark(article.where, f"the label {json.dumps(item)} names no place")
                )
                continue
            seen[json.dumps(place)] += 1
            if seen[json.dumps(place)] == 1:
                _add(article, None, *place)
    for place_said, count in seen.items():
        if count > 1:
            article.remarks.append(
                Remark(
                    article.where,
                    f"{place_said} is there {count} times; it was taken once",
                    count - 1,
                )
            )


def _add(article: ForeignArticle, id: object, start: object, end: object, label: object) -> None:
    try:
        extent = extent_in(start, end)
    except Problem as problem:
        article.remarks.append(Remark(article.where, f"a label {problem}", kind="mark"))
        return
    local = f"{start}-{end}-{label}" if id is None or id == -1 else f"e{id}"
    article.marks.append(ForeignMark(local, str(label), [extent]))
