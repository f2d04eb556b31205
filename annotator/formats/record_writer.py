"""Writes the records of one coded article in our JSON shape, all keys always present.

Marks come by the hundred thousand, so each goes straight to text, with no object between.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR, CLAIM, CUE, SENTIMENT, Codebook
from annotator.domain.coded import CodedArticle
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Origin, Suggester, Value, reading_order
from annotator.formats.base import WriteContext

Json = dict[str, Any]
Own = Mapping[str, list[Link]]
"""The links of one mark by their type."""

encode = json.JSONEncoder(ensure_ascii=False).encode
"""Returns a value as JSON, any character as itself; made once, as making one costs more than a record."""

_NO_LINKS: Own = {}

_OWN = {
    ACTOR: ("type", "named"),
    CLAIM: ("mode", "stance", "kind", "topics", "date"),
    SENTIMENT: ("polarity", "intensity"),
    CUE: (),
}
_HELD = {
    CLAIM: {"source": True, "cue": False, "addressee": True, "about": True, "inside": False},
    SENTIMENT: {"holder": False, "target": False},
    ACTOR: {},
    CUE: {},
}
"""Links that have a key of their own, and whether that key holds several."""


class RecordWriter:
    """Turns marks and links into JSON; what the codebook adds is carried for every mark alike."""

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._first_cue: dict[tuple[int, int, str], Mark] = {}
        self._extra = {
            layer.name: _extra_attributes(context.codebook, layer.name)
            for layer in context.codebook.layers
        }
        self._free = {
            layer.name: _has_free_links(context.codebook, layer.name)
            for layer in context.codebook.layers
        }

    def write(self, coded: CodedArticle) -> str:
        """Return entities, actors, claims, sentiments and other marks of an article as the end of an object."""
        marks = sorted(coded.marks, key=reading_order)
        by_id = {mark.id: mark for mark in marks}
        self._first_cue = {_seen(mark): mark for mark in reversed(marks) if mark.layer == CUE}
        links: dict[Id, dict[str, list[Link]]] = {}
        for link in sorted(coded.links, key=lambda link: _link_order(link, by_id)):
            links.setdefault(link.start, {}).setdefault(link.type, []).append(link)
        actors: list[str] = []
        claims: list[str] = []
        sentiments: list[str] = []
        other: list[str] = []
        for mark in marks:
            if mark.note:
                self._context.lose(
                    f"{coded.meta.title or coded.id}, {mark.layer} {mark.start}–{mark.end}",
                    "its note",
                )
            own = links.get(mark.id, _NO_LINKS)
            if mark.layer == ACTOR:
                actors.append(self._actor(mark, own))
            elif mark.layer == CLAIM:
                claims.append(self._claim(mark, own, by_id))
            elif mark.layer == SENTIMENT:
                sentiments.append(self._sentiment(mark, own))
            else:
                other.append(self._other(mark, own))
        entities = [
            self._entity(actor) for actor in sorted(coded.actors, key=lambda actor: actor.id)
        ]
        return (
            f'"entities": {encode(entities)}, "actors": [{", ".join(actors)}], '
            f'"claims": [{", ".join(claims)}], "sentiments": [{", ".join(sentiments)}], '
            f'"other": [{", ".join(other)}]}}'
        )

    def _entity(self, actor: Actor) -> Json:
        if actor.affiliations or actor.note:
            self._context.lose(f"actor {actor.name}", "affiliations and note", 1)
        return {
            "id": actor.id,
            "name": actor.name,
            "type": actor.type,
            "aliases": list(actor.aliases),
            "external_id": actor.external_id,
        }

    def _actor(self, mark: Mark, own: Own) -> str:
        value = mark.attributes.get
        return (
            f'{_place(mark)}, "type": {_json(value("type"))}, "entity": {_json(mark.actor)}, '
            f'"named": {_json(value("named"))}{self._tail(mark, own)}'
        )

    def _claim(self, mark: Mark, own: Own, by_id: dict[Id, Mark]) -> str:
        cues = [by_id[link.end] for link in own.get("cue", ()) if link.end in by_id]
        cue = cues[0] if cues else None
        tied: list[Json] = []
        if cue and (self._first_cue[_seen(cue)] is not cue or _seen(cue) in map(_seen, cues[1:])):
            # Its place and words alone would lead a reader to its twin.
            tied = [{"type": "cue", "end": cue.id, "voice": None}]
        shown = {"start": cue.start, "end": cue.end, "text": cue.text} if cue else None
        value = mark.attributes.get
        return (
            f'{_place(mark)}, "mode": {_json(value("mode"))}, "stance": {_json(value("stance"))}, '
            f'"kind": {_json(value("kind"))}, "topics": {_json(value("topics") or ())}, '
            f'"date": {_json(value("date"))}, "sources": {_ends(own, "source")}, '
            f'"source_voice": {_voice(own, "source")}, "cue": {encode(shown) if shown else "null"}, '
            f'"addressees": {_ends(own, "addressee")}, "about": {_ends(own, "about")}, '
            f'"inside": {_first_end(own, "inside")}{self._tail(mark, own, tied)}'
        )

    def _sentiment(self, mark: Mark, own: Own) -> str:
        value = mark.attributes.get
        return (
            f'{_place(mark)}, "polarity": {_json(value("polarity"))}, '
            f'"intensity": {_json(value("intensity"))}, "holder": {_first_end(own, "holder")}, '
            f'"holder_voice": {_voice(own, "holder")}, "target": {_first_end(own, "target")}'
            f"{self._tail(mark, own)}"
        )

    def _other(self, mark: Mark, own: Own) -> str:
        return f'{_place(mark)}, "layer": {_json(mark.layer)}{self._tail(mark, own, always=True)}'

    def _tail(
        self, mark: Mark, own: Own, tied: Sequence[Json] = (), *, always: bool = False
    ) -> str:
        """Return how a mark was made, what the codebook added to its layer, and the closing brace."""
        tail = _origin(mark.made.origin, mark.made.suggester)
        extra = self._extra.get(mark.layer, ())
        if extra or always:
            tail += f', "attributes": {encode({name: mark.attributes.get(name) for name in extra})}'
        # Two people's marks that came in as one person's may have more links than the codebook allows.
        links = _free_links(mark.layer, own) if own else []
        if always or self._free.get(mark.layer) or links or tied:
            tail += f', "links": {encode([*links, *tied])}'
        return tail + "}"


@lru_cache(maxsize=256)
def _origin(origin: Origin, suggester: Suggester | None) -> str:
    made = {"name": suggester.name, "version": suggester.version} if suggester else None
    return f', "origin": {encode(origin.value)}, "suggester": {encode(made)}'


def _free_links(layer: str, own: Own) -> list[Json]:
    """Return the links that no key of the mark holds."""
    held = _HELD.get(layer, {})
    found = []
    for type, links in sorted(own.items()):
        rest = links if type not in held else [] if held[type] else links[1:]
        found += [
            {"type": type, "end": link.end, "voice": link.voice.value if link.voice else None}
            for link in rest
        ]
    return found


def _extra_attributes(codebook: Codebook, layer: str) -> tuple[str, ...]:
    own = _OWN.get(layer, ())
    return tuple(
        attribute.name
        for attribute in codebook.layer(layer).attributes
        if attribute.name not in own
    )


def _has_free_links(codebook: Codebook, layer: str) -> bool:
    """Tell whether a mark of this layer may have a link that its own keys cannot hold."""
    held = _HELD.get(layer, {})
    return any(
        link.start == layer and (link.name not in held or (link.several and not held[link.name]))
        for link in codebook.links
    )


def _seen(mark: Mark) -> tuple[int, int, str]:
    """Return what the key ``cue`` of a claim says of a cue."""
    return mark.start, mark.end, mark.text


def _place(mark: Mark) -> str:
    """Return the beginning of every record; its brace is still open."""
    parts = mark.fragments
    if len(parts) == 1:
        part = parts[0]
        start, end, text = part.start, part.end, part.slice
        extents = f"[{start}, {end}]"
    else:
        start, end, text = mark.start, mark.end, mark.text
        extents = ", ".join(f"[{part.start}, {part.end}]" for part in parts)
    return (
        f'{{"id": {encode_basestring(mark.id)}, "start": {start}, "end": {end}, '
        f'"text": {encode_basestring(text)}, "fragments": [{extents}]'
    )


def _ends(own: Own, type: str) -> str:
    links = own.get(type, ())
    ends = [encode_basestring(link.end) for link in links if link.end is not None]
    return f"[{', '.join(ends)}]"


def _first_end(own: Own, type: str) -> str:
    return _json(next((link.end for link in own.get(type, ()) if link.end is not None), None))


def _voice(own: Own, type: str) -> str:
    return _json(next((link.voice.value for link in own.get(type, ()) if link.voice), None))


def _json(value: Value | None) -> str:
    """Return JSON of one value; the encoder itself is asked for the few that are no text."""
    if value is None:
        return "null"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return encode(value) if value != () else "[]"


def _link_order(link: Link, by_id: dict[Id, Mark]) -> tuple[int, int, str]:
    """By where the other end stands, so that the order does not depend on when links were made."""
    end = by_id.get(link.end or "")
    return (end.start, -end.end, end.id) if end else (-1, 0, str(link.voice))
