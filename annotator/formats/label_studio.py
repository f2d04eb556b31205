"""Label Studio JSON, with the labelling configuration that shows it.

Offsets are UTF-16 units, as the browser counts. Values of a region are results of their own
with the id of the region; who coded it, and the states, are answers about the whole task.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotator.domain.codebook import Codebook, Kind
from annotator.domain.coded import GOLD, SUGGESTIONS, CodedArticle, Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.formats.base import ReadContext, Source, WriteContext
from annotator.formats.flat import ENTITY, ENTITY_ID, VOICE, by_article, flatten, full_text
from annotator.formats.foreign import (
    ForeignArticle,
    ForeignLink,
    ForeignMark,
    head_of,
    headed,
    texts,
)
from annotator.formats.json_files import ArrayOut, Json, extent_in, objects_in, objects_of
from annotator.formats.names import escaped, unescaped
from annotator.formats.offsets import Ruler, Unit, fitting_unit
from annotator.formats.safe_xml import attribute as quoted

HEAD = "annotator"
TASKS = "tasks.json"
CONFIG = "labeling-config.xml"
PERSON = "annotator"
STATE = "state:"
STATES = ("open", "done", "nothing found")
_FIRST = re.compile(
    rb'\s*\[?\s*\{\s*"(?:data|annotations|id"\s*:\s*\d+\s*,\s*"(?:annotations|data))"'
)
"""How a file of tasks begins: with their columns, or with a number and the annotations."""
_WRITTEN_OUT = (Kind.TEXT, Kind.DATE)


class LabelStudioReader:
    """Reads annotations of text tasks; predictions are suggestions and are counted, not taken."""

    name = "label-studio"
    suffixes = (".json",)
    about = "Label Studio: regions, their values, relations"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSON files of tasks."""
        return source.path.name == TASKS or (
            source.path.suffix.lower() in self.suffixes and bool(_FIRST.match(head))
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each annotation of each task."""
        for number, task in enumerate(objects_of(source), 1):
            where = f"{source.name}, task {number}"
            try:
                if not isinstance(task, dict):
                    raise BadInput("is no object")
                yield from _read_task(task, where, context)
            except Problem as problem:
                yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))


class LabelStudioWriter:
    """Writes one task for each article, with an annotation for each annotator."""

    name = "label-studio"
    suffix = ".zip"
    about = "Label Studio: tasks, and the labelling configuration that shows them"
    tells_view = True
    needs_text = True
    packed = False
    cannot_carry = (
        "a mark of several fragments as one: it becomes several regions, tied by “_fragment”",
        "aliases and types of actor book entries; notes, and who or what suggested a mark",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write the tasks and the configuration."""
        (folder / CONFIG).write_bytes(labelling_config(context.codebook).encode())
        with (
            (folder / TASKS).open("w", encoding="utf-8", newline="\n") as file,
            ArrayOut(file) as out,
        ):
            for first, people in by_article(articles):
                head = head_of(replace(first, annotator=None, states={}))
                done = [_annotation(coded, context) for coded in people if coded.annotator]
                guessed = [
                    {
                        "model_version": "suggestions",
                        "result": _annotation(coded, context)["result"],
                    }
                    for coded in people
                    if coded.view == SUGGESTIONS
                ]
                out.add(
                    {
                        "data": {"text": full_text(first), HEAD: head},
                        "annotations": done,
                        "predictions": guessed,
                    }
                )


def labelling_config(codebook: Codebook) -> str:
    """Return the configuration under which Label Studio shows what we write."""
    lines = [
        "<View>",
        f'  <TextArea name={quoted(PERSON)} toName="text"/>',
        '  <Labels name="label" toName="text">',
    ]
    lines += [
        f"    <Label value={quoted(layer.name)} background={quoted(layer.colour[1])}/>"
        for layer in codebook.layers
    ]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>', "  <Relations>"]
    types = dict.fromkeys([link.name for link in codebook.links] + ["_fragment"])
    lines += [f"    <Relation value={quoted(name)}/>" for name in types]
    lines.append("  </Relations>")
    for layer in codebook.layers:
        when = f'toName="text" perRegion="true" whenTagName="label" whenLabelValue={quoted(layer.name)}'
        for item in layer.attributes:
            control = quoted(_control(layer.name, item.name))
            if item.kind in _WRITTEN_OUT:
                lines.append(f"  <TextArea name={control} {when}/>")
                continue
            several = "multiple" if item.kind is Kind.SEVERAL else "single-radio"
            codes = [code.name for code in item.codes] or ["yes", "no"]
            lines += _choices(control, f'{when} choice="{several}"', codes)
        for link in codebook.links_from(layer.name):
            if link.voices:
                control = quoted(_control(layer.name, link.name + VOICE))
                lines += _choices(control, f'{when} choice="multiple"', ["author", "unknown"])
        lines.append(f"  <TextArea name={quoted(_control(layer.name, ENTITY))} {when}/>")
        lines += _choices(quoted(STATE + escaped(layer.name)), 'toName="text"', list(STATES))
    return "\n".join([*lines, "</View>", ""])


def _choices(control: str, options: str, names: list[str]) -> list[str]:
    return [
        f"  <Choices name={control} {options}>",
        *(f"    <Choice value={quoted(name)}/>" for name in names),
        "  </Choices>",
    ]


def _control(layer: str, name: str) -> str:
    return f"{escaped(layer)}:{escaped(name)}"


def _annotation(coded: CodedArticle, context: WriteContext) -> Json:
    flat = flatten(coded, context)
    ruler = Ruler(full_text(coded), Unit.UTF16)
    kinds = {
        _control(layer.name, item.name): item.kind
        for layer in context.codebook.layers
        for item in layer.attributes
    }
    result: list[Json] = []
    if coded.annotator:
        result.append(_answer(PERSON, "textarea", [coded.annotator], f"{PERSON}-1"))
    for layer, verdict in sorted(coded.states.items()):
        name = STATE + escaped(layer)
        result.append(_answer(name, "choices", [verdict.value], f"{name}-1"))
    for stretch in flat.stretches:
        place = {
            "start": ruler.from_points(stretch.part.start),
            "end": ruler.from_points(stretch.part.end),
            "text": stretch.part.slice,
        }
        layer = stretch.mark.layer
        result.append(_answer("label", "labels", [layer], stretch.id, place))
        values = dict(flat.values[stretch.mark.id]) if not stretch.number else {}
        if ENTITY in values:
            values[ENTITY] = [*values[ENTITY], *values.pop(ENTITY_ID)]
        for name, said in values.items():
            control = _control(layer, name)
            written = name == ENTITY or kinds.get(control) in _WRITTEN_OUT
            kind = "textarea" if written else "choices"
            result.append(_answer(control, kind, said, stretch.id, place))
    result += [
        {
            "from_id": tie.start,
            "to_id": tie.end,
            "type": "relation",
            "direction": "right",
            "labels": [tie.type],
        }
        for tie in flat.ties
    ]
    return {"result": result, "was_cancelled": False, "ground_truth": coded.view == GOLD}


def _answer(control: str, type: str, said: list[str], id: str, place: Json | None = None) -> Json:
    key = {"textarea": "text", "choices": "choices", "labels": "labels"}[type]
    place = dict(place or {})
    if type == "textarea":
        place.pop("text", None)
    return {
        "id": id,
        "from_name": control,
        "to_name": "text",
        "type": type,
        "value": {**place, key: said},
    }


def _read_task(task: Json, where: str, context: ReadContext) -> Iterator[Read]:
    data = task.get("data")
    if not isinstance(data, dict):
        raise BadInput("has no “data”")
    said = data.get("text")
    if not isinstance(said, str):
        said = max((item for item in data.values() if isinstance(item, str)), key=len, default=None)
    if said is None:
        raise BadInput("has no text in its “data”")
    guessed = sum(len(objects_in(item, "result")) for item in objects_in(task, "predictions"))
    first = headed(where, said, data.get(HEAD))
    if guessed:
        what = "holds predictions, which are no marks until a person accepts them"
        first.remarks.append(Remark(where, what, guessed))
    done = objects_in(task, "annotations")
    if not done:
        first.annotator = None
        yield first.read(context)
    for number, annotation in enumerate(done):
        article = headed(f"{where}, annotation {number + 1}", said, data.get(HEAD))
        article.remarks += first.remarks if not number else []
        yield _read_annotation(annotation, article, said, context)


def _read_annotation(
    annotation: Json, article: ForeignArticle, text: str, context: ReadContext
) -> Read:
    result = objects_in(annotation, "result")
    if annotation.get("was_cancelled"):
        article.remarks.append(Remark(article.where, "was skipped by its annotator", len(result)))
        result = []
    if annotation.get("ground_truth"):
        article.view = GOLD
    article.annotator = _person(annotation.get("completed_by"))
    regions = _Regions(article)
    for item in result:
        regions.take(item)
    article.unit = fitting_unit(text, regions.quotes(), (Unit.UTF16, Unit.CODE_POINT)) or Unit.UTF16
    article.marks = regions.marks()
    return article.read(context)


def _person(said: Any) -> str | None:
    if isinstance(said, dict):
        said = said.get("email") or said.get("id")
    return None if said is None else str(said)


class _Regions:
    """Puts the results of an annotation together by the ids of their regions."""

    def __init__(self, article: ForeignArticle) -> None:
        self._article = article
        self._marks: dict[str, list[ForeignMark]] = {}
        self._values: dict[str, dict[str, list[str]]] = {}

    def take(self, item: Json) -> None:
        """Take one result; what we have no place for is told."""
        type, value = item.get("type"), item.get("value")
        control, id = str(item.get("from_name")), str(item.get("id"))
        if type == "relation":
            for label in texts(item.get("labels")) or ["relation"]:
                self._link(item, label)
        elif not isinstance(value, dict):
            self._tell(f"the result {id} has no value", "")
        elif type in ("labels", "hypertextlabels"):
            self._region(id, type, value)
        elif type in ("choices", "textarea"):
            said = texts(value.get("choices" if type == "choices" else "text"))
            if control == PERSON:
                self._article.annotator = said[0] if said else None
            elif control.startswith(STATE):
                self._article.states[unescaped(control.removeprefix(STATE))] = "".join(said[:1])
            elif "start" in value:
                name = unescaped(control.rpartition(":")[2])
                self._values.setdefault(id, {})[name] = said
            else:
                self._tell(f"“{control}” is about the whole text", "value")
        else:
            self._tell(f"the result {id} is of the type “{type}”, which is none of ours", "")

    def quotes(self) -> list[tuple[int, int, str]]:
        """Return where words should stand."""
        return [
            (*mark.extents[0], mark.words)
            for group in self._marks.values()
            for mark in group
            if mark.words
        ]

    def marks(self) -> list[ForeignMark]:
        """Return the marks with the values of their regions."""
        for id, values in self._values.items():
            if id not in self._marks:
                self._tell(
                    f"{', '.join(values)} are about the region {id}, which has no label", "value"
                )
                continue
            if len(values.get(ENTITY, ())) == 2:
                values[ENTITY], values[ENTITY_ID] = values[ENTITY][:1], values[ENTITY][1:]
            for mark in self._marks[id]:
                mark.values = dict(values)
        return [mark for group in self._marks.values() for mark in group]

    def _region(self, id: str, type: str, value: Json) -> None:
        places = value.get("globalOffsets") if type == "hypertextlabels" else value
        labels = texts(value.get("labels") or value.get("hypertextlabels"))
        try:
            if not isinstance(places, dict):
                raise BadInput("names its place in HTML only: export it with global offsets")
            extent = extent_in(places.get("start"), places.get("end"))
            if not labels:
                raise BadInput("has no label")
        except Problem as problem:
            self._tell(f"the region {id} {problem}", "mark")
            return
        words = value.get("text")
        said = words if isinstance(words, str) else None
        group = self._marks.setdefault(id, [])
        for number, label in enumerate(labels):
            own = id if not number and not group else f"{id}/{label}"
            group.append(ForeignMark(own, label, [extent], said))

    def _link(self, item: Json, label: str) -> None:
        start, end = str(item.get("from_id")), str(item.get("to_id"))
        if item.get("direction") == "left":
            start, end = end, start
        self._article.links.append(ForeignLink(label, start, end))

    def _tell(self, what: str, kind: str) -> None:
        self._article.remarks.append(Remark(self._article.where, what, 1, kind))
