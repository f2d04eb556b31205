"""Repairing a project: a whole copy of it, and a readable file of what could not be kept."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from annotator.domain.errors import Refused
from annotator.domain.identity import new_id, system_clock
from annotator.services import backups
from annotator.services.codebooks import default_codebook
from annotator.services.opening import repaired_name
from annotator.services.project import user_name
from annotator.services.wording import counted
from annotator.store import backup as copies
from annotator.store import lock, project_file, restore
from annotator.store import repair as repairs
from annotator.store.repair import Repaired

__all__ = ["Repaired", "lines", "repair"]


def repair(path: Path, target: Path | None = None) -> tuple[Repaired, Path | None]:
    """Make a repaired copy of a project beside it; the project itself is not touched.

    Args:
        target: where the copy goes; never overwritten.

    Returns:
        What was made, and the file that holds what could not be kept, if there is such.

    Raises:
        Damaged: too little can be read; nothing is made.
        HeldElsewhere: the project is open in another window.
        Refused: there is a file at ``target`` already.
    """
    path = project_file.find(path)
    if not path.is_file():
        raise Refused(f"{path} is not there: check the name, or restore a backup.")
    restore.finish_restore(path, user_name(), system_clock())
    target = project_file.with_suffix(target) if target else repaired_name(path)
    if target.exists():
        raise Refused(f"{target.name} is there already: choose another name.")
    held = lock.acquire(path, user_name(), system_clock())
    try:
        with copies.saving(target.parent):
            made = repairs.repair(
                path,
                target,
                codebook=default_codebook(),
                texts=_TextsOfBackups(path),
                clock=system_clock,
                new_id=new_id,
            )
            return made, _keep_lost(made)
    finally:
        held.release()


def lines(made: Repaired, lost: Path | None) -> list[str]:
    """Return what was done, in sentences."""
    kept = made.kept
    words = ", ".join(
        counted(kept[kind], kind) for kind in ("article", "mark", "link", "actor", "state")
    )
    found = [f"The repaired copy is {made.path.name}: {words}."]
    if made.from_journal:
        found.append(f"{counted(made.from_journal, 'record')} came back from the journal.")
    found += made.notes
    if lost:
        found.append(
            f"{counted(len(made.lost), 'record')} could not be kept as they were: they are in {lost.name}."
        )
    return found


def _keep_lost(made: Repaired) -> Path | None:
    if not made.lost:
        return None
    path = made.path.with_name(f"{made.path.stem} - not kept.json")
    body = json.dumps([asdict(item) for item in made.lost], ensure_ascii=False, indent=1)
    path.write_text(body + "\n", encoding="utf-8")
    return path


class _TextsOfBackups:
    """Finds a text by its hash in the backups of a project, newest first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, sha256: str) -> str | None:
        for backup in backups.at_path(self._path):
            body = copies.text_in(backup.path, sha256)
            if body is not None:
                return body
        return None
