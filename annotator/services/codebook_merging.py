"""Bringing two codebooks together that grew apart: item by item, against what both began with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from annotator.domain.codebook import Codebook
from annotator.domain.codebook_json import from_json, to_json

Json = Any


@dataclass(slots=True)
class Joined:
    """A codebook that has everything of both.

    Attributes:
        conflicts: what both changed in different ways, by its path; the newer one's word stands.
    """

    codebook: Codebook
    conflicts: list[str] = field(default_factory=list)


def join(base: Codebook | None, ours: Codebook, theirs: Codebook, *, theirs_newer: bool) -> Joined:
    """Return the codebook with all items of both, the same whichever side is “ours”.

    An item that only one side changed is taken as changed. Items are never dropped: one that is
    missing on one side is kept, since retiring is the way to take something out of use.
    """
    merge = _Merge(theirs_newer)
    result = merge.value(to_json(base) if base else None, to_json(ours), to_json(theirs), "")
    return Joined(from_json(result), merge.conflicts)


def covers(codebook: Codebook, other: Codebook) -> bool:
    """Tell whether everything that can be said under ``other`` can be said under ``codebook``."""
    return _names(to_json(other)) <= _names(to_json(codebook))


class _Merge:
    def __init__(self, theirs_newer: bool) -> None:
        self._theirs_newer = theirs_newer
        self.conflicts: list[str] = []

    def value(self, base: Json, ours: Json, theirs: Json, path: str) -> Json:
        if theirs in (ours, base):
            return ours
        if ours == base:
            return theirs
        if isinstance(ours, dict) and isinstance(theirs, dict):
            return self._objects(base if isinstance(base, dict) else {}, ours, theirs, path)
        if _is_keyed(ours) and _is_keyed(theirs):
            return self._items(base if _is_keyed(base) else [], ours, theirs, path)
        if path.endswith("› ends"):
            return (
                [*ours, *sorted(set(theirs) - set(ours))]
                if ours <= theirs
                else [*theirs, *sorted(set(ours) - set(theirs))]
            )
        self.conflicts.append(path.strip(" ›"))
        return theirs if self._theirs_newer else ours

    def _objects(self, base: Json, ours: Json, theirs: Json, path: str) -> Json:
        names = [*ours, *(name for name in theirs if name not in ours)]
        return {
            name: self.value(base.get(name), ours.get(name), theirs.get(name), f"{path} › {name}")
            for name in names
        }

    def _items(self, base: Json, ours: Json, theirs: Json, path: str) -> Json:
        old, mine, other = ({_key(item): item for item in items} for items in (base, ours, theirs))
        added = sorted((mine.keys() | other.keys()) - old.keys())
        merged = []
        for key in [*old, *added]:
            if key in mine and key in other:
                merged.append(self.value(old.get(key), mine[key], other[key], f"{path} › {key}"))
            else:
                merged.append(mine.get(key) or other.get(key) or old[key])
        return merged


def _is_keyed(value: Json) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _key(item: Json) -> str:
    return f"{item['start']}→{item['name']}" if "ends" in item else str(item["name"])


def _names(value: Json, path: str = "") -> set[str]:
    """Return the paths of all items in a codebook."""
    if isinstance(value, dict):
        return {name for key, part in value.items() for name in _names(part, f"{path}/{key}")}
    if _is_keyed(value):
        found: set[str] = set()
        for item in value:
            here = f"{path}/{_key(item)}"
            found |= {here} | _names(item, here)
            found |= {f"{here} leads to {end}" for end in item.get("ends", ())}
        return found
    return set()
