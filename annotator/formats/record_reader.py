"""Reads the records of our JSON shape: actors, claims, sentiments, other marks, and their links.

One bad record does not lose the others: it is left out with a remark.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from annotator.domain.actor import Actor
from annotator.domain.codebook import ACTOR, CLAIM, SENTIMENT, Kind, Layer
from annotator.domain.coded import Remark
from annotator.domain.errors import BadInput, Problem
from annotator.domain.fragment import Fragment, cut, joined_text
from annotator.domain.identity import Id, derived_id, is_id
from annotator.domain.link import Link
from annotator.domain.mark import Mark, Origin, Provenance, Suggester, Value, View
from annotator.domain.text import trim
from annotator.formats.base import ReadContext
from annotator.formats.record_links import LinkReader
from annotator.formats.record_shape import Json, list_under, text_under

LAYER_OF = {"actors": ACTOR, "claims": CLAIM, "sentiments": SENTIMENT}
"""The layers that have a list of their own, by its key."""

FIELDS = {
    ACTOR: ("type", "named"),
    CLAIM: ("mode", "stance", "kind", "topics", "date"),
    SENTIMENT: ("polarity", "intensity"),
}
"""The attributes that have a key of their own, by layer."""

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
        self.text = text
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
        self.read_entities(line)
        for key, layer in LAYER_OF.items():
            for raw in list_under(line, key):
                self._guard(layer, raw, self._marker(layer), "mark")
        for raw in list_under(line, "other"):
            self._guard("mark", raw, self._other, "mark")
        ties = LinkReader(self.marks, self._context, self._mark, self._remark)
        self.links = ties.links
        for raw in list_under(line, "claims"):
            self._guard("claim", raw, ties.of_claim)
        for raw in list_under(line, "sentiments"):
            self._guard("sentiment", raw, ties.of_sentiment)
        for key in (*LAYER_OF, "other"):
            for raw in list_under(line, key):
                self._guard("mark", raw, ties.of_any)
                if isinstance(raw, dict):
                    ties.lose(raw)

    def read_entities(self, line: Json) -> None:
        """Read the entries of the actor book that a line lists."""
        for raw in list_under(line, "entities"):
            self._guard("entity", raw, self._entity)

    # Records

    def _entity(self, raw: Json) -> None:
        local = text_under(raw, "id")
        name = text_under(raw, "name")
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
        self._mark(raw, text_under(raw, "layer"))

    def _mark(self, raw: Json, layer: str) -> None:
        local = text_under(raw, "id")
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
            attributes=self.attributes(raw, kind),
            actor=self.actors[str(entity)].id if entity is not None else None,
        )
        start, end = fragments[0].start, fragments[-1].end
        if trim(self.text, start, end) != (start, end):
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
            parts.append(cut(self.text, start, end))
        words = raw.get("text")
        if words is not None and words != joined_text(parts):
            raise BadInput(
                f"says “{str(words)[:40]}”, but the text at {parts[0].start}–{parts[-1].end} is "
                f"“{joined_text(parts)[:40]}”: its offsets count something else, or the text differs"
            )
        return tuple(parts)

    def attributes(self, raw: Json, kind: Layer) -> dict[str, Value]:
        """Return the values of a mark as they are stored; what does not fit is left out with a remark."""
        given: dict[str, Any] = {name: raw.get(name) for name in FIELDS.get(kind.name, ())}
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

    # Inside

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


def _is_offset(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
