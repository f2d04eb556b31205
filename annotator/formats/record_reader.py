"""Reads the records of our JSON shape: actors, claims, sentiments, other marks, and their links.

One bad record does not lose the others: it is left out with a remark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR, CLAIM, CUE, SENTIMENT, Kind, Layer
from annotator.domain.coded import Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.fragment import Fragment, cut, joined_text
from annotator.domain.identity import Id, derived_id, is_id
from annotator.domain.link import Link, Voice, link_id
from annotator.domain.mark import Mark, Origin, Provenance, Suggester, Value, View
from annotator.domain.text import trim
from annotator.formats.base import ReadContext

Json = dict[str, Any]

_LAYER_OF = {"actors": ACTOR, "claims": CLAIM, "sentiments": SENTIMENT}
_FIELDS = {
    ACTOR: ("type", "named"),
    CLAIM: ("mode", "stance", "kind", "topics", "date"),
    SENTIMENT: ("polarity", "intensity"),
}
_TIES = (
    "sources", "source", "source_voice", "cue", "addressees", "about", "inside",
    "holder", "holder_voice", "target", "links",
)  # fmt: skip
_ORIGINS = {origin.value: origin for origin in Origin}
_NO_PAIRS = "has fragments that are no pairs of start and end"
_FEW_VALUES = (Kind.CHOICE, Kind.SCALE, Kind.YES_NO)
_LISTED = (str, int, bool)


class RecordReader:
    """Reads the records of one article as one annotator coded it."""

    def __init__(
        self,
        text: str,
        sha256: str,
        article: Id,
        person: str,
        view: View,
        context: ReadContext,
        where: str,
    ) -> None:
        self._text = text
        self._sha256 = sha256
        self._article = article
        self._person = person
        self._view = view
        self._context = context
        self._where = where
        self._annotator = context.annotator_id(person)
        self._mades: dict[tuple[str, Suggester | None], Provenance] = {}
        self.marks: dict[str, Mark] = {}
        self.links: dict[Id, Link] = {}
        self.actors: dict[str, Actor] = {}
        self.remarks: list[Remark] = []

    def read(self, line: Json) -> None:
        """Read all records of a line."""
        for raw in _list(line, "entities"):
            self._guard("entity", raw, self._entity)
        for key, layer in _LAYER_OF.items():
            for raw in _list(line, key):
                self._guard(layer, raw, self._marker(layer), "mark")
        for raw in _list(line, "other"):
            self._guard("mark", raw, self._other, "mark")
        for raw in _list(line, "claims"):
            self._guard("claim", raw, self._claim_links)
        for raw in _list(line, "sentiments"):
            self._guard("sentiment", raw, self._sentiment_links)
        for key in (*_LAYER_OF, "other"):
            for raw in _list(line, key):
                self._guard("mark", raw, self._free_links)
                if isinstance(raw, dict) and self._here(raw) is None:
                    self._lose_links(raw)

    # Records

    def _entity(self, raw: Json) -> None:
        local = _text(raw, "id")
        name = _text(raw, "name")
        kind = raw.get("type")
        self.actors[local] = Actor(
            id=local if is_id(local) else derived_id("actor", name, str(kind or "")),
            name=name,
            type=None if kind is None else str(kind),
            aliases=tuple(str(alias) for alias in raw.get("aliases") or ()),
            external_id=None if raw.get("external_id") is None else str(raw["external_id"]),
        )

    def _marker(self, layer: str) -> Callable[[Json], None]:
        def read(raw: Json) -> None:
            self._mark(raw, layer)

        return read

    def _other(self, raw: Json) -> None:
        self._mark(raw, _text(raw, "layer"))

    def _mark(self, raw: Json, layer: str) -> None:
        local = _text(raw, "id")
        if local in self.marks:
            raise BadInput(f"has the id “{local}”, which another mark has already")
        kind = self._context.codebook.layer(layer)
        fragments = self._fragments(raw)
        entity = raw.get("entity")
        if entity is not None and str(entity) not in self.actors:
            self._remark(
                f"{layer} {local} names an entity “{entity}” that is not listed; the mark was kept without it"
            )
            entity = None
        self.marks[local] = Mark(
            id=self._mark_id(local),
            article=self._article,
            view=self._view,
            layer=layer,
            fragments=fragments,
            made=self._made(raw),
            attributes=self._attributes(raw, kind),
            actor=self.actors[str(entity)].id if entity is not None else None,
        )
        start, end = fragments[0].start, fragments[-1].end
        if trim(self._text, start, end) != (start, end):
            self._remark(
                f"{layer} {local} begins or ends with blank space; it was kept as it is", lost=0
            )

    def _fragments(self, raw: Json) -> tuple[Fragment, ...]:
        extents = raw.get("fragments") or [[raw.get("start"), raw.get("end")]]
        if not isinstance(extents, list):
            raise BadInput(_NO_PAIRS)
        parts = []
        for pair in extents:
            if not isinstance(pair, list) or len(pair) != 2:
                raise BadInput(_NO_PAIRS)
            start, end = pair
            if not _is_offset(start) or not _is_offset(end):
                raise BadInput(f"has the place {start}–{end}, which is no pair of whole numbers")
            parts.append(cut(self._text, start, end))
        words = raw.get("text")
        if words is not None and words != joined_text(parts):
            raise BadInput(
                f"says “{str(words)[:40]}”, but the text at {parts[0].start}–{parts[-1].end} is "
                f"“{joined_text(parts)[:40]}”: its offsets count something else, or the text differs"
            )
        return tuple(parts)

    def _attributes(self, raw: Json, kind: Layer) -> dict[str, Value]:
        given: dict[str, Any] = {name: raw.get(name) for name in _FIELDS.get(kind.name, ())}
        extra = raw.get("attributes")
        if extra:
            if not isinstance(extra, dict):
                raise BadInput("has attributes that are no object")
            given.update(extra)
        values: dict[str, Value] = {}
        for name, value in given.items():
            if value is None or value == []:
                continue
            stored = tuple(str(item) for item in value) if isinstance(value, list) else value
            fit = self._fit(raw, kind, name, stored)
            if fit is not None:
                values[name] = fit
        if len(values) < 2:
            return values
        ordered = (attribute.name for attribute in kind.attributes)
        return {name: values[name] for name in ordered if name in values}

    def _fit(self, raw: Json, kind: Layer, name: str, value: Any) -> Value | None:
        """Return a value as it is stored; None, with a remark, if the codebook has no place for it."""
        key = (kind.name, name, value.__class__, value)
        right = self._context.right
        if value.__class__ in _LISTED and key in right:
            return right[key]
        attribute = kind.attribute(name)
        if attribute is None:
            self._remark(
                f"{kind.name} {raw.get('id')} has “{name}”, which the codebook does not know"
            )
            return None
        try:
            fit = attribute.check(value)
        except Problem as problem:
            self._remark(f"{kind.name} {raw.get('id')} was kept without its {name}: {problem}")
            return None
        if attribute.kind in _FEW_VALUES:
            right[key] = fit
        return fit

    # Links

    def _claim_links(self, raw: Json) -> None:
        claim = self._here(raw)
        if claim is None:
            return
        sources = list(raw.get("sources") or ())
        voice = raw.get("source_voice")
        if "sources" not in raw and "source" in raw:
            sources = [] if raw["source"] is None else [raw["source"]]
            voice = voice or (None if sources else Voice.AUTHOR.value)
        for source in sources:
            self._tie(claim, "source", source)
        self._voice(claim, "source", voice)
        if raw.get("cue") is not None:
            self._cue(claim, raw["cue"], raw.get("links") or ())
        for type, key in (("addressee", "addressees"), ("about", "about")):
            for end in raw.get(key) or ():
                self._tie(claim, type, end)
        if raw.get("inside") is not None:
            self._tie(claim, "inside", raw["inside"])

    def _sentiment_links(self, raw: Json) -> None:
        mark = self._here(raw)
        if mark is None:
            return
        voice = raw.get("holder_voice")
        if raw.get("holder") is not None:
            self._tie(mark, "holder", raw["holder"])
        elif "holder_voice" not in raw and "holder" in raw:
            voice = Voice.AUTHOR.value
        self._voice(mark, "holder", voice)
        if raw.get("target") is not None:
            self._tie(mark, "target", raw["target"])

    def _free_links(self, raw: Json) -> None:
        mark = self._here(raw)
        if mark is None:
            return
        for link in raw.get("links") or ():
            if not isinstance(link, dict):
                raise BadInput("has a link that is no object")
            if link.get("end") is not None:
                self._tie(mark, _text(link, "type"), link["end"])
            else:
                self._voice(mark, _text(link, "type"), link.get("voice"))

    def _lose_links(self, raw: Json) -> None:
        """Tell how many links went with a mark that was left out."""
        ties = [raw.get(key) for key in _TIES]
        count = sum(len(tie) if isinstance(tie, list) else tie is not None for tie in ties)
        if count:
            what = f"what {raw.get('id', '?')} is tied to was left out with it"
            self._remark(what, count, "link")

    def _cue(self, claim: Mark, raw: Json, links: Iterable[Json]) -> None:
        if not isinstance(raw, dict):
            raise BadInput("has a cue that is no object")
        alike = [mark for mark in self.marks.values() if _is_cue_at(mark, raw)]
        linked = {str(link.get("end")) for link in links if link.get("type") == "cue"}
        if any(self.marks.get(name) in alike for name in linked):
            return  # the link says which of several that look alike it is
        if not alike:
            id = derived_id(claim.id, "cue", str(raw.get("start")), str(raw.get("end")))
            self._mark({**raw, "id": id, "attributes": None}, CUE)
            alike.append(self.marks[id])
        self._add_link(claim, "cue", alike[0], None)

    def _tie(self, start: Mark, type: str, end: object) -> None:
        other = self.marks.get(str(end))
        if other is None:
            self._remark(
                f"{start.layer} {start.id[:8]} names the {type} “{end}”, which is no mark here",
                kind="link",
            )
            return
        self._add_link(start, type, other, None)

    def _voice(self, start: Mark, type: str, voice: object) -> None:
        if voice is None:
            return
        if voice not in (Voice.AUTHOR.value, Voice.UNKNOWN.value):
            self._remark(
                f"{start.layer} {start.id[:8]} has the {type} voice “{voice}”, which is none we know"
            )
            return
        self._add_link(start, type, None, Voice(str(voice)))

    def _add_link(self, start: Mark, type: str, end: Mark | None, voice: Voice | None) -> None:
        try:
            self._context.codebook.check_link(type, start.layer, end.layer if end else None)
            link = Link(
                id=link_id(start.id, type, end.id if end else str(voice)),
                article=self._article,
                view=self._view,
                type=type,
                start=start.id,
                made=start.made,
                end=end.id if end else None,
                voice=voice,
            )
        except Problem as problem:
            self._remark(f"a {type} link was left out: {problem}", kind="link")
            return
        self.links[link.id] = link

    # Inside

    def _here(self, raw: Json) -> Mark | None:
        """Return the mark read from this record, or None if it was refused."""
        return self.marks.get(str(raw.get("id")))

    def _mark_id(self, local: str) -> Id:
        return (
            local
            if is_id(local)
            else derived_id(self._sha256, self._person, self._view.value, local)
        )

    def _made(self, raw: Json) -> Provenance:
        """Return how a record came to be; records of one article share what they have in common."""
        given = raw.get("suggester")
        suggester = None
        if isinstance(given, dict):
            suggester = Suggester(str(given["name"]), str(given["version"]))
        key = (str(raw.get("origin")), suggester)
        made = self._mades.get(key)
        if made is None:
            made = self._mades[key] = Provenance(
                annotator=self._annotator,
                created=self._context.now,
                modified=self._context.now,
                origin=_ORIGINS.get(key[0], Origin.IMPORTED),
                codebook_version=self._context.codebook_version,
                suggester=suggester,
            )
        return made

    def _guard(self, what: str, raw: object, read: Callable[[Json], None], kind: str = "") -> None:
        try:
            if not isinstance(raw, dict):
                raise BadInput("is no object")
            read(raw)
        except (Problem, TypeError, ValueError, KeyError, AttributeError) as problem:
            name = raw.get("id", "?") if isinstance(raw, dict) else "?"
            reason = (
                problem
                if isinstance(problem, Problem)
                else f"is damaged ({type(problem).__name__})"
            )
            line = raw.get("where") if isinstance(raw, dict) else None
            self.remarks.append(
                Remark(str(line or self._where), f"{what} {name} {reason}", kind=kind)
            )

    def _remark(self, what: str, lost: int = 1, kind: str = "") -> None:
        self.remarks.append(Remark(self._where, what, lost, kind))


def _list(line: Json, key: str) -> list[Any]:
    value = line.get(key) or []
    if not isinstance(value, list):
        raise BadInput(f"has “{key}” that is no list")
    return value


def _text(raw: Json, key: str) -> str:
    value = raw.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise BadInput(f"has no “{key}”")
    return value


def _is_cue_at(mark: Mark, raw: Json) -> bool:
    """Tell whether a mark is what the key ``cue`` of a claim says."""
    words = raw.get("text")
    return (
        mark.layer == CUE
        and (mark.start, mark.end) == (raw.get("start"), raw.get("end"))
        and words in (None, mark.text)
    )


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
