"""Definitions that changed: the marks that were made before, and saying that they hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from annotator.domain.codebook import Attribute, Codebook, Kind
from annotator.domain.codebook_edits import Path, item, redefined
from annotator.domain.identity import Id
from annotator.domain.mark_query import MarkQuery
from annotator.domain.slices import SAVING, Slices, batches, sliced
from annotator.domain.step import Outcome
from annotator.services import mark_table
from annotator.services.project import Project
from annotator.services.wording import counted
from annotator.store import codebooks as kept
from annotator.store import marks
from annotator.store.connection import CAN_WAIT_ASIDE
from annotator.store.mark_conditions import condition_of


@dataclass(frozen=True, slots=True)
class Recheck:
    """An item whose definition changed, and the marks still made under an older one.

    Attributes:
        version: of the codebook, the first with the definition as it is now.
        count: of the annotator's own marks that were last touched before it.
        query: finds these marks.
    """

    path: Path
    version: int
    count: int
    query: MarkQuery


@sliced
def rechecks(project: Project) -> Slices[list[Recheck]]:
    """Return the items whose definition changed since the annotator's marks were made."""
    versions = list(kept.TABLE.select(project.db, "ORDER BY version"))
    latest: dict[Path, int] = {}
    for before, after in pairwise(versions):
        latest.update(dict.fromkeys(redefined(before.codebook, after.codebook), after.version))
    me = project.annotator.id
    found = []
    for path, version in latest.items():
        if path.link:
            continue
        query = _older(project.codebook, path, version, me)
        count = yield from mark_table.count.slices(project, query)
        if count:
            found.append(Recheck(path, version, count, query))
    return found


@sliced
def confirm(project: Project, recheck: Recheck) -> Slices[Outcome]:
    """Say that the marks of a recheck were looked at and hold under the codebook in force, in one step."""
    found: list[int] = []
    for numbers in marks.TABLE.numbers(project.db, *condition_of(recheck.query)):
        found += numbers
        yield
    version, now = project.book.version, project.file.clock()
    with project.step(f"Recheck {counted(len(found), 'mark')}") as ticket:
        for some in batches(found):
            ticket.write.put_all(
                replace(mark, made=replace(mark.made, codebook_version=version, modified=now))
                for mark in marks.TABLE.numbered(project.db, some)
            )
            yield
        if CAN_WAIT_ASIDE:
            yield SAVING
    return ticket.outcome


def _older(book: Codebook, path: Path, version: int, annotator: Id) -> MarkQuery:
    code: str | int = path.code
    if path.code and _is_scale(book, path):
        code = int(path.code)
    return MarkQuery(
        annotator=annotator,
        layers=(path.layer,),
        values=((path.attribute, code),) if path.code else (),
        before_version=version,
    )


def _is_scale(book: Codebook, path: Path) -> bool:
    found = item(book, Path(path.layer, path.attribute))
    return isinstance(found, Attribute) and found.kind is Kind.SCALE
