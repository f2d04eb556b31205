"""Proving that a project is whole."""

from __future__ import annotations

from annotator.services.project import Project
from annotator.store import check


def problems(project: Project) -> list[str]:
    """Return one sentence for each thing that is not as it must be; none for a whole project."""
    return list(check.problems(project.db))
