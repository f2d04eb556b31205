"""Reading PolNeAR's standoff files: texts with sources, cues and contents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[tuple[int, int], ...]
"""Fragments in code points."""

ROLES = ("source", "cue", "content")


@dataclass(slots=True)
class Attributed:
    """One article with what its first annotator marked; ``damaged`` counts unreadable lines."""

    name: str
    text: str
    spans: dict[str, set[Span]] = field(default_factory=lambda: {role: set() for role in ROLES})
    damaged: int = 0


def read(folder: Path) -> list[Attributed]:
    """Return the articles of one part of the corpus (the folder with ``text`` in it)."""
    return [read_one(folder, name, paths[0]) for name, paths in files_of(folder)]


def files_of(folder: Path) -> list[tuple[str, list[Path]]]:
    """Return the names of articles, sorted, each with the file of everyone who marked it."""
    files = defaultdict(list)
    for path in sorted((folder / "attributions").glob("*.ann")):
        files[path.stem.rpartition("_")[0]].append(path)
    return sorted(files.items())


def read_one(folder: Path, name: str, attributions: Path) -> Attributed:
    """Return an article with what one person marked."""
    text = folder / "text" / f"{name}.txt"
    with text.open(encoding="utf-8", newline="") as opened:
        article = Attributed(text.stem, opened.read())
    places: dict[str, Span] = {}
    events: list[str] = []
    for line in attributions.read_text(encoding="utf-8").splitlines():
        parts = line.split("\t")
        try:
            if parts[0].startswith("T"):
                places[parts[0]] = _span(parts[1].split(" ", 1)[1])
            elif parts[0].startswith("E"):
                events += parts[1].split()
        except (IndexError, ValueError):
            article.damaged += 1
    for event in events:
        role, _, place = event.partition(":")
        kind = role.rstrip("0123456789").lower()
        if kind in article.spans and place in places:
            article.spans[kind].add(places[place])
    return article


def _span(written: str) -> Span:
    return tuple(sorted((int(a), int(b)) for a, b in (part.split() for part in written.split(";"))))
