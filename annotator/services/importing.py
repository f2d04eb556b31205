"""Importing articles and marks: one transaction and one undoable step, told in a report."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.domain.coded import Read, Remark, TableLook
from annotator.domain.errors import DoubtfulEncoding, Problem
from annotator.domain.slices import READING, SAVING, Progress
from annotator.domain.text import DecodedText
from annotator.formats.base import ReadContext, Reader, Source
from annotator.formats.txt import decode_file
from annotator.services import foreign_labels, leftovers, noticing
from annotator.services.import_report import Preview, Report
from annotator.services.project import Project
from annotator.services.sources import Sources, collect
from annotator.services.taking import Taker
from annotator.services.wording import counted, quoted
from annotator.services.worker import OWN, Worker
from annotator.store import articles, foreign_file, indexes
from annotator.store.connection import CAN_WAIT_ASIDE

MOST_TRIED = 500
"""With more new articles a dry run does not search for copies, as the import itself does it again."""


LARGE_BYTES = 8_000_000
"""Our own lines of so many bytes and more are read in another process while this one writes."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for single files after a dry run.

    Attributes:
        encodings: by the name of the file in the report.
        left_out: files that are not to be read.
    """

    encodings: Mapping[str, str] = field(default_factory=dict)
    left_out: frozenset[str] = frozenset()


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
    choices: Choices = Choices(),
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
                taker = Taker(project, ticket.write, report.added, report.there, report.refused)
                context = replace(
                    _context(project, sources, taker, annotator, encoding),
                    labels=foreign_labels.known(project),
                    offset_unit=offset_unit,
                    columns=columns or {},
                    presets=presets or {},
                )
                work = _Import(context, worker, taker, report, format, choices)
                work.saw_table = saw_table
                later = indexes.drop(project.db) if is_bulk else []
                yield from work.read_all(sources)
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


class _Import:
    """Reads file after file and takes what is in them."""

    def __init__(
        self,
        context: ReadContext,
        worker: Worker,
        taker: Taker,
        report: Report,
        format: str | None,
        choices: Choices,
    ) -> None:
        self._context = context
        self._worker = worker
        self._taker = taker
        self._report = report
        self._preview = report if isinstance(report, Preview) else None
        self._format = format
        self._choices = choices
        self.saw_table: Callable[[TableLook], object] | None = None

    def read_all(self, sources: Sources) -> Iterator[Progress]:
        """Read every file, yielding how far it is."""
        if CAN_WAIT_ASIDE:
            # Reading the modules of all readers takes longer than a frame.
            yield READING
        from annotator.formats.registry import belongs_beside

        for number, source in enumerate(sources):
            yield number, len(sources), source.name
            if source.name in self._choices.left_out or (
                len(sources) > 1 and belongs_beside(source)
            ):
                continue
            if self._preview:
                self._preview.begin(source)
            encoding = self._choices.encodings.get(source.name)
            context = replace(self._context, encoding=encoding) if encoding else self._context
            for _ in self._read_one(source, context):
                yield number, len(sources), source.name
            if self._preview:
                self._preview.end()

    def _read_one(self, source: Source, context: ReadContext) -> Iterator[None]:
        from annotator.formats.registry import reader_for

        refused = self._report.refused
        try:
            reader = reader_for(source, self._format)
            for read in self._pieces(reader, source, context):
                if read:
                    self._take(read, reader.name, source)
                yield
                if self._taker.is_behind:
                    self._taker.finish()
                    yield
            self._report.files += 1
        except DoubtfulEncoding as doubt:
            if self._preview:
                self._preview.doubted(source, doubt)
            refused.append(Remark(source.name, str(doubt)))
        except Problem as problem:
            refused.append(Remark(source.name, str(problem).rstrip(".")))
        except OSError as error:
            refused.append(Remark(source.name, f"cannot be read ({error.strerror})"))

    def _take(self, read: Read, format: str, source: Source) -> None:
        for remark in read.remarks:
            (self._report.refused if remark.lost else self._report.notes).append(remark)
        before = self._report.added.articles
        if read.cells:
            self._taker.take_cells(read.cells, source.name)
        elif read.coded:
            self._taker.take(read.coded, source.name)
        if read.look and self.saw_table:
            self.saw_table(read.look)
        if self._preview:
            self._preview.saw(read, format, is_new=self._report.added.articles > before)

    def _pieces(
        self, reader: Reader, source: Source, context: ReadContext
    ) -> Iterator[Read | None]:
        """Yield what a reader finds; foreign formats, and much of our own, are read in another process."""
        if reader.name in OWN and not _is_large(reader, source):
            return iter(reader.read(source, context))
        return self._worker.read(reader.name, source, context)


def _outweighs(sources: Sources, project: Project) -> bool:
    """Tell whether an import is large, and larger than what the project has already."""
    brought = sum(map(_bytes_of, sources))
    return brought >= max(LARGE_BYTES, indexes.size(project.db))


def _is_large(reader: Reader, source: Source) -> bool:
    return reader.name == "jsonl" and _bytes_of(source) >= LARGE_BYTES


def _bytes_of(source: Source) -> int:
    """Return how large a file is; one that cannot be asked is told of when it is read."""
    try:
        return source.path.stat().st_size
    except OSError:
        return 0


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
