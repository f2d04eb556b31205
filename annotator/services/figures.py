"""The figures of a project, made at once and written into files."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from annotator.domain.errors import BadInput
from annotator.domain.figure import Figure
from annotator.formats.tables import safe
from annotator.services.figure_material import Material, Order, Unit
from annotator.services.project import Project
from annotator.services.writing import replacing

__all__ = ["Material", "Order", "Unit", "build", "write", "write_all"]


def build(project: Project, order: Order) -> list[Figure]:
    """Return all figures at once, for the command line."""
    material = Material(project)
    for _ in material.gather(project, order.whose):
        pass
    return material.figures(order)


def write(figure: Figure, path: Path) -> None:
    """Write the numbers of a figure as CSV; raises like ``writing.replacing``."""
    with replacing(path) as file:
        lines = ([safe(cell) for cell in line] for line in figure.table())
        csv.writer(file, lineterminator="\n").writerows(lines)


def write_all(found: Iterable[Figure], folder: Path) -> list[Path]:
    """Write the numbers of figures into a folder, which is made if it is not there; return the files.

    Raises:
        BadInput: the folder cannot be made, or a file not be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"{folder} cannot be made a folder ({error.strerror}): choose another place."
        ) from error
    paths = []
    for figure in found:
        paths.append(folder / f"{figure.name}.csv")
        write(figure, paths[-1])
    return paths
