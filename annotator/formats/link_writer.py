"""Writes the links of a mark: into the keys that its layer has for them, and what is left beside them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from annotator.domain.cells import ALIKE, LinkCells, MarkCells, apart, quoted
from annotator.domain.codebook import ACTOR, CLAIM, CUE, SENTIMENT, Codebook
from annotator.domain.fragment import JOIN
from annotator.domain.identity import Id
from annotator.formats.json_text import encode
from annotator.formats.record_shape import Json

End = tuple[str | None, str | None]
"""Where a link ends: a mark, or a voice."""
Own = Mapping[str, Sequence[End]]
"""The links of one mark by their type, in the order in which their ends stand in the text."""
Place = tuple[int, int, str]
"""Start, end and words of a mark."""

WITH_KEYS = (ACTOR, CLAIM, SENTIMENT)
"""Layers with a list of their own; all others share the last one, and name all links of their marks."""

_HELD = {
    CLAIM: {"source": True, "cue": False, "addressee": True, "about": True, "inside": False},
    SENTIMENT: {"holder": False, "target": False},
    ACTOR: {},
    CUE: {},
}
"""Links that have a key of their own, and whether that key holds several."""

_HERE = "\0"


class LinkWriter:
    """Writes links as one codebook allows them."""

    def __init__(self, codebook: Codebook) -> None:
        self._free = {
            layer.name for layer in codebook.layers if _has_free_links(codebook, layer.name)
        }

    def single(self, layer: str) -> dict[str, tuple[str, str, str]]:
        """Return, by its type, what a mark has that one link to a mark starts at, as most with links have.

        That is what stands before the id of the other mark, after it, and at the end of the object.
        """
        found = {}
        for type in _HELD.get(layer, {}):
            keys, _ = _keys(layer, {type: [(_HERE, None)]}, Around(()))
            before, here, after = keys.partition(quoted(_HERE))
            if here:
                found[type] = before, after, self._end(layer, {})
        return found

    def write(self, layer: str, links: Sequence[LinkCells], around: Around) -> tuple[str, str]:
        """Return the keys for the links that start at a mark, and the end of its object."""
        own: dict[str, list[End]] = {}
        for _, type, end, voice in sorted(links, key=around.order):
            own.setdefault(type, []).append((end, voice))
        keys, tied = _keys(layer, own, around)
        return keys, self._end(layer, own, tied)

    def _end(self, layer: str, own: Own, tied: Sequence[Json] = ()) -> str:
        # Marks of two people that came in as one's may have more links than the codebook allows.
        links = [*_free_links(layer, own), *tied]
        if links or layer in self._free or layer not in WITH_KEYS:
            return f', "links": {encode(links)}}}'
        return "}"


class Around:
    """The marks of an article, which links may end at."""

    def __init__(self, marks: Iterable[MarkCells]) -> None:
        """``marks`` come in reading order."""
        self._given = marks

    @cached_property
    def _marks(self) -> dict[Id, MarkCells]:
        return {mark[2]: mark for mark in self._given}

    @cached_property
    def _first_cues(self) -> dict[Place, Id]:
        """The first cue at each place."""
        found: dict[Place, Id] = {}
        for id, mark in self._marks.items():
            if apart(mark[ALIKE])[0] == CUE:
                found.setdefault(_place(mark), id)
        return found

    def order(self, link: LinkCells) -> tuple[int, int, str]:
        """Return a key that sorts links as their ends stand in the text, whenever they were made."""
        _, _, end, voice = link
        mark = self._marks.get(end or "")
        return mark[:3] if mark else (-1, 0, str(end or voice))

    def cue(self, links: Sequence[End]) -> tuple[str, list[Json]]:
        """Return the cue of a claim as JSON, and a link to it where its place alone would lead to its twin."""
        cues = [end for end, _ in links if end is not None and end in self._marks]
        if not cues:
            return "null", []
        cue, *rest = cues
        start, end, words = place = _place(self._marks[cue])
        shown = f'{{"start": {start}, "end": {end}, "text": {quoted(words)}}}'
        twins = [_place(self._marks[other]) for other in rest]
        if self._first_cues.get(place) != cue or place in twins:
            return shown, [{"type": "cue", "end": cue, "voice": None}]
        return shown, []


def by_start(links: Iterable[LinkCells]) -> dict[Id, list[LinkCells]]:
    """Return links by the mark they start at."""
    found: dict[Id, list[LinkCells]] = {}
    for link in links:
        if link[0] in found:
            found[link[0]].append(link)
        else:
            found[link[0]] = [link]
    return found


def _keys(layer: str, own: Own, around: Around) -> tuple[str, list[Json]]:
    """Return the keys that hold links of a mark, and what has to be said of its cue beside them."""
    if layer == CLAIM:
        cue, tied = around.cue(own.get("cue", ()))
        source = own.get("source", ())
        return (
            f', "sources": {_ends(source)}, "source_voice": {_voice(source)}, "cue": {cue}, '
            f'"addressees": {_ends(own.get("addressee", ()))}, '
            f'"about": {_ends(own.get("about", ()))}, "inside": {_first_end(own.get("inside", ()))}'
        ), tied
    if layer == SENTIMENT:
        holder = own.get("holder", ())
        return (
            f', "holder": {_first_end(holder)}, "holder_voice": {_voice(holder)}, '
            f'"target": {_first_end(own.get("target", ()))}'
        ), []
    return "", []


def _free_links(layer: str, own: Own) -> list[Json]:
    """Return the links that no key of the mark holds."""
    held = _HELD.get(layer, {})
    found: list[Json] = []
    for type, links in sorted(own.items()):
        rest = links if type not in held else [] if held[type] else links[1:]
        found += [{"type": type, "end": end, "voice": voice} for end, voice in rest]
    return found


def _has_free_links(codebook: Codebook, layer: str) -> bool:
    """Tell whether a mark may have a link that its own keys cannot hold."""
    held = _HELD.get(layer, {})
    return any(
        link.start == layer and (link.name not in held or (link.several and not held[link.name]))
        for link in codebook.links
    )


def _place(mark: MarkCells) -> Place:
    words = JOIN.join([words for _, _, words in json.loads(mark[3])])
    return mark[0], -mark[1], words


def _ends(links: Sequence[End]) -> str:
    return f"[{', '.join([quoted(end) for end, _ in links if end is not None])}]"


def _first_end(links: Sequence[End]) -> str:
    return next((quoted(end) for end, _ in links if end is not None), "null")


def _voice(links: Sequence[End]) -> str:
    return next((quoted(voice) for _, voice in links if voice), "null")
