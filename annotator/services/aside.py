"""Work on a copy of the project, while somebody goes on reading: made beside the window, and read there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from annotator.domain.errors import Problem
from annotator.services import beside
from annotator.services.beside import Tell, Unstarted
from annotator.services.project import Project
from annotator.store import snapshot, stillness
from annotator.store.connection import CAN_WAIT_ASIDE, refuse_amid_a_step

T_co = TypeVar("T_co", covariant=True)

SMALL_BYTES = 8_000_000
"""A file so small is copied between two frames of the screen, and read before a process has started."""


class Stopped(Problem):
    """The work was cancelled while the project was copied; nothing was written."""


class Aside(Generic[T_co]):
    """Something that is found out from a copy of the project.

    A small project is copied at once. Of a large one ``copy`` must be called, and nothing may be
    written to it until then. Afterwards ``work`` needs the project no more. Whoever gives up before
    calls ``drop``.
    """

    def __init__(self, project: Project, do: Callable[..., T_co], *about: object) -> None:
        """``do`` is a function of a module; it gets the path of the copy, ``about`` and a ``Tell``.

        Raises:
            Refused: a step is being written.
            Problem: there is no room for the copy, or the file is too damaged to be copied.
        """
        refuse_amid_a_step(project.db)
        self._project = project
        self._do = do
        self._about = about
        self._copy: Path | None = None
        self._whole: Path | None = None
        self._is_large = project.path.stat().st_size > SMALL_BYTES
        if not (self._is_large and CAN_WAIT_ASIDE):
            self._bring_together()

    @property
    def is_copied(self) -> bool:
        """Tell whether the project may be written to."""
        return self._copy is not None

    def copy(self, tell: Tell) -> None:
        """Copy the project in a process of its own, if that is still to be done; for another thread.

        Raises:
            Stopped: ``tell`` said so.
            Problem: it could not be read, or there is no room for the copy.
        """
        if self._whole is None and self._copy is None:
            self._bring_together()
        if self._whole is None or self._copy is not None:
            return
        copy = snapshot.fresh()
        try:
            if not beside.call(snapshot.of_file, self._whole, copy, tell=tell):
                raise Stopped("Cancelled: nothing was written.")
        except Unstarted as error:
            snapshot.drop(copy)
            raise Stopped("Cancelled: nothing was written.") from error
        except BaseException as error:
            snapshot.drop(copy)
            if isinstance(error, OSError):
                raise Problem(
                    f"The project could not be copied to be worked on beside ({error}): make room on "
                    "the disk and try again."
                ) from error
            raise
        self._copy = copy

    def work(self, tell: Tell) -> T_co:
        """Return what is found out; the copy is gone then. For another thread."""
        if self._copy is None:
            raise ValueError("the copy is not made yet")
        given = self._copy, *self._about
        if not self._is_large:
            return self._do(*given, tell)
        try:
            return beside.call(self._do, *given, tell=tell)
        finally:
            # The process does so itself, unless it never began or came to a sudden end.
            self.drop()

    def __call__(self, tell: Tell) -> T_co:
        """Copy and work in one go, where nobody writes to the project meanwhile."""
        self.copy(tell)
        return self.work(tell)

    def _bring_together(self) -> None:
        """Bring all there is into the one file, for a process to copy; where that cannot be, copy it here."""
        project = self._project
        if self._is_large and project.file.is_in_place and stillness.settled(project.db):
            self._whole = project.path
        else:
            self._copy = snapshot.take(project.db)

    def drop(self) -> None:
        """Leave nothing behind when the work is not done after all."""
        if self._copy:
            snapshot.drop(self._copy)
