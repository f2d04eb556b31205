"""Where questions for files begin: in the folder used last for the same, else among the user's own files."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from annotator.presentation.memory import Memory


class Purpose(StrEnum):
    """What files are asked for."""

    PROJECT = "project"
    IMPORT = "import"
    MERGE = "merge"
    EXPORT = "export"


class FilePlaces:
    """Remembers a folder for each purpose, from one start to the next.

    Args:
        own: where the user's own files are.
    """

    def __init__(self, memory: Memory, own: Callable[[], Path]) -> None:
        self._memory = memory
        self._own = own

    def begin(self, purpose: Purpose) -> Path:
        """Return the folder that a question begins in."""
        return self._memory.folder(purpose) or self._own()

    def chose(self, purpose: Purpose, folder: Path) -> None:
        """Remember the folder in which something was chosen."""
        self._memory.used(purpose, folder)
