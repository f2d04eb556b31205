"""What stands under a key of a record, or a sentence about what is missing there."""

from __future__ import annotations

from typing import Any

from annotator.domain.errors import BadInput

Json = dict[str, Any]


def list_under(line: Json, key: str) -> list[Any]:
    """Return a list, empty where there is none; raise BadInput if there is something else."""
    value = line.get(key) or []
    if not isinstance(value, list):
        raise BadInput(f"has “{key}” that is no list")
    return value


def text_under(raw: Json, key: str) -> str:
    """Return a text, or a whole number as one; raise BadInput if there is none."""
    value = raw.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise BadInput(f"has no “{key}”")
    return value
