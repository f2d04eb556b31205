"""Writing Label Studio JSON, with the labelling configuration that shows it.

Offsets are UTF-16 units, as the browser counts. Values of a region are results of their own
with the id of the region; who coded it, and the states, are answers about the whole task.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from annotator.domain.coded import GOLD, SUGGESTIONS, CodedArticle
from annotator.formats.base import WriteContext
from annotator.formats.flat import ENTITY, ENTITY_ID, by_article, flatten, full_text
from annotator.formats.foreign import head_of
from annotator.formats.json_files import ArrayOut, Json
from annotator.formats.label_studio_config import (
    CONFIG,
    HEAD,
    PERSON,
    STATE,
    TASKS,
    WRITTEN_OUT,
    control,
    labelling_config,
)
from annotator.formats.names import escaped
from annotator.formats.offsets import Ruler, Unit


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


def _annotation(coded: CodedArticle, context: WriteContext) -> Json:
    flat = flatten(coded, context)
    ruler = Ruler(full_text(coded), Unit.UTF16)
    kinds = {
        control(layer.name, item.name): item.kind
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
            shown = control(layer, name)
            written = name == ENTITY or kinds.get(shown) in WRITTEN_OUT
            kind = "textarea" if written else "choices"
            result.append(_answer(shown, kind, said, stretch.id, place))
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


def _answer(shown: str, type: str, said: list[str], id: str, place: Json | None = None) -> Json:
    key = {"textarea": "text", "choices": "choices", "labels": "labels"}[type]
    place = dict(place or {})
    if type == "textarea":
        place.pop("text", None)
    return {
        "id": id,
        "from_name": shown,
        "to_name": "text",
        "type": type,
        "value": {**place, key: said},
    }
