"""Marks that are about an item of the codebook: counted for who looks, in a large project piece by piece."""

from __future__ import annotations

from annotator.domain.codebook_edits import Path
from annotator.presentation.piecemeal import Piecemeal
from annotator.presentation.signal import Signal
from annotator.services import rechecking, value_editing
from annotator.services.project import Project
from annotator.services.rechecking import Recheck

FEW = 2_000
"""Of fewer records it is counted at once how many have a value."""


class Rechecks:
    """Definitions that changed since one's own marks were made.

    An act makes them out of date; they are looked for anew only when they are asked for.

    Attributes:
        changed: they are others, or may be: ask again.
    """

    def __init__(self, readings: Piecemeal) -> None:
        """``readings`` looks for them."""
        self.changed: Signal[None] = Signal()
        self._readings = readings
        self._found: list[Recheck] = []
        self._is_asked = False

    def of(self, project: Project) -> list[Recheck]:
        """Return what was found last; it is looked for anew if that may be out of date."""
        if not self._is_asked:
            self._is_asked = True
            found = rechecking.rechecks.slices(project)
            few = value_editing.size(project) < FEW
            self._readings.begin("rechecks", found, self._take, at_once=few)
        return self._found

    def renew(self) -> None:
        """Look for them anew, once they are asked for."""
        self._readings.stop("rechecks")
        self._is_asked = False
        self.changed.emit(None)

    def forget(self) -> None:
        """Know of none, as in another project."""
        self._readings.stop("rechecks")
        self._is_asked = False
        self._found = []

    def _take(self, found: list[Recheck]) -> None:
        if found != self._found:
            self._found = found
            self.changed.emit(None)


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
        self.readings.stop("usage")
        self._is_asked = False
        self.changed.emit(None)

    def forget(self) -> None:
        """Know nothing of any value, as in another project."""
        self.readings.stop("usage")
        self._path = self._count = None
        self._is_asked = False

    def _take(self, count: int) -> None:
        self._count = count
        self.changed.emit(None)
