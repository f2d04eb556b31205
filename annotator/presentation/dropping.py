"""What files that are dragged over the window would do there, and do when they are dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.suffix import SUFFIX

if TYPE_CHECKING:
    from annotator.presentation.desk import Desk


def project_among(paths: Sequence[Path]) -> Path | None:
    """Return the first project among files."""
    return next((path for path in paths if path.suffix == SUFFIX), None)


def welcome(desk: Desk, paths: Sequence[Path]) -> str:
    """Return what dropping these files would do, in a few words; nothing if it would do nothing."""
    found = project_among(paths)
    if found:
        return f"Drop it to open the project “{found.stem}”"
    project = desk.project
    if not paths or project is None or project.file.is_read_only:
        return ""
    what = f"“{paths[0].name}”" if len(paths) == 1 else f"{len(paths):,} files"
    return f"Drop to see what comes in of {what}"


def take(desk: Desk, paths: Sequence[Path]) -> None:
    """Open a project among the files, or show what they would bring."""
    found = project_among(paths)
    if found:
        desk.open_project(found)
    elif desk.project is None:
        desk.messages.problem("Open or make a project first, then drop the articles.")
    elif paths:
        desk.import_paths(paths)
