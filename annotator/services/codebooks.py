"""The codebook of a project: a change makes a new version, and is one undoable step."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from annotator.domain.codebook import Codebook, CodebookVersion
from annotator.domain.codebook_json import from_json
from annotator.domain.errors import BadInput
from annotator.domain.step import Outcome
from annotator.services.project import Project
from annotator.settings.places import resources_folder


def default_codebook() -> Codebook:
    """Return the codebook that new projects start with."""
    return load(resources_folder() / "codebooks" / "default.json")


def load(path: Path) -> Codebook:
    """Return the codebook in a file; raise BadInput with a sentence if it is none."""
    try:
        return from_json(json.loads(path.read_text(encoding="utf-8")))
    except BadInput as problem:
        raise BadInput(f"{path.name} {problem}.") from None
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadInput(f"{path.name} is not a codebook that can be read ({reason}).") from None


def change(project: Project, name: str, codebook: Codebook) -> Outcome:
    """Put a changed codebook in force as a new version; ``name`` says what changed."""
    if codebook == project.codebook:
        return Outcome(None)
    version = CodebookVersion(
        project.book.version + 1, codebook, project.annotator.id, project.file.clock()
    )
    with project.step(name) as ticket:
        ticket.write.put(version)
    project.refresh_codebook()
    return ticket.outcome


def retire_layer(project: Project, layer: str) -> Outcome:
    """Take a layer out of use; its marks stay and come back with it."""
    project.codebook.layer(layer)
    layers = tuple(
        replace(item, retired=True) if item.name == layer else item
        for item in project.codebook.layers
    )
    return change(project, f"Retire the layer “{layer}”", replace(project.codebook, layers=layers))
