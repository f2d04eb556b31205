"""Renaming, merging and splitting values of the codebook: the marks that have them follow in the same step."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from annotator.domain.codebook import Attribute, Code, Codebook, CodebookVersion, Kind
from annotator.domain.codebook_edits import Path, item, put, renamed_code
from annotator.domain.errors import Refused
from annotator.domain.identity import Id
from annotator.domain.mark import Mark, Value
from annotator.domain.slices import SAVING, Slices, batches, sliced
from annotator.domain.step import Outcome
from annotator.domain.suggestion import Suggestion
from annotator.services.project import Project
from annotator.store import marks, suggestions, values
from annotator.store.connection import CAN_WAIT_ASIDE

COUNTED = 20_000
"""Of so many records nobody counts beforehand how many a change of values touches."""


@sliced
def rename_code(project: Project, path: Path, name: str) -> Slices[Outcome]:
    """Give a value another name, in the codebook and in every mark that has it, in one step.

    Slice by slice for a window, as are the acts below.
    """
    wanted = " ".join(name.split())
    attribute = _attribute(project, path)
    if wanted == path.code:
        return Outcome(None)
    if attribute.code(wanted):
        raise Refused(f"There is a value “{wanted}” already: merge the two instead.")
    _refuse_no_number(attribute, [wanted])
    _code(attribute, path.code)
    outcome = yield from _recode(
        project,
        f"Rename {path.words} to {wanted}",
        renamed_code(project.codebook, path, wanted),
        path,
        {path.code: wanted},
    )
    return outcome


@sliced
def merge_codes(project: Project, into: Path, others: Sequence[str]) -> Slices[Outcome]:
    """Make several values one, in one step: marks with the others get it, the others are retired."""
    attribute = _attribute(project, into)
    _code(attribute, into.code)
    gone = list(dict.fromkeys(others))
    if not gone or into.code in gone:
        raise Refused("Choose two or more different values to merge.")
    book = project.codebook
    for name in gone:
        code = replace(_code(attribute, name), retired=True)
        book = put(book, replace(into, code=name), code)
    if attribute.default in gone:
        changed = _attribute_in(book, into)
        book = put(book, Path(into.layer, into.attribute), replace(changed, default=into.code))
    title = f"Merge {', '.join(gone)} into {into.words}"
    outcome = yield from _recode(project, title, book, into, dict.fromkeys(gone, into.code))
    return outcome


@sliced
def split_code(
    project: Project, path: Path, parts: Sequence[Code], given: Mapping[Id, str]
) -> Slices[Outcome]:
    """Replace a value by several, in one step.

    Args:
        parts: the new values.
        given: by mark, the new value it gets; other marks keep the old value, which is
            retired but stays readable.

    Raises:
        Refused: a part is there already, or a mark is given something else.
    """
    attribute = _attribute(project, path)
    old = _code(attribute, path.code)
    names = {part.name for part in parts}
    if len(parts) < 2 or any(attribute.code(name) for name in names):
        raise Refused("A value is split into two or more values of new names.")
    _refuse_no_number(attribute, sorted(names))
    if not set(given.values()) <= names:
        raise Refused("A mark can only be given one of the new values.")
    book = put(project.codebook, path, replace(old, retired=True))
    for part in parts:
        book = put(book, replace(path, code=part.name), part)
    title = f"Split {path.words} into {', '.join(part.name for part in parts)}"
    outcome = yield from _write(
        project,
        title,
        book,
        path,
        [path.code] if given else [],
        lambda mark, value: given.get(mark.id) if value == path.code else None,
    )
    return outcome


def touched(project: Project, path: Path, codes: Sequence[str]) -> int:
    """Return how many records have one of several values of an attribute, or wait with one.

    In a large project, where counting them takes as long as a change of a few, it is how many
    records would have to be looked through.
    """
    rows = size(project)
    if rows >= COUNTED:
        return rows
    found = values.marks_with(project.db, path.layer, path.attribute, codes)
    waits = values.waiting(project.db, path.layer)
    return sum(map(len, chain(found, waits)))


def size(project: Project) -> int:
    """Return about how many records have to be looked through for a value."""
    return values.rows(project.db)


@sliced
def usage(project: Project, path: Path) -> Slices[int]:
    """Return how many marks, of all annotators and gold, have a value."""
    total = 0
    for count in values.counts(project.db, path.layer, path.attribute, path.code):
        total += count
        yield
    return total


def _recode(
    project: Project, title: str, book: Codebook, path: Path, names: Mapping[str, str]
) -> Slices[Outcome]:
    outcome = yield from _write(
        project, title, book, path, list(names), lambda _, value: names.get(value)
    )
    return outcome


def _write(
    project: Project,
    title: str,
    book: Codebook,
    path: Path,
    codes: Sequence[str],
    other: Callable[[Mark | Suggestion, str], str | None],
) -> Slices[Outcome]:
    """Put a codebook in force and exchange values of one attribute, all in one step."""
    version = CodebookVersion(
        project.book.version + 1, book, project.annotator.id, project.file.clock()
    )
    having: list[int] = []
    waiting: list[int] = []
    if codes:
        for numbers in values.marks_with(project.db, path.layer, path.attribute, codes):
            having += numbers
            yield
        for numbers in values.waiting(project.db, path.layer):
            waiting += numbers
            yield
    done, total = 0, len(having) + len(waiting)
    with project.step(title, bulk=True) as ticket:
        ticket.write.put(version)
        for some in batches(having):
            changed: list[Mark | Suggestion] = []
            for mark in marks.TABLE.numbered(project.db, some):
                new = _exchanged(mark, path.attribute, other)
                if new is not None:
                    made = replace(
                        mark.made, codebook_version=version.version, modified=version.created
                    )
                    changed.append(replace(mark, attributes=new, made=made))
            ticket.write.put_all(changed)
            done += len(some)
            yield done, total, ""
        for some in batches(waiting):
            changed = []
            for suggestion in suggestions.TABLE.numbered(project.db, some):
                new = _exchanged(suggestion, path.attribute, other)
                if new is not None:
                    changed.append(replace(suggestion, attributes=new))
            ticket.write.put_all(changed)
            done += len(some)
            yield done, total, ""
        if CAN_WAIT_ASIDE:
            yield SAVING
    project.refresh_codebook()
    return ticket.outcome


def _exchanged(
    record: Mark | Suggestion, name: str, other: Callable[[Mark | Suggestion, str], str | None]
) -> dict[str, Value] | None:
    """Return the attributes with the value exchanged, or None if it stays."""
    value = record.attributes.get(name)
    if isinstance(value, tuple):
        new: Value = tuple(dict.fromkeys(other(record, part) or part for part in value))
    elif isinstance(value, bool) or value is None:
        return None
    else:
        wanted = other(record, str(value))
        if wanted is None:
            return None
        new = int(wanted) if isinstance(value, int) else wanted
    return None if new == value else {**record.attributes, name: new}


def _attribute(project: Project, path: Path) -> Attribute:
    return _attribute_in(project.codebook, path)


def _attribute_in(book: Codebook, path: Path) -> Attribute:
    found = item(book, Path(path.layer, path.attribute))
    if not isinstance(found, Attribute):
        raise Refused(f"The codebook has no {path.words}.")
    return found


def _code(attribute: Attribute, name: str) -> Code:
    found = attribute.code(name)
    if found is None:
        raise Refused(f"{attribute.name} has no value “{name}”.")
    return found


def _refuse_no_number(attribute: Attribute, names: Iterable[str]) -> None:
    for name in names:
        if attribute.kind is Kind.SCALE and not name.isdecimal():
            raise Refused(f"The points of {attribute.name} are numbers: “{name}” is none.")
