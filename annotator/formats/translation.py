"""One foreign article in our own shape: offsets, labels, values and pieces judged by our rules.

Nothing vanishes: what does not come through is told with its number.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from annotator.domain.codebook import ACTOR, Layer
from annotator.domain.coded import Read, Remark
from annotator.domain.errors import BadInput
from annotator.domain.fragment import JOIN
from annotator.domain.text import DecodedText, freeze, sha256_of
from annotator.formats.base import ReadContext
from annotator.formats.flat import ENTITY, ENTITY_ID, FRAGMENT, VOICE
from annotator.formats.foreign_values import freeze_words, typed
from annotator.formats.jsonl import read_object
from annotator.formats.labels import labels_for
from annotator.formats.offsets import Ruler, after_freezing

if TYPE_CHECKING:
    from annotator.formats.foreign import ForeignArticle, ForeignMark

Json = dict[str, Any]


class Translation:
    """Turns one foreign article into our JSON shape, which is then read like any of ours."""

    def __init__(self, article: ForeignArticle, context: ReadContext) -> None:
        self._article = article
        self._context = context
        self._remarks: list[Remark] = []
        self._labels = labels_for(context.codebook, context.labels)
        self._unknown: Counter[str] = Counter()
        self._mapped: dict[tuple[str, str], None] = {}
        self._entities: dict[str, Json] = {}

    def read(self) -> Read:
        """Return the coded article, and remarks on what was left out; raises Problem if nothing can be taken."""
        article = self._article
        text = self._text()
        joined = self._joined()
        records: dict[str, Json] = {}
        for mark in joined:
            record = self._record(mark)
            if record is None:
                continue
            if mark.id in records:
                self._tell(mark, f"has the id “{mark.id}”, which another mark has already")
            else:
                records[mark.id] = record
        self._tie(records)
        self._tell_labels()
        line = {
            "id": article.id,
            "text_sha256": article.sha256,
            "meta": article.meta,
            "view": article.view,
            "annotator": article.annotator,
            "states": article.states,
            "split": article.split,
            "duplicate_group": article.duplicate_group,
            "entities": list(self._entities.values()),
            "other": list(records.values()),
        }
        read = read_object(line, article.where, self._context, text)
        return Read(read.coded, (*self._remarks, *read.remarks))

    def _text(self) -> DecodedText | None:
        given = self._article.text
        if given is None:
            self._kept = self._context.text_of(self._article.sha256 or "") or ""
            self._ruler = Ruler(self._kept, self._article.unit)
            self._move = after_freezing("")
            return None
        kept, newlines = freeze(given)
        self._kept = kept
        self._ruler = Ruler(given, self._article.unit)
        self._move = after_freezing(given)
        sha256 = sha256_of(kept)
        return DecodedText(
            kept, "utf-8", newlines, given.startswith("\ufeff"), sha256_of(given), sha256
        )

    def _joined(self) -> list[ForeignMark]:
        """Return the marks, pieces put together; piece ties are taken out of the links."""
        marks = {mark.id: mark for mark in self._article.marks}
        first_of: dict[str, str] = {}
        for link in self._article.links:
            if link.type == FRAGMENT and link.start in marks and link.end in marks:
                first_of[link.end] = link.start
        if not first_of:
            return self._article.marks
        for piece, first in first_of.items():
            marks[first].extents = sorted([*marks[first].extents, *marks[piece].extents])
            marks[first].words = None
        self._article.links = [
            link
            for link in self._article.links
            if not (link.type == FRAGMENT and first_of.get(link.end) == link.start)
        ]
        return [mark for mark in self._article.marks if mark.id not in first_of]

    def _record(self, mark: ForeignMark) -> Json | None:
        layer, values = mark.layer, dict(mark.values)
        if layer is None:
            meaning = self._labels.find(mark.label)
            if meaning is None:
                self._unknown[mark.label] += 1
                return None
            layer = meaning.layer
            values = {**{name: [value] for name, value in meaning.values.items()}, **values}
            if meaning.was_mapped:
                shown = ":".join((layer, *meaning.values.values()))
                self._mapped[mark.label, shown] = None
        if not self._context.codebook.has_layer(layer):
            self._unknown[layer] += 1
            return None
        try:
            fragments = [
                [self._move(self._ruler.to_points(offset)) for offset in extent]
                for extent in mark.extents
            ]
        except BadInput as problem:
            self._tell(mark, f"{layer} {mark.id} {problem}")
            return None
        words = None if mark.words is None else freeze_words(mark.words)
        said = JOIN.join(self._kept[start:end] for start, end in fragments)
        if fragments != sorted(fragments) and words in (None, said):
            words, fragments = None, sorted(fragments)
            where = mark.where or self._article.where
            what = f"{layer} {mark.id} has its fragments in another order than the text; they were put in order"
            self._remarks.append(Remark(where, what, 0))
        return {
            "id": mark.id,
            "layer": layer,
            "fragments": fragments,
            "text": words,
            "where": mark.where,
            **self._split(self._context.codebook.layer(layer), values),
        }

    def _split(self, layer: Layer, values: dict[str, list[str]]) -> Json:
        """Sort values into attributes, links to voices and the entry of the actor book."""
        attributes: Json = {}
        links: list[Json] = []
        for name, texts in values.items():
            attribute = layer.attribute(name)
            if attribute is not None:
                attributes[name] = typed(attribute.kind, texts)
            elif name.endswith(VOICE):
                type = name.removesuffix(VOICE)
                links += [{"type": type, "end": None, "voice": voice} for voice in texts]
            elif name not in (ENTITY, ENTITY_ID):
                attributes[name] = texts
        entity = next(iter(values.get(ENTITY, ())), None)
        if entity and layer.name != ACTOR:
            attributes[ENTITY] = entity
            entity = None
        if not entity:
            return {"attributes": attributes, "links": links}
        id = next(iter(values.get(ENTITY_ID, ())), entity)
        self._entities.setdefault(
            id, {"id": id, "name": entity, "type": next(iter(values.get("type", ())), None)}
        )
        return {"attributes": attributes, "links": links, "entity": id}

    def _tie(self, records: dict[str, Json]) -> None:
        there = {mark.id for mark in self._article.marks}
        tied: set[tuple[str, str, str]] = set()
        for link in self._article.links:
            tie = (link.type, link.start, link.end)
            if tie in tied:
                what = f"a {link.type} link of {link.start} is there twice; it was taken once"
                self._remarks.append(Remark(self._article.where, what, kind="link"))
            elif link.start in records and link.end in records:
                tied.add(tie)
                records[link.start]["links"].append({"type": link.type, "end": link.end})
            else:
                missing = link.start if link.start not in records else link.end
                why = "was left out" if missing in there else "is not in the file"
                self._remarks.append(
                    Remark(
                        self._article.where,
                        f"a {link.type} link was left out: its mark {missing} {why}",
                        kind="link",
                    )
                )

    def _tell(self, mark: ForeignMark, what: str) -> None:
        where = mark.where or self._article.where
        self._remarks.append(Remark(where, what, 1, "mark", mark.id))

    def _tell_labels(self) -> None:
        where = self._article.where
        for label, count in self._unknown.items():
            what = f"the label “{label}” is no layer of the codebook, so its marks were left out: say what it means"
            self._remarks.append(Remark(where, what, count, "mark", label=label))
        for label, meaning in self._mapped:
            self._remarks.append(Remark(where, f"the label “{label}” was read as {meaning}", 0))
