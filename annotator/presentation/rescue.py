"""Opening a project that cannot simply be opened: what the user is offered instead."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import Problem
from annotator.presentation.messages import Messages
from annotator.presentation.port import Window
from annotator.services import backups, opening, repairing
from annotator.services.opening import Backup, Damaged, HeldElsewhere, Recovery, RiskyPlace
from annotator.services.project import Project

if TYPE_CHECKING:
    from annotator.services.backups import Restored
    from annotator.services.beside import Tell


class Rescue:
    """Opens projects, and asks where there is more than one way."""

    def __init__(self, window: Window, messages: Messages) -> None:
        self._window = window
        self._messages = messages

    def open(self, path: Path, annotator: str | None) -> Project | None:
        """Open a project, or what the user takes in its place; None if it stays closed."""
        try:
            project = self._open(path, annotator, anywhere=False)
        except Problem as problem:
            self._messages.problem(str(problem))
            return None
        if project and project.file.recovery:
            self._messages.done(opening.recovered_sentence(project.file.recovery))
        return project

    def restore(self, path: Path, backup: Backup) -> bool:
        """Put a backup in the place of a closed project, and say where that is which stood there."""
        try:
            restored = self._put_back(path, backup)
        except Problem as problem:
            self._messages.problem(str(problem))
            return False
        said = f"This is the backup of {backups.told(backup)}."
        if restored.aside:
            said += (
                f" What was there before is kept in the folder “{restored.aside.name}” beside it."
            )
        self._messages.done(said)
        return True

    def _open(self, path: Path, annotator: str | None, *, anywhere: bool) -> Project | None:
        try:
            return opening.open_project(
                path,
                annotator,
                anywhere=anywhere,
                recovering=self._recover,
                checking=self._check,
                updating=self._update,
            )
        except RiskyPlace as place:
            return self._elsewhere(path, annotator, place)
        except HeldElsewhere as held:
            return self._meanwhile(path, annotator, held)
        except Damaged as damage:
            return self._in_its_place(path, annotator, damage)

    def _recover(self, path: Path) -> Recovery | None:
        """Make sure that what an end without closing left is whole; a large project is checked aside."""
        if not opening.takes_long(path):
            return opening.recover(path)
        found: list[Recovery | None] = []
        self._window.wait(
            "Checking what was saved last",
            f"The program ended without closing {path.name}. Everything in it is checked once, on a "
            "copy, before it opens.",
            lambda tell: found.append(opening.recover(path, tell)),
        )
        return found[0]

    def _check(self, path: Path) -> None:
        """Check every page of a large project that nobody has checked for some days."""
        self._window.wait(
            "Checking the project",
            f"Every page of {path.name} is checked before it opens. This is done once a week, and "
            "whenever another program may have written to it.",
            lambda tell: opening.check_pages(path, tell),
        )

    def _update(self, path: Path, update: Callable[[Tell], None]) -> None:
        """Back a project of an older version up, and bring it up to date."""
        self._window.wait(
            "Bringing the project up to date",
            f"{path.name} was made by an older version. A backup of it is made first and read to its end.",
            update,
        )

    def _put_back(self, path: Path, backup: Backup) -> Restored:
        """Read a backup to its end and put it in the place of a project."""
        found: list[Restored] = []
        self._window.wait(
            "Restoring the backup",
            f"The backup of {backups.told(backup)} is read to its end before it takes the place of {path.name}.",
            lambda tell: found.append(backups.put_back(path, backup.path, tell=tell)),
        )
        return found[0]

    def _elsewhere(self, path: Path, annotator: str | None, place: RiskyPlace) -> Project | None:
        folder = opening.local_folder()
        chosen = self._window.ask(
            "This is not a safe place for a project",
            f"{place.risk.sentence} A copy in {folder} is safe; when you are finished, close annotator "
            "and copy the project back.",
            ("Work on a local copy", "Open it here all the same"),
        )
        if chosen is None:
            return None
        if chosen == 1:
            return self._open(path, annotator, anywhere=True)
        return self._open(opening.copy_here(path), annotator, anywhere=True)

    def _meanwhile(self, path: Path, annotator: str | None, held: HeldElsewhere) -> Project | None:
        newest = opening.newest_backup(path)
        reading = (f"Read the backup of {backups.told(newest)}",) if newest else ()
        chosen = self._window.ask(
            "This project is open elsewhere", str(held), ("Try again", *reading)
        )
        if chosen is None:
            return None
        if chosen == 0 or newest is None:
            return self._open(path, annotator, anywhere=False)
        self._messages.done("This is a backup, to read only: nothing can be changed in it.")
        return opening.look_at(newest.path, annotator)

    def _in_its_place(self, path: Path, annotator: str | None, damage: Damaged) -> Project | None:
        newest = opening.newest_backup(path)
        restoring = (f"Restore the backup of {backups.told(newest)}",) if newest else ()
        chosen = self._window.ask(
            "This project is damaged",
            f"{damage} The damaged file is kept, whatever you choose.",
            (*restoring, "Repair a copy"),
        )
        if chosen is None:
            return None
        if newest and chosen == 0:
            return (
                self._open(path, annotator, anywhere=True) if self.restore(path, newest) else None
            )
        made, lost = repairing.repair(path)
        lines = repairing.lines(made, lost)
        self._window.show_report(
            "Repaired", lines[:3], [*lines, *(f"{item.kind}: {item.why}" for item in made.lost)]
        )
        return self._open(made.path, annotator, anywhere=True)
