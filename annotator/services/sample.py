"""The sample project of the first start: the seeds, with some marks in them."""

from __future__ import annotations

from pathlib import Path

from annotator.domain.suffix import SUFFIX
from annotator.services import project as projects
from annotator.services.codebooks import default_codebook
from annotator.services.project import Project
from annotator.settings.places import data_folder, seeds_folder

NAME = f"Sample{SUFFIX}"


def sample_path() -> Path:
    """Return where the sample project is kept."""
    return data_folder() / NAME


def prepare(annotator: str | None) -> Path:
    """Return the path of the sample project, made from the seeds if it is not there yet."""
    path = sample_path()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path, annotator).close()
    return path


def make(path: Path, annotator: str | None) -> Project:
    """Make a sample project at a path."""
    from annotator.services.importing import import_all

    project = projects.create(path, default_codebook(), annotator or projects.user_name())
    try:
        import_all(
            project, [*sorted(seeds_folder().glob("*.txt")), *sorted(seeds_folder().glob("*.json"))]
        )
    except BaseException:
        project.close()
        path.unlink(missing_ok=True)
        raise
    return project
