"""Values as JSON text the way our lines have it: a blank after comma and colon, any character as itself."""

from __future__ import annotations

import json
from typing import Any

from annotator.domain.cells import quoted

encode = json.JSONEncoder(ensure_ascii=False).encode
"""Returns a value as JSON; made once, as making one costs more than a record."""


def as_json(value: Any) -> str:
    """Return the same; the encoder itself is asked for the few that are no text."""
    if value is None:
        return "null"
    return quoted(value) if isinstance(value, str) else encode(value)
