"""Reads records that are just as we write them, straight into the cells they are stored in.

Making an object of each of a hundred thousand marks takes longer than storing it. So what is as our
own writer leaves it is taken by the shortest way, each mark compared with its text as everywhere;
and a line with anything else in it, good or bad, is left to ``RecordReader``, which knows what to
say of it.
"""

from __future__ import annotations

from annotator.domain.cells import (
    LinkCells,
    MarkCells,
    alike_cell,
    attributes_json,
    fragments_json,
    made_cell,
    quoted,
)
from annotator.domain.codebook import CLAIM, CUE, SENTIMENT
from annotator.domain.errors import Problem
from annotator.domain.fragment import Fragment, check_order, cut, joined_text
from annotator.domain.identity import Id, is_id
from annotator.domain.link import Voice
from annotator.domain.mark import Origin
from annotator.domain.text import is_visible
from annotator.formats.base import ReadContext
from annotator.formats.record_reader import FIELDS, LAYER_OF, RecordReader
from annotator.formats.record_shape import Json

Cells = tuple[list[MarkCells], list[LinkCells]]

_LISTS = (*LAYER_OF.items(), ("other", ""))
_ORIGINS = {origin.value: origin.value for origin in Origin}
_VOICES = frozenset(voice.value for voice in Voice)

MOST_KEPT = 4096
"""So many different values of marks are kept at hand."""


class _Unusual(Exception):
    """Something is not as our writer leaves it."""


class PlainRecords:
    """Reads the records of one file after the other; what many marks have alike is checked once."""

    def __init__(self, context: ReadContext) -> None:
        self._codebook = context.codebook
        self._values: dict[str, str] = {}
        self._joins: set[tuple[str, str, str | None]] = set()

    def read(self, line: Json, careful: RecordReader) -> Cells | None:
        """Return the cells of a line's marks and links; None if a part of it has to be read with care.

        Args:
            careful: the reader of that line; its entities are read, whatever comes of the rest.
        """
        try:
            careful.read_entities(line)
            if careful.remarks:
                return None
            return _Line(self, careful).read(line)
        except (_Unusual, Problem, TypeError, ValueError, LookupError, AttributeError):
            return None

    def values(self, raw: Json, layer: str, careful: RecordReader) -> str:
        """Return the checked attribute values of a mark as they are stored."""
        given = [raw.get(name) for name in FIELDS.get(layer, ())]
        key = f"{layer} {given!r} {raw.get('attributes')!r}"
        found = self._values.get(key)
        if found is None:
            if len(self._values) >= MOST_KEPT:
                self._values.clear()
            values = careful.attributes(raw, self._codebook.layer(layer))
            if careful.remarks:
                raise _Unusual
            found = self._values[key] = attributes_json(values)
        return found

    def check_link(self, type: str, start: str, end: str | None) -> None:
        """Raise unless the codebook lets a link of this type join these layers."""
        key = type, start, end
        if key not in self._joins:
            self._codebook.check_link(*key)
            self._joins.add(key)


