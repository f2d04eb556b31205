"""How many marks have a value of the codebook: counted for who looks, in a large project piece by piece."""

from __future__ import annotations

from annotator.domain.codebook_edits import Path
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.signal import Signal
from annotator.services import value_editing
from annotator.services.project import Project

FEW = 2_000
"""Of fewer records it is counted at once how many have a value."""


class CodeUsage:
    """The count of one value. An act makes it out of date; it is counted anew only when it is asked for.

    Attributes:
        changed: the count is another, or may be: ask again.
        readings: what is counted piece by piece.
    """

    def __init__(self) -> None:
        self.changed: Signal[None] = Signal()
        self.readings = Piecemeal()
        self._path: Path | None = None
        self._count: int | None = None
        self._is_asked = False

    def of(self, project: Project, path: Path) -> int | None:
        """Return how many marks have a value: None until they are counted, then the last count there was."""
        if path != self._path:
            self.forget()
            self._path = path
        if not self._is_asked:
            self._is_asked = True
            found = value_editing.usage.slices(project, path)
            few = value_editing.size(project) < FEW
            self.readings.begin("usage", found, self._take, at_once=few)
        return self._count

    def renew(self) -> None:
        """Count anew, once it is asked for."""
        self.readings.stop()
        self._is_asked = False
        self.changed.emit(None)

    def forget(self) -> None:
        """Know nothing of any value, as in another project."""
        self.readings.stop()
        self._path = self._count = None
        self._is_asked = False

    def _take(self, count: int) -> None:
        self._count = count
        self.changed.emit(None)
