"""Reading Label Studio JSON: the results of each annotation, put together by the ids of their regions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from annotator.domain.coded import GOLD, Read, Remark
from annotator.domain.errors import BadInput, Problem
from annotator.formats import label_studio_short as short_form
from annotator.formats.base import ReadContext, Source
from annotator.formats.columns import TEXT, meaning_of
from annotator.formats.flat import ENTITY, ENTITY_ID
from annotator.formats.foreign import ForeignArticle, ForeignLink, ForeignMark, headed
from annotator.formats.foreign_values import texts
from annotator.formats.json_files import Json, extent_in, objects_in, objects_of
from annotator.formats.label_studio_config import HEAD, PERSON, STATE, TASKS
from annotator.formats.names import unescaped
from annotator.formats.offsets import Unit, fitting_unit

_FIRST = re.compile(
    rb'\s*\[?\s*\{\s*"(?:data|annotations|id"\s*:\s*\d+\s*,\s*"(?:annotations|data))"'
)
"""How a file of tasks begins: with their columns, or with a number and the annotations."""
_LIST = re.compile(rb"\s*\[\s*\{")

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*:|/)\S*", re.IGNORECASE)
"""Where a picture or a sound is, which is no text."""


class LabelStudioReader:
    """Reads annotations of text tasks; predictions are suggestions and are counted, not taken."""

    name = "label-studio"
    suffixes = (".json",)
    about = "Label Studio: regions, their values, relations"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSON files of tasks, and the short form in which the fields of a task stand beside its regions."""
        return source.path.name == TASKS or (
            source.path.suffix.lower() in self.suffixes
            and bool(_FIRST.match(head) or (_LIST.match(head) and short_form.is_one(source)))
        )

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield an article for each annotation of each task."""
        for number, task in enumerate(objects_of(source), 1):
            where = f"{source.name}, task {number}"
            try:
                if not isinstance(task, dict):
                    raise BadInput("is no object")
                whole = short_form.lengthened(task) if "data" not in task else task
                yield from _read_task(whole, where, context)
            except Problem as problem:
                yield Read(remarks=(Remark(where, f"{problem}; it was left out"),))


def _read_task(task: Json, where: str, context: ReadContext) -> Iterator[Read]:
    data = task.get("data")
    if not isinstance(data, dict):
        raise BadInput("has no “data”")
    key = _text_key(data)
    said = data[key]
    guessed = sum(len(objects_in(item, "result")) for item in objects_in(task, "predictions"))
    besides = {**{name: task.get(name) for name in ("id", "meta")}, **data}
    first = headed(where, said, data.get(HEAD), besides, (key,))
    if guessed:
        what = "holds predictions, which are no marks until a person accepts them"
        first.remarks.append(Remark(where, what, guessed))
    done = objects_in(task, "annotations")
    if not done:
        first.annotator = None
        yield first.read(context)
    for number, annotation in enumerate(done):
        own = f"{where}, annotation {number + 1}"
        article = headed(own, said, data.get(HEAD), besides, (key,))
        article.remarks = list(first.remarks) if not number else []
        yield _read_annotation(annotation, article, said, context)


def _text_key(data: Json) -> str:
    """Return which field of a task is its text: one that is called so, or the longest that is no address."""
    worded = {
        name: value
        for name, value in data.items()
        if isinstance(value, str) and not _ADDRESS.fullmatch(value.strip())
    }
    if not worded:
        raise BadInput("has no text in its “data”")
    called = meaning_of(list(worded), {}).get(TEXT)
    return called or max(worded, key=lambda name: len(worded[name]))


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
