"""Writes the records of one coded article in our JSON shape, all keys always present.

Marks come by the hundred thousand, so each goes from its cells straight to text, and what many have
alike is put into words once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from annotator.domain.actor import Actor
from annotator.domain.cells import ALIKE, CodedCells, LinkCells, MarkCells, apart, made_of, quoted
from annotator.domain.codebook import ACTOR, CLAIM, CUE, SENTIMENT, Codebook
from annotator.domain.errors import Problem
from annotator.domain.fragment import JOIN
from annotator.formats.base import WriteContext
from annotator.formats.json_text import as_json, encode
from annotator.formats.link_writer import WITH_KEYS, Around, LinkWriter, by_start
from annotator.formats.record_shape import Json


class Alike(NamedTuple):
    """What marks of the same values have alike, as text.

    Attributes:
        place: the list they stand in.
        before: the keys before what is each mark's own.
        after: the keys after its links.
        alone: all after ``before`` of a mark that has no links and no entity.
        tied: the same of a mark with one link to a mark, by its type: before the id of the other, and after it.
    """

    place: int
    before: str
    after: str
    alone: str
    tied: Mapping[str, tuple[str, str]]


MOST_KEPT = 4096
"""So many different values of marks are kept as text."""

_OWN = {
    ACTOR: ("type", "named"),
    CLAIM: ("mode", "stance", "kind", "topics", "date"),
    SENTIMENT: ("polarity", "intensity"),
    CUE: (),
}


class RecordWriter:
    """Turns marks and links into JSON; what the codebook adds is carried for every mark alike."""

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._links = LinkWriter(context.codebook)
        self._extra = {
            layer.name: _extra_attributes(context.codebook, layer.name)
            for layer in context.codebook.layers
        }
        self._alike: dict[str, Alike] = {}

    def write(self, coded: CodedCells) -> tuple[str, ...]:
        """Return entities, actors, claims, sentiments and other marks of an article as the end of an object.

        It comes in pieces, to be joined with what stands before it.

        Raises:
            Problem: the words of a mark are not those of the text at its place.
        """
        text = coded.article.text.text if coded.article.text else ""
        links, around = by_start(coded.links), Around(coded.marks)
        lists: tuple[list[str], ...] = ([], [], [], [])
        kept, quote, add = self._alike, quoted, [own.append for own in lists]
        for mark in coded.marks:
            first, below, id, fragments, actor, note, _, alike = mark
            texts = kept.get(alike) or self._put_alike(alike)
            place, before, _, rest, _ = texts
            start, end = f"{first}", f"{-below}"
            words, extents = quote(text[first:-below]), f"[{start}, {end}]"
            if fragments != f"[[{start},{end},{words}]]":
                words, extents = _parts(mark, coded)
            if note is not None:
                self._context.lose(_named(coded, mark), "its note")
            if actor is not None or id in links:
                rest = self._rest(mark, texts, links.get(id, ()), around)
            add[place](
                f'{{"id": {quote(id)}, "start": {start}, "end": {end}, "text": {words}, '
                f'"fragments": [{extents}]{before}{rest}'
            )
        actors, claims, sentiments, other = map(", ".join, lists)
        entities = [
            self._entity(entry)
            for entry in sorted(coded.article.actors, key=lambda entry: entry.id)
        ]
        return (
            f'"entities": {encode(entities)}, "actors": [', actors, '], "claims": [', claims,
            '], "sentiments": [', sentiments, '], "other": [', other, "]}",
        )  # fmt: skip

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

    def _put_alike(self, cell: str) -> Alike:
        """Put into words, and keep, what all marks of the same values have alike."""
        layer, attributes, made = apart(cell)
        value = json.loads(attributes).get
        before, after = "", ""
        if layer == ACTOR:
            before = f', "type": {as_json(value("type"))}, "entity": '
            after = f', "named": {as_json(value("named"))}'
        elif layer == CLAIM:
            before = (
                f', "mode": {as_json(value("mode"))}, "stance": {as_json(value("stance"))}, '
                f'"kind": {as_json(value("kind"))}, "topics": {as_json(value("topics") or [])}, '
                f'"date": {as_json(value("date"))}'
            )
        elif layer == SENTIMENT:
            before = (
                f', "polarity": {as_json(value("polarity"))}, '
                f'"intensity": {as_json(value("intensity"))}'
            )
        else:
            before = f', "layer": {quoted(layer)}'
        origin, name, version = made_of(made)
        suggester = None if name is None else {"name": name, "version": version}
        after += f', "origin": {quoted(origin)}, "suggester": {encode(suggester)}'
        extra = self._extra.get(layer, ())
        if extra or layer not in WITH_KEYS:
            after += f', "attributes": {encode({name: value(name) for name in extra})}'
        place = WITH_KEYS.index(layer) if layer in WITH_KEYS else len(WITH_KEYS)
        if len(self._alike) >= MOST_KEPT:
            self._alike.clear()
        nobody = as_json(None) if layer == ACTOR else ""
        keys, ending = self._links.write(layer, (), Around(()))
        tied = {
            type: (f"{nobody}{first}", f"{then}{after}{end}")
            for type, (first, then, end) in self._links.single(layer).items()
        }
        alone = f"{nobody}{keys}{after}{ending}"
        found = self._alike[cell] = Alike(place, before, after, alone, tied)
        return found

    def _rest(
        self, mark: MarkCells, alike: Alike, links: Sequence[LinkCells], around: Around
    ) -> str:
        """Return what stands after the keys that marks of the same values have alike."""
        actor = mark[4]
        if len(links) == 1 and actor is None:
            _, type, end, _ = links[0]
            if end is not None and type in alike.tied:
                before, after = alike.tied[type]
                return f"{before}{quoted(end)}{after}"
        layer, _, _ = apart(mark[ALIKE])
        entity = as_json(actor) if layer == ACTOR else ""
        keys, ending = self._links.write(layer, links, around)
        return f"{entity}{keys}{alike.after}{ending}"


def _parts(mark: MarkCells, coded: CodedCells) -> tuple[str, str]:
    """Return the words and the extents of a mark as JSON, however its fragments are stored.

    Raises:
        Problem: what it covers is not what it stores.
    """
    parts, text = json.loads(mark[3]), coded.article.text
    if text and any(text.text[first:last] != words for first, last, words in parts):
        raise Problem(
            f"{_named(coded, mark)} does not cover the words that it stores, so nothing "
            "was written: check the project first (annotator check)."
        )
    words = quoted(JOIN.join([words for _, _, words in parts]))
    return words, ", ".join([f"[{first}, {last}]" for first, last, _ in parts])


def _extra_attributes(codebook: Codebook, layer: str) -> tuple[str, ...]:
    own = _OWN.get(layer, ())
    return tuple(
        attribute.name
        for attribute in codebook.layer(layer).attributes
        if attribute.name not in own
    )


def _named(coded: CodedCells, mark: MarkCells) -> str:
    title = coded.article.meta.title or coded.article.id
    return f"{title}, {apart(mark[ALIKE])[0]} {mark[0]}–{-mark[1]}"
