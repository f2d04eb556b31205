"""The little YAML that the head of a dataset card needs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any


def dump(data: dict[str, Any]) -> str:
    """Return an object of objects, lists, texts, numbers and booleans as YAML.

    Texts are quoted as in JSON, which YAML understands, so that no word is taken for something else.
    """
    return "\n".join(_object(data, 0)) + "\n"


def _object(data: dict[str, Any], depth: int) -> Iterator[str]:
    for key, value in data.items():
        yield from _under(f"{'  ' * depth}{key}:", value, depth)


def _under(head: str, value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield head
        yield from _object(value, depth + 1)
    elif isinstance(value, list) and value:
        yield head
        for item in value:
            yield from _item(item, depth)
    else:
        yield f"{head} {_scalar(value)}"


def _item(item: Any, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if not isinstance(item, dict):
        yield f"{indent}- {_scalar(item)}"
        return
    lines = list(_object(item, depth + 1))
    yield f"{indent}- {lines[0].lstrip()}"
    yield from lines[1:]


def _scalar(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
