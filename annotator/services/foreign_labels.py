"""What labels of other tools mean in a project: said once, by a file or in the window, and remembered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from annotator.domain.codebook import Codebook
from annotator.domain.errors import BadInput, Problem
from annotator.formats.labels import labels_of
from annotator.formats.strict_json import parse
from annotator.services.project import Project
from annotator.store import facts

_FACT = "labels"


def from_file(file: Path) -> dict[str, str]:
    """Return what a mapping file says foreign labels mean.

    Raises:
        BadInput: it cannot be read, or is no JSON object of texts.
    """
    try:
        said = parse(file.read_bytes())
    except (OSError, Problem) as problem:
        raise BadInput(f"{file.name} cannot be used as label mapping: {problem}") from None
    if not isinstance(said, dict) or not all(isinstance(item, str) for item in said.values()):
        raise BadInput(
            f"{file.name} is no label mapping: it should be an object such as "
            '{"PER": "actor:person"}'
        )
    return said


def known(project: Project) -> dict[str, str]:
    """Return what the project remembers."""
    said = facts.fact(project.db, _FACT)
    return json.loads(said) if said else {}


def remember(project: Project, labels: Mapping[str, str]) -> None:
    """Keep what labels mean for imports to come; within an open step."""
    kept = {**known(project), **labels}
    if kept != known(project):
        facts.remember(project.db, _FACT, json.dumps(kept, ensure_ascii=False, sort_keys=True))


def own(codebook: Codebook) -> list[str]:
    """Return every label of the codebook that a foreign one can stand for: each layer, then its values."""
    found: dict[str, None] = {}
    for layer in codebook.open_layers:
        found |= dict.fromkeys([layer.name, *labels_of(layer)])
    return list(found)
