"""Files that pictures are saved in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.domain.errors import BadInput
from annotator.services.writing import write_bytes


def kind_of(path: Path, kinds: Sequence[str]) -> str:
    """Return which of the kinds (suffixes with their dot, at least two) a file's name asks for.

    Raises:
        BadInput: none of them.
    """
    kind = path.suffix.lower()
    if kind not in kinds:
        *first, last = kinds
        raise BadInput(
            f"“{path.name}” must end in {', '.join(first)} or {last}: choose one of them."
        )
    return kind


def save(path: Path, content: bytes) -> None:
    """Write a picture whole or not at all.

    Raises:
        BadInput: it cannot be written there; what was there before is untouched.
        Refused: a project is there.
    """
    write_bytes(path, content)
