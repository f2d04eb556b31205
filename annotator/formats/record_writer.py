"""Writes the records of one coded article in our JSON shape, all keys always present."""

from __future__ import annotations

from typing import Any

from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR, CLAIM, CUE, SENTIMENT, Codebook
from annotator.domain.coded import CodedArticle
from annotator.domain.identity import Id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Value, reading_order
from annotator.formats.base import WriteContext

Json = dict[str, Any]

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
    """Turns marks and links into JSON objects; what the codebook adds is carried for every mark alike."""

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

    def write(self, coded: CodedArticle) -> Json:
        """Return entities, actors, claims, sentiments and other marks of an article."""
        marks = sorted(coded.marks, key=reading_order)
        by_id = {mark.id: mark for mark in marks}
        self._first_cue = {_seen(mark): mark for mark in reversed(marks) if mark.layer == CUE}
        links: dict[Id, dict[str, list[Link]]] = {}
        for link in sorted(coded.links, key=lambda link: _link_order(link, by_id)):
            links.setdefault(link.start, {}).setdefault(link.type, []).append(link)
        for mark in marks:
            if mark.note:
                self._context.lose(
                    f"{coded.meta.title or coded.id}, {mark.layer} {mark.start}–{mark.end}",
                    "its note",
                )
        return {
            "entities": [
                self._entity(actor) for actor in sorted(coded.actors, key=lambda actor: actor.id)
            ],
            "actors": [self._actor(mark, links) for mark in marks if mark.layer == ACTOR],
            "claims": [self._claim(mark, links, by_id) for mark in marks if mark.layer == CLAIM],
            "sentiments": [
                self._sentiment(mark, links) for mark in marks if mark.layer == SENTIMENT
            ],
            "other": [
                self._other(mark, links)
                for mark in marks
                if mark.layer not in (ACTOR, CLAIM, SENTIMENT)
            ],
        }

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

    def _actor(self, mark: Mark, links: dict[Id, dict[str, list[Link]]]) -> Json:
        return {
            **_place(mark),
            "type": mark.attributes.get("type"),
            "entity": mark.actor,
            "named": mark.attributes.get("named"),
            **self._tail(mark, links),
        }

    def _claim(
        self, mark: Mark, links: dict[Id, dict[str, list[Link]]], by_id: dict[Id, Mark]
    ) -> Json:
        own = links.get(mark.id, {})
        cues = [by_id[link.end] for link in own.get("cue", ()) if link.end in by_id]
        cue = cues[0] if cues else None
        tail = self._tail(mark, links)
        if cue and (self._first_cue[_seen(cue)] is not cue or _seen(cue) in map(_seen, cues[1:])):
            # Its place and words alone would lead a reader to its twin.
            tied = {"type": "cue", "end": cue.id, "voice": None}
            tail["links"] = [*tail.get("links", ()), tied]
        return {
            **_place(mark),
            "mode": mark.attributes.get("mode"),
            "stance": mark.attributes.get("stance"),
            "kind": mark.attributes.get("kind"),
            "topics": _plain(mark.attributes.get("topics")) or [],
            "date": mark.attributes.get("date"),
            "sources": _ends(own, "source"),
            "source_voice": _voice(own, "source"),
            "cue": {"start": cue.start, "end": cue.end, "text": cue.text} if cue else None,
            "addressees": _ends(own, "addressee"),
            "about": _ends(own, "about"),
            "inside": next(iter(_ends(own, "inside")), None),
            **tail,
        }

    def _sentiment(self, mark: Mark, links: dict[Id, dict[str, list[Link]]]) -> Json:
        own = links.get(mark.id, {})
        return {
            **_place(mark),
            "polarity": mark.attributes.get("polarity"),
            "intensity": mark.attributes.get("intensity"),
            "holder": next(iter(_ends(own, "holder")), None),
            "holder_voice": _voice(own, "holder"),
            "target": next(iter(_ends(own, "target")), None),
            **self._tail(mark, links),
        }

    def _other(self, mark: Mark, links: dict[Id, dict[str, list[Link]]]) -> Json:
        return {**_place(mark), "layer": mark.layer, **self._tail(mark, links, always=True)}

    def _tail(
        self, mark: Mark, links: dict[Id, dict[str, list[Link]]], *, always: bool = False
    ) -> Json:
        made = mark.made
        tail: Json = {
            "origin": made.origin.value,
            "suggester": {"name": made.suggester.name, "version": made.suggester.version}
            if made.suggester
            else None,
        }
        extra = self._extra.get(mark.layer, ())
        if extra or always:
            tail["attributes"] = {name: _plain(mark.attributes.get(name)) for name in extra}
        if self._free.get(mark.layer) or always:
            tail["links"] = self._free_links(mark, links)
        return tail

    def _free_links(self, mark: Mark, links: dict[Id, dict[str, list[Link]]]) -> list[Json]:
        """Return the links that no key of the mark holds."""
        held = _HELD.get(mark.layer, {})
        found = []
        for type, own in sorted(links.get(mark.id, {}).items()):
            rest = own if type not in held else [] if held[type] else own[1:]
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


def _place(mark: Mark) -> Json:
    return {
        "id": mark.id,
        "start": mark.start,
        "end": mark.end,
        "text": mark.text,
        "fragments": [[part.start, part.end] for part in mark.fragments],
    }


def _ends(own: dict[str, list[Link]], type: str) -> list[Id]:
    return [link.end for link in own.get(type, ()) if link.end is not None]


def _voice(own: dict[str, list[Link]], type: str) -> str | None:
    return next((link.voice.value for link in own.get(type, ()) if link.voice), None)


def _plain(value: Value | None) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _link_order(link: Link, by_id: dict[Id, Mark]) -> tuple[int, int, str]:
    """By where the other end stands, so that the order does not depend on when links were made."""
    end = by_id.get(link.end or "")
    return (end.start, -end.end, end.id) if end else (-1, 0, str(link.voice))
