"""JSON read strictly: what other readers let pass in silence is refused with a reason."""

from __future__ import annotations

import json
import re
from typing import Any

from annotator.domain.errors import BadInput

_LONE = re.compile("[\ud800-\udfff]")


def parse(raw: bytes) -> Any:
    """Return the value of a JSON text.

    Raises:
        BadInput: not UTF-8, not JSON, a repeated key, NaN, half a character, nested too deeply.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"is not UTF-8 (byte {error.start})") from None
    try:
        value = STRICT.decode(text)
    except json.JSONDecodeError as error:
        raise BadInput(f"is not JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise BadInput("is nested too deeply to be ours") from None
    except ValueError as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"is not JSON that can be read ({error})") from None
    if "\\ud" in text or "\\uD" in text:
        refuse_lone(value)
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadInput(f"names the key “{key}” twice")
            seen.add(key)
    return found


def _constant(name: str) -> Any:
    raise BadInput(f"has {name}, which is no JSON number")


def refuse_lone(value: Any) -> None:
    """Raise BadInput if a text anywhere in a value holds half a character."""
    waiting = [value]
    while waiting:
        here = waiting.pop()
        if isinstance(here, str):
            if _LONE.search(here):
                raise BadInput("has half a character (a lone surrogate)")
        elif isinstance(here, dict):
            waiting += [*here.keys(), *here.values()]
        elif isinstance(here, list):
            waiting += here


STRICT = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant)
"""Refuses repeated keys and what is no JSON number."""
