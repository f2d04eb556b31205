"""UIMA CAS as JSON (version 0.4): one file with its types in it; control characters are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from annotator.domain.coded import CodedArticle, Read
from annotator.domain.errors import BadInput
from annotator.formats.base import ReadContext, Source, WriteContext
from annotator.formats.json_files import Json, read_whole
from annotator.formats.uima import (
    ANNOTATION,
    STRINGS,
    Cas,
    Feature,
    cas_of,
    read_cas,
    types_of,
    write_each,
)


class CasJsonReader:
    """Reads what cassis and INCEpTION write, and our own."""

    name = "cas-json"
    suffixes = (".json",)
    about = "UIMA CAS JSON 0.4"

    def accepts(self, source: Source, head: bytes) -> bool:
        """Take JSON with the keys of this format."""
        return b'"%TYPES"' in head or b'"%FEATURE_STRUCTURES"' in head

    def read(self, source: Source, context: ReadContext) -> Iterator[Read]:
        """Yield the one article."""
        yield from read_cas(_cas(read_whole(source)), source, context)


class CasJsonWriter:
    """Writes a folder for each annotator."""

    name = "cas-json"
    suffix = ".zip"
    about = "UIMA CAS JSON 0.4: all marks with their values and links, and their types"
    tells_view = True
    needs_text = True
    packed = False
    cannot_carry = (
        "a mark of several fragments as one: it becomes several, tied by “_fragment”",
        "notes, and who or what suggested a mark",
    )

    def write_files(
        self, articles: Iterable[CodedArticle], folder: Path, context: WriteContext
    ) -> None:
        """Write a file for each article and annotator."""
        types = {
            name: {
                "%NAME": name,
                "%SUPER_TYPE": ANNOTATION,
                **{
                    key: {"%NAME": key, "%RANGE": "uima.cas.String[]" if kind == STRINGS else kind}
                    for key, kind in features.items()
                },
            }
            for name, features in types_of(context.codebook).items()
        }

        def write(coded: CodedArticle) -> str:
            data = _json(cas_of(coded, context), types, types_of(context.codebook))
            return json.dumps(data, ensure_ascii=False) + "\n"

        write_each(articles, folder, ".json", context, write)


def _json(cas: Cas, types: Json, ranges: dict[str, dict[str, str]]) -> Json:
    sofa = {
        "%ID": 1,
        "%TYPE": "uima.cas.Sofa",
        "sofaNum": 1,
        "sofaID": "_InitialView",
        "mimeType": "text",
        "sofaString": cas.text,
    }
    structures: list[Json] = [sofa]
    arrays: list[Json] = []
    free = len(cas.features) + 2
    for feature in cas.features:
        begin, end = feature.place or (0, 0)
        made: Json = {
            "%ID": feature.id,
            "%TYPE": feature.type,
            "@sofa": 1,
            "begin": begin,
            "end": end,
        }
        for key, texts in feature.values.items():
            if ranges[feature.type].get(key) == STRINGS:
                id = free + len(arrays)
                arrays.append({"%ID": id, "%TYPE": STRINGS, "%ELEMENTS": texts})
                made[f"@{key}"] = id
            else:
                made[key] = texts[0] if texts else ""
        made |= {f"@{key}": id for key, id in feature.refs.items()}
        structures.append(made)
    members = [feature.id for feature in cas.features]
    return {
        "%TYPES": types,
        "%FEATURE_STRUCTURES": structures + arrays,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": members}},
    }


def _cas(data: Any) -> Cas:
    structures = data.get("%FEATURE_STRUCTURES") if isinstance(data, dict) else None
    if not isinstance(structures, list) or not all(isinstance(item, dict) for item in structures):
        raise BadInput("holds no list of structures (%FEATURE_STRUCTURES)")
    arrays = {item.get("%ID"): item.get("%ELEMENTS") for item in structures if "%ELEMENTS" in item}
    texts = [item for item in structures if item.get("%TYPE") == "uima.cas.Sofa"]
    if len(texts) != 1 or not isinstance(texts[0].get("sofaString"), str):
        raise BadInput("does not hold exactly one text (Sofa)")
    cas = Cas(texts[0]["sofaString"])
    for item in structures:
        if "%ELEMENTS" in item or item is texts[0]:
            continue
        id, begin, end = item.get("%ID"), item.get("begin"), item.get("end")
        feature = Feature(id if type(id) is int else -1, str(item.get("%TYPE")))
        if type(begin) is int and type(end) is int:
            feature.place = (begin, end)
        for key, value in item.items():
            if key.startswith("%") or key in ("@sofa", "begin", "end"):
                continue
            name = key.removeprefix("@")
            if not key.startswith("@"):
                if value is not None:
                    feature.values[name] = [str(value)]
            elif isinstance(value, int) and isinstance(arrays.get(value), list):
                feature.values[name] = [str(text) for text in arrays[value] or ()]
            elif type(value) is int:
                feature.refs[name] = value
        cas.features.append(feature)
    return cas
