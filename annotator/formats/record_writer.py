"""Writes the records of one coded article in our JSON shape, all keys always present.

Marks come by the hundred thousand, so each goes from its cells straight to text, and what many have
alike is put into words once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from annotator.domain.actor import Actor
from annotator.domain.cells import CodedCells, LinkCells, MarkCells, quoted
from annotator.domain.codebook import ACTOR, CLAIM, CUE, SENTIMENT, Codebook
from annotator.domain.errors import Problem
from annotator.domain.fragment import JOIN
from annotator.domain.identity import Id
from annotator.formats.base import WriteContext

Json = dict[str, Any]
End = tuple[str | None, str | None]
"""Where a link ends: a mark, or a voice."""
Own = Mapping[str, list[End]]
"""The links of one mark by their type."""
Place = tuple[int, int, str]
"""Start, end, and the words of a mark as JSON."""

encode = json.JSONEncoder(ensure_ascii=False).encode
"""Returns a value as JSON, any character as itself; made once, as making one costs more than a record."""

_NO_LINKS: Own = {}
_NO_CLAIM_KEYS = ', "sources": [], "source_voice": null, "cue": null, "addressees": [], "about": [], "inside": null'

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
_WITH_KEYS = (ACTOR, CLAIM, SENTIMENT)
"""Layers with a list of their own."""


class RecordWriter:
    """Turns marks and links into JSON; what the codebook adds is carried for every mark alike."""

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._extra = {
            layer.name: _extra_attributes(context.codebook, layer.name)
            for layer in context.codebook.layers
        }
        self._free = {
            layer.name: _has_free_links(context.codebook, layer.name)
            for layer in context.codebook.layers
        }
        self._without = {layer: self._links(layer, _NO_LINKS) for layer in _HELD}
        self._values = lru_cache(maxsize=4096)(self._put_values)

    def write(self, coded: CodedCells) -> str:
        """Return entities, actors, claims, sentiments and other marks of an article as the end of an object.

        Raises:
            Problem: the words of a mark are not those of the text at its place.
        """
        text = coded.article.text.text if coded.article.text else None
        shown = [_place(mark, text, coded) for mark in coded.marks]
        places = {mark[2]: place for mark, (place, _) in zip(coded.marks, shown, strict=True)}
        first_cue: dict[Place, Id] = {}
        for mark, (place, _) in zip(coded.marks, shown, strict=True):
            if mark[3] == CUE:
                first_cue.setdefault(place, mark[2])
        links = _by_start(coded.links, places)
        actors: list[str] = []
        claims: list[str] = []
        sentiments: list[str] = []
        other: list[str] = []
        for mark, ((start, end, words), extents) in zip(coded.marks, shown, strict=True):
            _, _, id, layer, _, attributes, actor, note, origin, suggester, version = mark
            if note:
                self._context.lose(_named(coded, layer, start, end), "its note")
            own = links.get(id, _NO_LINKS)
            before, after, tail = self._values(layer, attributes, origin, suggester, version)
            record = (
                f'{{"id": {quoted(id)}, "start": {start}, "end": {end}, '
                f'"text": {words}, "fragments": [{extents}]{before}'
            )
            if layer == ACTOR:
                entry = "null" if actor is None else quoted(actor)
                ties = self._links(layer, own) if own else self._without[ACTOR]
                actors.append(f"{record}{entry}{after}{tail}{ties}")
            elif layer == CLAIM:
                cue, tied = _cue(own, places, first_cue)
                ties = self._links(layer, own, tied)
                claims.append(f"{record}{_claim_keys(own, cue)}{tail}{ties}")
            elif layer == SENTIMENT:
                ties = self._links(layer, own)
                sentiments.append(f"{record}{_sentiment_keys(own)}{tail}{ties}")
            else:
                other.append(f"{record}{tail}{self._links(layer, own, always=True)}")
        entities = [
            self._entity(entry)
            for entry in sorted(coded.article.actors, key=lambda entry: entry.id)
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

    def _put_values(
        self,
        layer: str,
        attributes: str,
        origin: str,
        suggester: str | None,
        version: str | None,
    ) -> tuple[str, str, str]:
        """Return the keys of the values before and after what is each mark's own, and those at the end."""
        value = json.loads(attributes).get
        before, after = "", ""
        if layer == ACTOR:
            before = f', "type": {_json(value("type"))}, "entity": '
            after = f', "named": {_json(value("named"))}'
        elif layer == CLAIM:
            before = (
                f', "mode": {_json(value("mode"))}, "stance": {_json(value("stance"))}, '
                f'"kind": {_json(value("kind"))}, "topics": {_json(value("topics") or [])}, '
                f'"date": {_json(value("date"))}'
            )
        elif layer == SENTIMENT:
            before = (
                f', "polarity": {_json(value("polarity"))}, '
                f'"intensity": {_json(value("intensity"))}'
            )
        else:
            before = f', "layer": {quoted(layer)}'
        made = None if suggester is None else {"name": suggester, "version": version}
        tail = f', "origin": {quoted(origin)}, "suggester": {encode(made)}'
        extra = self._extra.get(layer, ())
        if extra or layer not in _WITH_KEYS:
            tail += f', "attributes": {encode({name: value(name) for name in extra})}'
        return before, after, tail

    def _links(
        self, layer: str, own: Own, tied: Sequence[Json] = (), *, always: bool = False
    ) -> str:
        """Return the links that no key of the mark holds, and the closing brace."""
        # Marks of two people that came in as one's may have more links than the codebook allows.
        links = _free_links(layer, own) if own else []
        if always or links or tied or self._free.get(layer):
            return f', "links": {encode([*links, *tied])}}}'
        return "}"


