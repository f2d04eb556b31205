"""Our JSONL written the plain way, object by object: what the fast writer must equal byte by byte."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from annotator.domain.article import Verdict
from annotator.domain.codebook import Codebook
from annotator.domain.coded import CodedArticle
from annotator.domain.link import Link
from annotator.domain.mark import Mark
from annotator.formats.line_head import META
from annotator.services.coding import coded_articles
from annotator.services.project import Project

T = TypeVar("T")
Json = dict[str, Any]

LISTS = {"actor": "actors", "claim": "claims", "sentiment": "sentiments"}
VALUES = {
    "actor": ("type", "named"),
    "claim": ("mode", "stance", "kind", "topics", "date"),
    "sentiment": ("polarity", "intensity"),
}
HELD = {
    "claim": {"source", "cue", "addressee", "about", "inside"},
    "sentiment": {"holder", "target"},
}
SEVERAL = {"source", "addressee", "about"}


def lines(project: Project, view: str) -> bytes:
    """Return what an export of a view has to be."""
    book, version = project.codebook, project.book.version
    objects = [_line(coded, book, version) for coded in coded_articles(project.db, view)]
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in objects).encode()


def _line(coded: CodedArticle, book: Codebook, version: int) -> Json:
    assert coded.text is not None
    made: dict[str, list[Json]] = {key: [] for key in (*LISTS.values(), "other")}
    marks = sorted(coded.marks, key=lambda mark: (mark.start, -mark.end, mark.id))
    for mark in marks:
        assert all(coded.text.text[part.start : part.end] == part.slice for part in mark.fragments)
        record = _record(mark, marks, [one for one in coded.links if one.start == mark.id], book)
        made[LISTS.get(mark.layer, "other")].append(record)
    meta: Json = {name: getattr(coded.meta, name) for name in META}
    return {
        "format": "annotator/1",
        "id": coded.id,
        "text": coded.text.text,
        "text_sha256": coded.text_sha256,
        "offset_unit": "codepoint",
        "meta": {**meta, "extra": dict(sorted(coded.meta.extra.items()))},
        "split": coded.split,
        "duplicate_group": coded.duplicate_group,
        "view": coded.view,
        "annotator": coded.annotator,
        "codebook_version": version,
        "states": {
            layer.name: coded.states.get(layer.name, Verdict.OPEN).value
            for layer in book.layers
            if not layer.retired
        },
        "entities": [
            {
                "id": entry.id,
                "name": entry.name,
                "type": entry.type,
                "aliases": list(entry.aliases),
                "external_id": entry.external_id,
            }
            for entry in sorted(coded.actors, key=lambda entry: entry.id)
        ],
        **made,
    }


def _record(mark: Mark, marks: list[Mark], links: list[Link], book: Codebook) -> Json:
    order = [one.id for one in marks]
    links = sorted(links, key=lambda one: (order.index(one.end) if one.end else -1, str(one.voice)))
    record: Json = {
        "id": mark.id,
        "start": mark.fragments[0].start,
        "end": mark.fragments[-1].end,
        "text": " … ".join(part.slice for part in mark.fragments),
        "fragments": [[part.start, part.end] for part in mark.fragments],
    }
    if mark.layer not in LISTS:
        record["layer"] = mark.layer
    own = VALUES.get(mark.layer, ())
    values = {name: _plain(mark.attributes.get(name)) for name in own}
    if "topics" in values:
        values["topics"] = values["topics"] or []
    if mark.layer == "actor":
        record |= {"type": values["type"], "entity": mark.actor, "named": values["named"]}
    else:
        record |= values
    beside: list[Json] = []
    if mark.layer in HELD:
        record |= _held(mark.layer, links, marks, beside)
    free = [one for one in links if one.type not in HELD.get(mark.layer, ())]
    free += [
        one
        for number, one in enumerate(links)
        if one.type in HELD.get(mark.layer, ())
        and one.type not in SEVERAL
        and any(other.type == one.type for other in links[:number])
    ]
    shown = [
        {"type": one.type, "end": one.end, "voice": one.voice and one.voice.value}
        for one in sorted(free, key=lambda one: one.type)
    ]
    record["origin"] = mark.made.origin.value
    suggester = mark.made.suggester
    record["suggester"] = suggester and {"name": suggester.name, "version": suggester.version}
    extra = [one.name for one in book.layer(mark.layer).attributes if one.name not in own]
    if extra or mark.layer not in LISTS:
        record["attributes"] = {name: _plain(mark.attributes.get(name)) for name in extra}
    may_have_more = any(
        one.start == mark.layer
        and (one.name not in HELD.get(mark.layer, ()) or (one.several and one.name not in SEVERAL))
        for one in book.links
    )
    if shown or beside or may_have_more or mark.layer not in LISTS:
        record["links"] = [*shown, *beside]
    return record


def _held(layer: str, links: list[Link], marks: list[Mark], beside: list[Json]) -> Json:
    """Return the keys that hold links; a cue that its place alone does not name is told ``beside`` them."""

    def ends(type: str) -> list[str]:
        return [one.end for one in links if one.type == type and one.end]

    def voice(type: str) -> str | None:
        return next((one.voice.value for one in links if one.type == type and one.voice), None)

    if layer == "sentiment":
        return {
            "holder": _first(ends("holder")),
            "holder_voice": voice("holder"),
            "target": _first(ends("target")),
        }
    by_id = {mark.id: mark for mark in marks}
    cues = [by_id[end] for end in ends("cue")]
    cue = _first(cues)
    if cue:
        twins = [mark for mark in marks if mark.layer == "cue" and _place(mark) == _place(cue)]
        if twins[0].id != cue.id or _place(cue) in map(_place, cues[1:]):
            beside.append({"type": "cue", "end": cue.id, "voice": None})
    return {
        "sources": ends("source"),
        "source_voice": voice("source"),
        "cue": _place(cue) if cue else None,
        "addressees": ends("addressee"),
        "about": ends("about"),
        "inside": _first(ends("inside")),
    }


def _place(mark: Mark) -> Json:
    words = " … ".join(part.slice for part in mark.fragments)
    return {"start": mark.fragments[0].start, "end": mark.fragments[-1].end, "text": words}


def _first(found: list[T]) -> T | None:
    return found[0] if found else None


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
