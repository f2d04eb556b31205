"""What another tool's file says about an article beside its text and its marks: kept as metadata."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from annotator.formats.line_head import META
from annotator.formats.metadata import meta_of

Json = dict[str, Any]

MOST_LETTERS = 2_000
"""A longer value is no description of an article: a picture in letters, or the answer of a model."""

_NESTED = ("meta", "metadata")
"""Under these, tools keep what somebody knew of the text before it was coded."""


def metadata_in(item: Mapping[str, object], known: Collection[str]) -> tuple[Json, list[str]]:
    """Return metadata from the fields of an object that are not ``known``, and the names of those too long."""
    said: dict[str, str] = {}
    long: list[str] = []
    for name, value in _fields(item, known):
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if len(text) > MOST_LETTERS:
            long.append(name)
        else:
            said[name] = text
    meta = meta_of(said, None)
    fields: Json = {name: getattr(meta, name) for name in META}
    return {**fields, "extra": dict(meta.extra)}, long


def _fields(item: Mapping[str, object], known: Collection[str]) -> Iterator[tuple[str, object]]:
    for name, value in item.items():
        if name in known or value in (None, "", [], {}):
            continue
        if name in _NESTED and isinstance(value, dict):
            for inner, own in value.items():
                if own not in (None, "", [], {}):
                    yield (f"{name}.{inner}" if inner in item else str(inner)), own
        else:
            yield name, value
