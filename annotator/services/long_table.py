"""What was compared, as a long table that any statistics program reads: unit, annotator, variable, value.

Two kinds of units. Tokens: the variable is a layer, the value is the label the token has for the
annotator, or ``O``. Marks that were taken for one and the same: the variable is
``layer.attribute``, and the value is empty where an annotator left it open or has no such mark.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.agreement.gathering import Values, actor, attribute
from annotator.agreement.grouping import Group, group
from annotator.agreement.tokens import OUTSIDE, token_labels
from annotator.agreement.units import Document
from annotator.domain.codebook import ACTOR, Kind, Layer
from annotator.domain.mark import words_of
from annotator.services.agreement import Order, Stopped, layers_of
from annotator.services.aside import Aside
from annotator.services.beside import Tell
from annotator.services.comparing import Material, read
from annotator.services.project import Project
from annotator.services.writing import replacing, spare_projects
from annotator.store import snapshot
from annotator.store.connection import Database

COLUMNS = ("unit", "annotator", "variable", "value")

Row = tuple[str, str, str, str]

AT_ONCE = 500
"""So many rows are written before it is asked whether to go on."""


def write(db: Database, order: Order, path: Path, still: Callable[[], bool] | None = None) -> int:
    """Write the table of what ``order`` compares; return how many rows it has.

    Args:
        still: asked from time to time whether to go on.

    Raises:
        BadInput: it cannot be written there.
        NotFound, Refused: as ``agreement.measure_from``.
        Stopped: ``still`` said no; nothing is written then.
    """
    count = 0
    material = read(db, order.annotators, unfinished=order.unfinished)
    with replacing(path) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows(material, layers_of(material.codebook, order.layers)):
            if still and count % AT_ONCE == 0 and not still():
                raise Stopped("Cancelled: no table was written.")
            writer.writerow(row)
            count += 1
    return count


def write_aside(project: Project, order: Order, path: Path) -> Aside[int]:
    """Return the work that writes the table of a copy of the project."""
    spare_projects(path, project.path)
    return Aside(project, write_copy, order, path)


def write_copy(copy: Path, order: Order, path: Path, tell: Tell) -> int:
    """Write the table of a copy of a project, which is gone then; raises like ``write``."""
    with snapshot.reading(copy) as db:
        return write(db, order, path, lambda: tell(0, 0))


def rows(material: Material, layers: list[Layer]) -> Iterator[Row]:
    """Yield the rows, by layer, then article, then place; only articles that two finished."""
    for layer in layers:
        for document in material.documents(layer.name):
            if len(document.spans) > 1:
                yield from _tokens(document, layer.name)
        for name, value in _variables(layer):
            for document in material.documents(layer.name, value=value):
                if len(document.spans) > 1:
                    yield from _marks(document, f"{layer.name}.{name}")


def _tokens(document: Document, variable: str) -> Iterator[Row]:
    columns = {
        person: token_labels(document.tokens, spans) for person, spans in document.spans.items()
    }
    for number, (start, end) in enumerate(document.tokens):
        for person, labels in columns.items():
            label = labels[number]
            yield (
                f"{document.id}:{start}-{end}",
                person,
                variable,
                "O" if label == OUTSIDE else label,
            )


def _marks(document: Document, variable: str) -> Iterator[Row]:
    for number, found in enumerate(group(document)):
        unit = f"{document.id}:{_hull(found)}#{number + 1}"
        for person in document.annotators:
            span = found.get(person)
            yield unit, person, variable, " + ".join(words_of(span.value if span else None))


def _hull(found: Group) -> str:
    start = min(span.start for span in found.values())
    return f"{start}-{max(span.end for span in found.values())}"


def _variables(layer: Layer) -> Iterator[tuple[str, Values]]:
    for item in layer.attributes:
        if not item.retired and item.kind not in (Kind.TEXT, Kind.DATE):
            yield item.name, attribute(item.name)
    if layer.name == ACTOR:
        yield "actor", actor
