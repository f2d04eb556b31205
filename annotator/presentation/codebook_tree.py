"""A codebook as a tree, line by line: layers, their attributes, values under their parent, link types."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.domain.codebook import Attribute, Code, Codebook, LinkType
from annotator.domain.codebook_edits import Path, items


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the tree."""

    path: Path
    depth: int
    label: str
    key: str
    retired: bool


def lines(book: Codebook) -> list[Line]:
    """Return the lines of a codebook from top to bottom."""
    found = []
    for path, thing in items(book):
        depth = 2 if path.code else 1 if path.attribute else 0
        if isinstance(thing, Code):
            depth += _depth(book, path, thing)
        label = thing.label or thing.name
        if isinstance(thing, LinkType):
            label = f"{book.layer(thing.start).label} → {label}"
        key = "" if isinstance(thing, Attribute) else thing.key
        found.append(Line(path, depth, label, key.upper(), thing.retired))
    return found


def _depth(book: Codebook, path: Path, code: Code) -> int:
    """Return how many values stand above one in the tree; a circle ends the count."""
    attribute = book.layer(path.layer).attribute(path.attribute)
    seen = {code.name}
    while attribute and code.parent and code.parent not in seen:
        above = attribute.code(code.parent)
        if above is None:
            break
        seen.add(above.name)
        code = above
    return len(seen) - 1
