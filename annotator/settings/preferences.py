"""What users choose and what windows remember, in one small file in the configuration folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from annotator.settings import kept
from annotator.settings.options import OPTIONS

FILE = "preferences.json"

RECENT = 8
"""How many projects the menu offers to open again."""

PLACES = 500
"""How many articles the window remembers the reading place of."""


@dataclass
class Preferences:
    """Everything remembered between two starts.

    Attributes:
        theme, face, size, zoom, leading, width, overview, dim, whole_words, sticky, seed, annotator: what
            the user chose (see ``options``).
        keys: the user's own keys by command id; an empty list leaves a command without.
        recent: projects, the last one first.
        geometry, panels: of the window, as Qt gave them (base64).
        places: by article id, where the caret and the top of the page were, in code points.
        articles: by project path, the article open last.
        orders: by project path, the order of its list of articles.
        folders: by what they were used for (``project``, ``import``, ``merge``, ``export``), the last one.
        searches: that were kept: words, ``words`` or ``pattern``, and a colour or nothing.
        tour_done: whether the first steps were dismissed.
    """

    theme: str = "system"
    face: str = ""
    size: int = 17
    zoom: int = 100
    leading: float = 1.62
    width: int = 68
    overview: bool = True
    dim: bool = True
    whole_words: bool = True
    sticky: bool = True
    seed: str = ""
    annotator: str = ""
    keys: dict[str, list[str]] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)
    geometry: str = ""
    panels: list[int] = field(default_factory=list)
    places: dict[str, list[int]] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    searches: list[list[str]] = field(default_factory=list)
    tour_done: bool = False

    def opened(self, project: Path) -> None:
        """Put a project first among the recent ones."""
        name = str(project.resolve())
        self.recent = [name, *(other for other in self.recent if other != name)][:RECENT]

    def was_at(self, article: str, caret: int, top: int) -> None:
        """Remember the reading place of an article; the oldest ones are forgotten."""
        self.places.pop(article, None)
        self.places[article] = [caret, top]
        while len(self.places) > PLACES:
            del self.places[next(iter(self.places))]


_CHECKS: dict[str, Callable[[Any], bool]] = {
    **{option.name: option.kind.accepts for option in OPTIONS},
    "keys": lambda value: (
        isinstance(value, dict) and all(_all(keys, str) for keys in value.values())
    ),
    "recent": lambda value: _all(value, str),
    "geometry": lambda value: isinstance(value, str),
    "panels": lambda value: _all(value, int),
    "places": lambda value: (
        isinstance(value, dict)
        and all(_all(place, int) and len(place) == 2 for place in value.values())
    ),
    "articles": lambda value: isinstance(value, dict) and _all(list(value.values()), str),
    "orders": lambda value: isinstance(value, dict) and _all(list(value.values()), str),
    "folders": lambda value: isinstance(value, dict) and _all(list(value.values()), str),
    "searches": lambda value: (
        isinstance(value, list) and all(_all(item, str) and len(item) == 3 for item in value)
    ),
    "tour_done": lambda value: isinstance(value, bool),
}


def load(folder: Path) -> tuple[Preferences, list[str]]:
    """Return the preferences kept in a folder, and a sentence for each value that was no use.

    A missing file gives the defaults; a bad value falls back to its default.
    """
    path = folder / FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences(), []
    except (OSError, ValueError):
        return Preferences(), [
            f"The preferences in {path.name} could not be read and were set back."
        ]
    if not isinstance(data, dict):
        return Preferences(), [
            f"The preferences in {path.name} could not be read and were set back."
        ]
    known = [item.name for item in fields(Preferences)]
    good = {name: data[name] for name in known if name in data and _CHECKS[name](data[name])}
    bad = [name for name in known if name in data and name not in good]
    return Preferences(**good), [
        f"The preference “{name}” had a value of no use and was set back." for name in bad
    ]


def save(preferences: Preferences, folder: Path) -> None:
    """Write the preferences beside the old ones and move them into place."""
    kept.keep(folder / FILE, asdict(preferences))


def _all(value: object, kind: type) -> bool:
    return isinstance(value, list) and all(isinstance(item, kind) for item in value)