def _place(mark: MarkCells, text: str | None, coded: CodedCells) -> tuple[Place, str]:
    """Return where a mark is, and its extents as JSON.

    Raises:
        Problem: what it covers is not what it stores.
    """
    start, end, fragments = mark[0], -mark[1], mark[4]
    if text is not None:
        words = quoted(text[start:end])
        if fragments == f"[[{start},{end},{words}]]":
            return (start, end, words), f"[{start}, {end}]"
    parts = json.loads(fragments)
    if text is not None and any(text[first:last] != words for first, last, words in parts):
        raise Problem(
            f"{_named(coded, mark[3], start, end)} does not cover the words that it stores, so nothing "
            "was written: check the project first (annotator check)."
        )
    words = quoted(JOIN.join([words for _, _, words in parts]))
    return (start, end, words), ", ".join([f"[{first}, {last}]" for first, last, _ in parts])


def _by_start(
    links: Sequence[LinkCells], places: Mapping[Id, Place]
) -> dict[Id, dict[str, list[End]]]:
    """Return the ends of the links of each mark by type, in the order in which they stand in the text."""

    def order(link: LinkCells) -> tuple[int, int, str]:
        # It must not depend on when links were made.
        place = places.get(link[2] or "")
        return (place[0], -place[1], link[2] or "") if place else (-1, 0, str(link[3]))

    found: dict[Id, dict[str, list[End]]] = {}
    for start, type, end, voice in sorted(links, key=order) if len(links) > 1 else links:
        found.setdefault(start, {}).setdefault(type, []).append((end, voice))
    return found


def _cue(
    own: Own, places: Mapping[Id, Place], first_cue: Mapping[Place, Id]
) -> tuple[Place | None, list[Json]]:
    """Return the cue of a claim, and a link to it where its place alone would lead to its twin."""
    if "cue" not in own:
        return None, []
    cues = [end for end, _ in own["cue"] if end and end in places]
    if not cues:
        return None, []
    cue, *rest = cues
    place = places[cue]
    if first_cue[place] != cue or place in [places[other] for other in rest]:
        return place, [{"type": "cue", "end": cue, "voice": None}]
    return place, []


def _claim_keys(own: Own, cue: Place | None) -> str:
    if not own:
        return _NO_CLAIM_KEYS
    shown = f'{{"start": {cue[0]}, "end": {cue[1]}, "text": {cue[2]}}}' if cue else "null"
    return (
        f', "sources": {_ends(own, "source")}, "source_voice": {_voice(own, "source")}, '
        f'"cue": {shown}, "addressees": {_ends(own, "addressee")}, '
        f'"about": {_ends(own, "about")}, "inside": {_first_end(own, "inside")}'
    )


def _sentiment_keys(own: Own) -> str:
    return (
        f', "holder": {_first_end(own, "holder")}, "holder_voice": {_voice(own, "holder")}, '
        f'"target": {_first_end(own, "target")}'
    )


def _free_links(layer: str, own: Own) -> list[Json]:
    """Return the links that no key of the mark holds."""
    held = _HELD.get(layer, {})
    if all(type in held and (held[type] or len(links) == 1) for type, links in own.items()):
        return []
    found = []
    for type, links in sorted(own.items()):
        rest = links if type not in held else [] if held[type] else links[1:]
        found += [{"type": type, "end": end, "voice": voice} for end, voice in rest]
    return found


def _extra_attributes(codebook: Codebook, layer: str) -> tuple[str, ...]:
    own = _OWN.get(layer, ())
    return tuple(
        attribute.name
        for attribute in codebook.layer(layer).attributes
        if attribute.name not in own
    )


def _has_free_links(codebook: Codebook, layer: str) -> bool:
    """Tell whether a mark may have a link that its own keys cannot hold."""
    held = _HELD.get(layer, {})
    return any(
        link.start == layer and (link.name not in held or (link.several and not held[link.name]))
        for link in codebook.links
    )


def _named(coded: CodedCells, layer: str, start: int, end: int) -> str:
    return f"{coded.article.meta.title or coded.article.id}, {layer} {start}–{end}"


def _ends(own: Own, type: str) -> str:
    links = own.get(type)
    if not links:
        return "[]"
    return f"[{', '.join([quoted(end) for end, _ in links if end is not None])}]"


def _first_end(own: Own, type: str) -> str:
    return (
        _json(next((end for end, _ in own[type] if end is not None), None))
        if type in own
        else "null"
    )


def _voice(own: Own, type: str) -> str:
    return _json(next((voice for _, voice in own[type] if voice), None)) if type in own else "null"


def _json(value: Any) -> str:
    """Return JSON of one value; the encoder itself is asked for the few that are no text."""
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else encode(value)
