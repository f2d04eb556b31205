"""The models that are kept: where, which, how they compare; and spaCy pipelines that are installed."""

from __future__ import annotations

import shutil
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotator.domain.errors import BadInput, NotFound, Refused
from annotator.settings.places import data_folder, resources_folder

if TYPE_CHECKING:
    from annotator.assist.model import Model


def models_folder() -> Path:
    """Where models are kept unless another folder is named."""
    return data_folder() / "models"


def lexicons_folder() -> Path:
    """Where the word lists of the rules are."""
    return resources_folder() / "lexicons"


def kept() -> list[Model]:
    """Return the models that are kept, by name; folders that hold none are passed over."""
    from annotator.assist.model import Model

    folder = models_folder()
    found: list[Model] = []
    for place in sorted(folder.iterdir()) if folder.is_dir() else []:
        if place.is_dir() and not place.name.startswith("."):
            try:
                found.append(Model(place, lexicons_folder()))
            except BadInput:
                continue
    return found


def installed() -> list[Model]:
    """Return the spaCy pipelines installed beside the program; spaCy itself is not loaded."""
    from annotator.assist.model import Model

    found: list[Model] = []
    for point in entry_points(group="spacy_models"):
        files = point.dist.files if point.dist is not None else None
        for file in files or ():
            if file.name == "meta.json" and len(file.parts) == 3:
                try:
                    found.append(Model(Path(str(file.locate())).parent, lexicons_folder()))
                except BadInput:
                    continue
    return found


def at(folder: Path) -> Model:
    """Return the model in any folder; raise BadInput with a sentence if there is none."""
    from annotator.assist.model import Model

    return Model(folder, lexicons_folder())


def remove(name: str) -> None:
    """Remove a kept model.

    Raises:
        NotFound: there is none of that name.
        Refused: its folder cannot be removed.
    """
    found = next((model for model in kept() if model.folder.name == name), None)
    if found is None:
        known = ", ".join(model.folder.name for model in kept()) or "none yet"
        raise NotFound(f"There is no model “{name}”: there are {known}.")
    try:
        shutil.rmtree(found.folder)
    except OSError as error:
        raise Refused(f"The model {name} could not be removed ({error.strerror}).") from error


def comparison() -> list[dict[str, Any]]:
    """Return a row for each kept model and layer: what it learned from, and how it did."""
    return [
        {"name": model.folder.name, "version": model.maker.version, **result}
        for model in kept()
        for result in model.card.get("results", [])
    ]