class _Line:
    """The records of one line."""

    def __init__(self, plain: PlainRecords, careful: RecordReader) -> None:
        self._plain = plain
        self._careful = careful
        self._layers: dict[Id, str] = {}
        self._cues: dict[tuple[int, int], Id] = {}
        self._links: dict[LinkCells, None] = {}

    def read(self, line: Json) -> Cells:
        marks: list[MarkCells] = []
        for key, layer in _LISTS:
            records = line[key]
            if records.__class__ is not list:
                raise _Unusual
            marks += [self._mark(raw, layer or raw["layer"]) for raw in records]
        for raw in line["claims"]:
            self._claim_links(raw)
        for raw in line["sentiments"]:
            self._sentiment_links(raw)
        for key, _ in _LISTS:
            for raw in line[key]:
                if raw.get("links"):
                    self._free_links(raw)
        return marks, list(self._links)

    def _mark(self, raw: Json, layer: str) -> MarkCells:
        id = raw["id"]
        if id in self._layers or not is_id(id):
            raise _Unusual
        text, extents = self._careful.text, raw["fragments"]
        if len(extents) == 1:
            ((start, end),) = extents
            if start.__class__ is not int or end.__class__ is not int:
                raise _Unusual
            if not 0 <= start < end <= len(text):
                raise _Unusual
            words = text[start:end]
            fragments = f"[[{start},{end},{quoted(words)}]]"
            if layer == CUE:
                self._cues.setdefault((start, end), id)
        else:
            parts = _parts(text, extents)
            start, end, words = parts[0].start, parts[-1].end, joined_text(parts)
            fragments = fragments_json(parts)
        if raw["text"] != words or not _is_at_edge(text[start]) or not _is_at_edge(text[end - 1]):
            raise _Unusual
        entity, given = raw.get("entity"), raw.get("suggester")
        self._layers[id] = layer
        return (
            start,
            -end,
            id,
            fragments,
            None if entity is None else self._careful.actors[entity].id,
            None,
            "",
            alike_cell(
                layer,
                self._plain.values(raw, layer, self._careful),
                _ORIGINS[raw["origin"]]
                if given is None
                else made_cell(_ORIGINS[raw["origin"]], str(given["name"]), str(given["version"])),
            ),
        )

    def _claim_links(self, raw: Json) -> None:
        id, layer = raw["id"], CLAIM
        for source in raw["sources"]:
            self._tie(id, layer, "source", source)
        self._voice(id, layer, "source", raw["source_voice"])
        if raw["cue"] is not None:
            self._cue(raw)
        for end in raw["addressees"]:
            self._tie(id, layer, "addressee", end)
        for end in raw["about"]:
            self._tie(id, layer, "about", end)
        if raw["inside"] is not None:
            self._tie(id, layer, "inside", raw["inside"])

    def _sentiment_links(self, raw: Json) -> None:
        id, layer = raw["id"], SENTIMENT
        if raw["holder"] is not None:
            self._tie(id, layer, "holder", raw["holder"])
        self._voice(id, layer, "holder", raw["holder_voice"])
        if raw["target"] is not None:
            self._tie(id, layer, "target", raw["target"])

    def _free_links(self, raw: Json) -> None:
        id = raw["id"]
        for link in raw["links"]:
            if link["end"] is not None:
                self._tie(id, self._layers[id], link["type"], link["end"])
            else:
                self._voice(id, self._layers[id], link["type"], link["voice"])

    def _cue(self, claim: Json) -> None:
        """Tie a claim to the first cue at the place it names, unless a link says which one it is."""
        place, words = (claim["cue"]["start"], claim["cue"]["end"]), claim["cue"]["text"]
        if claim.get("links") or words != self._careful.text[place[0] : place[1]]:
            raise _Unusual
        self._tie(claim["id"], CLAIM, "cue", self._cues[place])

    def _tie(self, start: Id, layer: str, type: str, end: Id) -> None:
        if start == end:
            raise _Unusual
        self._plain.check_link(type, layer, self._layers[end])
        self._links[start, type, end, None] = None

    def _voice(self, start: Id, layer: str, type: str, voice: str | None) -> None:
        if voice is None:
            return
        if voice not in _VOICES:
            raise _Unusual
        self._plain.check_link(type, layer, None)
        self._links[start, type, None, voice] = None


def _parts(text: str, extents: list[list[int]]) -> tuple[Fragment, ...]:
    if not all(place.__class__ is int for extent in extents for place in extent):
        raise _Unusual
    parts = tuple([cut(text, start, end) for start, end in extents])
    check_order(parts)
    return parts


def _is_at_edge(character: str) -> bool:
    """Tell whether a character may stand at the edge of a mark; most are plain letters."""
    return " " < character < "\x7f" or is_visible(character)
