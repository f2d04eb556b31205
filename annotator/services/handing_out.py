"""A project file for each annotator, with the articles dealt to them.

What they hand in comes back by ``merging``.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.article import Article
from annotator.domain.errors import BadInput, Refused
from annotator.domain.identity import Id
from annotator.domain.mark import View
from annotator.domain.slices import BATCH, SAVING, Slices, with_progress
from annotator.domain.suffix import SUFFIX
from annotator.domain.suggestion import Decision
from annotator.services.assigning import Assignment, person_of, step_name, write_down
from annotator.services.project import Project
from annotator.store import (
    actors,
    annotators,
    codebooks,
    links,
    marks,
    replica,
    states,
    suggestions,
)
from annotator.store.connection import CAN_WAIT_ASIDE

if TYPE_CHECKING:
    from annotator.domain.step import Record

Progress = tuple[int, int, str]

Tell = Callable[[int, int, str], object]


def give(
    project: Project,
    assignment: Assignment,
    folder: Path,
    *,
    blind: bool = True,
    tell: Tell | None = None,
) -> list[Path]:
    """Write the assignment down and hand the files out: both, or neither; raises like ``hand_out``."""
    made: list[Path] = []
    for progress in give_steps(project, assignment, folder, made, blind=blind):
        if tell:
            tell(*progress)
    return made


def give_steps(
    project: Project, assignment: Assignment, folder: Path, made: list[Path], *, blind: bool = True
) -> Generator[Progress, None, None]:
    """Do what ``give`` does bit by bit, and put the paths into ``made``; given up, nothing of it stays."""
    try:
        with project.step(step_name(assignment)) as ticket:
            for _ in write_down(project, ticket.write, assignment):
                yield 0, len(assignment.by_name), ""
            yield from hand_out_steps(project, assignment, folder, made, blind=blind)
            if CAN_WAIT_ASIDE:
                yield SAVING
    except BaseException:
        _take_back(made)
        raise


def hand_out(
    project: Project, assignment: Assignment, folder: Path, *, blind: bool = True
) -> list[Path]:
    """Write a project file for each annotator with their articles; return the paths.

    Args:
        blind: whether each sees only what they marked themselves; else all marks, and gold.

    Raises:
        Refused: one of the files is there already; none is written then.
        BadInput: the folder cannot be written to.
    """
    made: list[Path] = []
    for _ in hand_out_steps(project, assignment, folder, made, blind=blind):
        pass
    return made


def hand_out_steps(
    project: Project, assignment: Assignment, folder: Path, made: list[Path], *, blind: bool = True
) -> Iterator[Progress]:
    """Do what ``hand_out`` does bit by bit, and put the paths into ``made``; given up, none stays."""
    paths = files_of(project, assignment.by_name, folder)
    there = [path.name for path in paths.values() if path.exists()]
    if there:
        raise Refused(f"{there[0]} is there already: choose another folder, or move it away.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number, (name, path) in enumerate(paths.items()):
            reached = number, len(paths), name
            chosen = yield from with_progress(
                _with_replaced(project, assignment.by_name[name]), reached
            )
            yield reached
            made.append(path)
            work = replica.make_slices(
                path,
                project.file.id,
                [replace(book, annotator=None) for book in codebooks.versions(project.db)],
                _texts(project, chosen),
                _records(project, name, chosen, blind=blind),
                clock=project.file.clock,
                new_id=project.file.new_id,
            )
            with closing(work):
                yield from with_progress(work, reached)
            yield number + 1, len(paths), name
    except BaseException as error:
        _take_back(made)
        if isinstance(error, OSError):
            raise BadInput(
                f"{folder} cannot be written to ({error.strerror}): choose another folder."
            ) from error
        raise


def _take_back(made: list[Path]) -> None:
    """Remove files that were made: what they were made for failed, or is no longer wanted."""
    for path in made:
        path.unlink(missing_ok=True)
    made.clear()


def files_of(project: Project, names: Iterable[str], folder: Path) -> dict[str, Path]:
    """Return the file that each annotator would get."""
    return _paths(folder, project.path.stem, names)


def _with_replaced(project: Project, ids: Iterable[Id]) -> Slices[list[Article]]:
    """Return the articles with those they are corrected versions of."""
    chosen: dict[Id, Article] = {}
    waiting = list(ids)
    while waiting:
        article = project.article(waiting.pop())
        if article.id not in chosen:
            chosen[article.id] = article
            waiting += [article.replaces] if article.replaces else []
            if len(chosen) % BATCH == 0:
                yield
    return list(chosen.values())


def _texts(project: Project, chosen: Iterable[Article]) -> Iterator[tuple[str, str]]:
    for article in chosen:
        yield article.text_sha256, project.text(article)


def _records(
    project: Project, name: str, chosen: Sequence[Article], *, blind: bool
) -> Iterator[Record]:
    person = person_of(project, name)
    yield person
    if not blind:
        yield from (other for other in annotators.all(project.db) if other.id != person.id)
    yield from chosen
    yield from actors.TABLE.select(project.db)
    who = person.id if blind else None
    for article in chosen:
        views = (View.ANNOTATOR,) if blind else tuple(View)
        for view in views:
            yield from marks.of_article(project.db, article.id, who, view)
            yield from links.of_article(project.db, article.id, who, view)
        yield from (
            state
            for state in states.all_of_article(project.db, article.id)
            if not blind or state.annotator == person.id
        )
        yield from (
            item
            for item in suggestions.of_article(project.db, article.id)
            if item.decision is Decision.WAITING
        )


def _paths(folder: Path, stem: str, names: Iterable[str]) -> dict[str, Path]:
    """Return a file for each name; signs that some system forbids in file names become “_”."""
    paths: dict[str, Path] = {}
    for name in names:
        plain = "".join(sign if sign.isalnum() or sign in "-_. " else "_" for sign in name)
        path = folder / f"{stem}-{plain.strip('. ') or 'annotator'}{SUFFIX}"
        while path in paths.values():
            path = path.with_name(f"{path.stem}_{SUFFIX}")
        paths[name] = path
    return paths
