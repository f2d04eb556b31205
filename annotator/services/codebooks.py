"""The codebook of a project: a change makes a new version, and is one undoable step."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from annotator.domain.codebook import Codebook, CodebookVersion
from annotator.domain.codebook_json import from_json, to_json
from annotator.domain.errors import BadInput
from annotator.domain.step import Outcome
from annotator.formats import codebook_markdown
from annotator.services.project import Project
from annotator.services.writing import write_text
from annotator.settings.places import resources_folder

_REFI = ".qdc"
_SUFFIXES = (".json", ".md", _REFI)


def default_codebook() -> Codebook:
    """Return the codebook that new projects start with."""
    return load(resources_folder() / "codebooks" / "default.json")


def ready() -> dict[str, Codebook]:
    """Return the codebooks that come with the program, by the name they are asked for."""
    folder = resources_folder() / "codebooks"
    return {path.stem: load(path) for path in sorted(folder.glob("*.json"))}


def find(name: str) -> Codebook:
    """Return the codebook in a file, or the one of that name that comes with the program.

    Raises:
        BadInput: neither a file that holds a codebook nor a name.
    """
    path = Path(name)
    if not path.exists() and name in (names := ready()):
        return names[name]
    if not path.exists() and path.suffix.lower() not in _SUFFIXES:
        known = ", ".join(ready())
        raise BadInput(f"There is no file {name}, and no codebook of that name: there are {known}.")
    return load(path)


def load(path: Path) -> Codebook:
    """Return the codebook in a file: JSON, Markdown by the suffix ``.md``, REFI-QDA by ``.qdc``.

    Raises:
        BadInput: no codebook; one sentence says why.
    """
    try:
        if path.suffix.lower() == _REFI:
            # It reads XML, which nothing does while the window is opened.
            from annotator.formats import codebook_refi

            return codebook_refi.read(path.read_bytes(), path.stem)
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() == ".md":
            return codebook_markdown.read(text)
        return from_json(json.loads(text))
    except BadInput as problem:
        raise BadInput(f"{path.name} {problem}.") from None
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise BadInput(f"{path.name} is not a codebook that can be read ({reason}).") from None


def as_text(codebook: Codebook, *, markdown: bool) -> str:
    """Return a codebook as the text of a file, Markdown or JSON."""
    if markdown:
        return codebook_markdown.write(codebook)
    return json.dumps(to_json(codebook), ensure_ascii=False, indent=1) + "\n"


def save(codebook: Codebook, path: Path) -> None:
    """Write a codebook to a file: Markdown if it ends in ``.md``, REFI-QDA if in ``.qdc``, else JSON."""
    suffix = path.suffix.lower()
    if suffix == _REFI:
        from annotator.formats import codebook_refi

        write_text(path, codebook_refi.write(codebook))
    else:
        write_text(path, as_text(codebook, markdown=suffix == ".md"))


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
