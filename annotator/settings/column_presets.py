"""What the columns of tables mean, as a person said it once: kept for the next table with these columns."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from annotator.settings import kept

FILE = "columns.json"

MOST = 200
"""So many are kept; the oldest go first."""

Presets = dict[str, dict[str, str]]
"""By the columns of a table: our field → column."""


def load(folder: Path) -> Presets:
    """Return what is kept in a folder; a file that cannot be read is as good as none."""
    try:
        data = json.loads((folder / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict):
        return {}
    return {
        key: meaning
        for key, meaning in data.items()
        if isinstance(meaning, dict) and all(isinstance(one, str) for one in meaning.values())
    }


def keep(folder: Path, key: str, meaning: Mapping[str, str]) -> None:
    """Keep what the columns of one kind of table mean, as the newest."""
    presets = load(folder)
    presets.pop(key, None)
    presets[key] = dict(meaning)
    newest = dict(list(presets.items())[-MOST:])
    kept.keep(folder / FILE, newest)
