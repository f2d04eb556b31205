"""A backup in the making: what needs the project is done at once, the rest beside the work in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from annotator.domain.identity import Clock
from annotator.domain.slices import always
from annotator.services import beside
from annotator.services.beside import Tell, Unstarted
from annotator.store import backup as copies
from annotator.store import stillness, verify
from annotator.store.backup import Backup, saving
from annotator.store.connection import Database

SMALL_BYTES = 8_000_000
"""A file so small is copied between two frames of the screen."""


class Making:
    """A copy of a project as it was at one moment; ``finish`` or ``drop`` must be called.

    A small project is copied at once. A large one is copied by another process, and until then its
    one file stays as it is, while acts go on: they are written to the log beside it.

    Attributes:
        is_copied: the copy is there, and only to be verified.
    """

    def __init__(
        self, db: Database, path: Path | None, folder: Path, clock: Clock, reason: str
    ) -> None:
        """``path`` is the file of the project, if it is still there, and ``folder`` gets the copy.

        Raises:
            Refused: a step is being written, which may yet be taken back.
            sqlite3.Error, OSError: no room, or no permission; nothing stays behind.
        """
        self._db = db
        self._source = path
        self._folder = folder
        self._holds = bool(path and path.stat().st_size > SMALL_BYTES and stillness.begin(db))
        self.is_copied = not self._holds
        try:
            self._unverified = copies.place(db, folder, datetime.fromisoformat(clock()), reason)
            self._contents = verify.contents_of(db)
            if self.is_copied:
                copies.write(db, self._unverified)
        except BaseException:
            self._let_go()
            raise

    def finish(self, tell: Tell = always) -> Backup | None:
        """Copy what is not copied, verify the copy in a fresh process and let it count; for any thread.

        Returns:
            None if ``tell`` said to stop, or the project was closed meanwhile; nothing stays behind then.

        Raises:
            Problem: no room, or no permission.
            Damaged: the copy is not whole; it is removed, and earlier backups stay.
        """
        try:
            with saving(self._folder):
                if not self._copied(tell) or not verify.verify(
                    self._unverified, self._contents, tell
                ):
                    self.drop()
                    return None
                accepted = copies.accept(self._unverified)
                copies.thin(self._folder, accepted.at)
        except BaseException:
            self.drop()
            raise
        return accepted

    def drop(self) -> None:
        """Make no backup after all."""
        self._let_go()
        self._unverified.unlink(missing_ok=True)

    def _copied(self, tell: Tell) -> bool:
        if self.is_copied:
            return True
        is_written = was_still = False
        try:
            is_written = beside.call(copies.write_still, self._source, self._unverified, tell=tell)
        except Unstarted:
            return False
        finally:
            was_still = self._let_go()
        self.is_copied = is_written and was_still
        return self.is_copied

    def _let_go(self) -> bool:
        """Let the file of the project change again; tell whether it stayed as it was."""
        held, self._holds = self._holds, False
        return held and stillness.end(self._db)
