"""Importing articles and marks: one transaction and one undoable step, told in a report."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from annotator.domain.coded import Remark, TableLook
from annotator.domain.errors import Problem
from annotator.domain.slices import READING, SAVING, Progress
from annotator.domain.text import DecodedText
from annotator.formats.base import ReadContext
from annotator.formats.txt import decode_file
from annotator.services import file_reading, foreign_labels, leftovers, noticing
from annotator.services.file_reading import Choices, FileReading
from annotator.services.import_report import Report
from annotator.services.project import Project
from annotator.services.sources import Sources, collect
from annotator.services.taking import Taker
from annotator.services.wording import counted, quoted
from annotator.services.worker import Worker
from annotator.store import articles, foreign_file, indexes
from annotator.store.connection import CAN_WAIT_ASIDE

__all__ = ["Choices", "import_all", "import_steps"]

MOST_TRIED = 500
"""With more new articles a dry run does not search for copies, as the import itself does it again."""


class _DryRun(Exception):
    """Rolls back what a dry run did."""


def import_steps(
    project: Project,
    paths: Iterable[Path],
    report: Report,
    *,
    format: str | None = None,
    annotator: str | None = None,
    encoding: str | None = None,
    labels: Mapping[str, str] | None = None,
    offset_unit: str | None = None,
    columns: Mapping[str, str] | None = None,
    presets: Mapping[str, Mapping[str, str]] | None = None,
    choices: Choices | None = None,
    saw_table: Callable[[TableLook], object] | None = None,
    copies: bool = True,
    at_once: bool = False,
) -> Iterator[Progress]:
    """Import files and folders piece by piece, yielding how far it is.

    Until the last piece nothing is in the project; closing the generator early, or any
    failure, leaves the project as it was. With ``report.dry_run`` it does so always.

    ``labels`` says what labels of other tools mean (``{"PER": "actor:person"}``) and is
    remembered for imports to come, ``offset_unit`` what their offsets count where a file does not show it, ``columns`` what
    the columns of tables mean (``{"text": "body"}``), ``presets`` the same for tables with
    the very columns named (see ``formats.columns.key_of_columns``). ``saw_table`` is told
    how each table looks. Without ``copies`` nobody looks whether an article is a copy of another.
    ``at_once`` says that nobody looks at the project, or waits for a piece, before the last one.

    Raises:
        Problem: the disk is full, or the project cannot be written to.
    """
    with leftovers.needed("Nothing was imported"), ExitStack() as stack:
        worker = stack.enter_context(Worker())
        sources = yield from _found(collect(paths, stack, report.refused))
        name = next(iter(sources)).name if len(sources) == 1 else counted(len(sources), "file")
        is_bulk = at_once and _outweighs(sources, project)
        if is_bulk:
            stack.enter_context(indexes.sorting_in_files(project.db))
        try:
            with project.step(f"Import {quoted(name)}", bulk=True) as ticket:
                if labels:
                    foreign_labels.remember(project, labels)
                taker = Taker(
                    project,
                    ticket.write,
                    report.added,
                    report.there,
                    report.refused,
                    report.notes,
                )
                context = replace(
                    _context(project, sources, taker, annotator, encoding),
                    labels=foreign_labels.known(project),
                    offset_unit=offset_unit,
                    columns=columns or {},
                    presets=presets or {},
                )
                work = FileReading(context, worker, taker, report, format, choices or Choices())
                work.saw_table = saw_table
                later = indexes.drop(project.db) if is_bulk else []
                yield from work.read_all(sources)
                if CAN_WAIT_ASIDE:
                    yield READING
                taker.finish()
                yield len(sources), len(sources), name
                for _ in indexes.make(project.db, later):
                    yield len(sources), len(sources), "indexes"
                yield from _look_for_copies(project, report, name, wanted=copies)
                if CAN_WAIT_ASIDE:
                    yield SAVING
                if report.dry_run:
                    raise _DryRun
        except _DryRun:
            return


def import_all(
    project: Project,
    paths: Iterable[Path],
    *,
    format: str | None = None,
    annotator: str | None = None,
    encoding: str | None = None,
    dry_run: bool = False,
    tell: Callable[[int, int, str], object] | None = None,
    labels: Mapping[str, str] | None = None,
    offset_unit: str | None = None,
    columns: Mapping[str, str] | None = None,
    presets: Mapping[str, Mapping[str, str]] | None = None,
    saw_table: Callable[[TableLook], object] | None = None,
    copies: bool = True,
) -> Report:
    """Import files and folders in one go and return the report."""
    report = Report(dry_run=dry_run)
    steps = import_steps(
        project,
        paths,
        report,
        format=format,
        annotator=annotator,
        encoding=encoding,
        labels=labels,
        offset_unit=offset_unit,
        columns=columns,
        presets=presets,
        saw_table=saw_table,
        copies=copies,
        at_once=True,
    )
    for done, total, name in steps:
        if tell:
            tell(done, total, name)
    return report


def _found(steps: Generator[str, None, Sources]) -> Generator[Progress, None, Sources]:
    """Pass on what is being found and unpacked as progress, and return the files there are then."""
    while True:
        try:
            yield 0, 0, next(steps)
        except StopIteration as end:
            found: Sources = end.value
            return found


def _look_for_copies(
    project: Project, report: Report, name: str, *, wanted: bool
) -> Iterator[Progress]:
    """Note which of the new articles are copies, or that nobody has looked."""
    added = report.added.articles
    if not added:
        return
    if report.dry_run and added > MOST_TRIED:
        what = f"{added:,} new articles are compared when they are imported"
        report.notes.append(Remark(name, what, 0))
    elif not wanted:
        were = "was" if added == 1 else "were"
        new = counted(added, "new article")
        what = f"{new} {were} not compared: search for copies when you have time"
        report.notes.append(Remark(name, what, 0))
    else:
        yield from noticing.notice(project, report.notes)


def _outweighs(sources: Sources, project: Project) -> bool:
    """Tell whether an import is large, and larger than what the project has already."""
    brought = sum(map(file_reading.bytes_of, sources))
    return brought >= max(file_reading.LARGE_BYTES, indexes.size(project.db))


def _context(
    project: Project,
    sources: Sources,
    taker: Taker,
    annotator: str | None,
    encoding: str | None,
) -> ReadContext:
    def text_named(name: str) -> DecodedText | None:
        source = sources.named(name) or sources.named(f"{name}.txt")
        try:
            return decode_file(source, encoding) if source else None
        except Problem:
            return None

    def text_of(sha256: str) -> str | None:
        return articles.text(project.db, sha256) if articles.with_text(project.db, sha256) else None

    return ReadContext(
        codebook=project.codebook,
        codebook_version=project.book.version,
        now=taker.now,
        annotator_id=taker.annotator_id,
        text_of=text_of,
        text_named=text_named,
        annotator=annotator or project.annotator.name,
        encoding=encoding,
        rows_of=foreign_file.rows,
        wants_cells=True,
    )
